package lettertext

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	persons     = regexp.MustCompile(`(委员|代表|代表团|同志|先生|女士)(们)?$`)
	personLabel = regexp.MustCompile(`^(领衔|附议|联名|建议|提案|人大|政协|第一)?(代表|委员|提案人|建议人)$`)
	bodies      = regexp.MustCompile(`^[\p{Han}、()]{4,40}$`)
	headLabel   = regexp.MustCompile(`来源|时间|日期|编辑|类别|签发|联系|单位|部门|机构|索引|文号|主题|分类|内容|办理情况|标题|名称|电话|附件|抄送`)
	told        = regexp.MustCompile(`^(尊敬的)?(您|你|贵|关于|现将|收悉|经)`)
	narrated    = regexp.MustCompile(`((?:人大代表|政协委员)[\p{Han}·]{2,4}?)(?:在|提出|提交|所提)`)
)

// Lengths in runes.
const (
	longestAddressee = 80
	longestTitle     = 110
)

// salutation finds whom the letter addresses: the line that ends with a colon,
// names persons or a body, and is followed by the text that speaks to them.
func (p *paper) salutation(f *Facts) {
	for i := range p.fold {
		line := string(p.fold[i])
		at := strings.IndexByte(line, ':')
		if at < 0 || at == 0 {
			continue
		}
		n := utf8.RuneCountInString(line[:at])
		who := squeeze(line[:at])
		if n > longestAddressee || strings.ContainsAny(who, "。;《》0123456789") || personLabel.MatchString(who) {
			continue
		}
		after := squeeze(line[at+1:])
		for j := i + 1; after == "" && j < len(p.fold); j++ {
			after = squeeze(string(p.fold[j]))
		}
		named := persons.MatchString(who) && (told.MatchString(after) || squeeze(line[at+1:]) == "")
		if !named && (!bodies.MatchString(who) || headLabel.MatchString(who) || !told.MatchString(after) || unitMark(line)) {
			continue
		}
		p.addressee, p.greeting = i, n+1
		f.Addressee = squeeze(string(p.raw[i][:n]))
		if i > 0 && !p.empty(i-1) && strings.HasSuffix(string(p.raw[i-1]), "、") && len(p.raw[i-1]) < longestAddressee {
			f.Addressee = squeeze(string(p.raw[i-1])) + f.Addressee
		}
		return
	}
	raw, fold := p.intro()
	if m := narrated.FindStringSubmatchIndex(fold); m != nil {
		f.Addressee = sameRunes(raw, fold, m[2], m[3])
	}
}

// unitMark reports whether a line begins with a number: 一、关于…的建议:.
func unitMark(line string) bool { return topMark.MatchString(line) }

// sameRunes returns the part of raw that stands where fold[a:b] does.
func sameRunes(raw, fold string, a, b int) string {
	from := utf8.RuneCountInString(fold[:a])
	n := utf8.RuneCountInString(fold[a:b])
	return string([]rune(raw)[from : from+n])
}

var (
	titleName  = regexp.MustCompile(`^(信息名称|公文名称|名称|标题|题目):?`)
	titleStart = regexp.MustCompile(`^([\p{Han}]{3,30}(局|委|委员会|办|办公室|部|会|院|政府|中心|队|社|联|公司|处|站))?(关于|对[^于])|政协|人大|人民代表大会|提案|建议|议案`)
	titleOpen  = regexp.MustCompile(`^([\p{Han}]{3,30})?(关于|对[^于])`)
	bareTitle  = regexp.MustCompile(`^(关于|对[^于])`)
	titleDone  = regexp.MustCompile(`(提案|建议|议案|意见|办理情况|问题|》).{0,24}(答复|复函|回复|的函|函复|答复函)(意见|意见书|书|函|的函|的报告)?(《.*》)?([(（].{1,20}[)）])?$`)
	dateIn     = regexp.MustCompile(`\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}`)
)

// title finds the title, which may stand on up to three lines, nearest above the
// salutation: pages repeat it in what they say about the letter.
func (p *paper) title(f *Facts) {
	for i := p.headEnd() - 1; i >= 0; i-- {
		raw, fold := p.tight(i)
		if raw == "" || !titleStart.MatchString(titleName.ReplaceAllString(fold, "")) {
			continue
		}
		for j := i; ; {
			if utf8.RuneCountInString(raw) > longestTitle || strings.ContainsAny(fold, "。;") {
				break
			}
			if titleDone.MatchString(fold) {
				f.Title = p.upwards(i, raw)
				return
			}
			if j = p.below(j); j < 0 || j >= p.headEnd() || j > i+5 {
				break
			}
			r, s := p.tight(j)
			raw, fold = raw+r, fold+s
		}
	}
}

// below returns the next line that is not blank, or -1.
func (p *paper) below(i int) int {
	for i++; i < len(p.raw); i++ {
		if !p.empty(i) {
			return i
		}
	}
	return -1
}

// upwards completes a title that was found from line i on by the lines right
// above it: its own beginning, or the name of who writes, unless that is the
// letterhead, below which the document number stands.
func (p *paper) upwards(i int, title string) string {
	if m := titleName.FindString(Fold(title)); m != "" {
		return strings.TrimLeft(string([]rune(title)[utf8.RuneCountInString(m):]), "：:")
	}
	for range 2 {
		if p.empty(i - 1) {
			return title
		}
		raw, fold := p.tight(i - 1)
		if headLabel.MatchString(fold) || strings.ContainsAny(fold, ":。") || dateIn.MatchString(fold) || docNumber.MatchString(fold) {
			return title
		}
		open := titleOpen.MatchString(fold) && !titleOpen.MatchString(Fold(title))
		organ := isOrgan(fold) && bareTitle.MatchString(Fold(title)) && !p.numberBelow(i)
		if !open && !organ {
			return title
		}
		title = raw + title
		i--
	}
	return title
}

func (p *paper) numberBelow(i int) bool {
	for ; i < p.headEnd(); i++ {
		if docNumber.MatchString(string(p.fold[i])) {
			return true
		}
	}
	return false
}

var docNumber = regexp.MustCompile(`([\p{Han}]{2,15}) ?[\[(] ?((?:19|20)\d\d) ?[\])] ?(第? ?\d+) ?号`)

// docNo finds the document number, which stands in the head only.
func (p *paper) docNo(f *Facts) {
	for i := range p.headEnd() {
		line := string(p.fold[i])
		if m := docNumber.FindStringIndex(line); m != nil {
			f.DocNo = squeeze(sameRunes(string(p.raw[i]), line, m[0], m[1]))
			return
		}
	}
}
