package lettertext

import (
	"strings"
	"unicode/utf8"
)

const (
	regions = "市区县省州旗镇乡"
	// longestName is in bytes.
	longestName = 3 * 16
	// stopRunes end a name on its left side in running text.
	stopRunes = "经由与及同向对将请是在我本该各全其到从给让把为并送派等或据如调实促导"
	// stopWords do so as well; their last characters may also be parts of names.
	stopWords = "经商 协调 会同 联合 落实 督促 要求 配合 转交 报送 通过 依托 商请 提请 以及 联系 推动 支持 指导 鼓励 由 与 及 向 同 请"
)

// extend adds a part of a unit to its name: 区公安分局交巡警支队.
func extend(fold string, at int) int {
	rest := []rune(fold[at:min(len(fold), at+18)])
	for n := 2; n <= 6 && n < len(rest); n++ {
		if s := string(rest[:n]); strings.HasSuffix(s, "支队") || strings.HasSuffix(s, "大队") || strings.HasSuffix(s, "分局") {
			if !strings.ContainsAny(s, ",。;、:和与及会同“”《》()") {
				return at + len(s)
			}
		}
	}
	return at
}

// nameStart finds where a name begins whose end stands at [mid, end), not before
// from, or -1.
func nameStart(fold string, from, mid, end int) int {
	from = max(from, mid-longestName)
	for i := mid; i > from; { // punctuation parts names
		r, size := utf8.DecodeLastRuneInString(fold[:i])
		if r < 0x4e00 || r > 0x9fff {
			from = i
			break
		}
		i -= size
		from = min(from, i)
	}
	if a := regionStart(fold, from, mid); a >= 0 {
		return sharedRegion(fold, placeStart(fold, from, a))
	}
	if strings.HasPrefix(fold[mid:end], "镇") || strings.HasPrefix(fold[mid:end], "乡") {
		return afterStop(fold, from, mid, 2, 4)
	}
	switch end := fold[mid:end]; end {
	case "局", "支队", "大队", "街道办", "街道办事处", "发改委", "卫健委":
		return afterStop(fold, from, mid, 2, 8)
	case "法院", "检察院", "集团", "公司", "分局":
		return -1
	default:
		if strings.HasSuffix(end, "中心") || strings.HasSuffix(end, "馆") || strings.HasPrefix(end, "管") {
			return -1
		}
		if utf8.RuneCountInString(end) >= 3 { // 组织部, 工商联: a whole name
			return mid
		}
	}
	return -1
}

// regionStart finds the 市 or 区 that a name in [from, mid) begins with: not that
// of 城市 or 社区, and with no word before the end that parts sentences.
func regionStart(fold string, from, mid int) int {
	best := -1
	for i, r := range fold[from:mid] {
		if !strings.ContainsRune(regions, r) {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(fold[from : from+i])
		if strings.ContainsRune("城社地园小片辖厂街山都城节新山", before) && i > 0 || (r == '镇' || r == '乡') {
			continue
		}
		rest := fold[from+i+utf8.RuneLen(r) : mid]
		if strings.ContainsAny(rest, "由与及向请将把让") || endsWithStop(rest, true) {
			continue
		}
		best = from + i
	}
	return best
}

// placeStart takes the place's name before a region: 西夏区, 银川市西夏区.
func placeStart(fold string, from, at int) int {
	i := at
	for n := 0; n <= 3 && i > from; n++ {
		r, size := utf8.DecodeLastRuneInString(fold[from:i])
		if strings.ContainsRune(stopRunes, r) || endsWithStop(fold[from:i], false) {
			return i
		}
		if strings.ContainsRune("市县州", r) && n >= 2 {
			return placeStart(fold, from, i-size)
		}
		i -= size
	}
	if i == from && at-i <= 3*3 {
		return i
	}
	return at
}

// endsWithStop reports whether s ends with a word that can stand before a name,
// or with anywhere set, has one in it.
func endsWithStop(s string, anywhere bool) bool {
	for w := range strings.FieldsSeq(stopWords) {
		if strings.HasSuffix(s, w) || anywhere && len(w) > 3 && strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// sharedRegion takes 市、 of 市、区发改委.
func sharedRegion(fold string, at int) int {
	before := strings.TrimSuffix(fold[:at], "、")
	if before == fold[:at] {
		return at
	}
	if r, size := utf8.DecodeLastRuneInString(before); strings.ContainsRune("市县省", r) {
		if b, _ := utf8.DecodeLastRuneInString(before[:len(before)-size]); b < 0x4e00 || strings.ContainsRune(stopRunes+"被经", b) {
			return len(before) - size
		}
	}
	return at
}

// afterStop returns where a name without a region begins: behind the last word
// that can stand before a name, or behind punctuation, when lo to hi characters
// remain before mid.
func afterStop(fold string, from, mid, lo, hi int) int {
	at := from
	for w := range strings.FieldsSeq(stopWords) {
		if i := strings.LastIndex(fold[from:mid], w); i >= 0 {
			at = max(at, from+i+len(w))
		}
	}
	if i := strings.LastIndexAny(fold[at:mid], "了的把让给从到并等对将"); i >= 0 {
		at += i + len("了")
	}
	if n := utf8.RuneCountInString(fold[at:mid]); n < lo || n > hi {
		return -1
	}
	return at
}
