package lettertext

import (
	"iter"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// paper is a letter's text in lines. Each line is kept as it stands (raw) and
// folded for matching; both have the same number of runes.
type paper struct {
	raw, fold [][]rune // trimmed lines and table cells; blank ones are empty

	addressee int // the line that holds the salutation, -1 without
	greeting  int // runes of that line before the body begins
	foot      int // the first line behind the body
}

func newPaper(text string) *paper {
	p := &paper{addressee: -1}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\v", "\n", "|", "\n").Replace(text)
	for line := range onePaste(text) {
		line = strings.TrimFunc(line, blank)
		if pageNumber.MatchString(line) {
			line = ""
		}
		raw := []rune(line)
		fold := make([]rune, len(raw))
		for i, r := range raw {
			fold[i] = simplified(r)
		}
		p.raw, p.fold = append(p.raw, raw), append(p.fold, fold)
	}
	p.foot = len(p.raw)
	return p
}

// Lengths in runes of a letter that was copied as one line.
const (
	oneLine  = 150
	lastPart = 80
)

// onePaste yields the lines of a text. A long line that holds a whole letter,
// its paragraphs parted by spaces, is divided again.
func onePaste(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.SplitSeq(text, "\n") {
			if utf8.RuneCountInString(line) < oneLine {
				if !yield(line) {
					return
				}
				continue
			}
			parts := strings.Split(paragraphEnd.ReplaceAllString(line, "$1\n"), "\n")
			parts = append(strings.Split(titleEnd.ReplaceAllString(parts[0], "$1\n"), "\n"), parts[1:]...)
			if last := strings.TrimSpace(parts[len(parts)-1]); len(parts) > 1 && utf8.RuneCountInString(last) < lastPart && !strings.Contains(last, "。") {
				parts = append(parts[:len(parts)-1], strings.Fields(last)...)
			}
			for _, part := range parts {
				if !yield(part) {
					return
				}
			}
		}
	}
}

var (
	paragraphEnd = regexp.MustCompile(`([。！!：:？?])\s+`)
	titleEnd     = regexp.MustCompile(`((?:[答回][复復複]函?|[复復複]函|的函)[)）]?)\s+`)
)

var pageNumber = regexp.MustCompile(`^[—－–-]\s*\d{1,3}\s*[—－–-]$`)

func blank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }

// squeeze returns s without white space.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if blank(r) {
			return -1
		}
		return r
	}, s)
}

// tight is line i without white space, as it stands and folded.
func (p *paper) tight(i int) (raw, fold string) {
	return squeeze(string(p.raw[i])), squeeze(string(p.fold[i]))
}

func (p *paper) empty(i int) bool { return i < 0 || i >= len(p.raw) || len(p.raw[i]) == 0 }

// headEnd is the number of lines that may belong to the head.
func (p *paper) headEnd() int {
	if p.addressee >= 0 {
		return p.addressee
	}
	return min(len(p.raw), longestHead, p.foot)
}

const longestHead = 12 // lines of a letter without a salutation

// intro is the beginning of the body, up to 答复如下.
func (p *paper) intro() (raw, fold string) {
	var b, c strings.Builder
	from, skip := max(p.addressee, 0), p.greeting
	for i := from; i < p.foot && c.Len() < longestIntro; i++ {
		b.WriteString(squeeze(string(p.raw[i][min(skip, len(p.raw[i])):])))
		c.WriteString(squeeze(string(p.fold[i][min(skip, len(p.fold[i])):])))
		skip = 0
		if j := strings.Index(c.String(), "如下"); j >= 0 {
			n := len([]rune(c.String()[:j]))
			return string([]rune(b.String())[:n]), c.String()[:j]
		}
	}
	n := min(len([]rune(c.String())), longestIntro/3)
	return string([]rune(b.String())[:n]), string([]rune(c.String())[:n])
}

const longestIntro = 1800 // bytes

// body is the text between the salutation and the signature, a line a line.
func (p *paper) body() string {
	var lines []string
	skip := p.greeting
	for i := max(p.addressee, 0); i < p.foot; i++ {
		lines = append(lines, string(p.raw[i][min(skip, len(p.raw[i])):]))
		skip = 0
	}
	return strings.Join(lines, "\n")
}

var traditional, plain = []rune("號複復會議屆協關於對聯係話電開負責類員們發縣區鄉鎮廳處辦團隊學黨屬務農業環運輸財資規劃時間書簽頭見問題與現轉長壹總隊領導來興貴報單錄經質廣萬實體檢監眾護應災園衛廠課"),
	[]rune("号复复会议届协关于对联系话电开负责类员们发县区乡镇厅处办团队学党属务农业环运输财资规划时间书签头见问题与现转长一总队领导来兴贵报单录经质广万实体检监众护应灾园卫厂课")

var folded = func() map[rune]rune {
	m := map[rune]rune{'：': ':', '，': ',', '；': ';', '（': '(', '）': ')', '〔': '[', '〕': ']', '【': '[', '】': ']', '［': '[', '］': ']', '﹝': '[', '﹞': ']', '「': '“', '」': '”', '\u3000': ' '}
	for i, r := range traditional {
		m[r] = plain[i]
	}
	for i := range rune(10) {
		m['０'+i] = '0' + i
	}
	for i := range rune(26) {
		m['Ａ'+i] = 'A' + i
	}
	return m
}()

func simplified(r rune) rune {
	if s, ok := folded[r]; ok {
		return s
	}
	return r
}

// Fold returns s as this package compares texts: simplified, half-width, without white space.
func Fold(s string) string { return strings.Map(simplified, squeeze(s)) }
