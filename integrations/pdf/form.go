package pdf

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"huiban/integrations/internal/form"
)

// maxFormLines is how many lines a page may have to be searched for forms; a printed one has sixty.
const maxFormLines = 500

// withForms puts the rows of forms, labels on the left and values in a column of their own, into lines "label：value".
// Without the table's rules a row is told by its label: the value's lines stand around it or begin beside it.
func withForms(ls []line, b block) []line {
	if len(ls) > maxFormLines {
		return ls
	}
	ls = unstacked(ls)
	value, ok := valueColumn(ls)
	if !ok {
		return ls
	}
	var out []line
	for i := 0; i < len(ls); {
		end := i
		for end < len(ls) && partOf(ls[end], value, b.em) != outside {
			end++
		}
		if end-i < 2 {
			out = append(out, ls[i])
			i++
			continue
		}
		out = append(out, rows(ls[i:end], value, b)...)
		i = end
	}
	return out
}

// valueColumn is where the second cells of a page's form begin: two lines at least must agree.
func valueColumn(ls []line) (float64, bool) {
	var xs []float64
	em := 1.0
	for _, l := range ls {
		if len(l.cells) > 1 {
			first, _, _ := strings.Cut(l.text, "\t")
			if _, ok := label(first); ok {
				xs, em = append(xs, l.cells[1]), l.em
			}
		}
	}
	best, most := 0.0, 1
	for _, x := range xs {
		n := 0
		for _, y := range xs {
			if near(x, y, 0.6*em) {
				n++
			}
		}
		if n > most {
			best, most = x, n
		}
	}
	return best, most > 1
}

type part int

const (
	outside part = iota
	both         // a label with what stands beside it
	onlyLabel
	onlyValue
)

func partOf(l line, value, em float64) part {
	if before, ok := l.cutAt(value); ok {
		if _, isLabel := label(before); isLabel {
			return both
		}
		return outside
	}
	_, isLabel := label(l.text)
	switch {
	case near(l.x0, value, 0.8*em):
		return onlyValue
	case isLabel && l.x1 <= value+0.2*em:
		return onlyLabel
	}
	return outside
}

// row is one row of a form.
type row struct {
	label  string
	values []line
}

func rows(ls []line, value float64, b block) []line {
	var out []line
	for _, r := range group(ls, value, b.em) {
		if text, n := records(r); n > 0 {
			for _, t := range text {
				out = append(out, line{text: t, form: true, em: b.em})
			}
			r.label, r.values = "", r.values[n:]
		}
		if len(r.values) == 1 && r.label != "" && strings.Contains(r.values[0].text, "\t") {
			out = append(out, pairs(r)...)
			continue
		}
		if r.label != "" || len(r.values) > 0 {
			out = append(out, one(r, value, b)...)
		}
	}
	return out
}

// one is a row of a label and its value, whose lines only the cell's edge broke.
func one(r row, value float64, b block) []line {
	var text []byte
	in := block{left: value, right: cellEnd(r.values, value, b), em: b.em, pitch: b.pitch}
	for i, v := range r.values {
		v.cells = v.cells[:1]
		if i > 0 && !joins(r.values[i-1], v, in, in, false) {
			text = append(text, '\n')
		}
		text = glue(text, v.text)
		r.values[i] = v
	}
	name := r.label
	if name != "" && len(r.values) > 0 {
		name += "："
	}
	var out []line
	for _, t := range strings.Split(name+string(text), "\n") {
		out = append(out, line{text: t, form: true, em: b.em})
	}
	return out
}

// minCell is the width in characters of a cell that running text is set in.
const minCell = 10

// cellEnd is where the lines of a cell break: where two of them end, or with the page's text.
func cellEnd(ls []line, value float64, b block) float64 {
	longest := value
	for _, l := range ls {
		longest = max(longest, l.x1)
	}
	n := 0
	for _, l := range ls {
		if l.x1 >= longest-1.2*b.em {
			n++
		}
	}
	if len(ls) > 2 && n > 1 && longest-value >= minCell*b.em {
		return min(longest, b.right)
	}
	return b.right
}

// pairs are the cells of a row with several labels.
func pairs(r row) []line {
	cells := append([]string{r.label}, strings.Split(r.values[0].text, "\t")...)
	var out []line
	for _, t := range form.Lines([][]string{cells}) {
		out = append(out, line{text: t, form: true})
	}
	return out
}

// group assigns the lines of a form to rows: a line without a label belongs to the label that it is nearer to.
func group(ls []line, value, em float64) []row {
	var rs []row
	var places []float64
	for _, l := range ls {
		if p := partOf(l, value, em); p == both || p == onlyLabel {
			first, ok := l.cutAt(value)
			if !ok {
				first = l.text
			}
			name, _ := label(first)
			rs, places = append(rs, row{label: name}), append(places, (l.y0+l.y1)/2)
		}
	}
	if len(rs) == 0 {
		return []row{{values: ls}}
	}
	at, labels := 0, 0
	for i, l := range ls {
		switch partOf(l, value, em) {
		case onlyLabel:
			at, labels = labels, labels+1
		case both:
			at, labels = labels, labels+1
			rs[at].values = append(rs[at].values, l.behind(value))
		case onlyValue:
			to := at
			columns := len(l.cells) > 1 && len(rs[at].values) > 0 && len(rs[at].values[0].cells) > 1
			if at+1 < len(rs) && !columns && hasRoom(ls, i, value, em) && belongsBelow(ls, i, value, em, places, at) {
				to = at + 1
			}
			if i == 0 || len(rs[at].values) == 0 && at == 0 && places[0] > l.y0 {
				to = 0
			}
			rs[to].values = append(rs[to].values, l)
		}
	}
	return rs
}

// hasRoom reports whether the lines from i to the next label may stand above that label's middle: it has as many below.
func hasRoom(ls []line, i int, value, em float64) bool {
	above := 0
	for i < len(ls) && partOf(ls[i], value, em) == onlyValue {
		above++
		i++
	}
	if i == len(ls) {
		return false
	}
	below := 0
	if partOf(ls[i], value, em) == onlyLabel {
		below++
	}
	for i++; i < len(ls) && partOf(ls[i], value, em) == onlyValue; i++ {
		below++
	}
	return above <= below
}

// belongsBelow reports whether the run of unlabelled lines around i is parted from the row above by more than from the
// row below.
func belongsBelow(ls []line, i int, value, em float64, places []float64, at int) bool {
	above, below := i, i
	for above > 0 && partOf(ls[above], value, em) == onlyValue && ls[above].y0-ls[above-1].y0 <= ls[i].y1-ls[i].y0+0.9*em {
		above--
	}
	for below+1 < len(ls) && partOf(ls[below], value, em) == onlyValue && ls[below+1].y0-ls[below].y0 <= ls[i].y1-ls[i].y0+0.9*em {
		below++
	}
	up, down := (ls[above].y0+ls[above].y1)/2 <= places[at]+em/2, (ls[below].y0+ls[below].y1)/2 >= places[at+1]-em/2
	if up == down {
		middle := (ls[i].y0 + ls[i].y1) / 2
		return places[at+1]-middle < middle-places[at]
	}
	return down
}

// labelMax is the length in characters of the longest label that a page is searched for; without the lines of a table
// more looks like one.
const labelMax = 10

// item is the number of a heading, which a label has none of.
var item = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)])`)

// label is s without its spaces and colon when it looks like a form's label.
func label(s string) (string, bool) {
	if item.MatchString(s) {
		return "", false
	}
	name, ok := form.Label(s)
	if n := utf8.RuneCountInString(name); !ok || n < 2 || n > labelMax {
		return "", false
	}
	return name, true
}
