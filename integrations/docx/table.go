package docx

import (
	"strings"

	"huiban/integrations/internal/form"
)

// table numbers the tables of the text; one inside a cell becomes lines of that cell.
func (w *walker) table() error {
	outer, from := w.cell, len(w.out)
	w.nested++
	if w.nested == 1 {
		w.tables++
	}
	w.cell = Cell{Table: w.tables}
	err := w.children()
	w.nested--
	w.cell = outer
	if err == nil && w.nested > 0 {
		w.out = append(w.out[:from], inCell(w.out[from:], outer)...)
	}
	return err
}

// inCell makes the paragraphs of an inner table those of the cell around it: a row of several cells is a line for each
// label and value, any other row stays as it is.
func inCell(ps []Paragraph, outer Cell) []Paragraph {
	ps = filled(ps)
	var out []Paragraph
	data := form.Alike(rowsOf(ps))
	for i := 0; i < len(ps); {
		end := i + 1
		for end < len(ps) && ps[end].Cell.Row == ps[i].Cell.Row {
			end++
		}
		row := ps[i:end]
		if row[0].Cell.Column == row[len(row)-1].Cell.Column {
			out = append(out, row...)
		} else {
			var b strings.Builder
			writeRow(&b, rowsOf(row)[0], data)
			for _, text := range strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n") {
				out = append(out, Paragraph{Text: text, Position: row[0].Position, Note: row[0].Note})
			}
		}
		i = end
	}
	for i := range out {
		out[i].Cell = outer
	}
	return out
}

// row drops a row whose deletion is tracked.
func (w *walker) row() error {
	w.cell.Row++
	w.cell.Column = 0
	at, deleted := len(w.out), false
	err := w.s.each(func() error {
		if string(w.s.name) != "trPr" {
			return w.node()
		}
		return w.s.each(func() error {
			deleted = deleted || string(w.s.name) == "del"
			return w.s.skip()
		})
	})
	if deleted {
		w.out = w.out[:at]
	}
	return err
}

// Text is the document as plain text, a line a paragraph. A row of a form becomes lines "label：value"; a row of any
// other table one line with its cells between tabs.
func (d Document) Text() string {
	var b strings.Builder
	for i := 0; i < len(d.Paragraphs); {
		p := d.Paragraphs[i]
		end := i + 1
		if p.Cell.Table > 0 {
			for end < len(d.Paragraphs) && d.Paragraphs[end].Cell.Table == p.Cell.Table {
				end++
			}
			writeTable(&b, d.Paragraphs[i:end])
		} else {
			b.WriteString(p.Text)
			b.WriteByte('\n')
		}
		i = end
	}
	return b.String()
}

func writeTable(b *strings.Builder, ps []Paragraph) {
	rows := rowsOf(ps)
	data := form.Alike(rows)
	for _, cells := range rows {
		writeRow(b, cells, data)
	}
}

// rowsOf groups a table's paragraphs by rows and cells.
func rowsOf(ps []Paragraph) [][]string {
	var rows [][]string
	for i, p := range ps {
		switch {
		case i == 0 || p.Cell.Row != ps[i-1].Cell.Row:
			rows = append(rows, []string{p.Text})
		case p.Cell.Column != ps[i-1].Cell.Column:
			rows[len(rows)-1] = append(rows[len(rows)-1], p.Text)
		default:
			cells := rows[len(rows)-1]
			cells[len(cells)-1] += "\n" + p.Text
		}
	}
	return rows
}

func writeRow(b *strings.Builder, cells []string, data bool) {
	if !data {
		writeFormRow(b, cells)
		return
	}
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(c, "\n", " ")
	}
	b.WriteString(strings.Join(cells, "\t") + "\n")
}

func writeFormRow(b *strings.Builder, cells []string) {
	for i := 0; i < len(cells); i++ {
		name, ok := form.Label(cells[i])
		if !ok || i+1 == len(cells) {
			b.WriteString(cells[i] + "\n")
			continue
		}
		i++
		b.WriteString(name + "：" + cells[i] + "\n")
	}
}
