package lettertext

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	copyLabel = regexp.MustCompile(`(?:^|[。\s)])抄\s*(?:送|报)\s*:?\s*`)
	tornCopy  = regexp.MustCompile(`\((\d{1,2})(份\)?)?(市|县|区|省)`)
	copyTail  = regexp.MustCompile(`(?:[\s\x{3000}]+[\p{Han}]{4,30})?[\s\x{3000}]*(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*印发.*$|[\s\x{3000}]*[(（]?共印.*$`)
	copyNext  = regexp.MustCompile(`^[\p{Han}\d、,;。()·]+$`)
	copyEnd   = regexp.MustCompile(`印发|^\(|公开方式|联系`)
	wholeName = regexp.MustCompile(`(政协|人大|\d份|\))$`)
)

// longestCopyList is in lines; 抄报, 抄送 and 分送 may each have a list.
const (
	longestCopyList = 20
	mostCopyLists   = 3
)

// copyList reads the copy list at the foot, which may go on on further lines.
func (p *paper) copyList(f *Facts) {
	lists := 0
	for i := len(p.fold) - 1; i >= max(p.addressee, 0); i-- {
		line := string(p.fold[i])
		m := copyLabel.FindStringIndex(line)
		if m == nil || !strings.ContainsAny(line[m[0]:m[1]], ":") && m[1] < len(line) && m[0] > 0 {
			continue
		}
		raw := p.copyText(i, utf8.RuneCountInString(line[:m[1]]))
		f.CopyList = append(Recipients(raw), f.CopyList...)
		p.foot = min(p.foot, i)
		if lists++; lists == mostCopyLists {
			return
		}
	}
}

// copyText is the list that begins at rune from of line i. Below a label that
// stands alone each line may be a recipient.
func (p *paper) copyText(i, from int) string {
	raw := copyTail.ReplaceAllString(string(p.raw[i][from:]), "")
	column := strings.TrimSpace(raw) == ""
	for j := i + 1; j < min(len(p.raw), i+longestCopyList) && !strings.HasSuffix(raw, "。"); j++ {
		_, next := p.tight(j)
		if next == "" && raw == "" {
			continue
		}
		if !copyNext.MatchString(next) || copyEnd.MatchString(next) {
			break
		}
		list := Fold(raw)
		if !column && !goesOn(list, next) {
			break
		}
		if column && organEnd.MatchString(list) {
			raw += "、"
		}
		raw += string(p.raw[j])
	}
	return raw
}

// goesOn reports whether a copy list goes on with the next line, which may as
// well be the foot of the page that the letter stood on.
func goesOn(list, next string) bool {
	if strings.HasSuffix(list, ",") || strings.HasSuffix(list, "、") || strings.HasSuffix(list, ";") || strings.ContainsAny(next, "、,;。") {
		return true
	}
	whole := organEnd.MatchString(list) || wholeName.MatchString(list)
	return organEnd.MatchString(next) && (!whole || !isOrgan(next))
}

// Recipients divides a copy list into its recipients. 市委、市政府督查局 is one.
// A bracket that lost its end (1市政府督查室) is completed.
func Recipients(s string) []string {
	s = strings.TrimRight(squeeze(spaced(s)), "。.")
	if whole := Fold(s); strings.Count(whole, "(") > 0 && tornCopy.MatchString(whole) {
		s = strings.Replace(tornCopy.ReplaceAllString(whole, "(${1}份),${3}"), "))", ")", 1)
	}
	const separators = "，,；;。、"
	var out []string
	depth, from := 0, 0
	add := func(to int) {
		name := strings.TrimSpace(s[from:to])
		if n := len(out); n > 0 && partyAndGovernment(out[n-1], name) {
			out[n-1] += "、" + name
		} else if name != "" {
			out = append(out, name)
		}
	}
	for i, r := range s {
		switch {
		case r == '（' || r == '(':
			depth++
		case r == '）' || r == ')':
			depth = max(0, depth-1)
		case depth == 0 && strings.ContainsRune(separators, r):
			add(i)
			from = i + utf8.RuneLen(r)
		}
	}
	add(len(s))
	return out
}

// spaced puts signs between recipients that only spaces part, unless the spaces
// stand between letters.
func spaced(s string) string {
	names := strings.Fields(s)
	for _, n := range names {
		if utf8.RuneCountInString(n) < 3 || strings.ContainsAny(Fold(n), "、,;") {
			return s
		}
	}
	return strings.Join(names, "、")
}

// partyAndGovernment reports whether two parts are one name: 市委、市政府督查局,
// 市、区发改委.
func partyAndGovernment(a, b string) bool {
	if utf8.RuneCountInString(a) == 1 && strings.Contains(regions, a) {
		return b != ""
	}
	return utf8.RuneCountInString(a) == 2 && strings.HasSuffix(a, "委") && strings.HasPrefix(b, strings.TrimSuffix(a, "委")+"政府")
}
