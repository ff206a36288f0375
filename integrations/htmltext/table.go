package htmltext

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"huiban/integrations/internal/form"
)

// table writes a form's rows as lines "label：value" and the rows of any other table with its cells between tabs. A table
// that only arranges a page gives its cells one after the other.
func (w *writer) table(n *html.Node) {
	w.end()
	rows := rowsOf(n, nil, w)
	data := isData(rows)
	for _, cells := range rows {
		if data {
			for i, c := range cells {
				cells[i] = strings.ReplaceAll(c, "\n", " ")
			}
			w.lines = append(w.lines, strings.Join(cells, "\t"))
			continue
		}
		w.formRow(cells)
	}
}

// rowsOf collects the texts of a table's cells; captions are written at once.
func rowsOf(n *html.Node, rows [][]string, w *writer) [][]string {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode || hidden(c):
		case c.DataAtom == atom.Caption:
			w.block(c)
		case c.DataAtom == atom.Tr:
			if cells := cellsOf(c); strings.TrimSpace(strings.Join(cells, "")) != "" {
				rows = append(rows, cells)
			}
		default:
			rows = rowsOf(c, rows, w)
		}
	}
	return rows
}

func cellsOf(tr *html.Node) []string {
	var cells []string
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (c.DataAtom == atom.Td || c.DataAtom == atom.Th) && !hidden(c) {
			inner := &writer{}
			inner.children(c)
			cells = append(cells, strings.TrimSuffix(inner.text(), "\n"))
		}
	}
	return cells
}

// isData tells a table of like rows from a form, and from one that arranges a page: its cells are short.
func isData(rows [][]string) bool {
	long := func(cell string) bool { return strings.Count(cell, "\n") > 2 }
	return form.Alike(rows) && !slices.ContainsFunc(rows, func(cells []string) bool { return slices.ContainsFunc(cells, long) })
}

func (w *writer) formRow(cells []string) {
	for i := 0; i < len(cells); i++ {
		text := cells[i]
		if name, ok := form.Label(text); ok && i+1 < len(cells) {
			i++
			text = name + "：" + cells[i]
		}
		if text != "" {
			w.lines = append(w.lines, strings.Split(text, "\n")...)
		}
	}
}
