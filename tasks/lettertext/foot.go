package lettertext

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	wholeDate = regexp.MustCompile(`((?:19|20)\d\d)[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?$`)
	tornDate  = regexp.MustCompile(`^((?:19|20)\d\d)(\d{2,4})$`)
	wordDate  = regexp.MustCompile(`([二一][〇零○Ｏ一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日$`)
	pageDate  = regexp.MustCompile(`成文日期:?\s*((?:19|20)\d\d)[年.\-/](\d{1,2})[月.\-/](\d{1,2})`)
	organEnd  = regexp.MustCompile(`(局|委|委员会|办|办公室|部|会|院|府|中心|支队|大队|总队|队|社|联|公司|处|站|分局|集团|馆|所|校|学|行|银行|海关|海事局|厅|联合会|工商联)$`)
	organForm = regexp.MustCompile(`^[\p{Han}、()·]{4,40}$`)
	sentence  = regexp.MustCompile(`感谢|答复|特此|此复|复函|请|支持|希望|有关|您|你|我`)
	footLabel = regexp.MustCompile(`^\(?(联系|承办|答复|复函|办复|办理|承办|地|邮政?编|邮编|传真|电子邮)[\p{Han}]{0,6}:`)
	issued    = regexp.MustCompile(`印发$|^抄[送报]`)
)

// isOrgan reports whether a line is nothing but a unit's name.
func isOrgan(fold string) bool {
	return organForm.MatchString(fold) && organEnd.MatchString(fold) && !sentence.MatchString(fold)
}

// ending finds the date and with it the signature: where the foot begins.
func (p *paper) ending(f *Facts) {
	first := max(p.addressee, 0)
	for i := len(p.fold) - 1; i > first; i-- {
		_, fold := p.tight(i)
		if fold == "" || issued.MatchString(fold) || contactLabel.MatchString(fold) {
			continue
		}
		date, before := dateAtEnd(fold)
		if date == "" || before != "" && !strings.HasSuffix(string(p.raw[i]), "日") {
			continue
		}
		if before == "" || isOrgan(lastWord(string(p.fold[i]))) {
			f.Date = date
			p.foot = i
			break
		}
	}
	if f.Date == "" {
		p.pageDate(f)
	}
	for i := min(p.foot, len(p.fold)) - 1; i > first; i-- {
		_, fold := p.tight(i)
		if fold == "" {
			continue
		}
		if !isOrgan(fold) && !footLine(fold) {
			break
		}
		p.foot = i
	}
}

func footLine(fold string) bool {
	return footLabel.MatchString(fold) && utf8.RuneCountInString(fold) < 40 || issued.MatchString(fold) || contactLabel.MatchString(fold) || openly.MatchString(fold) && utf8.RuneCountInString(fold) < 24 ||
		classMark.MatchString(fold) && utf8.RuneCountInString(fold) < 16
}

func (p *paper) pageDate(f *Facts) {
	for i := range p.headEnd() {
		if m := pageDate.FindStringSubmatch(string(p.fold[i])); m != nil {
			f.Date = isoDate(m[1], m[2], m[3])
			return
		}
	}
}

// dateAtEnd reads a date at the end of a line without spaces. Some pages lose
// 年 and 月: what is left counts when it can be read in one way only.
func dateAtEnd(s string) (date, before string) {
	if m := wholeDate.FindStringSubmatchIndex(s); m != nil {
		return isoDate(s[m[2]:m[3]], s[m[4]:m[5]], s[m[6]:m[7]]), s[:m[0]]
	}
	if m := wordDate.FindStringSubmatchIndex(s); m != nil {
		return wordsDate(s[m[2]:m[3]], s[m[4]:m[5]], s[m[6]:m[7]]), s[:m[0]]
	}
	m := tornDate.FindStringSubmatch(s)
	if m == nil {
		return "", s
	}
	for cut := 1; cut <= 2 && cut < len(m[2]); cut++ {
		if d := isoDate(m[1], m[2][:cut], m[2][cut:]); d != "" && m[2][cut] != '0' {
			if date != "" {
				return "", s
			}
			date = d
		}
	}
	return date, ""
}

func isoDate(y, m, d string) string {
	year, _ := strconv.Atoi(y)
	month, _ := strconv.Atoi(m)
	day, _ := strconv.Atoi(d)
	if month < 1 || month > 12 || day < 1 || day > 31 || len(d) > 2 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

func wordsDate(y, m, d string) string {
	year := 0
	for _, r := range y {
		i := strings.IndexRune("〇一二三四五六七八九", r)
		year = year*10 + max(i, 0)/len("一")
	}
	return isoDate(strconv.Itoa(year), strconv.Itoa(chinese(m)), strconv.Itoa(chinese(d)))
}

// chinese reads a number below 100.
func chinese(s string) (n int) {
	for _, r := range s {
		if r == '十' {
			n = max(n, 1) * 10
			continue
		}
		n += strings.IndexRune("〇一二三四五六七八九", r) / len("一")
	}
	return n
}

var (
	dateTail   = regexp.MustCompile(`\s*((?:19|20)\d\d\s*[年.\-/]|[二一][〇零○一二三四五六七八九]{3}年).*$`)
	unitLabel  = regexp.MustCompile(`(?:联系单位|承办单位|答复单位|复函单位)\s*:?\s*([\p{Han}]{4,30})`)
	pageLabel  = regexp.MustCompile(`(?:发布机构|发文机关|发文单位|发文机构|制发机关|责任部门|信息来源|来\s*源)\s*:?\s*([\p{Han}]{4,30})`)
	titleOrgan = regexp.MustCompile(`^([\p{Han}]{4,30}?(?:局|委|委员会|办|办公室|部|会|院|政府|中心|队|社|联|公司|处|站))(?:关于|对)`)
)

// lastWord is the last word of a line before its date.
func lastWord(fold string) string {
	words := strings.Fields(dateTail.ReplaceAllString(fold, ""))
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// lead finds who answers.
func (p *paper) lead(f *Facts, r *Reader) {
	if f.Lead = p.signature(); f.Lead != "" {
		f.LeadFrom = FromSignature
		return
	}
	if m := titleOrgan.FindStringSubmatch(Fold(f.Title)); m != nil && isOrgan(m[1]) {
		f.Lead, f.LeadFrom = sameRunes(f.Title, Fold(f.Title), 0, len(m[1])), FromTitle
		return
	}
	if f.Lead = p.labelled(unitLabel, p.foot, len(p.fold)); f.Lead != "" {
		f.LeadFrom = FromContact
		return
	}
	for i := range p.headEnd() {
		raw, fold := p.tight(i)
		name := strings.TrimSuffix(fold, "文件")
		if isOrgan(name) && !cppcc.MatchString(name) && !congress.MatchString(name) {
			f.Lead, f.LeadFrom = sameRunes(raw, fold, 0, len(name)), FromLetterhead
			return
		}
	}
	if f.Lead = p.labelled(pageLabel, 0, p.headEnd()); f.Lead != "" {
		f.LeadFrom = FromPage
		return
	}
	raw, fold := p.intro()
	if i := strings.LastIndexAny(fold, "收"); i >= 0 && strings.HasPrefix(fold[i:], "收悉") {
		raw, fold = sameRunes(raw, fold, i, len(fold)), fold[i:]
	}
	if found := r.Departments(raw); len(found) > 0 && !strings.Contains(fold, "转") {
		f.Lead, f.LeadFrom = found[len(found)-1], FromIntro
	}
}

// signature is the first of the units' names at the beginning of the foot.
func (p *paper) signature() string {
	for i := p.foot; i < len(p.fold); i++ {
		raw, fold := p.tight(i)
		switch {
		case fold == "":
			continue
		case isOrgan(fold):
			return raw
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

func (p *paper) labelled(label *regexp.Regexp, from, to int) string {
	for i := from; i < to; i++ {
		line := string(p.fold[i])
		m := label.FindStringSubmatchIndex(line)
		if m == nil && i+1 < to { // a table's label and its value stand in two cells
			if next := string(p.fold[i+1]); label.MatchString(line + ":" + next) {
				if isOrgan(squeeze(next)) {
					return squeeze(string(p.raw[i+1]))
				}
			}
			continue
		}
		if m != nil && isOrgan(line[m[2]:m[3]]) {
			return sameRunes(string(p.raw[i]), line, m[2], m[3])
		}
	}
	return ""
}
