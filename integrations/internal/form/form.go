// Package form makes lines of tables, whatever kind of file they stand in. In a form a cell with a label stands before the
// cell with its value, or above a column of values; any other table is rows of cells.
//
// Invariant: what a cell says is kept, but for the white space in it; only a label may be repeated, for each of its values.
package form

import (
	"regexp"
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

// Lines is a table as lines. The row of a form is a line "label：value" for each label, a row of any other table one line
// with its cells between tabs. A cell that the row lacks or that is merged away is blank.
func Lines(rows [][]string) []string {
	var out []string
	if isData(rows) {
		tabs := !hasLong(rows)
		for _, cells := range rows {
			out = append(out, dataRow(cells, tabs)...)
		}
		return out
	}
	for i := 0; i < len(rows); {
		lines, n := records(rows[i:])
		if n == 0 {
			lines, n = formRow(rows[i]), 1
		}
		out = append(out, lines...)
		i += n
	}
	return out
}

// dataRow is one line, or one for each line of its cells when they hold whole paragraphs.
func dataRow(cells []string, tabs bool) []string {
	if !tabs {
		var out []string
		for _, c := range cells {
			out = appendCell(out, c)
		}
		return out
	}
	flat := make([]string, len(cells))
	for i, c := range cells {
		flat[i] = strings.Join(strings.Fields(c), " ")
	}
	s := strings.TrimRight(strings.Join(flat, "\t"), "\t")
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return []string{s}
}

// counted is the cell of a row that has a number only.
var counted = regexp.MustCompile(`^(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[（(](?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]|[①-⑳])[.．、]?$`)

// formRow pairs labels with the values behind them. A label behind which another label is known to stand is the heading
// of the group: 提案人 | 姓名 | 方某.
func formRow(cells []string) []string {
	if len(cells) > 1 && counted.MatchString(strings.TrimSpace(cells[0])) {
		return dataRow(cells, !hasLong([][]string{cells}))
	}
	var out []string
	for i := 0; i < len(cells); i++ {
		name, ok := Label(cells[i])
		switch {
		case !ok || i+1 == len(cells):
			out = appendCell(out, cells[i])
		case known(cells[i+1]):
			out = append(out, name)
		default:
			i++
			out = append(out, strings.Split(name+"："+strings.TrimSpace(cells[i]), "\n")...)
		}
	}
	return out
}

func appendCell(out []string, cell string) []string {
	if strings.TrimSpace(cell) == "" {
		return out
	}
	return append(out, strings.Split(cell, "\n")...)
}

// records reads labels that head columns (姓名 | 单位 | 电话, behind the label of the whole group or not) with the rows
// below them; n is how many rows that are, 0 for none.
func records(rows [][]string) (lines []string, n int) {
	head := rows[0]
	group := ""
	if len(head) > 2 && len(rows) > 1 && (len(rows[1]) == len(head)-1 || len(rows[1]) == len(head) && strings.TrimSpace(rows[1][0]) == "") {
		name, ok := Label(head[0])
		if !ok {
			return nil, 0
		}
		group, head = name, head[1:]
	}
	if len(head) < 2 || !allKnown(head) {
		return nil, 0
	}
	for n = 1; n < len(rows); n++ {
		cells := rows[n]
		if group != "" && len(cells) == len(head)+1 && strings.TrimSpace(cells[0]) == "" {
			cells = cells[1:]
		}
		if len(cells) != len(head) || anyKnown(cells) {
			break
		}
		for i, c := range cells {
			if name, _ := Label(head[i]); strings.TrimSpace(c) != "" {
				lines = append(lines, name+"："+strings.Join(strings.Fields(c), " "))
			}
		}
	}
	if n == 1 {
		return nil, 0
	}
	if group != "" {
		lines = append([]string{group}, lines...)
	}
	return lines, n
}
