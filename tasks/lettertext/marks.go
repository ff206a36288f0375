package lettertext

import (
	"regexp"
	"strings"
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
