package split

import (
	"strings"
	"unicode/utf8"
)

// style is a way of numbering.
type style int

const (
	stylePart     style = iota // no number: a heading, a label, or a sentence that announces a list
	styleCnDun                 // 一、
	styleNamed                 // 建议一：
	styleArticle               // 第一条
	styleOrdinal               // 第一，
	styleSequence              // 首先 其次 最后
	styleCnParen               // （一）
	styleDot                   // 1. 1、
	styleParen                 // (1) 1)
	styleAlpha                 // A.
	styleCircled               // ①
	styleBare                  // 1 and a space
	styleYiShi                 // 一是 一要 其一
	styleBullet
	styles
)

// rank orders the styles as the rules for official papers do: the lower number
// stands higher. Styles of one rank do not hold one another.
var rank = [styles]int{
	styleCnDun: 1, styleNamed: 1, styleArticle: 1, styleOrdinal: 2, styleSequence: 2, styleCnParen: 2,
	styleDot: 3, styleParen: 4, styleAlpha: 4, styleCircled: 5, styleBare: 3, styleYiShi: 6, styleBullet: 7,
}

// weak styles count only when a second item follows.
func (s style) weak() bool {
	return s == styleSequence || s == styleOrdinal || s == styleAlpha || s == styleBare || s == styleYiShi || s == styleBullet
}

// next stands for "one more than the item before".
const next = -1

type mark struct {
	style style
	num   int
}

// parseMark recognises a numbering mark at offset at and returns it with the
// offset of the text behind it.
func parseMark(src string, at int, lineStart bool) (mark, int, bool) {
	r, size := utf8.DecodeRuneInString(src[at:])
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
		return ordinal(src, rest)
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
		r, size := utf8.DecodeRuneInString(src[at:])
		if !isSpace(r) {
			break
		}
		at += size
	}
	return mark{s, n}, at, true
}

func skip(src string, at int) int {
	for at < len(src) && (src[at] == ' ' || strings.HasPrefix(src[at:], "\u3000")) {
		_, size := utf8.DecodeRuneInString(src[at:])
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
	end = skip(src, end)
	r, size := utf8.DecodeRuneInString(src[end:])
	if n == 0 || r != '）' && r != ')' {
		return mark{}, 0, false
	}
	end += size
	if r, size := utf8.DecodeRuneInString(src[end:]); r == '、' || r == '.' || r == '．' {
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
				return mark{styleBare, n}, text, true
			}
		}
	}
	r, size := utf8.DecodeRuneInString(src[end:])
	after, _ := utf8.DecodeRuneInString(src[end+size:])
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
			return mark{styleBare, n}, end, true
		}
	}
	r, size := utf8.DecodeRuneInString(src[end:])
	switch r {
	case '、', '．', '.':
		if after, _ := utf8.DecodeRuneInString(src[end+size:]); cnDigit(after) > 0 && !lineStart {
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

func ordinal(src string, at int) (mark, int, bool) {
	n, end := readCn(src, at)
	if n == 0 {
		n, end = readAr(src, at)
	}
	if n == 0 {
		return mark{}, 0, false
	}
	switch r, size := utf8.DecodeRuneInString(src[end:]); r {
	case '，', '、', '：', ':', ',', '.', '是':
		return done(src, styleOrdinal, n, end+size)
	case '条':
		return done(src, styleArticle, n, end+size)
	}
	return mark{}, 0, false
}

func sequence(src string, at int) (mark, int, bool) {
	if strings.HasPrefix(src[at:], "其") {
		if n, end := readCn(src, at+len("其")); n > 0 {
			if r, size := utf8.DecodeRuneInString(src[end:]); r == '，' || r == ',' || r == '：' || r == '、' || r == '是' {
				return done(src, styleYiShi, n, end+size)
			}
			return mark{}, 0, false
		}
	}
	num := next
	switch {
	case strings.HasPrefix(src[at:], "首先"):
		num = 1
	case strings.HasPrefix(src[at:], "其次"):
		num = 2
	case strings.HasPrefix(src[at:], "再次"), strings.HasPrefix(src[at:], "再者"), strings.HasPrefix(src[at:], "然后"), strings.HasPrefix(src[at:], "最后"):
	default:
		return mark{}, 0, false
	}
	at += len("首先")
	if r, size := utf8.DecodeRuneInString(src[at:]); r == '，' || r == ',' || r == '、' || r == '：' {
		at += size
	}
	return done(src, styleSequence, num, at)
}

func named(src string, at int) (mark, int, bool) {
	for _, w := range []string{"建议", "措施", "对策", "举措"} {
		if !strings.HasPrefix(src[at:], w) {
			continue
		}
		from := at + len(w)
		if strings.HasPrefix(src[from:], "之") {
			from += len("之")
		}
		n, end := readCn(src, from)
		if n == 0 {
			n, end = readAr(src, from)
		}
		switch r, size := utf8.DecodeRuneInString(src[end:]); {
		case n == 0:
		case r == '：', r == ':', r == '、', r == '.', r == '，', r == ',', r == '】', isBlank(r):
			return done(src, styleNamed, n, end+size)
		}
	}
	return mark{}, 0, false
}

var bullets = wordsOf("• ● ◆ ■ ▪ ※ ★ ☆ ◇ ○ ▲ △ ◎ ▶ ► ➢ ❖ －")

func bullet(src string, at int) (mark, int, bool) {
	r, size := utf8.DecodeRuneInString(src[at:])
	after, w := utf8.DecodeRuneInString(src[at+size:])
	switch {
	case bullets.begins(src[at:]), (r == '-' || r == '*') && isSpace(after), r == '—' && after == '—':
		for at += size; strings.HasPrefix(src[at:], "—"); {
			at += len("—")
		}
		return done(src, styleBullet, next, at)
	case r >= 'Ａ' && r <= 'Ｈ' && (after == '．' || after == '、' || after == '.' || after == '）'):
		return done(src, styleAlpha, int(r-'Ａ')+1, at+size+w)
	case r >= 'A' && r <= 'H' && (after == '.' || after == '、' || after == '．' || after == ')'):
		return done(src, styleAlpha, int(r-'A')+1, at+size+w)
	}
	return mark{}, 0, false
}
