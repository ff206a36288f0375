// Package form tells forms from other tables, whatever kind of file they stand in: in a form a cell with a label stands
// before the cell with its value.
package form

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// labelMax is the length in characters of the longest label of a form.
const labelMax = 12

// Label is the cell's text as a label, without its colon and without the spaces and line breaks that make it fill its
// cell (案  由).
func Label(cell string) (name string, ok bool) {
	name = strings.Map(func(r rune) rune {
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

// Alike tells a table of like rows under a heading from a form: at least three rows and three columns, all alike.
func Alike(rows [][]string) bool {
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
