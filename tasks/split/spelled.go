package split

import (
	"strings"
)

func ordinal(src string, at int, lineStart bool) (mark, int, bool) {
	n, end := readCn(src, at)
	if n == 0 {
		n, end = readAr(src, at)
	}
	if n == 0 {
		return mark{}, 0, false
	}
	switch r, size := decode(src[end:]); r {
	case '，', '、', '：', ':', ',', '.', '是':
		return done(src, styleOrdinal, n, end+size)
	case '条':
		return done(src, styleArticle, n, end+size)
	}
	return counted(src, n, end, lineStart)
}

// longestNoun is the number of characters of the longest noun that is counted.
const longestNoun = 5

var (
	// measures are what an ordinal counts with inside a line, where 第二产业，… is none.
	measures = wordsOf("个 件 步 点 项 招 类 道 层 课 方面 种 块 份 样")
	// Nouns that an ordinal names a thing by, and does not count, and how the names
	// end of those who sign: 第一提案人：
	registers = wordsOf("号 次 届 页 期 季度 年 代表团 小组 产业")
	signing   = endingsOf("人 者 代表 委员 单位 姓名")
)

// counted recognises an ordinal with its noun, which begins at: 第一个希望：第二步，
func counted(src string, n, at int, lineStart bool) (mark, int, bool) {
	end := at
	for k := 0; k <= longestNoun; k++ {
		r, size := decode(src[end:])
		switch {
		case end == at:
		case r == '，', r == ',', r == '：', r == ':', r == '、', r == '是', lineStart && (r == '。' || isSpace(r)):
			noun := src[at:end]
			if !lineStart && !measures.begins(noun) || registers.begins(noun) || signing.of(noun) {
				return mark{}, 0, false
			}
			if isSpace(r) && !startsHan(firstByte(src[skip(src, end):])) {
				return mark{}, 0, false // a line of nothing else
			}
			m, text, ok := done(src, styleCounted, n, end+size)
			m.noun = noun
			return m, text, ok
		}
		if !startsHan(firstByte(src[end:])) {
			break
		}
		end += size
	}
	return mark{}, 0, false
}

func sequence(src string, at int) (mark, int, bool) {
	if strings.HasPrefix(src[at:], "其") {
		if n, end := readCn(src, at+len("其")); n > 0 {
			if r, size := decode(src[end:]); r == '，' || r == ',' || r == '：' || r == '、' || r == '是' {
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
	if r, size := decode(src[at:]); r == '，' || r == ',' || r == '、' || r == '：' {
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
		switch r, size := decode(src[end:]); {
		case n == 0:
		case r == '：', r == ':', r == '、', r == '.', r == '，', r == ',', r == '】', isBlank(r):
			return done(src, styleNamed, n, end+size)
		}
	}
	return mark{}, 0, false
}

var bullets = wordsOf("• ● ◆ ■ ▪ ※ ★ ☆ ◇ ○ ▲ △ ◎ ▶ ► ➢ ❖ －")

func bullet(src string, at int) (mark, int, bool) {
	r, size := decode(src[at:])
	after, _ := decode(src[at+size:])
	switch {
	case bullets.begins(src[at:]), (r == '-' || r == '*') && isSpace(after), r == '—' && after == '—':
		for at += size; strings.HasPrefix(src[at:], "—"); {
			at += len("—")
		}
		return done(src, styleBullet, next, at)
	}
	return lettered(src, at)
}

// lettered recognises A. and a)
func lettered(src string, at int) (mark, int, bool) {
	r, size := decode(src[at:])
	n, lower := letter(r)
	sign, w := decode(src[at+size:])
	text := at + size + w
	switch {
	case n == 0 || sign != '.' && sign != '、' && sign != '．' && sign != ')' && sign != '）':
		return mark{}, 0, false
	case !lower:
		return done(src, styleAlpha, n, text)
	case text < len(src) && src[text] >= 'a' && src[text] <= 'z':
		return mark{}, 0, false // an address
	}
	return done(src, styleLower, n, text)
}
