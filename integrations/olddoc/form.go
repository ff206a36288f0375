package olddoc

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// withForms makes the rows of forms, cells between tabs, lines "label：value"; tables of like rows stay as they are.
func withForms(s string) string {
	var out []string
	var table [][]string
	flush := func() {
		data := isData(table)
		for _, cells := range table {
			if data {
				out = append(out, strings.Join(cells, "\t"))
				continue
			}
			out = append(out, formRow(cells)...)
		}
		table = nil
	}
	for l := range strings.Lines(s) {
		l = strings.TrimSuffix(l, "\n")
		if cells := strings.Split(strings.TrimRight(l, "\t"), "\t"); len(cells) > 1 && cells[0] != "" {
			table = append(table, cells)
			continue
		}
		flush()
		out = append(out, l)
	}
	flush()
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, "\n") + "\n"
}

// isData tells a table of like rows from a form: at least three rows and three columns, all alike.
func isData(rows [][]string) bool {
	if len(rows) < 3 || len(rows[0]) < 3 {
		return false
	}
	for _, cells := range rows {
		if len(cells) != len(rows[0]) {
			return false
		}
	}
	return true
}

// formRow pairs labels with values; a row that begins with no label stays a row.
func formRow(cells []string) []string {
	if _, ok := label(cells[0]); !ok {
		return []string{strings.Join(cells, "\t")}
	}
	var out []string
	for i := 0; i < len(cells); i++ {
		text := cells[i]
		if name, ok := label(text); ok && i+1 < len(cells) {
			i++
			text = name + "：" + strings.TrimSpace(cells[i])
		}
		if strings.TrimSpace(text) != "" {
			out = append(out, text)
		}
	}
	return out
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
