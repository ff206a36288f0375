package split

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fields reads the labelled value at end and those behind it on the same line.
// It returns the line to go on with.
func (h *head) fields(d *document, start int, c class, end int) int {
	i := min(d.lineAt(end), len(d.lines)-1)
	if end > d.lines[i].b {
		end = max(end, d.lines[i].b)
	}
	limit := d.lines[i].b
	for {
		stop, nextClass, nextEnd := d.nextLabel(end, limit)
		h.value(c, d.src[min(end, stop):stop])
		if c == classContact {
			h.Contacts = append(h.Contacts, Span{start, stop})
		}
		if nextClass == noClass {
			return h.more(d, c, i, squeeze(d.src[min(end, stop):stop]) == "")
		}
		start, c, end = stop, nextClass, nextEnd
		if end > limit {
			i = min(d.lineAt(end), len(d.lines)-1)
			limit = max(end, d.lines[i].b)
		}
	}
}

// nextLabel finds a label in [at, limit) behind white space.
func (d *document) nextLabel(at, limit int) (int, class, int) {
	gap := 0 // how plainly what stands before j parts two fields
	for j := at; j < limit; {
		r, size := decode(d.src[j:])
		if r == '|' || r == '\u3000' || r == '\t' {
			gap += 2
		} else if isBlank(r) || r == '；' || r == ';' || r == '，' || r == ',' || r == '。' {
			gap++
		} else if gap > 0 {
			if c, end := d.labelAt(j); c != noClass && c < classBody && (gap > 1 && end <= limit || hasSign(d.src[j:end], "：:|\t│┃") || strings.Contains(d.src[j:end], "  ") || strings.Contains(d.src[j:end], "\u3000")) {
				return j, c, end
			}
			gap = 0
		}
		j += size
	}
	return max(at, limit), noClass, 0
}

// more takes the lines on which a value goes on.
func (h *head) more(d *document, c class, i int, empty bool) int {
	next := i + 1
	for next < len(d.lines) && d.lines[next].blank() {
		next++
	}
	if next >= len(d.lines) {
		return i + 1
	}
	l := d.lines[next]
	if k, _ := d.labelAt(l.a); k != noClass || l.runes > longestTitle {
		return i + 1
	}
	s := squeeze(d.text(l))
	if _, _, ok := parseMark(d.src, l.a, true); ok || partHeading(s) != noClass {
		return i + 1
	}
	take := false
	switch c {
	case classTitle, classCause:
		take = empty || next == i+1 && !titleEnd(h.Title) && titleEnd(h.Title+s) && utf8.RuneCountInString(h.Title+s) <= longestTitle
		if take && !empty {
			h.Title = withGap(h.Title+"\n"+d.text(l), squeeze(h.Title)+s)
			return next + 1
		}
	case classProposer, classSeconder:
		date, _ := dateIn(s)
		take = (empty || next-i <= 2) && date == "" && !isLabel(s) && !isSession(s) && wishedIn(s) == nil && nameLine(withoutContacts(d.text(l))) && numberNotName(d.text(l), s) == ""
	case classWished:
		take = empty && unitLine(s) || next == i+1 && isUnit(s)
	case classNumber:
		take = empty && numberIn(s, true) != ""
	case classDate:
		date, _ := dateIn(s)
		take = empty && date != ""
	case classContact:
		if take = empty && phoneLike(s); take {
			h.Contacts = append(h.Contacts, Span{l.a, l.b})
		}
	}
	if !take {
		return i + 1
	}
	h.value(c, d.text(l))
	if c == classProposer || c == classSeconder || c == classWished {
		return h.more(d, c, next, false)
	}
	return next + 1
}

// isSession recognises a line that is nothing but a session in brackets.
func isSession(s string) bool { return isRemark(s) && sessionIn(s) != "" }

// withoutContacts returns a line of names without what stands in brackets and
// without numbers.
func withoutContacts(line string) string {
	return strings.Map(func(r rune) rune {
		if isAlnum(r) {
			return -1
		}
		return r
	}, dropBrackets(line))
}

func (h *head) value(c class, v string) {
	s := squeeze(v)
	if s == "" {
		return
	}
	switch c {
	case classTitle, classCause:
		if i := strings.Index(s, "：关于"); i > 0 {
			s = s[i+len("："):] // 主题：人大建议：关于…
		}
		if !titleEnd(h.Title) && titleEnd(s) {
			h.Title = "" // 主题 and 标题 in one form
		}
		h.Title = cmpOr(h.Title, withGap(v, strings.TrimRight(strings.Trim(s, "《》“”\""), "。")))
	case classNumber:
		h.Number, h.Session = cmpOr(h.Number, numberIn(s, true)), cmpOr(h.Session, sessionIn(s))
	case classSession:
		h.Session = cmpOr(h.Session, cmpOr(sessionIn(s), cut(s, 30)))
	case classDate:
		date, _ := dateIn(s)
		if h.Date = cmpOr(h.Date, date); date == "" && parties(s) {
			h.names(s) // 提交：市妇联界别小组
		}
	case classProposer:
		h.proposer(v, s)
	case classSeconder:
		if s != "无" {
			h.seconders = append(h.seconders, v)
		}
	case classAuthor:
		if !callings.of(s) { // 作者：融媒记者
			h.author = cmpOr(h.author, v)
		}
	case classForm:
		if isBody(s) {
			h.author = cmpOr(h.author, s) // 党派：民进市委会
		}
	case classSource:
		s = squeeze(cell(strings.TrimLeftFunc(v, isBlank)))
		if party(s) && !proposalWords.in(s) {
			h.author = cmpOr(h.author, s) // an office of the CPPCC publishes what others hand in
		}
	case classCircle:
		if strings.HasSuffix(s, "界") || strings.HasSuffix(s, "界别") {
			h.circle = cmpOr(h.circle, s)
		}
	case classWished:
		h.Wished = append(h.Wished, units(v)...)
	}
}

// proposer reads the value of a label that asks for proposers; other facts may stand there too.
func (h *head) proposer(v, s string) {
	if n := numberNotName(v, s); n != "" {
		h.Number = cmpOr(h.Number, n)
		return
	}
	if hasOffice(s) && allUnits(v) {
		h.Wished = append(h.Wished, units(v)...)
		return // 建议单位：市农业农村局
	}
	if strings.Contains(s, "届") {
		h.met = cmpOr(h.met, sessionIn(s))
	}
	var asked []string
	if v, asked = wishBehind(v); asked != nil {
		h.Wished = append(h.Wished, asked...)
	}
	if who, post := namesIn(v); post && who != "" {
		v = who
	}
	h.names(v)
}

// numberNotName returns the number that stands where names are expected: 党派提案  第013号.
func numberNotName(v, squeezed string) string {
	if !strings.ContainsAny(squeezed, "0123456789") {
		return ""
	}
	n := numberWord(v)
	if n == "" && nameLine(withoutContacts(v)) {
		n = numberIn(squeezed, false)
	}
	return n
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
