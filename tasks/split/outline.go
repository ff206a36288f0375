package split

import "unicode/utf8"

// node is a numbered item of the body, or the beginning of a part.
type node struct {
	mark
	start, text int  // of the mark, and of what follows it
	line        bool // the mark stands at the start of a line
	class       class
	leadIn      bool // a part that is announced by a sentence
	sep         sep  // what stands before a mark inside a line
	chain       int
	depth       int
}

// sep is the kind of sign that parts an item off the text before it.
type sep int

const (
	sepLine sep = iota
	sepSentence
	sepSemicolon
	sepComma
)

func sepOf(prev rune) sep {
	switch prev {
	case '；', ';':
		return sepSemicolon
	case '，', ',':
		return sepComma
	}
	return sepSentence
}

// chain is a list: items of one style with rising numbers.
type chain struct {
	style style
	noun  string
	last  int // the number of the last item
	items int
	begin int // the index of its first node
	end   int // the offset of its last item
	sep   sep // before its last item
	line  bool
	other bool // some item so far is no background
	inner bool // some items stand inside a line
	parts bool // suggestions were announced inside one of its items
}

type outline struct {
	body, end int
	nodes     []node
	inner     []node // parts inside the items of a list
	chains    []chain
	below     [styles]uint32 // by style, the set of styles that stood inside such a list
	gap       bool
}

// outline finds the marks of the body [body, end) and how they nest.
func (d *document) outline(body, end int) *outline {
	o := &outline{body: body, end: end}
	found := make([]node, 0, 16)
	for i := d.lineAt(body); i < len(d.lines) && d.lines[i].start < end; i++ {
		l := d.lines[i]
		if l.a < body {
			l.a = min(d.skipBlank(body, 200), l.b)
		}
		found = d.scanMarks(i, l, found)
	}
	found = o.link(found)
	o.nest(d, found)
	return o
}

// markAt recognises a mark at the start of line i, unless the line only carries on a
// sentence that was broken there: 与 / 一、二期连片开放。
func (d *document) markAt(i int) (mark, int, bool) {
	m, text, ok := parseMark(d.src, d.lines[i].a, true)
	if ok && d.torn(i) {
		return mark{}, 0, false
	}
	return m, text, ok
}

// torn reports whether line i carries on a sentence in the middle of which the one
// above breaks off.
func (d *document) torn(i int) bool {
	if i == 0 || d.lines[i-1].blank() {
		return false
	}
	above := d.lines[i-1]
	last := lastRune(d.text(above))
	return !endsSentence(last) && (d.full(above) || above.runes >= shortestBroken && carriesOn(last, 0))
}

// carried reports whether line i only carries on the one above it, that somebody or a
// page's width broke.
func (d *document) carried(i int) bool {
	if i == 0 || d.lines[i-1].blank() {
		return false
	}
	above := d.lines[i-1]
	return !endsSentence(lastRune(d.text(above))) && (d.full(above) || above.runes >= shortestBroken && hasSign(d.text(above), "，。；,;"))
}

// scanMarks appends what may be a mark or the beginning of a part in a line.
func (d *document) scanMarks(i int, l line, found []node) []node {
	if l.blank() {
		return found
	}
	at := l.a
	if m, text, ok := d.markAt(i); ok {
		found = append(found, node{mark: m, start: at, text: text, line: true})
		at = text
		// A numbered label (三、建议：) is judged as the heading of its node.
	} else if c, end := d.labelAt(at); c >= classBody || c == classCause {
		if c == classCause {
			c = classBackground
		}
		found = append(found, node{start: at, text: end, line: true, class: c})
		at = end
		from := min(d.skipBlank(at, 24), l.b)
		if m, text, ok := parseMark(d.src, from, true); ok && from < l.b {
			found = append(found, node{mark: m, start: from, text: text, line: true})
			at = text
		}
	} else if l.runes <= 24 && !d.carried(i) {
		if c := partHeading(squeeze(d.text(l))); c != noClass {
			return append(found, node{start: at, text: l.b, line: true, class: c})
		}
	}
	sentence, part := at, at
	if at == l.a && d.carried(i) {
		sentence, part = d.opened(i)
	}
	return d.scanInline(at, l.b, sentence, part, found)
}

// opened returns where the sentence began that line i carries on, and its last part.
func (d *document) opened(i int) (sentence, part int) {
	above := d.lines[i-1]
	sentence, part = above.a, above.a
	for at := above.a; at < above.b; {
		k := indexSign(d.src[at:above.b], "。；;！？：:，,")
		if k < 0 {
			break
		}
		r, size := decode(d.src[at+k:])
		at += k + size
		if part = at; r == '。' {
			sentence = at
		}
	}
	return sentence, part
}

// scanInline looks for marks and announcements inside a line.
// The sentence and its last part, which began at the offsets sentence and part, may have
// begun on the line above.
func (d *document) scanInline(at, end, sentence, part int, found []node) []node {
	prev, spaced := rune(0), false
	for i := at; i < end; {
		if startsHan(d.src[i]) && !opensMark(prev) && !spaced {
			prev, i = someHan, i+hanSize
			continue
		}
		r, size := rune(d.src[i]), 1
		if r >= utf8.RuneSelf {
			r, size = decode(d.src[i:])
		}
		if startsMark(r) && i > at && (mayPrecede(prev, r, spaced) || prev == someHan && d.runsInto(r, i, end)) {
			if m, text, ok := parseMark(d.src, i, false); ok && text <= end && (spaced || inlineStyle(m.style, prev)) {
				found = append(found, node{mark: m, start: i, text: text, sep: sepOf(prev)})
				i, sentence, part, prev, spaced = text, text, text, 0, false
				continue
			}
		}
		r = d.signAt(i, r)
		i += size
		switch r {
		case '：', ':', '。':
			from := part
			c := d.announces(part, i-size, r, i, end)
			if r == '。' && c == noClass && part != sentence {
				from = sentence
				c = d.announces(sentence, i-size, r, i, end)
			}
			if c != noClass {
				found = append(found, node{start: from, text: i, class: c, leadIn: true})
			}
			part = i
			if r == '。' {
				sentence = i
			}
		case '？', '?':
			if d.asksWhat(sentence, i, end) {
				found = append(found, node{start: sentence, text: i, class: classSuggest, leadIn: true})
			}
			part = i
		case '，', ',', '；', ';', '！':
			part = i
		}
		if spaced = isSpace(r); !spaced {
			prev = r
		}
	}
	return found
}

// someHan stands for a Chinese character that was passed over.
const someHan = '汉'

// opensMark reports whether a mark that begins with a Chinese character may stand behind r.
func opensMark(r rune) bool {
	switch r {
	case 0, '。', '；', ';', '：', ':', '！', '!', '？', '?', '，', ',':
		return true
	}
	return false
}

func startsMark(r rune) bool {
	return r == '（' || r == '(' || r == '第' || r == '其' || r == '首' || r == '再' || r == '最' || r == '建' || r == '措' ||
		r >= '①' && r <= '⒛' || r >= '㈠' && r <= '㈩' || digit(r) > 0 || cnDigit(r) > 0
}

func mayPrecede(prev, r rune, spaced bool) bool {
	switch prev {
	case '。', '；', ';', '：', ':', '！', '!', '？', '?':
		return true
	case '，', ',':
		return cnDigit(r) > 0 || digit(r) > 0 || r == '其' || r == '第' || r == '首' || r == '（' || r == '('
	}
	return spaced || r >= '①' && r <= '⑳'
}

func inlineStyle(s style, prev rune) bool {
	if prev == '，' || prev == ',' {
		return s == styleYiShi || s == styleOrdinal || s == styleSequence || s == styleDot || s == styleParen || s == styleCnParen
	}
	return true
}
