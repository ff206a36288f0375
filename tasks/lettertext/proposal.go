package lettertext

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"huiban/tasks/split"
)

var (
	ordinal    = regexp.MustCompile(`(?:^|[^\]\dA-Za-z-])第?([A-Za-z]{0,4}\d[\dA-Za-z-]{0,11})号(\([^()]{1,16}?\d+号\))?`)
	policy     = regexp.MustCompile(`[\[(](19|20)\d\d[\])]第?\d+号`)
	session    = regexp.MustCompile(`(?:^|[^\p{Han}\d]|关于对|关于答复|关于办理|关于|对|在)([\p{Han}]{0,16}?第?[\d一二三四五六七八九十]{1,3}届[\p{Han}]{0,16}?第?[\d一二三四五六七八九十]{1,3}次(?:全体会议|全委会|会议|全会)?)`)
	paperNext  = regexp.MustCompile(`^》(?:\([^)]{1,20}\))?的?(?:提案|建议|议案)`)
	numbered   = regexp.MustCompile(`^(?:提案|建议|案)(?:编号|号):?第?([A-Za-z]{0,4}\d[\dA-Za-z-]{0,11})号?$`)
	inBrackets = regexp.MustCompile(`\((关于[^()]+(?:建议|提案|议案))\)$`)
	meeting    = regexp.MustCompile(`届.*次`)
	untitled   = regexp.MustCompile(`关于.{4,90}?(?:收悉|已收到|已由|已交|已转|办理情况|,|。|\(第?\d|$)`)
	proposed   = regexp.MustCompile(`关于.+(?:建议|提案|议案|问题)$`)
)

// proposal reads which paper the letter answers: from its title first, then from
// its first sentence.
func (p *paper) proposal(f *Facts) {
	intro, introFold := p.intro()
	title := Fold(f.Title)
	f.ProposalNo = numberOf(title)
	if f.ProposalNo == "" {
		f.ProposalNo = numberOf(introFold)
	}
	for i := 0; i < p.headEnd() && f.ProposalNo == ""; i++ { // the page's title
		if _, fold := p.tight(i); meeting.MatchString(fold) && titleDone.MatchString(fold) {
			f.ProposalNo = numberOf(fold)
		} else if m := numbered.FindStringSubmatch(fold); m != nil {
			f.ProposalNo = m[1]
		}
	}
	for _, s := range [][2]string{{f.Title, title}, {intro, introFold}} {
		if m := session.FindStringSubmatchIndex(s[1]); m != nil && f.Session == "" {
			from := m[2]
			for _, w := range []string{"关于", "对", "答复", "办理", "在"} {
				if i := strings.LastIndex(s[1][from:m[3]], w); i >= 0 && i < strings.Index(s[1][from:m[3]], "届") {
					from += i + len(w)
				}
			}
			f.Session = sameRunes(squeeze(s[0]), s[1], from, m[3])
		}
	}
	f.ProposalTitle = quotedTitle(intro, introFold)
	if f.ProposalTitle == "" {
		f.ProposalTitle = quotedTitle(f.Title, title)
	}
	if f.ProposalTitle == "" {
		f.ProposalTitle = titleInTitle(f.Title)
	}
	f.Kind = kindOf(title, introFold, Fold(f.Addressee))
}

func numberOf(s string) string {
	s = policy.ReplaceAllString(s, "")
	m := ordinal.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	if m[2] != "" {
		return "第" + m[1] + "号" + m[2]
	}
	return m[1]
}

// quotedTitle finds the proposal's title in a sentence: in 《》, in “”, or behind
// 关于 up to 收悉.
func quotedTitle(raw, fold string) string {
	raw = squeeze(raw)
	for _, q := range []string{"《》", "“”"} {
		for from := 0; from < len(fold); {
			a, b := quoted(fold, from, q)
			if b < 0 {
				break
			}
			named := q == "《》" && paperNext.MatchString(fold[b:])
			if s := fold[a:b]; named || strings.Contains(s, "关于") || strings.HasSuffix(s, "建议") || strings.HasSuffix(s, "提案") || strings.HasPrefix(s, "建议") || strings.HasSuffix(s, "议案") || strings.HasSuffix(s, "问题") {
				if i := strings.Index(s, "关于"); q == "“”" && i < 0 {
					from = b
					continue
				}
				return sameRunes(raw, fold, a, b)
			}
			from = b
		}
	}
	m := untitled.FindStringIndex(fold)
	if m == nil {
		return ""
	}
	s := fold[m[0]:m[1]]
	for _, end := range []string{"收悉", "已收到", "已由", "已交", "已转", "办理情况", ",", "。"} {
		s = strings.TrimSuffix(s, end)
	}
	if i := strings.LastIndex(s, "("); i > 0 {
		s = s[:i]
	}
	s = strings.TrimSuffix(strings.TrimSuffix(s, "已"), "均")
	for _, again := range []string{"提案", "意见"} {
		if t := strings.TrimSuffix(s, again); strings.HasSuffix(t, "的建议") {
			s = t
		}
	}
	if !proposed.MatchString(s) {
		return ""
	}
	return sameRunes(raw, fold, m[0], m[0]+len(s))
}

// quoted returns what stands between the outermost pair of signs from from on.
func quoted(s string, from int, pair string) (int, int) {
	left, size := utf8.DecodeRuneInString(pair)
	right, _ := utf8.DecodeRuneInString(pair[size:])
	depth, a := 0, -1
	for i, r := range s[from:] {
		switch r {
		case left:
			if depth++; depth == 1 {
				a = from + i + utf8.RuneLen(left)
			}
		case right:
			if depth--; depth == 0 && a >= 0 {
				return a, from + i
			}
			depth = max(depth, 0)
		}
	}
	return -1, -1
}

// titleInTitle takes the paper's title out of 关于X的建议的答复, or out of the
// brackets at the end of the letter's.
func titleInTitle(title string) string {
	s, fold := squeeze(title), Fold(title)
	if m := inBrackets.FindStringSubmatchIndex(fold); m != nil {
		return sameRunes(s, fold, m[2], m[3])
	}
	if ordinal.MatchString(fold) || session.MatchString(fold) {
		return ""
	}
	for _, end := range []string{"的答复", "的复函", "的回复", "答复", "复函"} {
		if t, ok := strings.CutSuffix(fold, end); ok && proposed.MatchString(t) {
			a := strings.Index(t, "关于")
			return strings.TrimPrefix(strings.TrimPrefix(sameRunes(s, fold, a, len(t)), "关于对"), "关于答复")
		}
	}
	return ""
}

var (
	cppcc    = regexp.MustCompile(`政协|政治协商`)
	congress = regexp.MustCompile(`人大|人民代表大会|代表建议|议案`)
)

// kindOf tells a proposal from a suggestion: by the body that it was handed to,
// then by whom the letter addresses, then by what it is called.
func kindOf(title, intro, addressee string) split.Kind {
	for _, s := range []string{title, intro} {
		a, b := cppcc.FindStringIndex(s), congress.FindStringIndex(s)
		switch {
		case a != nil && (b == nil || a[0] < b[0]):
			return split.KindProposal
		case b != nil:
			return split.KindSuggestion
		}
	}
	switch {
	case strings.Contains(addressee, "代表"):
		return split.KindSuggestion
	case strings.Contains(addressee, "委员"), addressee != "":
		return split.KindProposal
	case strings.Contains(title+intro, "提案"):
		return split.KindProposal
	}
	return ""
}
