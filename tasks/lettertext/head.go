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
	spoken      = regexp.MustCompile(`^(您提|您们|您在|您关|你提|你们|你在|贵|提出|现将|《|在[^。:]{2,40}提)`)
	several     = regexp.MustCompile(`\(?等?\d{1,3}[位名个]\)?`)
	narrated    = regexp.MustCompile(`((?:人大代表|政协委员)[\p{Han}·]{2,4}?)(?:在|提出|提交|所提)`)
)

// Lengths in runes.
const (
	longestAddressee = 80
	longestTitle     = 110
)

// salutation finds whom the letter addresses: the line that ends with a colon,
// names persons or a body, and is followed by the text that speaks to them.
// Persons may stand without a colon when they are spoken to at once.
func (p *paper) salutation(f *Facts) {
	for i := range p.fold {
		n := p.greets(i)
		if n == 0 {
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

// greets returns how many runes of line i name whom the letter addresses, 0 when
// the line is no salutation.
func (p *paper) greets(i int) int {
	line, rest, colon := strings.Cut(string(p.fold[i]), ":")
	n := utf8.RuneCountInString(line)
	if n == 0 || n > longestAddressee {
		return 0
	}
	who, after := squeeze(line), squeeze(rest)
	people, alone := persons.MatchString(who), after == ""
	if strings.ContainsAny(several.ReplaceAllString(who, ""), "。;《》0123456789") || personLabel.MatchString(who) || !colon && !people {
		return 0
	}
	for j := i + 1; after == "" && j < len(p.fold); j++ {
		after = squeeze(string(p.fold[j]))
	}
	var ok bool
	switch {
	case !colon:
		ok = spoken.MatchString(after)
	case people:
		ok = alone || told.MatchString(after)
	default:
		ok = bodies.MatchString(who) && !headLabel.MatchString(who) && told.MatchString(after) && !unitMark(line)
	}
	if !ok {
		return 0
	}
	return n
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
	titleRest  = regexp.MustCompile(`^(第|[A-Za-z]{0,4}\d|会议)`)
	titleDone  = regexp.MustCompile(`(提案|建议|议案|原案|社情民意|意见|办理情况|问题|》).{0,24}(答复|复函|回复|的函|函复|答复函|办理情况的?(?:报告|汇报|反馈|说明))(意见|意见书|书|函|的函|的报告)?(《.*》)?([(（].{1,20}[)）])?(:.{4,60}(提案|建议|议案))?$`)
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

// above returns the line before i that is not blank, or -1.
func (p *paper) above(i int) int {
	for i--; i >= 0 && p.empty(i); i-- {
	}
	return i
}

// upwards completes a title that was found from line i on by the lines above it:
// its own beginning, or the name of who writes, unless that is the letterhead,
// below which the document number or another letterhead stands.
func (p *paper) upwards(i int, title string) string {
	if m := titleName.FindString(Fold(title)); m != "" {
		return strings.TrimLeft(string([]rune(title)[utf8.RuneCountInString(m):]), "：:")
	}
	for range 2 {
		j := p.above(i)
		if j < 0 {
			return title
		}
		raw, fold := p.tight(j)
		if headLabel.MatchString(fold) || strings.ContainsAny(fold, ":。") || dateIn.MatchString(fold) || docNumber.MatchString(fold) {
			return title
		}
		whole := Fold(title)
		open := titleOpen.MatchString(fold) && !titleOpen.MatchString(whole) && (j == i-1 || titleRest.MatchString(whole))
		organ := isOrgan(fold) && bareTitle.MatchString(whole) && !p.letterheadBelow(i)
		if !open && !organ {
			return title
		}
		title, i = raw+title, j
	}
	return title
}

// letterheadBelow reports whether the letter's own head follows line i, so that
// what stands above is the page's.
func (p *paper) letterheadBelow(i int) bool {
	for ; i < p.headEnd(); i++ {
		if _, fold := p.tight(i); strings.HasSuffix(fold, "文件") && isOrgan(strings.TrimSuffix(fold, "文件")) {
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
