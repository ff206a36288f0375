package split

import "strings"

// numberSigns stand before a number.
var numberSigns = []string{"No.", "NO.", "No：", "No:", "№"}

// numberAtEnd finds a number behind 编号, or one with letters, at the end of a line
// that says which paper it is: …代表建议 DH0145.
func numberAtEnd(s string) string {
	if isCode(s) {
		if date, _ := dateIn(s); date != "" {
			return ""
		}
		return s // alone on its line: 2025-0712, A-112, 0611-B
	}
	if n, ok := strings.CutSuffix(s, "号"); ok && allDigits(n) && len(n) >= 2 && len(n) <= 6 {
		return n // alone on its line: 031号
	}
	if n, ok := strings.CutPrefix(strings.TrimPrefix(strings.TrimPrefix(s, "提案"), "建议"), "第"); ok {
		if n, ok = strings.CutSuffix(n, "号"); ok && n != "" && strings.IndexFunc(n, func(r rune) bool { return !numeral(r) }) < 0 {
			return n // 第七十六号
		}
	}
	if series, n, ok := strings.Cut(strings.TrimSuffix(s, "号"), "字"); ok && allDigits(n) && len(series) <= 4*hanSize && strings.ContainsAny(series, "提建案议") && strings.HasSuffix(s, "号") {
		return s // 建字095号
	}
	if inner, ok := lastBrackets(s); ok && plainNumber(inner) {
		if before := s[:strings.LastIndexAny(s, "（(")]; strings.HasSuffix(before, "提案") || strings.HasSuffix(before, "建议") {
			return inner // 市政协九届三次会议提案（0299）
		}
	}
	j := len(s)
	for j > 0 && isAlnum(rune(s[j-1])) {
		j--
	}
	n, before := s[j:], s[:j]
	if numberSaid.of(before) && len(n) >= 2 && len(n) <= 12 && strings.ContainsAny(n, "0123456789") {
		return n
	}
	if plainNumber(n) && strings.HasPrefix(n, "0") && endsSession(before) {
		return n
	}
	if len(n) < 3 || len(n) > 12 || strings.Trim(n, "0123456789") == n {
		return ""
	}
	if (n[0] >= 'A' && n[0] <= 'Z' || allDigits(strings.Replace(n, "-", "", 1)) && len(n) <= 9) && (strings.HasSuffix(before, "建议") || strings.HasSuffix(before, "提案")) {
		return n
	}
	return ""
}

// numberSaid ends what stands before a number that is called one.
var numberSaid = endingsOf("编号 序号 案号 提案号 建议号")

// saidNumber returns the number behind 提案编号 at the beginning of a line without a colon.
func saidNumber(s string) string {
	word := numberFirst.prefix(s)
	for _, no := range numberSigns {
		if word == "" && strings.HasPrefix(s, no) {
			word = no
		}
	}
	rest := s[len(word):]
	n := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ"))]
	if word == "" || len(n) < 2 || len(n) > 12 || !strings.ContainsAny(n, "0123456789") {
		return ""
	}
	return n
}

var numberFirst = wordsOf("提案编号 建议编号 提案号 建议号 编号 案号")

// isCode recognises a number with letters and hyphens: A-112, 2024-B-19.
func isCode(s string) bool {
	figures, letters := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case isDigit(rune(c)):
			figures++
		case c >= 'A' && c <= 'Z':
			letters++
		case c != '-' || i == 0 || i == len(s)-1:
			return false
		}
	}
	return len(s) >= 3 && len(s) <= 12 && figures >= 2 && letters <= 4
}

// plainNumber recognises three to five figures that are no year.
func plainNumber(s string) bool {
	return allDigits(s) && len(s) >= 3 && len(s) <= 5 && (len(s) != 4 || !strings.HasPrefix(s, "19") && !strings.HasPrefix(s, "20"))
}

// lastBrackets returns what stands in brackets at the end of s.
func lastBrackets(s string) (string, bool) {
	if !strings.HasSuffix(s, "）") && !strings.HasSuffix(s, ")") {
		return "", false
	}
	i := strings.LastIndexAny(s, "（(")
	if i < 0 {
		return "", false
	}
	return strings.Trim(s[i:], "（）()"), true
}

// endsSession reports whether s ends with a session.
func endsSession(s string) bool {
	session := sessionIn(s)
	return session != "" && strings.HasSuffix(s, session)
}

// numberWord finds a number that is more than its figures in a line that says which
// paper it is: 议022号, 提字第9号, 提字〔2025〕46号, No.0410.
func numberWord(line string) string {
	for w := range strings.FieldsFuncSeq(line, isBlank) {
		w = strings.TrimPrefix(strings.TrimPrefix(w, "编号"), "：")
		bare, ok := strings.CutSuffix(w, "号")
		switch {
		case !ok:
			for _, no := range numberSigns {
				if n, ok := strings.CutPrefix(w, no); ok && n != "" && strings.IndexFunc(n, func(r rune) bool { return !isAlnum(r) }) < 0 {
					return n
				}
			}
		case isLetterNumber(w):
			return w
		case strings.HasPrefix(w, "〔"):
			if year, n, ok := strings.Cut(bare[len("〔"):], "〕"); ok && allDigits(year) && allDigits(n) {
				return w
			}
		default:
			if series, n, ok := strings.Cut(bare, "字第"); ok && allDigits(n) && len(series) <= 4*hanSize && series != "" {
				return w
			}
			if series := cut(bare, 1); strings.ContainsAny(series, "议案提建闭") && allDigits(bare[len(series):]) && len(bare) >= 2*hanSize {
				return bare
			}
		}
	}
	return ""
}

// isYearly recognises a number with its year: 2025年第37号, 2024第52号.
func isYearly(s string) bool {
	year, n, ok := strings.Cut(strings.TrimSuffix(s, "号"), "第")
	year = strings.TrimSuffix(year, "年")
	return ok && len(year) == 4 && strings.HasPrefix(year, "20") && allDigits(year) && allDigits(n)
}

// isLetterNumber recognises a paper's number in the form of a letter's: 政提〔2023〕211号.
func isLetterNumber(s string) bool {
	organ, number, ok := strings.Cut(s, "〕")
	return ok && strings.HasSuffix(number, "号") && strings.ContainsAny(organ, "提建") && len(s) <= 16*hanSize
}
