package split

import (
	"strings"
	"unicode/utf8"
)

func unitLine(s string) bool {
	return !hasSign(s, "。：:") && utf8.RuneCountInString(s) <= 60 && strings.ContainsAny(s, "局委办部会院厅中心队")
}

// unitEnds are the last characters of the names of units.
const unitEnds = "局委办部会院厅队心府社司联校所行馆站"

// isUnit reports whether a line is nothing but the name of a unit.
func isUnit(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 3 && n <= 15 && strings.ContainsRune(unitEnds, lastRune(s)) && strings.IndexFunc(s, func(r rune) bool { return !isHan(r) }) < 0 && strings.ContainsAny(cut(s, 1), "市区县省州乡镇")
}

// hasOffice reports whether a line ends with an office, which hands in nothing.
func hasOffice(s string) bool { return strings.HasSuffix(s, "局") || strings.HasSuffix(s, "厅") }

// allUnits reports whether a line is nothing but the names of units.
func allUnits(line string) bool {
	names := units(line)
	for _, name := range names {
		if !isUnit(name) {
			return false
		}
	}
	return len(names) > 0
}

// wishedIn returns the units that a line asks for and does nothing else:
// 建议交由省林业局、省生态环境厅研究办理, 请市民政局办理.
func wishedIn(s string) []string {
	s = strings.TrimPrefix(s, "（")
	s = s[len(papers.prefix(s)):]
	if !askFor.begins(s) || len(s) > longestTitle*hanSize {
		return nil
	}
	if s = strings.TrimRight(s, "）)。"); !handled.of(s) {
		return nil
	}
	s = strings.TrimLeft(s[len(askFor.prefix(s)):], "：:")
	if s = together.Replace(s); !allUnits(s) {
		return nil
	}
	return units(s)
}

// together stands between units that handle a paper together.
var together = strings.NewReplacer("联合会", "联合会", "牵头", "、", "会同", "、", "配合", "、", "主办", "、", "会办", "、", "协办", "、", "共同", "、", "联合", "、", "，", "、")

// How a line begins and ends that asks for units to handle the paper.
var (
	askFor  = wordsOf("建议交由 建议转由 建议转交 建议交 建议由 建议请 建议 希望交由 希望由 希望请 希望 拟请 拟交由 拟由 请交由 请转交 请交 请由 请 烦请 恳请交由 恳请由 恳请 由")
	papers  = wordsOf("本提案 本建议 本件 提案")
	handled = endingsOf("办理 承办 处理 主办 协办 会办 答复 研办 牵头")
)

// wishBehind parts a value from the request that stands behind it on its line:
// 笪玉山　　拟请市林业局办理.
func wishBehind(v string) (before string, wished []string) {
	for at := 0; ; {
		i := indexBlank(v[at:])
		if i < 0 {
			return v, nil
		}
		at += i
		rest := strings.TrimLeftFunc(v[at:], isBlank)
		if names := wishedIn(squeeze(rest)); names != nil {
			return v[:at], names
		}
		at = len(v) - len(rest)
	}
}

// units divides a list of units. 和 divides only between two whole names:
// 市教育和体育局 is one.
func units(s string) (out []string) {
	for list := range strings.FieldsFuncSeq(partUnits(s), func(r rune) bool { return nameBreak(r) && !isBlank(r) }) {
		whole := ""
		for tok := range strings.FieldsFuncSeq(list, isBlank) {
			whole += tok
			// A gap inside a name parts no two names.
			if !strings.ContainsRune(unitEnds, lastRune(tok)) {
				continue
			}
			out, whole = appendUnit(out, whole), ""
		}
		out = appendUnit(out, whole)
	}
	return out
}

// partUnits puts a 、 for the 和 between two whole names.
func partUnits(s string) string {
	for _, and := range []string{"以及", "和", "及", "与"} {
		for from := 0; ; {
			i := strings.Index(s[from:], and)
			if i < 0 {
				break
			}
			i += from
			from = i + len(and)
			next, _ := decode(s[from:])
			if strings.ContainsRune("局委办部会院厅", lastRune(s[:i])) && strings.ContainsRune("市区县省", next) {
				s = s[:i] + "、" + s[from:]
				from = i + len("、")
			}
		}
	}
	return s
}

// parts are what a unit's part in the work is called before its name: 会办：市住建局.
var parts = wordsOf("主办 会办 协办 承办 牵头")

func appendUnit(out []string, name string) []string {
	if role := parts.prefix(name); role != "" {
		name = strings.TrimLeft(name[len(role):], "：:")
	}
	if i := strings.LastIndex(name, "等"); i >= 0 && strings.Trim(name[i+len("等"):], "相关有单位部门") == "" {
		name = name[:i]
	}
	for _, what := range []string{"办理", "承办", "处理", "研究", "共同", "牵头"} {
		name = strings.TrimSuffix(name, what) // 交由市水利局研究办理
	}
	if utf8.RuneCountInString(name) >= 2 {
		out = append(out, name)
	}
	return out
}
