package lettertext

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	topMark = regexp.MustCompile(`^[一二三四五六七八九十]{1,3}\s*[、.．]\s*`)
	anyMark = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}\s*[、.．]|、)\s*`) // some pages lose the numeral
	subMark = regexp.MustCompile(`^\([一二三四五六七八九十]{1,3}\)\s*`)
	dotMark = regexp.MustCompile(`^\d{1,2}\s*[.、．]\s*(?:[^\d]|(?:19|20)\d\d年)`)
	dotOnly = regexp.MustCompile(`^\d{1,2}\s*[.、．]\s*`)

	// paired is a run-in heading of two short demands: 加大投入,完善设施.
	paired   = regexp.MustCompile(`^[^,;:我您你已将该此了们]{4,12},[^,;:我您你已将该此了们]{4,12}$`)
	thanks   = regexp.MustCompile(`^(?:最后,?|再次|十分|非常|衷心|诚挚)*感谢|^以上|^[特此专]+[此函答复]`)
	inQuotes = regexp.MustCompile(`^(?:关于|针对|对于|对)[^“”]{0,10}“([^“”]+)”[^“”]{0,12}$`)
	answered = regexp.MustCompile(`^(?:关于|针对|对于|对)(?:您|你们?)?(?:提出|反映|所提)?的?[“《]?(.+?)[”》]?的?(?:建议|意见|问题|提案)(?:的(?:答复|办理情况|落实情况))?$`)
)

// Lengths in runes.
const (
	longestHeading = 60
	longestRunIn   = 36
)

// sections divides the body at its highest numbering. A list with a single
// item, or none, gives no sections.
func (p *paper) sections() []Section {
	for _, mark := range []*regexp.Regexp{anyMark, subMark, dotMark} {
		var starts []int
		for i := max(p.addressee, 0); i < p.foot; i++ {
			line := string(p.fold[i])
			if mark.MatchString(line) && (i > p.addressee || p.addressee < 0) && (!strings.HasPrefix(line, "、") || p.ended(i-1)) {
				starts = append(starts, i)
			}
		}
		if len(starts) < 2 {
			continue
		}
		var out []Section
		for k, from := range starts {
			to := p.foot
			if k+1 < len(starts) {
				to = starts[k+1]
			}
			out = append(out, p.section(mark, from, to))
		}
		return out
	}
	return nil
}

// ended reports whether no sentence goes on behind line i.
func (p *paper) ended(i int) bool {
	return p.empty(i) || strings.ContainsRune("。;:!?", p.fold[i][len(p.fold[i])-1])
}

func (p *paper) section(mark *regexp.Regexp, from, to int) Section {
	raw, fold := string(p.raw[from]), string(p.fold[from])
	lines := []string{}
	if mark == dotMark {
		mark = dotOnly
	}
	number := len(mark.FindString(fold))
	heading, next := headingEnd(fold, number), from+1
	if heading == len(fold) {
		for next < to && unfinished(fold) && !p.empty(next) && len(p.fold[next]) <= longestHeading {
			raw, fold = raw+string(p.raw[next]), fold+string(p.fold[next])
			next++
		}
		heading = len(fold)
	}
	if heading == len(fold) && strings.HasSuffix(fold, "。") && !p.explained(next, to) {
		heading = 0
	}
	s := Section{}
	if heading > 0 {
		s.Heading = squeeze(sameRunes(raw, fold, 0, heading))
		bare := sameRunes(raw, fold, number, heading)
		s.Quoted = Quoted(bare)
	}
	rest := max(heading, number)
	if t := strings.TrimSpace(sameRunes(raw, fold, rest, len(fold))); t != "" {
		lines = append(lines, t)
	}
	for i := next; i < to; i++ {
		if !p.empty(i) {
			lines = append(lines, string(p.raw[i]))
		}
	}
	s.Text = strings.Join(lines, "\n")
	return s
}

// explained reports whether text follows a sentence that may be a heading: with
// none but thanks behind it, it is the answer itself.
func (p *paper) explained(from, to int) bool {
	for i := from; i < to; i++ {
		if _, fold := p.tight(i); fold != "" {
			return !thanks.MatchString(fold)
		}
	}
	return false
}

// headingEnd returns where the heading ends that a line begins with behind its
// number: at the line's end, at its first full stop when that comes soon, or 0
// when the number begins a paragraph.
func headingEnd(fold string, number int) int {
	text := fold[number:]
	n := utf8.RuneCountInString(text)
	stop := strings.Index(text, "。")
	if stop < 0 {
		if i := strings.IndexByte(text, ':'); i > 0 && i < len(text)-1 && utf8.RuneCountInString(text[:i]) <= longestRunIn && !strings.ContainsAny(text[:i], ",;") {
			return number + i + 1
		}
		if n <= longestHeading && !strings.ContainsAny(text, ";!") {
			return len(fold)
		}
		return 0
	}
	head := text[:stop]
	rest := text[stop+len("。"):]
	if utf8.RuneCountInString(head) <= longestRunIn && (!strings.Contains(head, ",") || answered.MatchString(head) || rest != "" && paired.MatchString(head)) || rest == "" && n <= longestHeading && answered.MatchString(head) {
		return number + stop + len("。")
	}
	return 0
}

// unfinished reports whether a heading must go on on the next line: a quotation
// is open, or it began with 关于 and has not come to 建议 or 问题.
func unfinished(fold string) bool {
	if strings.Count(fold, "“") > strings.Count(fold, "”") || strings.Count(fold, "《") > strings.Count(fold, "》") {
		return true
	}
	return strings.Contains(fold, "关于") && strings.HasSuffix(fold, "的")
}

// Quoted returns the suggestion that a heading answers, without the words and
// signs around it: 关于“加强培训”的建议 answers 加强培训.
func Quoted(heading string) string {
	s := squeeze(heading)
	fold := strings.TrimRight(Fold(s), "。:;")
	m := inQuotes.FindStringSubmatchIndex(fold)
	if m == nil {
		m = answered.FindStringSubmatchIndex(fold)
	}
	if m == nil {
		return ""
	}
	return strings.TrimSuffix(sameRunes(s, Fold(s), m[2], m[3]), "”")
}
