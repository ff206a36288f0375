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

const (
	regions = "市区县省州旗镇乡"
	// longestName is in bytes.
	longestName = 3 * 16
	// stopRunes end a name on its left side in running text.
	stopRunes = "经由与及同向对将请是在我本该各全其到从给让把为并送派等或据如调实促导"
	// stopWords do so as well; their last characters may also be parts of names.
	stopWords = "经商 协调 会同 联合 落实 督促 要求 配合 转交 报送 通过 依托 商请 提请 以及 联系 推动 支持 指导 鼓励 由 与 及 向 同 请"
)

var (
	notUnits = regexp.MustCompile(`^(我|本|该|各|全|两|市|省|县|区|上级|有关|相关|主管|牵头|承办|会办|责任)*(局|中心|公司|集团|支队|大队|分局|法院|检察院)$|(格局|布局|结局|大局|全局|时局|僵局|开局|破局|我局|本局|当局|各局)$|(党群|活动|文化|购物|养老|社区|便民|村|照料)服务中心$|各[\p{Han}]{0,4}大队$|有限公司$|行业`)
	listEnd  = regexp.MustCompile(`(?:等)?(?:\d+个|多个|有关|相关|职能|主管|各)*(?:部门|单位)`)
	newDuty  = regexp.MustCompile(`(?:协调|会同|联合|由)(\p{Han}{2}办)(?:安排|牵头|负责|配合|开展|组织|协助)`)
	oneStem  = regexp.MustCompile(`(?:^|[^\p{Han}]|由|与|和|经|请)([市县区省]\p{Han}{2,5})(?:主管)?部门`)
	levels   = regexp.MustCompile(`级|直|有关|相关|各|主管|职能|等|政府|委$`)
	verbEnd  = regexp.MustCompile(`.*(?:与|同|和|会同|联合|协调|由|向|请|加强|组织|要求|督促)`)
)

// span is a unit's name in the text.
type found struct {
	at   int
	name string
}

// Departments lists the units that a text names, in the order in which they
// first appear: names the Reader knows, names that end as units' names do, and
// the stems of lists such as 住建、城管、水利等部门. Names are as they stand.
func (r *Reader) Departments(text string) []string {
	raw := glue(text)
	fold := strings.Map(simplified, raw)
	runes, at := []rune(raw), runeOffsets(fold)
	var list []found
	taken := cited(fold)
	add := func(a, b int) {
		if !slices.Contains(taken[a:b], true) {
			list = append(list, found{a, string(runes[at[a]:at[b]])})
			for i := a; i < b; i++ {
				taken[i] = true
			}
		}
	}
	for _, n := range r.names {
		for from := 0; ; {
			i := strings.Index(fold[from:], n)
			if i < 0 {
				break
			}
			add(from+i, from+i+len(n))
			from += i + len(n)
		}
	}
	last := 0
	for _, m := range unitEnds.FindAllStringIndex(fold, -1) {
		if m[0] < last {
			continue
		}
		for _, and := range []string{"以及", "和", "及", "与"} {
			if last > 0 && strings.HasPrefix(fold[last:m[0]], and) {
				last += len(and)
			}
		}
		if a := nameStart(fold, last, m[0], m[1]); a >= 0 && !notUnits.MatchString(fold[a:m[1]]) {
			end := extend(fold, m[1])
			add(a, end)
			last = end
		}
	}
	for _, m := range newDuty.FindAllStringSubmatchIndex(fold, -1) {
		add(m[2], m[3])
	}
	for _, m := range listEnd.FindAllStringIndex(fold, -1) {
		stems(fold, m[0], add)
	}
	for _, m := range oneStem.FindAllStringSubmatchIndex(fold, -1) {
		if !levels.MatchString(fold[m[2]:m[3]]) {
			add(m[2], m[3])
		}
	}
	slices.SortFunc(list, func(a, b found) int { return cmp.Compare(a.at, b.at) })
	var out []string
	for _, f := range list {
		if !slices.ContainsFunc(out, func(o string) bool { return Same(o, f.name) }) {
			out = append(out, f.name)
		}
	}
	return out
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

// extend adds a part of a unit to its name: 区公安分局交巡警支队.
func extend(fold string, at int) int {
	rest := []rune(fold[at:min(len(fold), at+18)])
	for n := 2; n <= 6 && n < len(rest); n++ {
		if s := string(rest[:n]); strings.HasSuffix(s, "支队") || strings.HasSuffix(s, "大队") || strings.HasSuffix(s, "分局") {
			if !strings.ContainsAny(s, ",。;、:和与及会同“”《》()") {
				return at + len(s)
			}
		}
	}
	return at
}

// nameStart finds where a name begins whose end stands at [mid, end), not before
// from, or -1.
func nameStart(fold string, from, mid, end int) int {
	from = max(from, mid-longestName)
	for i := mid; i > from; { // punctuation parts names
		r, size := utf8.DecodeLastRuneInString(fold[:i])
		if r < 0x4e00 || r > 0x9fff {
			from = i
			break
		}
		i -= size
		from = min(from, i)
	}
	if a := regionStart(fold, from, mid); a >= 0 {
		return sharedRegion(fold, placeStart(fold, from, a))
	}
	if strings.HasPrefix(fold[mid:end], "镇") || strings.HasPrefix(fold[mid:end], "乡") {
		return afterStop(fold, from, mid, 2, 4)
	}
	switch end := fold[mid:end]; end {
	case "局", "支队", "大队", "街道办", "街道办事处", "发改委", "卫健委":
		return afterStop(fold, from, mid, 2, 8)
	case "法院", "检察院", "集团", "公司", "分局":
		return -1
	default:
		if strings.HasSuffix(end, "中心") || strings.HasSuffix(end, "馆") || strings.HasPrefix(end, "管") {
			return -1
		}
		if utf8.RuneCountInString(end) >= 3 { // 组织部, 工商联: a whole name
			return mid
		}
	}
	return -1
}

// regionStart finds the 市 or 区 that a name in [from, mid) begins with: not that
// of 城市 or 社区, and with no word before the end that parts sentences.
func regionStart(fold string, from, mid int) int {
	best := -1
	for i, r := range fold[from:mid] {
		if !strings.ContainsRune(regions, r) {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(fold[from : from+i])
		if strings.ContainsRune("城社地园小片辖厂街山都城节新山", before) && i > 0 || (r == '镇' || r == '乡') {
			continue
		}
		rest := fold[from+i+utf8.RuneLen(r) : mid]
		if strings.ContainsAny(rest, "由与及向请将把让") || endsWithStop(rest, true) {
			continue
		}
		best = from + i
	}
	return best
}

// placeStart takes the place's name before a region: 西夏区, 银川市西夏区.
func placeStart(fold string, from, at int) int {
	i := at
	for n := 0; n <= 3 && i > from; n++ {
		r, size := utf8.DecodeLastRuneInString(fold[from:i])
		if strings.ContainsRune(stopRunes, r) || endsWithStop(fold[from:i], false) {
			return i
		}
		if strings.ContainsRune("市县州", r) && n >= 2 {
			return placeStart(fold, from, i-size)
		}
		i -= size
	}
	if i == from && at-i <= 3*3 {
		return i
	}
	return at
}

// endsWithStop reports whether s ends with a word that can stand before a name,
// or with anywhere set, has one in it.
func endsWithStop(s string, anywhere bool) bool {
	for w := range strings.FieldsSeq(stopWords) {
		if strings.HasSuffix(s, w) || anywhere && len(w) > 3 && strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// sharedRegion takes 市、 of 市、区发改委.
func sharedRegion(fold string, at int) int {
	before := strings.TrimSuffix(fold[:at], "、")
	if before == fold[:at] {
		return at
	}
	if r, size := utf8.DecodeLastRuneInString(before); strings.ContainsRune("市县省", r) {
		if b, _ := utf8.DecodeLastRuneInString(before[:len(before)-size]); b < 0x4e00 || strings.ContainsRune(stopRunes+"被经", b) {
			return len(before) - size
		}
	}
	return at
}

// afterStop returns where a name without a region begins: behind the last word
// that can stand before a name, or behind punctuation, when lo to hi characters
// remain before mid.
func afterStop(fold string, from, mid, lo, hi int) int {
	at := from
	for w := range strings.FieldsSeq(stopWords) {
		if i := strings.LastIndex(fold[from:mid], w); i >= 0 {
			at = max(at, from+i+len(w))
		}
	}
	if i := strings.LastIndexAny(fold[at:mid], "了的把让给从到并等对将"); i >= 0 {
		at += i + len("了")
	}
	if n := utf8.RuneCountInString(fold[at:mid]); n < lo || n > hi {
		return -1
	}
	return at
}

// longestList is in bytes.
const longestList = 300

// stems enters the members of a list that ends at end.
func stems(before string, end int, add func(a, b int)) {
	type piece struct{ a, b int }
	var pieces []piece
	low := max(0, end-longestList)
	for low < end && !utf8.RuneStart(before[low]) {
		low++
	}
	for range 12 {
		i := strings.LastIndexAny(before[low:end], "、,。;:“”()《》\n")
		from, r := low, rune(0)
		if i >= 0 {
			var size int
			r, size = utf8.DecodeRuneInString(before[low+i:])
			from = low + i + size
		}
		s := before[from:end]
		if m := verbEnd.FindString(s); m != "" && (r != '、' || i < 0) || m != "" && utf8.RuneCountInString(s) > 8 {
			from += len(m)
			s = before[from:end]
		}
		if n := utf8.RuneCountInString(s); n < 2 || n > 10 {
			break
		}
		pieces = append(pieces, piece{from, end})
		if r != '、' {
			break
		}
		end = low + i
	}
	if len(pieces) < 2 {
		return
	}
	for _, p := range pieces {
		add(p.a, p.b)
	}
}
