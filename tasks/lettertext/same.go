package lettertext

import (
	"strings"
	"unicode/utf8"
)

// Same reports whether two names may be of one unit: one is the other with its
// city, or short for it (市工信局 and 市工业和信息化局).
func Same(a, b string) bool {
	a, b = Fold(a), Fold(b)
	if a == b {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if a == "" || !sameEnd(lastOf(a), lastOf(b)) {
		return false
	}
	regionA, stemA := parts(a)
	regionB, stemB := parts(b)
	if !strings.HasSuffix(regionB, regionA) {
		return false
	}
	return inOrder(stemA, stemB)
}

// sameEnd reports whether a short and a long name may end so: 残联 and 残疾人联合会,
// 发改委 and 发展和改革委员会, 政府办 and 政府办公室.
func sameEnd(short, long rune) bool {
	return short == long || (short == '联' || short == '委') && long == '会' || short == '办' && long == '室'
}

func lastOf(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

// parts divides a name into its region and the rest.
func parts(s string) (region, stem string) {
	end := 0
	for i, r := range s {
		if strings.ContainsRune("市区县省", r) && i <= 4*6 {
			before, _ := utf8.DecodeLastRuneInString(s[:i])
			if i == 0 || !strings.ContainsRune("城社", before) {
				end = i + utf8.RuneLen(r)
			}
		}
	}
	return s[:end], s[end:]
}

// inOrder reports whether b has the characters of a in their order, beginning
// with the same one.
func inOrder(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	x, _ := utf8.DecodeRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	if x != y {
		return false
	}
	for _, r := range a {
		i := strings.IndexRune(b, r)
		if i < 0 {
			return false
		}
		b = b[i+utf8.RuneLen(r):]
	}
	return true
}
