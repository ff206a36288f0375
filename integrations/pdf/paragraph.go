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
	wrapped     bool    // a line ends at the right edge in the middle of a sentence
}

// paragraphs joins the lines that only the right margin broke, over the ends of pages too.
func paragraphs(pages [][]line) []string {
	var all []line
	for _, ls := range pages {
		all = append(all, ls...)
	}
	whole := measure(all, block{})
	var out []string
	var text []byte
	var last line
	within := whole
	open := false
	for _, ls := range pages {
		b := measure(ls, whole)
		for i, l := range withForms(ls, b) {
			if !open || !joins(last, l, within, b, i == 0) {
				if text != nil {
					out = append(out, string(text))
				}
				text = []byte{}
			}
			text = glue(text, l.text)
			last, within, open = l, b, !l.form
		}
	}
	if text != nil {
		out = append(out, string(text))
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
	b.right = rightEdge(ls, shared, b)
	indents, flush := 0, 0
	for _, l := range ls {
		b.wrapped = b.wrapped || b.right-l.x1 <= (1+slack)*b.em && !endsSentence(l.text) && !endsTitle(l.text)
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

// asymmetry is by how many characters a page's right margin may be wider than its left one.
const asymmetry = 2.5

// rightEdge is where lines break. On a page of short lines none does: then it is where the margins' symmetry puts it.
func rightEdge(ls []line, shared int, b block) float64 {
	of := func(l line) float64 { return l.x1 }
	expected := slices.MinFunc(ls, func(a, b line) int { return cmp.Compare(a.sheet, b.sheet) }).sheet - b.left
	ls = withoutHanging(ls)
	for _, n := range []int{shared, 1} {
		if right := edge(ls, n, b.em, of); right >= expected-asymmetry*b.em {
			return right
		}
	}
	return expected
}

// withoutHanging are the lines that end with a character: punctuation may hang over the edge.
func withoutHanging(ls []line) []line {
	var out []line
	for _, l := range ls {
		if last, _ := utf8.DecodeLastRuneInString(l.text); !strings.ContainsRune("，。、；：！？,.;:!?", last) {
			out = append(out, l)
		}
	}
	if len(out) == 0 {
		return ls
	}
	return out
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

// Widths in characters.
const (
	slack      = 0.4  // by which a line may miss the right edge, besides what did not fit
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
	case flush && in.indented && full(a, b, in):
		return true
	case labelled(b.text), ended && (numbered(b.text) || !in.wrapped || !in.indented && opens(b.text)):
		return false
	case !full(a, b, in):
		return flush && !in.indented && !ended && !numbered(a.text) && !numbered(b.text) && a.x1-a.x0 >= fullRagged*(in.right-in.left)
	case flush:
		return !numbered(b.text) || !numbered(a.text) || in.indented
	}
	return near(b.x0-on.left, a.x0-in.left, on.em) && !ended && !numbered(b.text) && !endsTitle(a.text)
}

// full reports whether a has no room left for what b begins with: then the edge broke the line, not its author.
func full(a, b line, in block) bool {
	return in.right-a.x1 <= (unit(b.text)+slack)*a.em
}

// unit is the width of what may not be parted at the beginning of s: a character with the punctuation beside it, or a
// word.
func unit(s string) float64 {
	width, begun := 0.0, false
	word := false
	for _, r := range s {
		switch {
		case strings.ContainsRune("，。、；：？！）》”’】〕」』…", r):
			width++
			continue
		case latin(r) && (!begun || word):
			width += 0.55
			begun, word = true, true
		case strings.ContainsRune("（《“‘【〔「『", r) && !begun:
			width++
			continue
		case begun:
			return min(width, wordMax)
		default:
			width++
			begun = true
		}
	}
	return min(width, wordMax)
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
	return !endsTitle(a.text)
}

func endsTitle(s string) bool {
	s = strings.TrimRight(s, "）)")
	for _, end := range []string{"提案", "建议", "议案", "答复", "复函", "号"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

var mark = regexp.MustCompile(`^(?:[一二三四五六七八九十百]{1,3}[、．.]|[（(][一二三四五六七八九十百\d]{1,3}[）)]|\d{1,2}[、．.）)](?:\D|$)` +
	`|[①-⑳⑴-⒇⒈-⒛]|第[一二三四五六七八九十百]{1,3}[，、,：:]|[一二三四五六七八九十]是|[•●■◆▪]|案\s*由|(?:建议|答复|办理意见)[：:])`)

var (
	headLabel = regexp.MustCompile(`^[【〔（(]?(?:第?[一二]?(?:提案|建议)[人者]|代表(?:姓名)?|委员|领衔|附议|联名|联合提|案\s*[号由]|编\s*号|类\s*别|题\s*目|标\s*题|主办|会办|承办|协办|审查意见|联系|电\s*话|通[讯信]地址|邮\s*编|单\s*位|界\s*别|日\s*期|提交|提出|正\s*文|内\s*容)[^，。；：:]{0,8}[】〕）)]?\s*[：:|】]`)
	opening   = regexp.MustCompile(`^(?:建议|希望|一方面|另一方面|此外|另外|同时|首先|其次|再次|最后|为此|对此|因此)`)
)

// labelled reports whether a line begins with a label of a proposal's head.
func labelled(s string) bool { return headLabel.MatchString(s) }

// opens reports whether a sentence looks like a paragraph's first.
func opens(s string) bool { return opening.MatchString(s) }

// numbered reports whether a line begins with the mark of an item.
func numbered(s string) bool { return mark.MatchString(s) }

// endsSentence reports whether a paragraph may end where s ends.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "”’」』）)》\"' ")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。！？；：!?;:…", r)
}

// glue appends a line to those before it: words keep their space, a hyphen at the end of a line goes.
func glue(a []byte, b string) []byte {
	last, _ := utf8.DecodeLastRune(a)
	first, _ := utf8.DecodeRuneInString(b)
	switch {
	case len(a) == 0, !latin(last), !latin(first), digit(last) && digit(first):
	case last == '-' && first >= 'a' && first <= 'z':
		a = a[:len(a)-1]
	default:
		a = append(a, ' ')
	}
	return append(a, b...)
}

func digit(r rune) bool { return r >= '0' && r <= '9' }
