package split

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// head collects the facts of the head and the tail.
type head struct {
	Head
	body      int    // where the body begins
	author    string // who wrote the page: a proposer where no other is named
	signed    string // the body or person above or below the title
	candidate string // the first line that looks like a title
	tail      []Span // of the head's kind, behind the body
}

// Limits of what may stand in a head, in characters.
const (
	longestTitle = 80
	proseFrom    = 50
	mostPending  = 8
)

// readHead reads the lines up to the body. Lines that it cannot place belong
// to the head only when a label follows that can.
func (d *document) readHead() *head {
	h := &head{}
	sure, pending := 0, -1
	count := 0
	for i := 0; i < len(d.lines); {
		l := d.lines[i]
		if l.blank() {
			i++
			continue
		}
		switch next, what := h.line(d, i); what {
		case lineHead:
			i, sure, count = next, next, 0
			continue
		case lineBody:
			h.begin(d, i)
			return h
		case lineProse:
			if at := h.pasted(d, i); at > l.a {
				h.body = at
				return h
			}
			h.untitled(d, pending, &sure)
			h.begin(d, sure)
			return h
		}
		if pending < sure {
			pending = i
		}
		if count++; count > mostPending {
			break
		}
		i++
	}
	h.untitled(d, pending, &sure)
	h.begin(d, sure)
	return h
}

func (h *head) begin(d *document, i int) {
	h.body = len(d.src)
	if i < len(d.lines) {
		h.body = d.lines[i].start
	}
}

// untitled takes the first line that could not be placed as the title when it
// looks like one and no better was found.
func (h *head) untitled(d *document, pending int, sure *int) {
	if h.Title != "" || pending < *sure || pending < 0 || pending >= len(d.lines) {
		return
	}
	l := d.lines[pending]
	if !titleLike(d.text(l)) || l.runes >= d.width && d.width > 0 {
		return
	}
	if rest := d.lines[pending+1:]; !slices.ContainsFunc(rest, func(l line) bool { return !l.blank() }) {
		return
	}
	h.Title, *sure = tidy(d.text(l)), pending+1
}

// titleLike reports whether a line may be a title that does not say so.
func titleLike(line string) bool {
	n := utf8.RuneCountInString(line)
	return n >= 5 && n <= 45 && !hasSign(line, "。；;！：:>》|") && !containsOne(line, "首页", "当前位置", "您的位置", "批示", "提案表", "登记表", "用纸")
}

type lineKind int

const (
	lineUnknown lineKind = iota
	lineHead
	lineBody  // a label or a heading of the body
	lineProse // running text
)

// line places line i and returns the line to go on with when it belongs to the head.
func (h *head) line(d *document, i int) (int, lineKind) {
	l := d.lines[i]
	at := l.a
	if _, text, ok := parseMark(d.src, at, true); ok {
		if c, _ := d.labelAt(text); c == noClass || c >= classBody {
			return i, lineProse
		}
		at = text
	}
	if c, end := d.labelAt(at); c != noClass {
		if l.runes > longestTitle && c < classBody && d.anyLabel(end, l.b) > 0 {
			return i, lineProse // a whole form on one line
		}
		if c >= classBody || c == classCause && !h.causeIsTitle(d, end) {
			return i, lineBody
		}
		return h.fields(d, at, c, end), lineHead
	}
	if strings.Contains(d.text(l), "://") {
		return i, lineUnknown // where a page was copied from
	}
	if l.runes > longestTitle {
		return i, lineProse
	}
	s := squeeze(d.text(l))
	if partHeading(s) != noClass {
		return i, lineBody
	}
	s = h.beforeTitle(s)
	if next := h.titleLine(d, i, s); next > i {
		return next, lineHead
	}
	if h.official(s) {
		return i + 1, lineHead
	}
	if h.candidate == "" && titleLike(d.text(l)) {
		h.candidate = strings.TrimSpace(d.text(l))
	}
	if len(h.Proposers) == 0 && h.Title != "" {
		if party(s) {
			h.names(s)
			return i + 1, lineHead
		}
		if who := nameAfterTitle(d.text(l)); who != "" {
			h.names(who)
			return i + 1, lineHead
		}
	} else if h.signed == "" && party(s) {
		h.signed = s
	}
	if hasSign(s, "□√☑|") || containsOne(s, "签名", "签章", "填写") {
		return i, lineUnknown
	}
	if l.runes >= proseFrom || hasSign(s, "。；，,") {
		return i, lineProse
	}
	return i, lineUnknown
}

// beforeTitle reads a number or session that stands on the title's line, and
// returns what is left of it.
func (h *head) beforeTitle(s string) string {
	i := strings.Index(s, "关于")
	if i <= 0 || hasSign(s[:i], "。；，") || !titleEnd(s) {
		return s
	}
	number, session := numberIn(s[:i], false), sessionIn(s[:i])
	if number == "" && session == "" {
		return s
	}
	h.Number, h.Session = cmpOr(h.Number, number), cmpOr(h.Session, session)
	return s[i:]
}

// party recognises a line that is nothing but the name of a body that hands in
// proposals: 民盟临江市委会, 东湖代表团.
func party(s string) bool {
	if n := utf8.RuneCountInString(s); n < 4 || n > 20 || strings.IndexFunc(s, func(r rune) bool { return !isHan(r) }) >= 0 {
		return false
	}
	if strings.HasSuffix(s, "代表团") || strings.HasSuffix(s, "界别") || strings.HasSuffix(s, "界别小组") {
		return true
	}
	if i := strings.Index(s, "政协"); i >= 0 && i <= 4*hanSize {
		for _, end := range []string{"界", "文史委", "提案委", "专委会", "委员会办公室", "联络组"} {
			if strings.HasSuffix(s, end) {
				return true
			}
		}
	}
	for _, w := range []string{"民革", "民盟", "民建", "民进", "农工", "致公", "九三", "台盟", "中国民主", "中国国民党革命", "中国农工", "中国致公", "台湾民主", "无党派", "共青团", "工商"} {
		if strings.HasPrefix(s, w) {
			for _, end := range []string{"委", "委会", "委员会", "支部", "总支", "工委", "小组", "组", "联", "联合会", "人士"} {
				if strings.HasSuffix(s, end) {
					return true
				}
			}
		}
	}
	return false
}

// official recognises the lines above a title that say which paper it is.
func (h *head) official(s string) bool {
	known := false
	if inner := strings.Trim(s, "（）()"); len(inner) < len(s) && (strings.HasPrefix(s, "（") || strings.HasPrefix(s, "(")) {
		s = strings.ReplaceAll(inner, "，", "")
	}
	if hasSign(s, "，。；") {
		return false
	}
	if n := numberIn(s, false); n != "" && utf8.RuneCountInString(s) <= 60 {
		h.Number, known = cmpOr(h.Number, n), true
	}
	if n := sessionIn(s); n != "" {
		h.Session, known = cmpOr(h.Session, n), true
	}
	if date, rest := dateIn(s); date != "" && rest == "" {
		h.Date, known = cmpOr(h.Date, date), true
	}
	if known {
		return true
	}
	if h.Title != "" || utf8.RuneCountInString(s) > 30 || hasSign(s, "：:") {
		return false
	}
	return containsOne(s, "政协", "政治协商", "人民代表大会", "人大", "提案", "建议表", "议案", "代表建议")
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// titleLine takes line i, with the next one if it is broken, as the title.
func (h *head) titleLine(d *document, i int, s string) int {
	for next := i + 1; next <= i+3; next++ {
		t, who := withoutName(strings.Trim(s, "《》“”\""))
		if len(t) > longestTitle*hanSize || hasSign(t, "。；：") {
			return i
		}
		if titleEnd(t) && (strings.HasPrefix(t, "关于") || next == i+1 && utf8.RuneCountInString(t) >= 8 && strings.Contains(t, "的")) {
			h.Title = cmpOr(h.Title, t)
			if who != "" && len(h.Proposers) == 0 {
				h.names(who)
			}
			return next
		}
		if !strings.HasPrefix(t, "关于") || next >= len(d.lines) {
			return i
		}
		s += squeeze(d.text(d.lines[next]))
	}
	return i
}

// withoutName parts a title from the marks and names around it: 樊某：关于…的建议,
// 关于…的建议（张某）, 【百姓提案37】关于…的提案.
func withoutName(s string) (title, who string) {
	for strings.HasPrefix(s, "【") || strings.HasPrefix(s, "[") {
		i := strings.IndexAny(s, "】]")
		if i < 0 {
			break
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		s = s[i+size:]
	}
	if i := indexSign(s, "：:"); i > 0 && isName(s[:i]) && surname(s[:i]) {
		_, size := utf8.DecodeRuneInString(s[i:])
		return s[i+size:], s[:i]
	}
	if i := strings.LastIndexAny(s, "（("); i > 0 && (strings.HasSuffix(s, "）") || strings.HasSuffix(s, ")")) {
		if name := strings.Trim(s[i:], "（）()"); isName(name) && surname(name) {
			return s[:i], name
		}
	}
	return s, ""
}

func titleEnd(s string) bool {
	if strings.HasSuffix(s, "号）") || strings.HasSuffix(s, "号)") {
		if i := strings.LastIndexAny(s, "（("); i > 0 {
			s = s[:i]
		}
	}
	for _, w := range []string{"提案", "建议", "议案", "意见"} {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// causeIsTitle decides what stands behind 案由: a title is short and no sentence.
func (h *head) causeIsTitle(d *document, at int) bool {
	s := squeeze(d.text(d.lines[min(d.lineAt(d.skipBlank(at, 200)), len(d.lines)-1)]))
	if i := indexSign(s, "：:"); i >= 0 && i < 24 {
		_, w := utf8.DecodeRuneInString(s[i:])
		s = s[i+w:]
	}
	s = strings.Trim(s, "《》“”")
	if h.Title != "" && !titleEnd(s) {
		return false
	}
	n := utf8.RuneCountInString(s)
	return n > 0 && n <= longestTitle && (titleEnd(s) || strings.HasPrefix(s, "关于") && !hasSign(s, "。；") || n <= 40 && !hasSign(s, "。；，,"))
}

// mostAbove is the number of lines among which a title is looked for below a greeting.
const mostAbove = 20

// laterTitle returns a title that stands alone on a line below other text.
func (d *document) laterTitle(body int) string {
	for i, n := d.lineAt(body), 0; i < len(d.lines) && n < mostAbove; i++ {
		l := d.lines[i]
		if l.blank() {
			continue
		}
		n++
		s, _ := withoutName(squeeze(d.text(l)))
		if l.runes <= longestTitle && strings.HasPrefix(s, "关于") && titleEnd(s) && !hasSign(s, "。；：，") {
			return s
		}
	}
	return ""
}

// pasted reads a head that stands on one line with the text behind it, parted by
// spaces or by nothing but its labels, and returns where the body begins.
func (h *head) pasted(d *document, i int) int {
	l := d.lines[i]
	at := l.a
	for at < l.b {
		end := l.b
		if k := indexBlank(d.src[at:l.b]); k >= 0 {
			end = at + k
		}
		c, value := d.labelAt(at)
		if c != noClass && value <= l.b {
			stop := d.anyLabel(value, l.b)
			if c >= classBody || stop < 0 && end < value || c == classCause && (stop < 0 || utf8.RuneCountInString(d.src[value:stop]) > longestTitle) {
				return at
			}
			if stop < 0 || end > value && hasSign(d.src[value:stop], "。") {
				stop = end
			}
			h.value(c, d.src[value:stop])
			if c == classContact {
				h.Contacts = append(h.Contacts, Span{at, stop})
			}
			at = d.skipBlank(stop, 200)
			continue
		}
		switch s := d.src[at:end]; {
		case end == l.b || utf8.RuneCountInString(s) > longestTitle:
			return at
		case h.Title == "" && strings.HasPrefix(s, "关于") && titleEnd(s):
			h.Title = s
		case !h.official(s):
			return at
		}
		at = d.skipBlank(end, 200)
	}
	return at
}

// anyLabel returns where the next label with a colon begins in [at, limit), or -1.
// One of at least three characters needs no space before it.
func (d *document) anyLabel(at, limit int) int {
	spaced := true
	for j := at; j < limit; {
		r, size := utf8.DecodeRuneInString(d.src[j:])
		if isBlank(r) || r == '。' || r == '；' || r == '，' {
			spaced = true
		} else if _, labelled := labels[r]; labelled {
			c, end := d.labelAt(j)
			if c != noClass && end <= limit && hasSign(d.src[j:end], "：:") && (spaced || end-j > 3*hanSize && !hasBlank(d.src[j:end])) {
				return j
			}
			spaced = false
		} else {
			spaced = false
		}
		j += size
	}
	return -1
}

// finish settles what needs the whole head: its kind, contacts inside other
// fields, a number or session that stands in the title.
func (h *head) finish(d *document) {
	region := cut(d.src[:h.body], 4000)
	for _, s := range h.tail[:min(len(h.tail), 20)] {
		region += cut(d.src[s.Start:s.End], 200)
	}
	s := squeeze(region)
	switch {
	case containsOne(s, "政协", "政治协商"):
		h.Kind = KindProposal
	case containsOne(s, "人大", "人民代表大会", "代表建议", "领衔代表", "附议代表", "建议人", "建议代表", "建议号", "代表姓名", "所在代表团", "所属代表团"):
		h.Kind = KindSuggestion
	case strings.Contains(s, "提案"):
		h.Kind = KindProposal
	case slices.ContainsFunc(h.Proposers, func(p string) bool { return strings.HasSuffix(p, "代表团") }):
		h.Kind = KindSuggestion
	}
	if len(h.Proposers) == 0 {
		h.names(cmpOr(h.signed, h.author))
	}
	if h.Title == "" {
		h.Title = cmpOr(d.laterTitle(h.body), tidy(h.candidate))
	}
	if h.Kind == "" && strings.HasSuffix(h.Title, "提案") {
		h.Kind = KindProposal
	}
	for _, part := range append([]Span{{0, h.body}}, h.tail...) {
		for at := part.Start; ; {
			a, b, ok := phoneIn(d.src[:part.End], at)
			if !ok {
				break
			}
			h.Contacts = append(h.Contacts, Span{a, b})
			at = b
		}
	}
}
