package pdf

import (
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
	if before, _, ok := l.cutAt(value); ok {
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
		if len(r.values) == 1 && r.label != "" && strings.Contains(r.values[0].text, "\t") {
			out = append(out, pairs(r)...)
			continue
		}
		var text []byte
		in := block{left: value, right: b.right, em: b.em, pitch: b.pitch}
		for i, v := range r.values {
			v.cells = v.cells[:1]
			if i > 0 && !joins(r.values[i-1], v, in, in, false) {
				text = append(text, '\n')
			}
			text = glue(text, v.text)
			r.values[i] = v
		}
		name := ""
		if r.label != "" {
			name = r.label + "："
		}
		for _, t := range strings.Split(name+string(text), "\n") {
			out = append(out, line{text: t, form: true, em: b.em})
		}
	}
	return out
}

// pairs are the cells of a row with several labels.
func pairs(r row) []line {
	cells := append([]string{r.label}, strings.Split(r.values[0].text, "\t")...)
	var out []line
	for i := 0; i < len(cells); i++ {
		text := cells[i]
		if name, ok := label(text); ok && i+1 < len(cells) {
			i++
			text = name + "：" + cells[i]
		}
		out = append(out, line{text: text, form: true})
	}
	return out
}

// group assigns the lines of a form to rows: a line without a label belongs to the label that it is nearer to.
func group(ls []line, value, em float64) []row {
	var rs []row
	var places []float64
	for _, l := range ls {
		if p := partOf(l, value, em); p == both || p == onlyLabel {
			first, _, ok := l.cutAt(value)
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
			_, l.text, _ = l.cutAt(value)
			l.x0 = value
			rs[at].values = append(rs[at].values, l)
		case onlyValue:
			to := at
			if at+1 < len(rs) && belongsBelow(ls, i, value, em, places, at) {
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

// label is s without its spaces and colon when it looks like a form's label.
func label(s string) (string, bool) {
	name, ok := form.Label(s)
	if n := utf8.RuneCountInString(name); !ok || n < 2 || n > labelMax {
		return "", false
	}
	return name, true
}
