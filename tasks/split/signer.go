package split

import (
	"strings"
	"unicode/utf8"
)

// nameAfterTitle returns the people that a line near the title names: 市政协委员  佘丽萍,
// 吴德昌  毛小兰, （田秀英代表）.
func nameAfterTitle(line string) string {
	line = strings.TrimFunc(withoutBrackets(line), func(r rune) bool { return isBlank(r) || strings.ContainsRune("（）()【】", r) })
	if utf8.RuneCountInString(line) > longestTitle/2 || hasSign(line, "。；！？《》“”>") {
		return ""
	}
	if _, after, ok := strings.Cut(line, "："); ok {
		line = after
	} else if _, after, ok := strings.Cut(line, ":"); ok {
		line = after
	}
	who, post := namesIn(line)
	for n := range strings.FieldsFuncSeq(who, nameBreak) {
		if !post && !surname(n) && !party(n) {
			return ""
		}
	}
	return who
}

// withoutBrackets drops remarks in brackets behind a name, and brackets around a line.
func withoutBrackets(line string) string {
	line = strings.TrimFunc(line, isBlank)
	if strings.HasPrefix(line, "（") || strings.HasPrefix(line, "(") {
		return line
	}
	return dropBrackets(line)
}

// namesIn returns the names in a line of names and posts, and whether it has posts.
func namesIn(line string) (who string, post bool) {
	var names []string
	for tok, listed := range nameTokens(line) {
		if k := len(names) - 1; k >= 0 && utf8.RuneCountInString(names[k]) == 1 && utf8.RuneCountInString(tok) == 1 {
			names[k] += tok // 戴  云
			continue
		}
		if utf8.RuneCountInString(tok) == 1 && surname(tok) {
			names = append(names, tok)
			continue
		}
		if name, _, ok := strings.Cut(tok, "等"); ok && isName(name) {
			names, post = append(names, tok), true // with what follows it: 等5人
			continue
		}
		switch {
		case callings.of(tok) && isName(tok) && !surname(tok): // 退役军人、市政协委员 樊某
		case isName(tok):
			names = append(names, tok)
		case listed && party(tok), len(names) == 0 && isBody(tok):
			names = append(names, tok) // 农工党江北支部、邰国华
		case posts.of(tok):
			if name := strings.TrimSuffix(strings.TrimSuffix(tok, "委员"), "代表"); name != tok && isName(name) && surname(name) {
				names = append(names, name)
			}
			post = true
		case post || strings.ContainsAny(tok, "0123456789"):
		default:
			return "", false
		}
	}
	return strings.Join(names, "、"), post
}

// isName reports whether s may be a person's name.
func isName(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 2 && n <= 4 && strings.IndexFunc(s, func(r rune) bool { return !isHan(r) && r != '·' }) < 0 && !posts.of(s) && !strings.ContainsRune("委会局部组办社", lastRune(s))
}

// parties recognises a line of one or several such bodies.
func parties(s string) bool {
	for i, body := range strings.Split(s, "、") {
		if !party(body) && (i == 0 || !organs.of(body)) {
			return false // 民建苍州市委、经济社会理论研究会
		}
	}
	return true
}

// committees is how the name of the CPPCC itself ends, which hands in nothing: 政协清源市委员会.
var committees = endingsOf("市委员会 县委员会 区委员会 州委员会 省委员会 旗委员会")

// groups is how the names of deputies and members end that hand in a paper together.
var groups = endingsOf("代表团 代表组 代表小组 委员小组 界别 界别小组 界别组 界别活动组")

// bodies of the people that hand in proposals besides the parties.
var bodies = endingsOf("工商联 妇联 团市委 团县委 团区委 总工会 侨联 科协 台联 青联 文联 残联")

// isBody recognises the name of a body of its own, which the person behind it speaks for;
// a circle or a delegation is where the person belongs.
func isBody(s string) bool { return party(s) && !groups.of(s) && !circles.of(s) }

var circles = endingsOf("界 界别 组 人士")

// partyEnds are the last characters of the names of such bodies: most words are told apart by them.
const partyEnds = "团组别联会委协界室社部支士"

// party recognises a line that is nothing but the name of a body that hands in
// proposals: 民盟临江市委会, 东湖代表团.
func party(s string) bool {
	if len(s) > 20*hanSize || !strings.ContainsRune(partyEnds, lastRune(s)) {
		return false
	}
	n := utf8.RuneCountInString(s)
	if n < 3 || n > 20 || strings.IndexFunc(s, func(r rune) bool { return !isHan(r) }) >= 0 || strings.Contains(s, "届") {
		return false
	}
	if groups.of(s) && !strings.Contains(s, "或") || strings.HasSuffix(s, "小组") && strings.Contains(s, "界别") {
		return true
	}
	if bodies.of(s) && n <= 8 {
		return true
	}
	if n < 4 {
		return false
	}
	if i := strings.Index(s, "政协"); i >= 0 && i <= 4*hanSize && (i > 0 || !committees.of(s)) {
		for _, end := range []string{"界", "文史委", "提案委", "专委会", "委员会办公室", "联络组", "委员会", "小组", "特邀组", "活动组"} {
			if strings.HasSuffix(s, end) {
				return true
			}
		}
	}
	for _, w := range []string{"民革", "民盟", "民建", "民进", "农工", "致公", "九三", "台盟", "中国民主", "中国国民党革命", "中国农工", "中国致公", "台湾民主", "无党派", "共青团", "工商"} {
		if strings.HasPrefix(s, w) {
			for _, end := range []string{"支社", "委", "委会", "总支部", "委员会", "支部", "总支", "工委", "小组", "组", "联", "联合会", "人士"} {
				if strings.HasSuffix(s, end) {
					return true
				}
			}
		}
	}
	return false
}
