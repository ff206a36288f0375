package split

import (
	"strings"
	"unicode/utf8"
)

// head collects the facts of the head and the tail.
type head struct {
	Head
	body      int    // where the body begins
	author    string // who wrote the page: a proposer where no other is named
	seconders []string
	circle    string // 界别: a proposer where no one is named
	deputy    bool   // whoever signed calls himself a deputy
	member    bool   // whoever signed calls himself a member of the CPPCC
	signed    string // the body or person above or below the title
	met       string // the session that is told beside a name or an occasion
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
	c, end := d.labelAt(at)
	if c == noClass && h.remark(d, l) {
		return i + 1, lineHead
	}
	if c == noClass {
		c, end = d.likeLabel(l)
	}
	switch {
	case c == noClass:
		return h.plain(d, i)
	case l.runes > longestTitle && c < classBody && d.anyLabel(end, l.b) > 0:
		return i, lineProse // a whole form on one line
	case c >= classBody || c == classCause && !h.causeIsTitle(d, end):
		return i, lineBody
	}
	return h.fields(d, at, c, end), lineHead
}

// plain places a line without a label.
func (h *head) plain(d *document, i int) (int, lineKind) {
	l := d.lines[i]
	s := squeeze(d.text(l))
	switch {
	case strings.Contains(s, "://"): // where a page was copied from
		return i, lineUnknown
	case l.runes > longestTitle:
		return i, lineProse
	case h.Title == "" && (s == "建议" || s == "提案" || s == "议案") && l.runes > utf8.RuneCountInString(s): // the form's name, letter-spaced
		return i + 1, lineHead
	case partHeading(s) != noClass:
		return i, lineBody
	}
	if h.Title == "" && d.letterTitle(i) {
		h.Title = tidy(d.text(l))
		return i + 1, lineHead
	}
	s = h.beforeTitle(s)
	if next := h.titleLine(d, i, s); next > i {
		return next, lineHead
	}
	if next := h.sessionBroken(d, i, s); next > i {
		return next, lineHead
	}
	known := h.Number != ""
	if body := collective(s); body != "" {
		h.signed = cmpOr(h.signed, body)
		return i + 1, lineHead
	}
	if h.official(s) {
		if n := numberWord(d.text(l)); n != "" && !known {
			h.Number = n
		}
		stop, c, end := d.nextLabel(l.a, l.b)
		h.signedBeside(d.src[l.a:min(stop, l.b)], s)
		if c != noClass {
			return h.fields(d, stop, c, end), lineHead
		}
		return i + 1, lineHead
	}
	if stop, c, end := d.wideLabel(l); c != noClass && h.signedBy(d.src[l.a:stop], squeeze(d.src[l.a:stop])) {
		return h.fields(d, stop, c, end), lineHead // 民建市委会    建议承办单位：市交通运输局
	}
	if names := wishedIn(s); names != nil {
		h.Wished = append(h.Wished, names...)
		return i + 1, lineHead
	}
	if h.candidate == "" && titleLike(d.text(l)) {
		h.candidate = strings.TrimSpace(d.text(l))
	}
	switch {
	case h.signedBy(d.text(l), s):
		return i + 1, lineHead
	case hasSign(s, "□√☑|"), formWords.in(s):
		return i, lineUnknown
	case l.runes < proseFrom && (!hasSign(s, "。；，,") || isRemark(s) || titleLike(s) && d.labelBelow(i)):
		return i, lineUnknown
	}
	return i, lineProse
}

// wideLabel finds a label behind a wide gap in a line.
func (d *document) wideLabel(l line) (int, class, int) {
	if l.runes > longestTitle || lastCell(d.text(l)) == d.text(l) {
		return 0, noClass, 0
	}
	return d.nextLabel(l.a, l.b)
}

// collective returns the body that a line names together with the kind of paper:
// 台盟鹭屿市委会集体提案.
func collective(s string) string {
	for _, kind := range []string{"集体提案", "党派提案", "团体提案", "界别提案", "提案", "集体建议", "建议"} {
		if body, ok := strings.CutSuffix(s, kind); ok && party(body) {
			return body
		}
	}
	return ""
}

// signedBeside reads a name that stands beside a session or a number:
// （市五届人大三次会议  贺某代表）.
func (h *head) signedBeside(line, s string) {
	if len(h.Proposers) > 0 {
		return
	}
	cell := lastCell(line)
	if body := strings.Trim(squeeze(cell), "（）()"); cell != line && isBody(body) && (h.Title != "" || !proposalWords.in(body)) {
		if h.signed = cmpOr(h.signed, body); h.Title != "" {
			h.names(body)
		}
		return
	}
	session := sessionIn(s)
	if session == "" || h.Title == "" {
		return
	}
	_, rest, ok := strings.Cut(line, session)
	if body := squeeze(rest); ok && parties(body) {
		h.names(body)
		return
	}
	if who := nameAfterTitle(rest); ok && who != "" {
		h.names(who)
	}
}

// lastCell returns what stands behind the last wide gap of a line.
func lastCell(line string) string {
	for _, border := range []string{"  ", "\u3000"} {
		if i := strings.LastIndex(line, border); i >= 0 {
			line = line[i+len(border):]
		}
	}
	return line
}

// labelBelow reports whether the next line with text begins with a label of the head.
func (d *document) labelBelow(i int) bool {
	for j := i + 1; j < len(d.lines); j++ {
		if l := d.lines[j]; !l.blank() {
			c, _ := d.labelAt(l.a)
			return c != noClass && c < classBody
		}
	}
	return false
}

// signedBy reads the bodies or people that a line near the title names. A body above
// the title may be no more than where the form comes from.
func (h *head) signedBy(line, squeezed string) bool {
	if len(h.Proposers) > 0 || h.Title == "" {
		if h.signed == "" && party(squeezed) {
			h.signed = squeezed
		}
		return false
	}
	if parties(squeezed) {
		h.names(squeezed)
		return true
	}
	who := nameAfterTitle(line)
	if who != "" {
		h.names(who)
		h.deputy, h.member = strings.Contains(squeezed, "代表"), isMember(squeezed)
	}
	return who != ""
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// What tells the kinds of papers apart, and what stands above a title or in a form.
var (
	proposalWords   = wordsOf("政协 政治协商")
	suggestionWords = wordsOf("人大 人民代表大会 代表建议 领衔代表 附议代表 建议人 建议代表 建议号 代表姓名 所在代表团 所属代表团")
	organWords      = wordsOf("政协 政治协商 人民代表大会 人大 提案 建议表 议案 代表建议")
	formWords       = wordsOf("签名 签章 填写")
)
