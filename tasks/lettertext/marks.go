package lettertext

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	openly    = regexp.MustCompile(`(此件公开发布|此件依申请公开|此件不予公开|此件不公开|此件主动公开|主动公开|依申请公开|不予公开|不同意公开|同意公开|部分公开)`)
	classMark = regexp.MustCompile(`(?:^|[^A-Za-z])[(]?([A-D])[)]?类|类别:([A-D])(?:类|$)|^([A-D])$|([甲乙丙丁])类`)
	signed    = regexp.MustCompile(`(?:签发(?:人|领导)?|领导签[发字]|署名):([\p{Han}·]{2,4})`)
	approved  = regexp.MustCompile(`经(?:我[局委办部会院镇乡]|本[局委]|我单位)?([\p{Han}]{2,24}?)(?:审核同意|审签|审定|审批|审阅同意|签批)`)
	afterSign = regexp.MustCompile(`(会签|联系人|签发日期).*$`)
)

// marks reads the marks of the head and the foot: disclosure, class, who signed.
func (p *paper) marks(f *Facts) {
	var lines []int
	for i := p.foot; i < len(p.fold); i++ {
		lines = append(lines, i)
	}
	for i := range p.headEnd() {
		lines = append(lines, i)
	}
	for _, i := range lines {
		raw, fold := p.tight(i)
		if fold == "" {
			continue
		}
		if m := openly.FindStringIndex(fold); m != nil && f.Disclosure == "" && !issued.MatchString(fold) {
			f.Disclosure = sameRunes(raw, fold, m[0], m[1])
		}
		if m := classMark.FindStringSubmatch(fold); m != nil && f.Class == "" {
			f.Class = class(m[1] + m[2] + m[3] + m[4])
		}
		if m := signed.FindStringSubmatchIndex(fold); m != nil && f.Signer == "" {
			f.Signer = afterSign.ReplaceAllString(sameRunes(raw, fold, m[2], m[3]), "")
		}
	}
	if f.Signer == "" {
		raw := squeeze(p.body())
		if m := approved.FindStringSubmatchIndex(Fold(raw)); m != nil {
			f.Signer = sameRunes(raw, Fold(raw), m[2], m[3])
		}
	}
}

func class(s string) string {
	if i := strings.Index("甲乙丙丁", s); i >= 0 && len(s) == len("甲") {
		return string("ABCD"[i/len("甲")])
	}
	return s
}

var (
	copyLabel = regexp.MustCompile(`(?:^|[。\s)])抄\s*(?:送|报)\s*:?\s*`)
	tornCopy  = regexp.MustCompile(`\((\d{1,2})(份\)?)?(市|县|区|省)`)
	copyEnd   = regexp.MustCompile(`印发|^\(|公开方式|联系`)
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
		raw := string(p.raw[i][utf8.RuneCountInString(line[:m[1]]):])
		for j := i + 1; j < min(len(p.raw), i+longestCopyList) && !strings.HasSuffix(raw, "。"); j++ {
			_, next := p.tight(j)
			if next == "" && raw != "" || copyEnd.MatchString(next) {
				break
			}
			raw += string(p.raw[j])
		}
		f.CopyList = append(Recipients(raw), f.CopyList...)
		p.foot = min(p.foot, i)
		if lists++; lists == mostCopyLists {
			return
		}
	}
}

// Recipients divides a copy list into its recipients. 市委、市政府督查局 is one.
// A bracket that lost its end (1市政府督查室) is completed.
func Recipients(s string) []string {
	s = strings.TrimRight(squeeze(s), "。.")
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

// partyAndGovernment reports whether two parts are one name: 市委、市政府督查局,
// 市、区发改委.
func partyAndGovernment(a, b string) bool {
	if utf8.RuneCountInString(a) == 1 && strings.Contains(regions, a) {
		return b != ""
	}
	return utf8.RuneCountInString(a) == 2 && strings.HasSuffix(a, "委") && strings.HasPrefix(b, strings.TrimSuffix(a, "委")+"政府")
}

var (
	contactLabel = regexp.MustCompile(`(?:承办负责人|承办人及联系电话|联系人及(?:联系)?(?:电话|方式)|联系人|承办人|经办人|主管领导|办理人|联系电话|联系方式|电话|^人)\s*[:;]`)
	spacedLabel  = regexp.MustCompile(`(?:承办负责人|承办人及联系电话|联\s*系\s*人(?:及(?:联系)?(?:电话|方式))?|承\s*办\s*人|经\s*办\s*人|主管领导|办理人|联系电话|联系方式|电\s*话|^人)\s*:\s*`)
	contactName  = regexp.MustCompile(`^([\p{Han}·*]{2,5}|\p{Han}\s+\p{Han})`)
	phoneNumber  = regexp.MustCompile(`[\d*][\d*-]{6,}`)
	otherLabel   = regexp.MustCompile(`(职务|邮编|邮政编码|地址|传真|邮箱)\s*:`)
)

// contacts reads whom to ask, from the foot.
func (p *paper) contacts(f *Facts) {
	for i := p.foot; i < len(p.fold); i++ {
		line := string(p.fold[i])
		found := spacedLabel.FindAllStringIndex(line, -1)
		for k, m := range found {
			to := len(line)
			if k+1 < len(found) {
				to = found[k+1][0]
			}
			value := line[m[1]:to]
			if j := otherLabel.FindStringIndex(value); j != nil {
				value = value[:j[0]]
			}
			raw := sameRunes(string(p.raw[i]), line, m[1], m[1]+len(value))
			c := Contact{Name: squeeze(contactName.FindString(raw)), Phone: phoneNumber.FindString(value)}
			if n := len(f.Contacts); n > 0 && c.Name == "" && f.Contacts[n-1].Phone == "" {
				f.Contacts[n-1].Phone = c.Phone
				continue
			}
			if c != (Contact{}) {
				f.Contacts = append(f.Contacts, c)
			}
		}
	}
}
