package split

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

type document struct {
	src   string
	lines []line
	width int // the width at which lines are broken, 0 when they are not

	wished *bool // whether units are wished for suggestion by suggestion; nil: not yet known
}

// line is one line: [start, end) with its line break, [a, b) without the
// spaces around it.
type line struct {
	start, end, a, b int
	runes            int // of [a, b)
}

func (l line) blank() bool { return l.a == l.b }

func (d *document) text(l line) string { return d.src[l.a:l.b] }

func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\r', '\u3000', '\u00a0', '\ufeff', '\u200b':
		return true
	}
	return r >= '\u2000' && r <= '\u200a' || r >= '\u2500' && r <= '\u257f' // spaces of other widths; a table's lines
}

func isBreak(r rune) bool {
	switch r {
	case '\n', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

func isBlank(r rune) bool { return isSpace(r) || isBreak(r) }

func scanLines(src string) []line {
	lines := make([]line, 0, strings.Count(src, "\n")+1)
	cur := line{a: -1}
	n := 0
	for i := 0; i < len(src); {
		if startsHan(src[i]) {
			if cur.a < 0 {
				cur.a, n = i, 0
			}
			for i < len(src) && startsHan(src[i]) {
				i, n = i+hanSize, n+1
			}
			cur.b, cur.runes = i, n
			continue
		}
		r, size := rune(src[i]), 1
		if r >= utf8.RuneSelf {
			r, size = decode(src[i:])
		}
		i += size
		switch {
		case isBreak(r) || r == '\r' && (i == len(src) || src[i] != '\n'):
			lines = append(lines, cur.close(src, i))
			cur, n = line{start: i, a: -1}, 0
			continue
		case isSpace(r):
			n++
			continue
		case cur.a < 0:
			cur.a, n = i-size, 0
		}
		n++
		cur.b, cur.runes = i, n
	}
	if cur.start < len(src) {
		lines = append(lines, cur.close(src, len(src)))
	}
	blankHeaders(src, lines)
	return lines
}

// close ends a line. Page numbers count as blank, the signs of a Markdown
// heading as white space.
func (l line) close(src string, end int) line {
	l.end = end
	if l.a < 0 || l.runes <= longestHeader && strings.HasSuffix(src[l.a:l.b], "页") && isNumberedHeader(src[l.a:l.b]) || l.runes <= longestPageNumber && isPageNumber(src[l.a:l.b], l.a-l.start >= centred) {
		l.a, l.b, l.runes = l.start, l.start, 0
	}
	if src[l.a:l.b] != "" && (src[l.a] == '|' || src[l.b-1] == '|') {
		l = l.withoutBorders(src)
	}
	if rest := strings.TrimLeft(src[l.a:l.b], "#"); len(rest) < l.b-l.a && strings.HasPrefix(rest, " ") {
		l.a = l.b - len(strings.TrimLeft(rest, " "))
		l.runes = utf8.RuneCountInString(src[l.a:l.b])
	}
	return l
}

// withoutBorders takes the borders of a table's row off a line.
func (l line) withoutBorders(src string) line {
	border := func(r rune) bool { return r == '|' || isSpace(r) }
	text := strings.TrimLeftFunc(src[l.a:l.b], border)
	l.a = l.b - len(text)
	l.b = l.a + len(strings.TrimRightFunc(text, border))
	l.runes = utf8.RuneCountInString(src[l.a:l.b])
	return l
}

// wrapWidth finds the width at which a text is broken into lines regardless of
// its paragraphs: many lines end there in the middle of a sentence, and almost
// none is longer.
func wrapWidth(src string, lines []line) int {
	const lo, hi = 12, 60
	var count, torn [hi + 2]int
	full := 0
	for _, l := range lines {
		if l.blank() {
			continue
		}
		full++
		n := min(l.runes, hi+1)
		count[n]++
		if !endsSentence(lastRune(src[l.a:l.b])) {
			torn[n]++
		}
	}
	longer := count[hi+1]
	for w := hi; w >= lo; w-- {
		near := torn[w] + torn[w-1] + torn[w-2]
		if near >= 3 && near*5 >= full && longer*20 <= full {
			return w
		}
		longer += count[w]
	}
	return 0
}

// normal returns the NFC form of s, with U+FFFD for bytes that are no UTF-8. Text of nothing but Chinese characters, their
// punctuation and ASCII is in that form already.
func normal(s string) string {
	for i := 0; i < len(s); {
		switch b := s[i]; {
		case b < utf8.RuneSelf:
			i++
			continue
		case b == 0xc2 && i+1 < len(s) && s[i+1]&0xc0 == 0x80: // U+0080 to U+00BF
			i += 2
			continue
		case i+2 >= len(s) || s[i+1]&0xc0 != 0x80 || s[i+2]&0xc0 != 0x80:
		case b >= 0xe4 && b <= 0xe9, // U+4000 to U+9FFF
			b == 0xe3 && s[i+1] == 0x80 && s[i+2] < 0xaa,    // U+3000 to U+3029
			b == 0xef && (s[i+1] == 0xbc || s[i+1] == 0xbd), // U+FF00 to U+FF7F
			b == 0xe2 && s[i+1] == 0x80 && s[i+2] >= 0x90,   // U+2010 to U+203F
			b == 0xe2 && s[i+1] >= 0x91 && s[i+1] <= 0x9b:   // U+2440 to U+26FF
			i += 3
			continue
		}
		return norm.NFC.String(strings.ToValidUTF8(s, string(utf8.RuneError)))
	}
	return s
}

// squeeze returns s without any white space.
func squeeze(s string) string {
	if !hasBlank(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isBlank(r) {
			return -1
		}
		return r
	}, s)
}

// full reports whether a line is as wide as lines can be where a text is broken at one
// width. An indent takes room too.
func (d *document) full(l line) bool {
	if d.width == 0 {
		return false
	}
	indent := 0 // in halves of a character
	for _, r := range d.src[l.start:max(l.start, l.a)] {
		if indent++; r >= utf8.RuneSelf {
			indent++
		}
	}
	return l.runes+indent/2 >= d.width-2
}

// lineAt returns the index of the line that holds offset at.
func (d *document) lineAt(at int) int {
	lo, hi := 0, len(d.lines)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.lines[mid].end <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// cut returns at most n runes of s.
func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// endsSentence reports whether a paragraph may end after r.
func endsSentence(r rune) bool {
	switch r {
	case '。', '！', '？', '；', '：', '.', '!', '?', ';', ':', '…', '”', '」', '】':
		return true
	}
	return false
}
