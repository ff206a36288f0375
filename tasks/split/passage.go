package split

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// passage is a stretch of the body that is never divided: a heading on a line of its own, a
// sentence, a clause up to its semicolon, or what stands between two marks.
type passage struct {
	a, b     int // without the white space around it
	text     int // behind its mark
	style    numbering
	num      int
	form     form
	rel      relation
	chain    int // the list it is an item of, or 0
	depth    int // of that list
	begun    int // the passage that list began with
	class    class
	part     bool // it announces what follows
	words    wordKinds
	asks     asking
	under    ground
	from, to int      // its characters
	plain    string   // how it begins behind connectors, if it has some
	keys     []uint32 // its features, as keys of the weights; never 0
}

// form is how a passage stands on the page.
type form uint8

const (
	formSentence  form = iota // inside a paragraph
	formParagraph             // begins one
	formHeadline              // a short line without a final sign
	forms
)

// relation is how a passage's number follows from the last one of the same style.
type relation uint8

const (
	relNone  relation = iota
	relFirst          // the first of all, and a 1
	relNext
	relAgain // a 1 again
	relGap
	relOdd // the first of all, and no 1
	relations
)

// passages cuts [lo, hi) into passages, with the marks of the outline.
func (d *document) passages(lo, hi int, o *outline) []passage {
	cuts := o.cuts(d, lo, hi)
	out := make([]passage, 0, (hi-lo)/80+len(d.lines))
	var seen innerMarks
	for p := range d.eachParagraph(lo, hi) {
		from := p.a
		for i := p.a; i < p.b; {
			for len(cuts) > 0 && cuts[0] < i {
				cuts = cuts[1:]
			}
			if len(cuts) > 0 && cuts[0] == i && i > from {
				out = d.passage(out, from, i, p)
				from = i
			}
			if startsHan(d.src[i]) {
				if i > from && strings.HasPrefix(d.src[i+hanSize:], "是") && seen.mark(d, i, han(d.src[i:])) {
					out = d.passage(out, from, i, p)
					from = i
				}
				i += hanSize
				continue
			}
			r, size := decode(d.src[i:])
			if i > from && seen.mark(d, i, r) {
				out = d.passage(out, from, i, p)
				from = i
			}
			r = d.signAt(i, r)
			if isBreak(r) && d.lineEnds(i) {
				out = d.passage(out, from, i, p)
				i = min(max(i+size, d.skipBlank(i, 200)), p.b)
				p.a, from = i, i
				continue
			}
			i += size
			if !endsPassage(r) && !isColon(r) {
				continue
			}
			for r, size := decode(d.src[i:]); i < p.b && closesQuote(r); r, size = decode(d.src[i:]) {
				i += size
			}
			out = d.passage(out, from, i, p)
			from = min(d.skipBlank(i, 24), p.b)
			i = from
		}
		if from < p.b {
			out = d.passage(out, from, p.b, p)
		}
	}
	return out
}

// lineEnds reports whether the break at offset i may end a paragraph, and is none that a
// page's width made.
func (d *document) lineEnds(i int) bool {
	k := d.lineAt(i)
	if k >= len(d.lines) || d.lines[k].blank() {
		return false
	}
	if k+1 < len(d.lines) && !d.lines[k+1].blank() {
		if style, _, _ := d.numberingAt(d.lines[k+1].a, true); style != 0 {
			return true
		}
	}
	return !d.full(d.lines[k]) && !d.tornAfter(k)
}

func endsPassage(r rune) bool {
	switch r {
	case '。', '！', '？', '!', '?', '；', ';':
		return true
	}
	return false
}

func isColon(r rune) bool { return r == '：' || r == ':' }

func closesQuote(r rune) bool { return r == '”' || r == '）' || r == '』' || r == '」' }

// innerMarks are the last numbers of each style inside paragraphs.
type innerMarks [styles]int

// mark reports whether the next number of a style, which begins with r, stands at offset i, whatever
// stands before it: 建议市政府一是…
func (seen *innerMarks) mark(d *document, i int, r rune) bool {
	if !startsMark(r) {
		return false
	}
	if before, _ := utf8.DecodeLastRuneInString(d.src[:i]); digit(r) >= 0 && !isHan(before) && !endsPassage(before) {
		return false
	}
	m, _, ok := parseMark(d.src, i, false)
	switch m.style {
	case styleYiShi, styleCircled, styleCnParen, styleParen, styleDot:
		if ok && (m.num == 1 || seen[m.style] == m.num-1) {
			seen[m.style] = m.num
			return true
		}
	}
	return false
}

// passage appends [a, b) of paragraph p to passages, unless it is blank.
func (d *document) passage(passages []passage, a, b int, p paragraph) []passage {
	b = a + len(strings.TrimRightFunc(d.src[a:b], isBlank))
	if a >= b {
		return passages
	}
	q := passage{a: a, b: b, text: a}
	if a == p.a {
		q.form = formParagraph
	}
	return append(passages, q)
}

// cuts returns the offsets in [lo, hi) at which a mark, or what an announcement leads in, begins.
func (o *outline) cuts(d *document, lo, hi int) []int {
	cuts := make([]int, 0, len(o.nodes)+len(o.inner))
	for _, list := range [...][]node{o.nodes, o.inner} {
		for _, n := range list {
			cuts = append(cuts, n.start)
			if n.style == stylePart {
				cuts = append(cuts, d.skipBlank(n.text, 24))
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	return slices.DeleteFunc(cuts, func(at int) bool { return at <= lo || at >= hi })
}

// describe gives the passages what the outline knows of their marks.
func (o *outline) describe(passages []passage) {
	begun := make([]int, len(o.chains))
	nodes, inner := o.nodes, o.inner
	for i := range passages {
		p := &passages[i]
		var n node
		if nodes = from(nodes, p.a); len(nodes) > 0 && nodes[0].start == p.a {
			n = nodes[0]
		} else if inner = from(inner, p.a); len(inner) > 0 && inner[0].start == p.a {
			n = inner[0]
		} else {
			continue
		}
		p.class, p.part = n.class, n.style == stylePart
		if p.part {
			continue
		}
		if p.style != 0 {
			p.num = n.num
		}
		if begun[n.chain] == 0 {
			begun[n.chain] = i + 1
		}
		p.chain, p.depth, p.begun = n.chain, n.depth, begun[n.chain]
	}
}

// from returns the nodes that begin at offset at or behind it; they stand in order.
func from(nodes []node, at int) []node {
	for len(nodes) > 0 && nodes[0].start < at {
		nodes = nodes[1:]
	}
	return nodes
}

// relate says of every number how it follows from the last one of its style.
func relate(passages []passage) {
	type number struct {
		style numbering
		num   int
	}
	var last []number
	for i := range passages {
		p := &passages[i]
		if p.style == 0 {
			continue
		}
		k := slices.IndexFunc(last, func(n number) bool { return n.style == p.style })
		ok, before := k >= 0, 0
		if ok {
			before = last[k].num
		} else {
			k = len(last)
			last = append(last, number{style: p.style})
		}
		switch {
		case ok && p.num == before+1:
			p.rel = relNext
		case ok && p.num == 1:
			p.rel = relAgain
		case ok:
			p.rel = relGap
		case p.num != 1:
			p.rel = relOdd
		default:
			p.rel = relFirst
		}
		last[k].num = p.num
	}
}
