package split

import (
	"strings"
	"unicode/utf8"
)

// cutClosing ends the last section before the paragraph that closes the whole paper.
// One more wish behind a list is a section of its own.
func (d *document) cutClosing(r *reading) {
	n := len(r.sections)
	last := &r.sections[n-1]
	if n < 2 {
		return
	}
	most, blank, after, single := 0, false, false, true // what the sections above are like
	for _, it := range r.sections[:n-1] {
		s := d.shape(it)
		most, blank, after = max(most, len(s.plain)), blank || s.blank, after || s.after
		single = single && s.paragraphs == 1
	}
	own := d.shape(*last)
	if len(own.plain) == 0 || len(own.plain) == 1 && own.paragraphs == 1 {
		return
	}
	if k := d.addition(*last, own); k >= 0 && most <= 1 && !unnumbered(last.reason) {
		from := d.lines[d.lineAt(own.plain[k].a)].start
		more := item{own.plain[k].a, own.plain[k].a, last.end, ReasonParagraph}
		if k+1 < len(own.plain) {
			more.end = d.lines[d.lineAt(own.plain[k+1].a)].start
		}
		last.end = from
		r.sections = append(r.sections, more)
		return
	}
	p := own.plain[len(own.plain)-1]
	line := d.lineAt(p.a)
	if p.b != own.end {
		return // a numbered one is the last
	}
	apart := !blank && line > 0 && d.lines[line-1].blank() && !d.blankBetween(last.text, own.above)
	alone := (most <= 1 && len(own.plain) == 2 || single && own.paragraphs == 2) && (n > 2 || !unnumbered(last.reason))
	if d.closes(p, alone || apart || own.after && !after) {
		last.end = d.lines[line].start
	}
}

// addition returns which of an item's plain paragraphs, its second, adds one more wish, or -1.
func (d *document) addition(it item, s shape) int {
	k := 0
	if s.plain[0].a == d.skipBlank(it.text, 24) {
		k = 1
	}
	if k == len(s.plain) || !adds(squeeze(d.src[s.plain[k].a:s.plain[k].b])) {
		return -1
	}
	return k
}

// closes reports whether a final paragraph closes the paper. Alone says that it
// stands where no other section has a paragraph.
func (d *document) closes(p paragraph, alone bool) bool {
	s := squeeze(d.src[p.a:p.b])
	if isClosing(s) || takesLeave(s) {
		return true
	}
	if suggests(s, true) || isAction(s) || continues(s) {
		return false
	}
	return alone || len(s) <= longestClosing && closingWords.in(s)
}

// shape is what the paragraphs of a section are like.
type shape struct {
	plain      []paragraph // those without a number, but for a heading above them
	paragraphs int
	blank      bool // a blank line stands between two of them
	after      bool // one without a number follows one that has it
	above, end int  // where the last but one and the last end
}

func (d *document) shape(it item) (s shape) {
	numbered := false
	for p := range d.eachParagraph(it.text, it.end) {
		_, _, marked := d.markAt(d.lineAt(p.a))
		marked = marked && p.a > it.text
		s.after, numbered = s.after || numbered && !marked, marked
		if s.paragraphs > 0 {
			s.blank = s.blank || d.blankBetween(s.end, p.a)
		}
		if heading := s.paragraphs == 0 && utf8.RuneCountInString(d.src[p.a:p.b]) <= longestHeading/2; !heading && !marked {
			s.plain = append(s.plain, p)
		}
		s.paragraphs++
		s.above, s.end = s.end, p.b
	}
	return s
}

// blankBetween reports whether a blank line stands in [from, to).
func (d *document) blankBetween(from, to int) bool {
	for i := d.lineAt(from); i < len(d.lines) && d.lines[i].end <= to; i++ {
		if d.lines[i].blank() {
			return true
		}
	}
	return false
}

// mostLeave is the number of sentences with which a paper takes leave.
const mostLeave = 3

// cutCourtesy ends the last section before final sentences of politeness that stand
// on its line: 以上建议，请予考虑。
func (d *document) cutCourtesy(last *item) {
	paras := d.paragraphs(last.text, last.end)
	if len(paras) == 0 {
		return
	}
	p := paras[len(paras)-1]
	var starts []int
	d.sentences(p, func(at int, _ string) bool {
		starts = append(starts, at)
		return true
	})
	for k := max(0, len(starts)-mostLeave); k < len(starts); k++ {
		end := p.b
		if k+1 < len(starts) {
			end = starts[k+1]
		}
		if at := starts[k]; at > last.text && takesLeave(squeeze(d.src[at:end])) {
			last.end = at
			return
		}
	}
	d.cutSigned(last, p)
}

// cutLastSentence ends the last item inside a paragraph with its first sentence when
// no other item has a full stop and what follows hopes for all of them or takes leave.
func (d *document) cutLastSentence(sections []item) {
	n := len(sections)
	if n < 2 {
		return
	}
	for _, it := range sections[:n-1] {
		if unnumbered(it.reason) || d.firstStop(it) >= 0 {
			return
		}
	}
	last := &sections[n-1]
	at := d.firstStop(*last)
	if at < 0 || d.lineAt(last.text) != d.lineAt(sections[0].text) {
		return
	}
	if rest := squeeze(d.src[at:last.end]); hopes.begins(rest) || isClosing(rest) || takesLeave(rest) {
		last.end = at
	}
}

// hopes are words that a closing sentence begins with.
var hopes = wordsOf("请市政府 请县政府 请区政府 请政府 请有关部门 请市人大 先写 就写 写到这 希望 盼望 期望 期盼 愿 让我们 我们 我愿")

// firstStop returns the offset behind the first full stop of an item, or -1.
func (d *document) firstStop(it item) int {
	for at := it.text; at < it.end; {
		i := indexSign(d.src[at:it.end], "。.")
		if i < 0 {
			break
		}
		r, size := utf8.DecodeRuneInString(d.src[at+i:])
		if d.signAt(at+i, r) == '。' {
			return at + i + size
		}
		at += i + size
	}
	return -1
}

// cutSigned ends the last section before a signature in brackets: …。（民盟市委）
func (d *document) cutSigned(last *item, p paragraph) {
	s := d.src[p.a:p.b]
	if !strings.HasSuffix(s, "）") && !strings.HasSuffix(s, ")") {
		return
	}
	open := strings.LastIndexAny(s, "（(")
	if open <= 0 || !endsSentence(lastRune(strings.TrimRightFunc(s[:open], isBlank))) {
		return
	}
	if name := strings.Trim(squeeze(s[open:]), "（）()"); party(name) && p.a+open > last.text {
		last.end = p.a + open
	}
}
