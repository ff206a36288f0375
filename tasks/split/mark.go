package split

import (
	"strings"
)

// style is a way of numbering.
type style int

const (
	stylePart     style = iota // no number: a heading, a label, or a sentence that announces a list
	styleCnDun                 // 一、
	styleNamed                 // 建议一：
	styleArticle               // 第一条
	styleOrdinal               // 第一，
	styleCounted               // 第一课 第一个希望：
	styleSequence              // 首先 其次 最后
	styleCnParen               // （一）
	styleDot                   // 1. 1、
	styleParen                 // (1) 1)
	styleAlpha                 // A.
	styleLower                 // a)
	styleCircled               // ①
	styleBare                  // 1 and a space
	styleBareCn                // 一 and a space
	styleYiShi                 // 一是 一要 其一
	styleBullet
	styles
)

// rank orders the styles as the rules for official papers do: the lower number
// stands higher. Styles of one rank do not hold one another.
var rank = [styles]int{
	styleCnDun: 1, styleBareCn: 1, styleNamed: 1, styleArticle: 1, styleOrdinal: 2, styleCounted: 2, styleSequence: 2, styleCnParen: 2,
	styleDot: 3, styleParen: 4, styleAlpha: 4, styleLower: 5, styleCircled: 5, styleBare: 3, styleYiShi: 6, styleBullet: 7,
}

// weak styles count only when a second item follows.
func (s style) weak() bool {
	switch s {
	case styleSequence, styleOrdinal, styleCounted, styleAlpha, styleLower, styleBare, styleBareCn, styleYiShi, styleBullet:
		return true
	}
	return false
}

// next stands for "one more than the item before".
const next = -1

type mark struct {
	style style
	num   int
	noun  string // what is counted: 课, 个希望
}

// parseMark recognises a numbering mark at offset at and returns it with the
// offset of the text behind it.
func parseMark(src string, at int, lineStart bool) (mark, int, bool) {
	r, size := decode(src[at:])
	rest := at + size
	switch {
	case r == '（' || r == '(':
		return bracketed(src, rest)
	case r == '【' && lineStart:
		if m, text, ok := named(src, rest); ok {
			return m, text, ok
		}
	case r >= '①' && r <= '⑳':
		return done(src, styleCircled, int(r-'①')+1, rest)
	case r >= '⑴' && r <= '⒇':
		return done(src, styleParen, int(r-'⑴')+1, rest)
	case r >= '⒈' && r <= '⒛':
		return done(src, styleDot, int(r-'⒈')+1, rest)
	case r >= '㈠' && r <= '㈩':
		return done(src, styleCnParen, int(r-'㈠')+1, rest)
	case digit(r) >= 0:
		return arabic(src, at, lineStart)
	case cnDigit(r) > 0:
		return chineseMark(src, at, lineStart)
	}
	switch r {
	case '第':
		return ordinal(src, rest, lineStart)
	case '首', '其', '再', '最', '然':
		return sequence(src, at)
	case '建', '措', '对':
		return named(src, at)
	}
	if lineStart {
		return bullet(src, at)
	}
	return mark{}, 0, false
}

func done(src string, s style, n, at int) (mark, int, bool) {
	for at < len(src) {
		r, size := decode(src[at:])
		if !isSpace(r) {
			break
		}
		at += size
	}
	return mark{style: s, num: n}, at, true
}

func skip(src string, at int) int {
	for at < len(src) && (src[at] == ' ' || strings.HasPrefix(src[at:], "\u3000")) {
		_, size := decode(src[at:])
		at += size
	}
	return at
}

func bracketed(src string, at int) (mark, int, bool) {
	at = skip(src, at)
	s := styleCnParen
	n, end := readCn(src, at)
	if n == 0 {
		n, end = readStem(src, at)
	}
	if n == 0 {
		s = styleParen
		n, end = readAr(src, at)
	}
	if n == 0 {
		r, size := decode(src[at:])
		if s, end = styleAlpha, at+size; r >= 'a' && r <= 'z' || r >= 'ａ' && r <= 'ｚ' {
			s = styleLower
		}
		n, _ = letter(r)
	}
	end = skip(src, end)
	r, size := decode(src[end:])
	if n == 0 || r != '）' && r != ')' {
		return mark{}, 0, false
	}
	end += size
	if r, size := decode(src[end:]); r == '、' || r == '.' || r == '．' {
		end += size
	}
	return done(src, s, n, end)
}

func arabic(src string, at int, lineStart bool) (mark, int, bool) {
	n, end := readAr(src, at)
	if n == 0 {
		return mark{}, 0, false
	}
	if lineStart {
		digits := end
		if end = skip(src, end); end > digits || strings.HasPrefix(src[end:], "\t") {
			if text := end + len(src[end:]) - len(strings.TrimLeft(src[end:], "\t ")); startsHan(firstByte(src[text:])) {
				return mark{style: styleBare, num: n}, text, true
			}
		}
	}
	r, size := decode(src[end:])
	after, _ := decode(src[end+size:])
	switch {
	case r == '）' || r == ')':
		return done(src, styleParen, n, end+size)
	case lineStart && (r == '，' || r == ',') && startsHan(firstByte(src[end+size:])):
		return done(src, styleDot, n, end+size)
	case (r == '.' || r == '．') && digit(after) < 0, r == '、' && (lineStart || digit(after) < 0):
		return done(src, styleDot, n, end+size)
	}
	return mark{}, 0, false
}

func firstByte(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

func chineseMark(src string, at int, lineStart bool) (mark, int, bool) {
	n, end := readCn(src, at)
	if n == 0 {
		return mark{}, 0, false
	}
	if lineStart {
		digits := end
		if end = skip(src, end); end > digits && startsHan(firstByte(src[end:])) {
			return mark{style: styleBareCn, num: n}, end, true
		}
	}
	r, size := decode(src[end:])
	switch r {
	case '、', '．', '.':
		if after, _ := decode(src[end+size:]); cnDigit(after) > 0 && !lineStart {
			return mark{}, 0, false
		}
		return done(src, styleCnDun, n, end+size)
	case '，', ',', '：', ':':
		if lineStart {
			return done(src, styleCnDun, n, end+size)
		}
	case '是', '要':
		if n <= 10 {
			return done(src, styleYiShi, n, end+size)
		}
	}
	return mark{}, 0, false
}

// runsInto reports whether the first item of a list begins with r at offset at, right behind
// words that no sign ends, and the second one further on: 请求县政府（一）…；（二）…
func (d *document) runsInto(r rune, at, end int) bool {
	if r != '（' && r != '(' && digit(r) != 1 {
		return false
	}
	m, text, ok := parseMark(d.src, at, false)
	if !ok || m.num != 1 || m.style != styleCnParen && m.style != styleParen && m.style != styleDot {
		return false
	}
	for from := text; from < end; {
		i := indexSign(d.src[from:end], "；;。")
		if i < 0 {
			return false
		}
		_, size := decode(d.src[from+i:])
		from = d.skipBlank(from+i+size, 24)
		if second, _, ok := parseMark(d.src, from, false); ok && second.style == m.style {
			return second.num == 2
		}
	}
	return false
}
