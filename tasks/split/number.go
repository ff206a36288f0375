package split

import (
	"strings"
	"unicode/utf8"
)

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isAlnum(r rune) bool {
	return isDigit(r) || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '-'
}

// numberIn finds a proposal's number in a line without spaces. A policy's
// number (〔2020〕5号) and a session are none. Behind a label any number will do.
func numberIn(s string, labelled bool) string {
	if labelled && isYearly(s) {
		return s
	}
	for from := 0; ; {
		i := strings.Index(s[from:], "号")
		if i < 0 {
			break
		}
		i += from
		from = i + len("号")
		j := i
		for j > 0 {
			if isAlnum(rune(s[j-1])) {
				j--
			} else if k := j - len("、"); k > 0 && s[k:j] == "、" && isDigit(rune(s[k-1])) && isDigit(rune(s[j])) {
				j = k // two numbers: 第95、183号
			} else {
				break
			}
		}
		if n := s[j:i]; n != "" && strings.ContainsAny(n, "0123456789") && len(n) <= 12 {
			before := s[:j]
			ordinal := strings.HasSuffix(before, "第")
			before = strings.TrimSuffix(before, "第")
			switch lastRune(before) {
			case '〕', '】', ']', '］':
				continue
			case '）', ')':
				if i := strings.LastIndexAny(before, "（("); i < 0 || sessionIn(before[i:]) == "" {
					continue
				}
			case '年':
				if !ordinal {
					continue
				}
			}
			if !ordinal && !labelled && !strings.Contains(s, "提案") && !strings.Contains(s, "建议") && !endsSession(before) {
				continue
			}
			if end := secondNumber(s[from:]); end > 0 && ordinal {
				return s[j-len("第") : from+end]
			}
			if !ordinal && labelled {
				return strings.TrimPrefix(withClass(n, s[from:]), "第")
			}
			return withClass(n, s[from:])
		}
	}
	if !labelled {
		return numberAtEnd(s)
	}
	return labelledNumber(s)
}

// labelledNumber takes from behind a label any number that has no 号.
func labelledNumber(s string) string {
	n := strings.TrimPrefix(s, "第")
	for _, no := range numberSigns {
		n = strings.TrimPrefix(n, no)
	}
	if k := strings.IndexFunc(n, func(r rune) bool { return !isAlnum(r) && r != '、' }); k >= 0 {
		n = n[:k]
	}
	n = strings.TrimRight(n, "、")
	if strings.ContainsAny(n, "0123456789") && len(n) <= 20 {
		return n
	}
	if strings.ContainsAny(s, "0123456789〇") && len(s) <= 20*hanSize && !hasSign(s, "。；，：〔［[") {
		return s // with its session: 五届一次第〇三八号
	}
	return ""
}

// secondNumber returns where a number ends that stands beside the first: 第1023号、第1024号.
func secondNumber(rest string) int {
	tail, ok := strings.CutPrefix(rest, "、第")
	i := strings.Index(tail, "号")
	if !ok || i <= 0 || strings.IndexFunc(tail[:i], func(r rune) bool { return !isAlnum(r) }) >= 0 {
		return 0
	}
	return len("、第") + i + len("号")
}

// withClass keeps a second number that follows in brackets: 第4404号(教育类410号).
func withClass(n, rest string) string {
	r, size := decode(rest)
	if r != '(' && r != '（' {
		return n
	}
	end := strings.IndexAny(rest, ")）")
	if end < 0 || end > 60 || !strings.HasSuffix(rest[:end], "号") || !strings.ContainsAny(rest[size:end], "0123456789") {
		return n
	}
	_, w := decode(rest[end:])
	return "第" + n + "号" + rest[:end+w]
}

const chinese = "零〇一二三四五六七八九十百"

func numeral(r rune) bool { return isDigit(r) || strings.ContainsRune(chinese, r) }

// numeralBefore returns the number that ends at i.
func numeralBefore(s string, i int) string {
	j := i
	arabic := i > 0 && isDigit(rune(s[i-1]))
	for j > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:j])
		if !numeral(r) || isDigit(r) != arabic {
			break
		}
		j -= size
	}
	return s[j:i]
}

// sessionEnds are what the meeting of a session is called, the longest first.
var sessionEnds = []string{"全体会议", "全委会", "会议", "全会"}

// sessionIn finds a session in a line without spaces and returns it as it is
// written there, with the organ that met: 中山市政协十二届四次会议.
func sessionIn(s string) string {
	for from := 0; ; {
		i := strings.Index(s[from:], "届")
		if i < 0 {
			return ""
		}
		i += from
		from = i + len("届")
		term := numeralBefore(s, i)
		if term == "" {
			continue
		}
		rest := cut(s[from:], 30)
		j := strings.Index(rest, "次")
		if j < 0 || numeralBefore(rest, j) == "" || strings.IndexFunc(rest[:j], func(r rune) bool { return !isHan(r) && !isDigit(r) }) >= 0 {
			continue
		}
		end := from + j + len("次")
		for _, w := range sessionEnds {
			if strings.HasPrefix(s[end:], w) {
				end += len(w)
				break
			}
		}
		session := s[organBefore(s, i-len(term)):end]
		if _, rest, ok := strings.Cut(session, "提案"); ok {
			session = rest // 政协提案十三届三次会议
		}
		for _, w := range []string{"会议", "届次", "会次"} {
			session = strings.TrimPrefix(session, w)
		}
		return session
	}
}

// longestOrgan bounds, in characters, what stands before a session's number.
const longestOrgan = 24

// organBefore returns where the organ's name begins that ends at i.
func organBefore(s string, i int) int {
	at := i
	for range longestOrgan {
		r, size := utf8.DecodeLastRuneInString(s[:at])
		if size == 0 || !isHan(r) || strings.ContainsRune("号年月日", r) {
			return at
		}
		if r == '对' || r == '在' || r == '于' || r == '为' {
			return at
		}
		at -= size
	}
	return i
}
