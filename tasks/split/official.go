package split

import (
	"strings"
	"unicode/utf8"
)

// sessionBroken reads a session that is broken over line i and the next: 某市政协第十五届委员会 / 第二次会议.
func (h *head) sessionBroken(d *document, i int, s string) int {
	next := i + 1
	if next >= len(d.lines) || d.lines[next].blank() || sessionIn(s) != "" || h.Session != "" || !proposalWords.in(s) && !suggestionWords.in(s) {
		return i
	}
	below := squeeze(d.text(d.lines[next]))
	if own := sessionIn(below); proposalWords.in(own) || suggestionWords.in(own) {
		return i // it names its organ itself
	}
	joined := sessionIn(s + below)
	if joined == "" || len(joined) <= len(s) || !strings.HasPrefix(s+below, joined) {
		return i
	}
	h.Session = joined
	h.official(below)
	return next + 1
}

// official recognises the lines above a title that say which paper it is.
func (h *head) official(s string) bool {
	known := false
	if inner := strings.Trim(s, "（）()"); isRemark(s) {
		s = strings.ReplaceAll(inner, "，", "")
	}
	if hasSign(s, "，。；") {
		return false
	}
	if h.Number == "" && isLetterNumber(s) {
		h.Number = s
		return true
	}
	if n := numberIn(s, false); n != "" && utf8.RuneCountInString(s) <= 60 {
		h.Number, known = cmpOr(h.Number, n), true
	}
	if n := saidNumber(s); n != "" {
		h.Number, known = cmpOr(h.Number, n), true
	}
	if n := sessionIn(s); n != "" {
		if before, _, _ := strings.Cut(s, n); plainNumber(before) {
			h.Number = cmpOr(h.Number, before) // 0460  市十三届人大四次会议代表建议
		}
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
	return organWords.in(s)
}

// isRemark recognises a line in brackets.
func isRemark(s string) bool {
	return (strings.HasPrefix(s, "（") || strings.HasPrefix(s, "(")) && (strings.HasSuffix(s, "）") || strings.HasSuffix(s, ")"))
}

// remark reads a labelled field that stands in brackets: （建议承办单位：市林业局）.
func (h *head) remark(d *document, l line) bool {
	text := d.text(l)
	if l.runes > longestTitle || !isRemark(text) {
		return false
	}
	_, size := decode(text)
	c, end := d.labelAt(l.a + size)
	switch c {
	case classProposer, classWished, classNumber, classSession:
		h.value(c, strings.TrimRight(d.src[min(end, l.b):l.b], "）)"))
		return true
	}
	return false
}
