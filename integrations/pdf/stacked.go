package pdf

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"huiban/integrations/internal/form"
)

// Bounds of a label that is set over several lines.
const (
	stackMax   = 12  // lines that are searched for its rest
	stackWide  = 4   // characters of one of its lines
	stackPitch = 3.2 // from line to line, in characters
)

// unstacked puts labels that are set over several lines of a narrow cell (案 over 由) into one, beside the first of their
// lines. Only labels that forms are known to have are taken for such.
func unstacked(ls []line) []line {
	var out []line
	ls = slices.Clone(ls)
	gone := map[int]bool{}
	for i := range ls {
		if gone[i] {
			continue
		}
		l := ls[i]
		name, rest := stack(ls, i)
		if len(rest) > 0 {
			l = l.withFirst(name)
			for _, at := range rest {
				if len(ls[at].cells) == 1 {
					gone[at] = true
				} else {
					ls[at] = ls[at].withoutFirst()
				}
			}
		}
		out = append(out, l)
	}
	return out
}

// stack finds the longest label that begins with the first cell of line i and goes on in the first cells below it.
func stack(ls []line, i int) (name string, rest []int) {
	text, ok := ls[i].fragment()
	if !ok {
		return "", nil
	}
	var at []int
	last := ls[i]
	for j := i + 1; j < len(ls) && j <= i+stackMax; j++ {
		l := ls[j]
		if l.y0-last.y0 > stackPitch*last.em || len(l.pieces) == 0 {
			break
		}
		next, ok := l.fragment()
		if !ok || !near(l.pieces[0].x0, last.pieces[0].x0, 1.2*last.em) {
			if l.x0 < last.pieces[0].x1 {
				break
			}
			continue // the value alone
		}
		text, last, at = text+next, l, append(at, j)
		if form.Known(text) {
			name, rest = text, append([]int(nil), at...)
			if first, _, _ := strings.Cut(l.text, "\t"); strings.HasSuffix(first, "：") || strings.HasSuffix(first, ":") {
				name += "："
			}
		}
	}
	return name, rest
}

// fragment is a line's first cell when it may be a part of a label, without its spaces.
func (l line) fragment() (string, bool) {
	if len(l.pieces) == 0 {
		return "", false
	}
	text, _, _ := strings.Cut(l.text, "\t")
	text = strings.TrimRight(strings.ReplaceAll(text, " ", ""), "：:")
	if n := utf8.RuneCountInString(text); n == 0 || n > stackWide {
		return "", false
	}
	for _, r := range text {
		if !unicode.Is(unicode.Han, r) {
			return "", false
		}
	}
	return text, true
}

// withFirst is the line with other text in its first cell.
func (l line) withFirst(name string) line {
	_, rest, more := strings.Cut(l.text, "\t")
	first := l.pieces[0]
	first.text = name
	l.text = name
	if more {
		l.text += "\t" + rest
		l.pieces = append([]piece{first}, l.behindFirst()...)
	} else {
		l.pieces = []piece{first}
	}
	return l
}

// withoutFirst is the line from its second cell on.
func (l line) withoutFirst() line {
	rest := page{width: l.sheet}.line(append([]piece(nil), l.behindFirst()...))
	rest.top, rest.bottom = l.top, l.bottom
	return rest
}

func (l line) behindFirst() []piece {
	for i, w := range l.pieces {
		if w.x0 >= l.cells[1] {
			return l.pieces[i:]
		}
	}
	return nil
}
