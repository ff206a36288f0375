package split

import (
	"strconv"
	"strings"
)

// longestPageNumber and longestHeader bound, in characters, what a page carries
// besides its text.
const (
	longestPageNumber = 16
	longestHeader     = 60
)

// centred is the indent, in bytes, from which a lone number stands in the middle of a line.
const centred = 6

// isPageNumber recognises — 1 —, 第 1 页, 第1页 共3页 and 1/3, and a lone number in
// the middle of a line.
func isPageNumber(s string, middle bool) bool {
	if strings.IndexFunc(s, isDigit) < 0 {
		return false
	}
	inner := strings.Trim(s, "—-－–·. ")
	framed := len(inner) < len(s)
	inner = squeeze(inner)
	if of, ok := strings.CutPrefix(inner, "第"); ok {
		if page, rest, ok := strings.Cut(of, "页"); ok && allDigits(page) {
			rest = strings.Trim(rest, "，,/（）()")
			total, ok := strings.CutPrefix(rest, "共")
			return rest == "" || ok && allDigits(strings.TrimSuffix(total, "页"))
		}
	}
	if page, total, ok := strings.Cut(inner, "/"); ok {
		return allDigits(page) && allDigits(total) && len(page) <= 3 && len(total) <= 3
	}
	return (framed || middle) && allDigits(inner) && len(inner) <= 3
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// blankHeaders empties the lines that stand beside page numbers and elsewhere again:
// the pages' headers and footers. Where such a line stands first it is text.
func blankHeaders(src string, lines []line) {
	blankLoneNumbers(src, lines)
	var beside map[string]int // where a line stands beside a page number first
	note := func(i int) {
		if i < 0 || lines[i].runes > longestHeader {
			return
		}
		key := withoutDigits(src[lines[i].a:lines[i].b])
		if _, known := beside[key]; known {
			return
		}
		if beside == nil {
			beside = map[string]int{}
		}
		beside[key] = i
	}
	above, page := -1, false // the last line with text, and whether a page number came since
	for i := range lines {
		l := &lines[i]
		switch {
		case l.blank():
			if !page && isPageLine(src, *l) {
				page = true
				note(above)
			}
			continue
		case page && above >= 0 && l.runes <= longestHeader && isHeader(src[l.a:l.b]):
			l.a, l.b, l.runes = l.start, l.start, 0
			continue
		case page:
			note(i)
		}
		above, page = i, false
	}
	if len(beside) == 0 {
		return
	}
	times := map[string]int{}
	for _, l := range lines {
		if l.runes <= longestHeader {
			times[withoutDigits(src[l.a:l.b])]++
		}
	}
	for i := range lines {
		l := &lines[i]
		if l.blank() || l.runes > longestHeader {
			continue
		}
		key := withoutDigits(src[l.a:l.b])
		if from, ok := beside[key]; ok && i >= from && times[key] > 1 {
			l.a, l.b, l.runes = l.start, l.start, 0
		}
	}
}

// isHeader recognises the line below a page number that says which paper goes on here:
// 某市政协提案·第1133号.
func isHeader(line string) bool {
	s := squeeze(line)
	if !organWords.in(s) || hasSign(s, "。，；：！？") {
		return false
	}
	if _, _, marked := parseMark(line, 0, true); marked {
		return false
	}
	return headerEnds.of(strings.TrimRightFunc(s, isDigit))
}

var headerEnds = endingsOf("提案 建议 号 编号 会议 用纸 专用纸 委员会 委员会提案 提案稿")

// blankLoneNumbers empties lines of nothing but a number, with blank lines around
// them, when the numbers follow one another: 1 … 2 … 3.
func blankLoneNumbers(src string, lines []line) {
	var lone []int
	for i, l := range lines {
		apart := (i == 0 || lines[i-1].blank()) && (i+1 == len(lines) || lines[i+1].blank())
		if apart && !l.blank() && l.runes <= 3 && allDigits(src[l.a:l.b]) {
			lone = append(lone, i)
		}
	}
	for k := 0; k+1 < len(lone); k++ {
		a, b := &lines[lone[k]], &lines[lone[k+1]]
		first, _ := strconv.Atoi(src[a.a:a.b]) // digits only
		second, _ := strconv.Atoi(src[b.a:b.b])
		if second != first+1 {
			return
		}
	}
	if len(lone) < 2 {
		return
	}
	for _, i := range lone {
		l := &lines[i]
		l.a, l.b, l.runes = l.start, l.start, 0
	}
}

// isNumberedHeader recognises a header or footer that holds the page number itself:
// 某县人大代表建议  第1页.
func isNumberedHeader(line string) bool {
	s := squeeze(line)
	i := strings.LastIndex(s, "第")
	if i <= 0 || !strings.HasSuffix(s, "页") || hasSign(s, "。，；：！？") {
		return false
	}
	return isPageNumber(s[i:], false) && organWords.in(s[:i])
}

// isPageLine reports whether a blank line holds a page number.
func isPageLine(src string, l line) bool {
	s := strings.TrimFunc(src[l.start:l.end], isBlank)
	return s != "" && len(s) <= longestPageNumber*hanSize && isPageNumber(s, true) || isNumberedHeader(s)
}

func withoutDigits(s string) string {
	gone := func(r rune) bool { return isDigit(r) || isBlank(r) }
	for i := 0; i < len(s); {
		if startsHan(s[i]) {
			i += hanSize
			continue
		}
		r, size := decode(s[i:])
		if i += size; gone(r) {
			return strings.Map(func(r rune) rune {
				if gone(r) {
					return -1
				}
				return r
			}, s)
		}
	}
	return s
}
