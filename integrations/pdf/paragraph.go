package pdf

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// block is the text block that lines are set in. Measures are in points.
type block struct {
	left, right float64
	em          float64 // of running text
	pitch       float64 // from line to line
	indented    bool    // paragraphs begin with an indent
}

// paragraphs joins the lines that only the right margin broke, over the ends of pages too.
func paragraphs(pages [][]line) []string {
	var all []line
	for _, ls := range pages {
		all = append(all, ls...)
	}
	whole := measure(all, block{})
	var out []string
	var last line
	within := whole
	open := false
	for _, ls := range pages {
		b := measure(ls, whole)
		for i, l := range withForms(ls, b) {
			if open && joins(last, l, within, b, i == 0) {
				out[len(out)-1] = glue(out[len(out)-1], l.text)
			} else {
				out = append(out, l.text)
			}
			last, within, open = l, b, !l.form
		}
	}
	return out
}

// minLines is how many lines a page must have to be measured for itself.
const minLines = 8

// measure finds a page's text block; a page of few lines has the document's.
func measure(ls []line, whole block) block {
	if len(ls) < minLines && whole.em > 0 || len(ls) == 0 {
		return whole
	}
	var ems, pitches []float64
	for i, l := range ls {
		ems = append(ems, l.em)
		if d := l.y0; i > 0 && l.y0 > ls[i-1].y0 && d-ls[i-1].y0 < 4*l.em {
			pitches = append(pitches, d-ls[i-1].y0)
		}
	}
	b := block{em: middle(ems), pitch: middle(pitches)}
	shared := max(2, len(ls)/12)
	b.left = edge(ls, shared, b.em, func(l line) float64 { return -l.x0 }) * -1
	b.right = edge(ls, shared, b.em, func(l line) float64 { return l.x1 })
	indents, flush := 0, 0
	for _, l := range ls {
		switch in := (l.x0 - b.left) / b.em; {
		case in > 1.2 && in < 3.3:
			indents++
		case in < 0.8:
			flush++
		}
	}
	b.indented = indents >= 2 && indents*12 >= flush
	return b
}

func middle(fs []float64) float64 {
	if len(fs) == 0 {
		return 0
	}
	fs = slices.Sorted(slices.Values(fs))
	return fs[len(fs)/2]
}

// edge is the greatest of the values that as many lines as shared have within one character of it, or else the
// greatest of all.
func edge(ls []line, shared int, em float64, of func(line) float64) float64 {
	vs := make([]float64, len(ls))
	for i, l := range ls {
		vs[i] = of(l)
	}
	slices.SortFunc(vs, func(a, b float64) int { return cmp.Compare(b, a) })
	for i := 0; i+shared <= len(vs); i++ {
		if vs[i]-vs[i+shared-1] <= em {
			return vs[i]
		}
	}
	return vs[0]
}

// Distances from the right edge of the block, in characters.
const (
	fullWithin = 2.3  // a line that reaches the edge: punctuation may draw a character along to the next line
	wordMax    = 14.0 // the longest word or figure that wraps as a whole
	fullRagged = 0.85 // share of the block's width that a line of unjustified text fills
)

// joins reports whether b goes on with the paragraph of a; in and on are the blocks that they stand in.
func joins(a, b line, in, on block, nextPage bool) bool {
	if a.form || b.form || len(a.cells) > 1 || len(b.cells) > 1 || !near(a.em, b.em, 0.15*a.em) {
		return false
	}
	if heading(a, in) && heading(b, on) && !nextPage {
		return titleGoesOn(a, b)
	}
	flush := b.x0 <= on.left+on.em
	gap := 1.0
	if !nextPage && in.pitch > 0 {
		gap = (b.y0 - a.y0) / in.pitch
	}
	ended := endsSentence(a.text)
	switch {
	case gap > 1.9 || gap > 1.25 && ended && !in.indented:
		return false
	case ended && numbered(b.text):
		return false
	case !full(a, b, in):
		return flush && !in.indented && !ended && !numbered(a.text) && !numbered(b.text) && a.x1-a.x0 >= fullRagged*(in.right-in.left)
	case flush:
		return !numbered(b.text) || !numbered(a.text) || in.indented
	}
	hanging := near(b.x0-on.left, a.x0-in.left, on.em) && !ended && !numbered(b.text)
	return hanging
}

// full reports whether a reaches the right edge, or would with the first word of b.
func full(a, b line, in block) bool {
	word := 0.0
	for _, r := range b.text {
		if !latin(r) {
			break
		}
		word += 0.55
	}
	return in.right-a.x1 <= (fullWithin+min(word, wordMax))*a.em
}

// heading reports whether a line is centred and larger than running text.
func heading(l line, in block) bool {
	centre := (in.left + in.right) / 2
	return l.em > 1.12*in.em && near((l.x0+l.x1)/2, centre, 1.5*l.em)
}

// titleGoesOn reports whether b is the rest of a title that did not fit one line.
func titleGoesOn(a, b line) bool {
	if b.y0-a.y0 > 2.6*a.em || endsSentence(a.text) || strings.HasPrefix(b.text, "关于") || numbered(b.text) {
		return false
	}
	s := strings.TrimRight(a.text, "）)")
	for _, end := range []string{"提案", "建议", "议案", "答复", "复函", "号"} {
		if strings.HasSuffix(s, end) {
			return false
		}
	}
	return true
}

var mark = regexp.MustCompile(`^(?:[一二三四五六七八九十百]{1,3}[、．.]|[（(][一二三四五六七八九十百\d]{1,3}[）)]|\d{1,2}[、．.）)](?:\D|$)` +
	`|[①-⑳⑴-⒇⒈-⒛]|第[一二三四五六七八九十百]{1,3}[，、,：:]|[一二三四五六七八九十]是|[•●■◆▪]|案\s*由|(?:建议|答复|办理意见)[：:])`)

// numbered reports whether a line begins with the mark of an item.
func numbered(s string) bool { return mark.MatchString(s) }

// endsSentence reports whether a paragraph may end where s ends.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "”’」』）)》\"' ")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。！？；：!?;:…", r)
}

// glue joins two lines of a paragraph: words keep their space, a hyphen at the end of the line goes.
func glue(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if !latin(last) || !latin(first) {
		return a + b
	}
	if rest, ok := strings.CutSuffix(a, "-"); ok && first >= 'a' && first <= 'z' {
		return rest + b
	}
	if last >= '0' && last <= '9' && first >= '0' && first <= '9' {
		return a + b
	}
	return a + " " + b
}
