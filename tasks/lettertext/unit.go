package lettertext

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

func byLength(names []string) []string {
	out := slices.Clone(names)
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return slices.Compact(out)
}

// unitEnds are the ends of units' names. 会 alone is none: 社会, 协会.
var unitEnds = regexp.MustCompile(`分局|局|发展(?:和)?改革委(?:员会)?|发改委|卫(?:生)?健(?:康)?委(?:员会)?|国资委|政法委|编委|编办|网信办|信访办|扶贫办|金融办|外事办|政府办(?:公室)?|纪委(?:监委)?|监委|提案委|社会建设委|` +
	`组织部|宣传部|统战部|社会工作部|武装部|工商联|工商业联合会|总工会|妇联|妇女联合会|残联|残疾人联合会|科协|侨联|文联|社科联|红十字会|贸促会|供销社|团市委|团县委|团区委|` +
	`法院|检察院|街道办(?:事处)?|[镇乡](?:人民)?政府|支队|大队|管委会|管理委员会|(?:服务|养护|监测|检测|执法|管理|指挥|急救|控制|公积金|信息|数据|保障|救助|事务|监督|鉴定|仲裁|代建)中心|集团|公司|档案馆|图书馆|督查室|海关|税务局`)

var (
	notUnits = regexp.MustCompile(`^(我|本|该|各|全|两|市|省|县|区|上级|有关|相关|主管|牵头|承办|会办|责任)*(局|中心|公司|集团|支队|大队|分局|法院|检察院)$|(格局|布局|结局|大局|全局|时局|僵局|开局|破局|我局|本局|当局|各局)$|(党群|活动|文化|购物|养老|社区|便民|村|照料)服务中心$|各[\p{Han}]{0,4}大队$|有限公司$|行业`)
	listEnd  = regexp.MustCompile(`(?:等)?(?:\d+个|多个|有关|相关|职能|主管|各)*(?:部门|单位)`)
	newDuty  = regexp.MustCompile(`(?:协调|会同|联合|由)(\p{Han}{2}办)(?:安排|牵头|负责|配合|开展|组织|协助)`)
	oneStem  = regexp.MustCompile(`(?:^|[^\p{Han}]|由|与|和|经|请)([市县区省]\p{Han}{2,5})(?:主管)?部门`)
	levels   = regexp.MustCompile(`级|直|有关|相关|各|主管|职能|等|政府|委$`)
)

// found is a unit's name in the text; at is its offset in bytes.
type found struct {
	at   int
	name string
}

// Departments lists the units that a text names, in the order in which they
// first appear: names the Reader knows, names that end as units' names do, and
// the stems of lists such as 住建、城管、水利等部门. Names are as they stand.
func (r *Reader) Departments(text string) []string {
	s := newSearch(glue(text))
	s.known(r.names)
	s.ended()
	s.unusual()
	slices.SortFunc(s.list, func(a, b found) int { return cmp.Compare(a.at, b.at) })
	var out []string
	for _, f := range s.list {
		if !slices.ContainsFunc(out, func(o string) bool { return Same(o, f.name) }) {
			out = append(out, f.name)
		}
	}
	return out
}

// search collects the names of units in one text. Each place belongs to the
// first name that is found there.
type search struct {
	fold  string // the text as it is compared, character by character that of raw
	raw   []rune
	at    []int  // offsets in raw of those in fold
	taken []bool // by a name, or by a document's title
	list  []found
}

func newSearch(raw string) *search {
	fold := strings.Map(simplified, raw)
	return &search{fold: fold, raw: []rune(raw), at: runeOffsets(fold), taken: cited(fold)}
}

// add enters the name in [a, b) of fold.
func (s *search) add(a, b int) {
	if slices.Contains(s.taken[a:b], true) {
		return
	}
	s.list = append(s.list, found{a, string(s.raw[s.at[a]:s.at[b]])})
	for i := a; i < b; i++ {
		s.taken[i] = true
	}
}

// known finds names that are given.
func (s *search) known(names []string) {
	for _, n := range names {
		for from := 0; ; {
			i := strings.Index(s.fold[from:], n)
			if i < 0 {
				break
			}
			s.add(from+i, from+i+len(n))
			from += i + len(n)
		}
	}
}

// ended finds names that end as those of units do.
func (s *search) ended() {
	last := 0
	for _, m := range unitEnds.FindAllStringIndex(s.fold, -1) {
		if m[0] < last {
			continue
		}
		for _, and := range []string{"以及", "和", "及", "与"} {
			if last > 0 && strings.HasPrefix(s.fold[last:m[0]], and) {
				last += len(and)
			}
		}
		if a := nameStart(s.fold, last, m[0], m[1]); a >= 0 && !notUnits.MatchString(s.fold[a:m[1]]) {
			end := extend(s.fold, m[1])
			s.add(a, end)
			last = end
		}
	}
}

// unusual finds offices with a duty of their own, and units of which only the
// stem is named: 住建、城管等部门, 市教育部门.
func (s *search) unusual() {
	for _, m := range newDuty.FindAllStringSubmatchIndex(s.fold, -1) {
		s.add(m[2], m[3])
	}
	for _, m := range listEnd.FindAllStringIndex(s.fold, -1) {
		stems(s.fold, m[0], s.add)
	}
	for _, m := range oneStem.FindAllStringSubmatchIndex(s.fold, -1) {
		if !levels.MatchString(s.fold[m[2]:m[3]]) {
			s.add(m[2], m[3])
		}
	}
}

// runeOffsets maps the byte offsets of s to offsets in runes.
func runeOffsets(s string) []int {
	at := make([]int, len(s)+1)
	n := 0
	for i := range s {
		at[i] = n
		n++
	}
	at[len(s)] = n
	return at
}

// cited marks what stands inside 《》: a document's title names no unit.
func cited(s string) []bool {
	marks := make([]bool, len(s))
	depth := 0
	for i, r := range s {
		switch r {
		case '《':
			depth++
		case '》':
			depth = max(depth-1, 0)
		case '\n':
			depth = 0
		}
		marks[i] = depth > 0
	}
	return marks
}

// shortLine is the length in runes below which a line is no broken one.
const shortLine = 20

// glue removes white space. Line breaks stay where a paragraph or heading ends;
// elsewhere a page's edge may have broken a name.
func glue(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		line = squeeze(line)
		b.WriteString(line)
		last, _ := utf8.DecodeLastRuneInString(line)
		if strings.ContainsRune("。！；：!;:”》)）", last) || utf8.RuneCountInString(line) < shortLine || topMark.MatchString(line) {
			b.WriteByte('\n')
		}
	}
	return b.String()
}
