package docx

import (
	"regexp"
	"strings"
)

// titleEms is how many characters of size 2 fit on a line.
const titleEms = 20

const (
	noLineStart = "的》」』”’）〕】〉、，。；：？！了之号次"
	noLineEnd   = "《「『“‘（〔【〈第"
)

// words are two-character words of titles; a line break inside one costs more than elsewhere.
const words = "提案 建议 答复 会议 政协 人大 代表 委员 关于 我市 社会 组织 工作 发展 建设 推进 加快 加强 管理 机制 完善 服务 经济 产业 企业 教育 养老 医疗 文化 小区 后续"

var (
	goodAfter  = regexp.MustCompile(`(政协|人大|会议|关于|关于对|届|》|、|号|的)$`)
	goodBefore = regexp.MustCompile(`^(关于|《|第[0-9]|[一二三四五六七八九十]{1,3}届|提案|建议)`)
)

// titleWidth is the width in characters at which a title wraps into the fewest lines, of like length and without torn
// words; the paragraph is indented to it. Line breaks in the text would do the same but cut the title in two for
// everybody who reads the file by program.
func titleWidth(title string) float64 {
	runes := []rune(title)
	total := ems(title)
	if total <= titleEms || total > 6*titleEms {
		return titleEms
	}
	best, cost := float64(titleEms), 1e9
	for extra := range 2 {
		n := int(total/titleEms) + 1 + extra
		for w := float64(titleEms); w >= total/float64(n) && w >= 6; w -= 0.5 {
			lengths, price := wrap(runes, w)
			for _, l := range lengths {
				off := l - total/float64(len(lengths))
				price += 0.3 * off * off
			}
			if price += 6 * float64(len(lengths)); price < cost {
				best, cost = w, price
			}
		}
	}
	return best
}

// wrap breaks a title as a word processor does at the given width, and prices the breaks.
func wrap(runes []rune, width float64) (lengths []float64, price float64) {
	for from := 0; from < len(runes); {
		at, w := from, 0.0
		for at < len(runes) && w+em(runes[at]) <= width {
			w += em(runes[at])
			at++
		}
		at = max(at, from+1)
		if at < len(runes) {
			for at > from+1 && !mayBreak(runes[at-1], runes[at]) {
				at--
			}
			price += tear(runes, at)
		}
		lengths = append(lengths, ems(string(runes[from:at])))
		from = at
	}
	return lengths, price
}

func mayBreak(before, after rune) bool {
	if strings.ContainsRune(noLineStart[len("的"):], after) && !strings.ContainsRune("了之号次", after) {
		return false
	}
	if strings.ContainsRune(noLineEnd, before) && before != '第' {
		return false
	}
	return before >= 0x80 || after >= 0x80 || before == ' '
}

// tear is the price of ending a line before runes[at].
func tear(runes []rune, at int) float64 {
	before, after := runes[at-1], runes[at]
	switch {
	case strings.ContainsRune(noLineStart, after), strings.ContainsRune(noLineEnd, before):
		return 60
	case goodBefore.MatchString(string(runes[at:min(len(runes), at+5)])), goodAfter.MatchString(string(runes[max(0, at-3):at])):
		return 0
	case strings.Contains(words, string([]rune{before, after})):
		return 40
	}
	return 12
}
