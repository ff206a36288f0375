package lettertext

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	unitLabel  = regexp.MustCompile(`(?:联系单位|承办单位|主办单位|答复单位|复函单位)(?:[和及][\p{Han}]{2,8})?\s*:?\s*([\p{Han}]{4,30})`)
	pageLabel  = regexp.MustCompile(`(?:发布机构|发文机关|发文单位|发文机构|制发机关|责任部门|信息来源|来\s*源)\s*:?\s*([\p{Han}]{3,30}(?:\([\p{Han}]{2,12}\))?)`)
	nextLabel  = regexp.MustCompile(`发布|发表|时间|日期|浏览|阅读|点击|责任|作者|编辑|字体|字号`)
	titleOrgan = regexp.MustCompile(`^([\p{Han}]{2,30}?(?:局|委|委员会|办|办公室|部|会|院|政府|中心|队|社|联|公司|处|站))(?:关于|对)`)
	titleTail  = regexp.MustCompile(`\(([\p{Han}]{2,30})\)$`)
	seal       = regexp.MustCompile(`[(（](?:盖章|公章|印章|章)[)）]$`)
	bullet     = regexp.MustCompile(`^[•·●○◆■▪*-]`)
	notLead    = regexp.MustCompile(`政协|政治协商|人大|人民代表大会|建议提案|提案办|政府办|督查室|融媒体|新闻|日报`)
	siteOwner  = regexp.MustCompile(`^主办单位.*人民政府$`)
)

// lead finds who answers.
func (p *paper) lead(f *Facts, r *Reader) {
	for _, look := range []struct {
		origin Origin
		find   func() string
	}{
		{FromSignature, p.signature},
		{FromTitle, func() string { return organOf(f.Title) }},
		{FromContact, func() string { return p.labelled(unitLabel, p.foot, len(p.fold)) }},
		{FromTitle, p.pageTitle},
		{FromLetterhead, p.letterhead},
		{FromPage, func() string { return p.labelled(pageLabel, 0, p.headEnd()) }},
		{FromIntro, func() string { return p.introduced(r) }},
	} {
		if f.Lead = look.find(); f.Lead != "" {
			f.LeadFrom = look.origin
			return
		}
	}
}

// signature is the first of the units' names at the beginning of the foot.
func (p *paper) signature() string {
	for i := p.foot; i < len(p.fold); i++ {
		raw, fold := p.tight(i)
		switch {
		case fold == "":
			continue
		case signs(seal.ReplaceAllString(fold, "")):
			if words := strings.Fields(string(p.raw[i])); len(words) > 1 && isOrgan(Fold(words[0])) && isOrgan(Fold(words[1])) {
				return words[0]
			}
			return seal.ReplaceAllString(raw, "")
		}
		if date, before := dateAtEnd(fold); date != "" && before != "" {
			if w := lastWord(string(p.fold[i])); isOrgan(w) {
				at := strings.LastIndex(string(p.fold[i]), w)
				return sameRunes(string(p.raw[i]), string(p.fold[i]), at, at+len(w))
			}
		}
	}
	return ""
}

// organOf is the unit that a title begins with, or ends with in brackets.
func organOf(title string) string {
	fold := Fold(title)
	for _, form := range []*regexp.Regexp{titleOrgan, titleTail} {
		if m := form.FindStringSubmatchIndex(fold); m != nil && signs(fold[m[2]:m[3]]) {
			return sameRunes(squeeze(title), fold, m[2], m[3])
		}
	}
	return ""
}

// pageTitle is the unit in the title that the page gives the letter.
func (p *paper) pageTitle() string {
	for i := range p.headEnd() {
		raw, fold := p.tight(i)
		raw = string([]rune(raw)[utf8.RuneCountInString(titleName.FindString(fold)):])
		if titleDone.MatchString(fold) && organOf(raw) != "" {
			return organOf(raw)
		}
	}
	return ""
}

// letterhead is the first line of the head that is nothing but a unit's name.
func (p *paper) letterhead() string {
	for i := range p.headEnd() {
		raw, fold := p.tight(i)
		skip := utf8.RuneCountInString(bullet.FindString(fold))
		name := strings.TrimSuffix(string([]rune(fold)[skip:]), "文件")
		if isOrgan(name) && !notLead.MatchString(name) {
			return string([]rune(raw)[skip : skip+utf8.RuneCountInString(name)])
		}
	}
	return ""
}

// labelled is the unit behind a label in the lines from from to to.
func (p *paper) labelled(label *regexp.Regexp, from, to int) string {
	for i := from; i < to; i++ {
		line := string(p.fold[i])
		if !label.MatchString(line) && i+1 < to { // a table's label and its value stand in two cells
			if next := string(p.fold[i+1]); label.MatchString(line+":"+next) && isOrgan(squeeze(next)) && !notLead.MatchString(next) {
				return squeeze(string(p.raw[i+1]))
			}
			continue
		}
		for _, m := range label.FindAllStringSubmatchIndex(line, -1) {
			name := line[m[2]:m[3]]
			if cut := nextLabel.FindStringIndex(name); cut != nil {
				name = name[:cut[0]]
			}
			if signs(name) && !notLead.MatchString(name) && !siteOwner.MatchString(line[m[0]:m[2]+len(name)]) {
				return sameRunes(string(p.raw[i]), line, m[2], m[2]+len(name))
			}
		}
	}
	return ""
}

// introduced is the last unit that the first sentence names behind 收悉.
func (p *paper) introduced(r *Reader) string {
	raw, fold := p.intro()
	if i := strings.LastIndex(fold, "收悉"); i >= 0 {
		raw, fold = sameRunes(raw, fold, i, len(fold)), fold[i:]
	}
	if found := r.Departments(raw); len(found) > 0 && !strings.Contains(fold, "转") {
		return found[len(found)-1]
	}
	return ""
}
