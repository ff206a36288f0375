package split

import (
	"strings"
	"unicode/utf8"
)

// longestName is the length, in characters, of a heading in front of its text on one line,
// longestClauses of one that holds a comma: a longer one is a sentence like any other.
const (
	longestName    = longestDerived
	longestClauses = 21
)

// runIn returns where a heading ends that stands at the beginning of the paragraph, before a full
// stop, a colon, a question mark, a dash or a gap, and where the text goes on.
func (d *document) runIn(it item) (end, rest int) {
	n := 0
	for i := it.text; i < it.end && n <= longestName; n++ {
		r, size := decode(d.src[i:])
		switch sign := d.signAt(i, r); sign {
		case '\n':
			line := d.lineAt(i)
			if !d.goesOn(line, it.end) {
				return 0, 0
			}
			i = d.nextLine(line)
			n--
			continue
		case '；', ';', '！', '!':
			return 0, 0
		case '。', '：', ':', '？', '?':
			if sign == ':' && digit(lastRune(d.src[:i])) >= 0 && digit(firstRune(d.src[i+size:])) >= 0 {
				break // 7:30
			}
			if (sign == '？' || sign == '?') && strings.Contains(d.src[it.text:i], "能") {
				return 0, 0 // 能不能…？ asks for something
			}
			if allBlank(d.src[i+size:it.end]) || !heads(d.src[it.text:i], n, !allBlank(d.src[it.start:it.text])) {
				return 0, 0
			}
			return i, i + size
		case '—', ' ', '\t', '\u3000':
			if width := gap(d.src[it.text:i], d.src[i:it.end], n); width > 0 {
				return i, i + width
			}
		}
		i += size
	}
	return 0, 0
}

// nextLine returns where the next line behind line i begins that holds text.
func (d *document) nextLine(i int) int {
	for i++; i < len(d.lines); i++ {
		if !d.lines[i].blank() {
			return d.lines[i].a
		}
	}
	return len(d.src)
}

// heads reports whether the n characters before a full stop, a colon or a question mark are a heading, and not
// a sentence of the text. Without a number before it only a sentence of one clause may be one.
func heads(head string, n int, numbered bool) bool {
	switch commas(head) {
	case 0:
		return n > 0
	case 1:
		return n <= longestClauses && (numbered || isAction(head) && !strict.begins(head))
	}
	return false
}

// gap returns how long the dash or the white space is with which rest begins, if it parts the n characters of head from the
// text as a heading, and 0 if not.
func gap(head, rest string, n int) int {
	if n < 2 || hasSign(head, "，,、") || !isHan(lastRune(head)) {
		return 0
	}
	text := strings.TrimLeft(rest, " \t\u3000")
	if dashed, ok := strings.CutPrefix(text, "——"); ok && n <= longestClauses {
		sentence, _, _ := strings.Cut(dashed, "。")
		if allBlank(dashed) || strings.Contains(head, "——") || strings.Contains(sentence, "——") {
			return 0
		}
		return len(rest) - len(dashed)
	}
	width := len(rest) - len(text)
	switch {
	case !isHan(firstRune(text)):
		return 0
	case width > 1 && n <= longestClauses:
		return width
	case n < 4 || !isAction(head):
		return 0
	}
	if i := indexSign(text, "，,。：:；;"); i >= 0 && i <= (longestClauses-n)*hanSize && strings.ContainsRune("。：:", firstRune(text[i:])) {
		return 0 // 开展数据 治理。
	}
	return width
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
