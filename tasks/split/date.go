package split

import (
	"fmt"
	"strings"
)

// dateIn finds a date in a line without spaces and returns it as 2006-01-02
// with what else the line holds.
func dateIn(s string) (date, rest string) {
	words := strings.Contains(s, "年")
	for i := 0; i+4 <= len(s); i++ {
		var y, m, day int
		if words && s[i] == "一"[0] { // 二 begins with the same byte
			if d, rest, ok := wordDate(s, i); ok {
				return d, rest
			}
		}
		if !isDigit(rune(s[i])) || i > 0 && isDigit(rune(s[i-1])) {
			continue
		}
		y, j := digits(s, i, 4)
		if y < 1950 || y > 2100 {
			continue
		}
		j, ok := oneOf(s, j, "年", "-", "/", ".")
		if !ok {
			continue
		}
		if m, j = digits(s, j, 2); m < 1 || m > 12 {
			continue
		}
		if j, ok = oneOf(s, j, "月", "-", "/", "."); !ok {
			continue
		}
		if day, j = digits(s, j, 2); day < 1 || day > 31 {
			continue
		}
		j, _ = oneOf(s, j, "日")
		return fmt.Sprintf("%04d-%02d-%02d", y, m, day), s[:i] + s[j:]
	}
	return "", s
}

// wordDate reads a date in words that begins at i: 二〇二四年一月十日.
func wordDate(s string, i int) (date, rest string, ok bool) {
	const figures = "〇一二三四五六七八九"
	if !strings.HasPrefix(s[i:], "二") && !strings.HasPrefix(s[i:], "一九") {
		return "", "", false
	}
	j, y := i, 0
	for range 4 {
		r, size := decode(s[j:])
		if r == '○' || r == '零' || r == 'Ｏ' {
			r = '〇'
		}
		k := strings.IndexRune(figures, r)
		if k < 0 || size == 0 {
			return "", "", false
		}
		y, j = y*10+k/len("一"), j+size
	}
	if !strings.HasPrefix(s[j:], "年") {
		return "", "", false
	}
	m, j := readCn(s, j+len("年"))
	if m < 1 || m > 12 || !strings.HasPrefix(s[j:], "月") {
		return "", "", false
	}
	day, j := readCn(s, j+len("月"))
	if day < 1 || day > 31 {
		return "", "", false
	}
	j, _ = oneOf(s, j, "日")
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day), s[:i] + s[j:], true
}

func digits(s string, i, most int) (n, end int) {
	for end = i; end < len(s) && end < i+most && isDigit(rune(s[end])); end++ {
		n = n*10 + int(s[end]-'0')
	}
	return n, end
}

func oneOf(s string, i int, words ...string) (int, bool) {
	for _, w := range words {
		if strings.HasPrefix(s[i:], w) {
			return i + len(w), true
		}
	}
	return i, false
}

// phoneLike reports whether s holds something like a telephone number.
func phoneLike(s string) bool {
	_, _, ok := phoneIn(s, 0)
	return ok
}

// phoneIn finds the next telephone number at or behind from: eleven digits that
// begin with 1, or an area code and seven or eight digits.
func phoneIn(s string, from int) (start, end int, ok bool) {
	for i := from; i < len(s); i++ {
		if !isDigit(rune(s[i])) {
			continue
		}
		j, n := i, 0
		for j < len(s) && (isDigit(rune(s[j])) || s[j] == '-' && n > 0) {
			if s[j] != '-' {
				n++
			}
			j++
		}
		if s[i] == '1' && n == 11 || s[i] == '0' && n >= 10 && n <= 12 {
			return i, j, true
		}
		i = j
	}
	return 0, 0, false
}
