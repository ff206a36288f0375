package docx

import (
	"strings"

	"huiban/integrations/internal/form"
)

// maxColumns is how many cells of a row are told apart by their place; Word has 63.
const maxColumns = 64

// table numbers the tables of the text; one inside a cell becomes lines of that cell.
func (w *walker) table() error {
	outer, from := w.cell, len(w.out)
	w.nested++
	if w.nested == 1 {
		w.tables++
		w.cell = Cell{Table: w.tables}
	} else {
		w.inner++
		w.cell = Cell{Table: -w.inner}
	}
	err := w.children()
	w.nested--
	w.cell = outer
	if err == nil && w.nested > 0 {
		w.out = append(w.out[:from], w.inCell(w.out[from:], outer)...)
	}
	return err
}

// inCell makes the paragraphs of an inner table those of the cell around it: rows of one cell stay as they are, the lines
// of others become paragraphs.
func (w *walker) inCell(ps []Paragraph, outer Cell) []Paragraph {
	ps = filled(ps)
	var out []Paragraph
	for i := 0; i < len(ps); {
		end := i
		for end < len(ps) && ps[end].Cell.Table == ps[i].Cell.Table && (w.widths[rowOf(ps[end])] > 1) == (w.widths[rowOf(ps[i])] > 1) {
			end++
		}
		if w.widths[rowOf(ps[i])] > 1 {
			for _, text := range form.Lines(rowsOf(ps[i:end], w.widths)) {
				out = append(out, Paragraph{Text: text, Position: ps[i].Position, Note: ps[i].Note})
			}
		} else {
			out = append(out, ps[i:end]...)
		}
		i = end
	}
	for i := range out {
		out[i].Cell = outer
	}
	return out
}

// tableCell reads a cell. One that holds nothing but automatic numbers shows them.
func (w *walker) tableCell() error {
	w.cell.Column++
	from := len(w.out)
	if err := w.children(); err != nil {
		return err
	}
	own := w.out[min(from, len(w.out)):]
	number := -1
	for i, p := range own {
		if strings.TrimSpace(p.Text) != "" {
			return nil
		}
		if number < 0 && p.Number != "" {
			number = i
		}
	}
	if number >= 0 {
		own[number].Text = own[number].Number
	}
	return nil
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
	if len(w.out) > at {
		w.widths[Cell{Table: w.cell.Table, Row: w.cell.Row}] = min(w.cell.Column, maxColumns)
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
			for _, l := range form.Lines(rowsOf(d.Paragraphs[i:end], d.widths)) {
				b.WriteString(l)
				b.WriteByte('\n')
			}
		} else {
			b.WriteString(p.Text)
			b.WriteByte('\n')
		}
		i = end
	}
	return b.String()
}

// rowOf is the row that a paragraph of a table stands in.
func rowOf(p Paragraph) Cell { return Cell{Table: p.Cell.Table, Row: p.Cell.Row} }

// rowsOf groups a table's paragraphs by rows and cells; a cell without text is blank.
func rowsOf(ps []Paragraph, widths map[Cell]int) [][]string {
	var rows [][]string
	var cells []string
	for i, p := range ps {
		if i > 0 && rowOf(p) == rowOf(ps[i-1]) && p.Cell.Column == ps[i-1].Cell.Column {
			cells[len(cells)-1] += "\n" + p.Text
			continue
		}
		if i > 0 && rowOf(p) != rowOf(ps[i-1]) {
			rows = append(rows, padded(cells, widths[rowOf(ps[i-1])]))
			cells = nil
		}
		cells = append(padded(cells, min(p.Cell.Column, maxColumns)-1), p.Text)
	}
	if len(ps) > 0 {
		rows = append(rows, padded(cells, widths[rowOf(ps[len(ps)-1])]))
	}
	return rows
}

func padded(cells []string, n int) []string {
	for len(cells) < n {
		cells = append(cells, "")
	}
	return cells
}
