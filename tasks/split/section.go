package split

import (
	"strings"
	"unicode/utf8"
)

// longestDerived is the length, in characters, of a heading that is made up.
const longestDerived = 30

// wholeCertainty is the confidence where nothing told suggestions and background apart.
const wholeCertainty = 0.3

// section makes the heading and the text of an item.
func (d *document) section(it item, no int, confidence float64) Section {
	s := Section{No: no, Span: Span{it.start, it.end}, Reason: it.reason, Confidence: confidence}
	if it.reason == ReasonWhole {
		s.Confidence = min(confidence, wholeCertainty)
	}
	it.text = d.behindNumber(it)
	heading, rest := d.heading(it)
	s.Heading, s.Text = heading, d.join(rest, it.end)
	if s.Text == "" {
		s.Text = d.join(it.text, it.end)
	}
	if s.Heading == "" {
		s.Heading, s.Derived = derive(s.Text), true
	}
	return s
}

// derive makes a heading from the first clause of a text.
func derive(text string) string {
	s := withoutConnectors(tidy(cut(text, 80)))
	for _, w := range []string{"建议", "希望", "要", "应当", "应该", "应"} {
		if t, ok := strings.CutPrefix(s, w); ok && utf8.RuneCountInString(t) > 3 && !strings.HasPrefix(t, "求") && !strings.HasPrefix(t, "用") && !strings.HasPrefix(t, "急") {
			s = strings.TrimLeft(t, "，,：: ")
			break
		}
	}
	for i, r := range s {
		if isStop(r) && utf8.RuneCountInString(s[:i]) >= 4 {
			s = s[:i]
			break
		}
	}
	if utf8.RuneCountInString(s) > longestDerived {
		return strings.TrimRight(cut(s, longestDerived-1), " 、，") + "…"
	}
	return strings.TrimSpace(trimHeading(s))
}

func isStop(r rune) bool {
	switch r {
	case '，', '。', '；', '：', '！', '？', ',', ';', ':', '!', '?', '\n':
		return true
	}
	return false
}

// join returns the text of [lo, hi) with its broken lines rejoined, one
// paragraph a line.
func (d *document) join(lo, hi int) string {
	text := ""
	var b strings.Builder // of several paragraphs
	for p := range d.eachParagraph(lo, hi) {
		s := tidy(d.unbroken(p))
		if text == "" {
			text = s
			continue
		}
		if b.Len() == 0 {
			b.Grow(hi - lo)
			b.WriteString(text)
		}
		b.WriteByte('\n')
		b.WriteString(s)
	}
	return cmpOr(b.String(), text)
}

// unbroken returns a paragraph without the page numbers and headers inside it.
func (d *document) unbroken(p paragraph) string {
	from, to := d.lineAt(p.a), d.lineAt(p.b-1)
	foreign := false
	for _, l := range d.lines[from:min(to+1, len(d.lines))] {
		foreign = foreign || l.blank() && !allBlank(d.src[l.start:l.end])
	}
	if !foreign {
		return d.src[p.a:p.b]
	}
	var b strings.Builder
	for _, l := range d.lines[from : to+1] {
		if a, end := max(l.a, p.a), min(l.b, p.b); a < end {
			b.WriteString(d.src[a:end])
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// tidy removes line breaks, and white space unless it parts two words in Latin
// letters or a number from a character.
func tidy(s string) string {
	if !hasBlank(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var prev rune
	spaced := false
	for _, r := range s {
		if isBlank(r) {
			spaced = spaced || b.Len() > 0 && !isBreak(r)
			if isBreak(r) && prev < utf8.RuneSelf && prev > ' ' {
				spaced = true
			}
			continue
		}
		if spaced && prev < utf8.RuneSelf && r < utf8.RuneSelf && prev != 0 {
			b.WriteByte(' ')
		}
		spaced = false
		b.WriteRune(r)
		prev = r
	}
	return b.String()
}

func unnumbered(r Reason) bool {
	return r == ReasonWhole || r == ReasonOnly || r == ReasonSense || r == ReasonParagraph
}
