package htmltext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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

// isData tells a table of like rows under a heading from a form: at least three rows and three columns, all alike.
func isData(rows [][]string) bool {
	if len(rows) < 3 || len(rows[0]) < 3 {
		return false
	}
	for _, cells := range rows {
		if len(cells) != len(rows[0]) {
			return false
		}
		for _, c := range cells {
			if strings.Count(c, "\n") > 2 {
				return false
			}
		}
	}
	return true
}

func (w *writer) formRow(cells []string) {
	for i := 0; i < len(cells); i++ {
		text := cells[i]
		if name, ok := label(text); ok && i+1 < len(cells) {
			i++
			text = name + "：" + cells[i]
		}
		if text != "" {
			w.lines = append(w.lines, strings.Split(text, "\n")...)
		}
	}
}

// labelMax is the length in characters of the longest label of a form.
const labelMax = 12

// label is the cell's text as a label without its spaces and colon.
func label(cell string) (string, bool) {
	name := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, cell)
	name = strings.TrimRight(name, "：:")
	if n := utf8.RuneCountInString(name); n == 0 || n > labelMax {
		return "", false
	}
	for _, r := range name {
		if !unicode.Is(unicode.Han, r) && !strings.ContainsRune("（）()/、", r) {
			return "", false
		}
	}
	return name, true
}
