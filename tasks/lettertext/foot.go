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
	wordDate  = regexp.MustCompile(`([二一][〇零○Ｏ0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日$`)
	pageDate  = regexp.MustCompile(`成文日期:?\s*((?:19|20)\d\d)[年.\-/](\d{1,2})[月.\-/](\d{1,2})`)
	organEnd  = regexp.MustCompile(`(局|委|委员会|办|办公室|部|会|院|府|中心|支队|大队|总队|队|社|联|公司|处|站|分局|集团|馆|所|校|学|行|银行|海关|海事局|厅|联合会|工商联)(\([\p{Han}]{2,12}\))?$`)
	shortForm = regexp.MustCompile(`^\p{Han}{2}[局部厅]$`)
	organForm = regexp.MustCompile(`^[\p{Han}、()·]{4,40}$`)
	sentence  = regexp.MustCompile(`感谢|答复|特此|此复|复函|请|支持|希望|有关|您|你|我|主办|承办`)
	footLabel = regexp.MustCompile(`^\(?(联系|主办|承办|答复|复函|办复|办理|签发|领导|责任|分管|主管|地|邮政?编|邮编|传真|电子邮)[\p{Han}]{0,6}:`)
	issued    = regexp.MustCompile(`印发$|^抄[送报]`)
)

// isOrgan reports whether a line is nothing but a unit's name.
func isOrgan(fold string) bool {
	return organForm.MatchString(fold) && organEnd.MatchString(fold) && !sentence.MatchString(fold)
}

// signs reports whether a line can be a signature: 教育部 can be no more than that.
func signs(fold string) bool { return isOrgan(fold) || shortForm.MatchString(fold) }

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
		if !signs(seal.ReplaceAllString(fold, "")) && !footLine(fold) {
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

var dateTail = regexp.MustCompile(`\s*((?:19|20)\d\d\s*[年.\-/]|[二一][〇零○Ｏ0一二三四五六七八九]{3}年).*$`)

// lastWord is the last word of a line before its date.
func lastWord(fold string) string {
	words := strings.Fields(dateTail.ReplaceAllString(fold, ""))
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}
