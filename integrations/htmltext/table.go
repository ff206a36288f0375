package htmltext

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"huiban/integrations/internal/form"
)

// table writes a form's rows as lines "label：value" and the rows of any other table with its cells between tabs. A table
// that only arranges a page gives its cells one after the other.
func (w *writer) table(n *html.Node) {
	w.end()
	for _, l := range form.Lines(rowsOf(n, nil, w)) {
		if l = strings.TrimRight(l, " \t"); l != "" {
			w.lines = append(w.lines, l)
		}
	}
}

// rowsOf collects the texts of a table's cells; captions are written at once.
func rowsOf(n *html.Node, rows [][]string, w *writer) [][]string {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode || w.hides(c):
		case c.DataAtom == atom.Caption:
			w.block(c)
		case c.DataAtom == atom.Tr:
			if cells := w.cellsOf(c); strings.TrimSpace(strings.Join(cells, "")) != "" {
				rows = append(rows, cells)
			}
		default:
			rows = rowsOf(c, rows, w)
		}
	}
	return rows
}

func (w *writer) cellsOf(tr *html.Node) []string {
	var cells []string
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (c.DataAtom == atom.Td || c.DataAtom == atom.Th) && !w.hides(c) {
			inner := &writer{sheet: w.sheet, counters: w.counters}
			inner.children(c)
			w.counters = inner.counters
			cells = append(cells, strings.TrimSuffix(inner.text(), "\n"))
		}
	}
	return cells
}
