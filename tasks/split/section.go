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
	rest := it.text
	if end := d.headingLines(it); end > 0 {
		s.Heading = trimHeading(tidy(d.src[it.text:end]))
		rest = end
	} else if head, end := d.runIn(it); head != "" {
		s.Heading, rest = head, end
	}
	s.Text = d.join(rest, it.end)
	if s.Text == "" {
		s.Text = d.join(it.text, it.end)
	}
	if s.Heading == "" {
		s.Heading, s.Derived = derive(s.Text), true
	}
	return s
}

// headingLines returns where the heading ends that stands on lines of its own
// above the text, or 0.
func (d *document) headingLines(it item) int {
	i := d.lineAt(it.text)
	if i == len(d.lines) || d.lines[i].b <= it.text || d.lines[i].b > it.end {
		return 0
	}
	end := min(d.lines[i].b, it.end)
	n := utf8.RuneCountInString(d.src[it.text:end])
	last := lastRune(d.src[it.text:end])
	if n > longestHeading || last == '，' || last == ',' || last == '、' || d.firstStop(item{text: it.text, end: end - 1}) >= 0 && last != '。' {
		return 0
	}
	blankAfter := i+1 >= len(d.lines) || d.lines[i+1].blank()
	more := !allBlank(d.src[end:it.end])
	if endsSentence(last) && !(more && closesName(d.src[it.text:end])) {
		if more && (last == '。' || last == '：' || last == ':') && !hasSign(d.src[it.text:end], "，,") {
			return end
		}
		return 0
	}
	if i+1 < len(d.lines) && d.tornAfter(i) {
		return 0
	}
	if !blankAfter && i+2 < len(d.lines) && d.lines[i+2].blank() && d.lines[i+1].b < it.end {
		l := d.lines[i+1]
		_, _, marked := parseMark(d.src, l.a, true)
		if !marked && l.runes+n <= longestHeading && !hasSign(d.text(l), "，。；：") {
			return l.b
		}
	}
	if i+2 < len(d.lines) && !blankAfter && d.lines[i+1].b < it.end {
		second, third := d.lines[i+1], d.lines[i+2]
		_, _, marked := parseMark(d.src, second.a, true)
		hangs := third.a-third.start >= 4 && second.a-second.start < 4
		if hangs && !marked && n+second.runes <= longestHeading && !hasSign(d.text(second), "。；：") {
			return second.b // broken over two lines, above text with an indent
		}
	}
	if d.full(d.lines[i]) && !blankAfter {
		return 0
	}
	return end
}

// closesName reports whether a line ends with a quoted name, and not with a quoted sentence: 打造“城市书房”.
func closesName(line string) bool {
	inner, quoted := strings.CutSuffix(line, "”")
	return quoted && !endsSentence(lastRune(inner)) && !hasSign(line, "。！？；") && len(line) <= longestHeading*hanSize
}

// firstBelow returns the first character of the next line that holds text.
func (d *document) firstBelow(i int) rune {
	for j := i + 1; j < len(d.lines); j++ {
		if !d.lines[j].blank() {
			r, _ := decode(d.src[d.lines[j].a:])
			return r
		}
	}
	return 0
}

// runIn returns a heading that stands at the beginning of the paragraph and ends
// with a full stop or a colon, and where the text goes on.
func (d *document) runIn(it item) (string, int) {
	n := 0
	for i := it.text; i < it.end && n <= longestDerived; n++ {
		r, size := decode(d.src[i:])
		if r == '.' && fullStop(d.src, i) {
			r = '。'
		}
		switch r {
		case '。', '：', ':', ' ', '\u3000':
			if (r == ' ' || r == '\u3000') && (n < 4 || !spacedHeading(d.src[it.text:i], d.src[i+size:it.end])) {
				break
			}
			if allBlank(d.src[i+size:it.end]) || n < 2 {
				return "", 0
			}
			if commas := hasSign(d.src[it.text:i], "，,"); commas && (n > 18 || unnumbered(it.reason)) {
				return "", 0
			}
			return trimHeading(tidy(d.src[it.text:i])), i + size
		case '；', ';', '！', '？', '\n':
			return "", 0
		}
		i += size
	}
	return "", 0
}

// fullStop reports whether the point at i ends a Chinese sentence.
func fullStop(src string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(src[:i])
	if !isHan(before) && !strings.ContainsRune("）)”》%", before) {
		return false
	}
	after, _ := decode(src[i+1:])
	return i+1 == len(src) || isHan(after) || isBlank(after) || digit(after) >= 0 || strings.ContainsRune("（(“《①②③④⑤", after)
}

// signAt returns the sign r at offset i, a full stop of half width as one of full width.
func (d *document) signAt(i int, r rune) rune {
	if r == '.' && fullStop(d.src, i) {
		return '。'
	}
	return r
}

func unnumbered(r Reason) bool {
	return r == ReasonWhole || r == ReasonOnly || r == ReasonSense || r == ReasonParagraph
}

// spacedHeading reports whether a gap parts a heading from the text behind it.
func spacedHeading(head, rest string) bool {
	if hasSign(head, "，,、") {
		return false
	}
	r, _ := decode(rest)
	before := lastRune(head)
	return isHan(before) && isHan(r) && isAction(head)
}

func trimHeading(s string) string {
	s = strings.Trim(s, " 。；;：:，,、．.…*#")
	if strings.HasPrefix(s, "【") && strings.HasSuffix(s, "】") {
		s = strings.Trim(s, "【】")
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

// firstStop returns the offset behind the first full stop of an item, or -1.
func (d *document) firstStop(it item) int {
	for at := it.text; at < it.end; {
		i := indexSign(d.src[at:it.end], "。.")
		if i < 0 {
			break
		}
		r, size := decode(d.src[at+i:])
		if d.signAt(at+i, r) == '。' {
			return at + i + size
		}
		at += i + size
	}
	return -1
}
