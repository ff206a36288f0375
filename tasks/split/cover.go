package split

import (
	"cmp"
	"slices"
	"strings"
)

// tail returns where the lines begin, at the end of the text, that belong to no
// suggestion: signatures, dates, contacts, an office's remarks, courtesy.
func (d *document) tail(body int) int {
	end := len(d.src)
	for i := len(d.lines) - 1; i >= 0 && d.lines[i].start >= body; i-- {
		l := d.lines[i]
		if l.blank() {
			continue
		}
		if !d.tailLine(l, body) {
			break
		}
		end = l.start
	}
	return end
}

// wishedInBody reports whether the units wished for are named more than once:
// then they are named by suggestion, and the last one's are no tail.
func (d *document) wishedInBody(body int) bool {
	if d.wished == nil {
		n := 0
		for i := d.lineAt(body); i < len(d.lines) && n < 2; i++ {
			if c, _ := d.labelAt(d.lines[i].a); c == classWished {
				n++
			}
		}
		several := n > 1
		d.wished = &several
	}
	return *d.wished
}

func (d *document) tailLine(l line, body int) bool {
	if c, _ := d.labelAt(l.a); c != noClass && c < classBody {
		return c != classWished || !d.wishedInBody(body)
	}
	if l.runes > 60 {
		return false
	}
	s := squeeze(d.text(l))
	date, rest := dateIn(s)
	return date != "" && rest == "" || isCourtesy(s) || isFurniture(s)
}

// readTail ends the last section before the first line of a tail that other
// lines follow, and reads the labels behind the sections.
func (h *head) readTail(d *document, r *reading, end int) {
	if n := len(r.sections); n > 0 {
		last := &r.sections[n-1]
		for i := d.lineAt(last.text) + 1; i < len(d.lines) && d.lines[i].start < last.end; i++ {
			if l := d.lines[i]; !l.blank() && d.tailLine(l, h.body) {
				last.end = l.start
				break
			}
		}
		d.cutClosing(r)
		d.cutCourtesy(last)
		end = last.end
	}
	h.tailFields(d, end)
	r.end = end
}

// cutClosing ends the last section before a paragraph that closes the whole paper,
// when no other section has a paragraph beyond its first.
func (d *document) cutClosing(r *reading) {
	n := len(r.sections)
	if n < 2 {
		return
	}
	for _, it := range r.sections[:n-1] {
		if unnumbered(it.reason) || d.severalParagraphs(it) {
			return
		}
	}
	last := &r.sections[n-1]
	paras := d.paragraphs(last.text, last.end)
	for k, p := range paras[min(1, len(paras)):] {
		closes := isClosing(squeeze(cut(d.src[p.a:p.b], 8)))
		d.sentences(p, func(_ int, s string) bool {
			closes = closes || isCourtesy(s)
			return !closes
		})
		if closes && !suggests(squeeze(cut(d.src[p.a:p.b], 24)), false) && k == len(paras)-2 {
			last.end = d.lines[d.lineAt(p.a)].start
			return
		}
	}
}

func (d *document) severalParagraphs(it item) bool {
	n := 0
	for range d.eachParagraph(it.text, it.end) {
		if n++; n > 1 {
			return true
		}
	}
	return false
}

// cutCourtesy ends the last section before a final sentence of politeness that
// stands on its line: 以上建议，请予考虑。
func (d *document) cutCourtesy(last *item) {
	paras := d.paragraphs(last.text, last.end)
	if len(paras) == 0 {
		return
	}
	final, n := 0, 0
	p := paras[len(paras)-1]
	d.sentences(p, func(at int, s string) bool {
		if final == 0 && at > last.text && takesLeave(s) {
			final = at
		}
		if final > 0 {
			n++
		}
		return n <= 2
	})
	if final > 0 && n <= 2 {
		last.end = final
	}
}

// takesLeave reports whether a sentence takes leave of the whole paper.
func takesLeave(s string) bool {
	for _, w := range []string{"以上建议", "以上意见", "以上提案", "以上是", "妥否", "当否", "特此", "专此", "谨此", "此致"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// longestDate is the length, in characters, of a line that holds a date only.
const longestDate = 30

// tailFields reads the labelled lines behind the sections.
func (h *head) tailFields(d *document, from int) {
	for i := d.lineAt(from); i < len(d.lines); {
		l := d.lines[i]
		next := i + 1
		if !l.blank() && l.a >= from {
			date, rest := "", ""
			if l.runes <= longestDate {
				date, rest = dateIn(squeeze(d.text(l)))
			}
			if c, end := d.labelAt(l.a); c != noClass && c < classBody {
				next = h.fields(d, l.a, c, end)
			} else if date != "" && rest == "" {
				h.Date = cmpOr(h.Date, date)
			} else {
				i = next
				continue
			}
			h.tail = append(h.tail, Span{l.start, d.lines[max(next-1, i)].end})
		}
		i = max(next, i+1)
	}
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
	case containsOne(s, "人大", "人民代表大会", "代表建议", "领衔代表", "附议代表", "建议人", "建议代表", "建议号"):
		h.Kind = KindSuggestion
	case strings.Contains(s, "提案"):
		h.Kind = KindProposal
	case slices.ContainsFunc(h.Proposers, func(p string) bool { return strings.HasSuffix(p, "代表团") }):
		h.Kind = KindSuggestion
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

type piece struct {
	Span
	to *[]Span
}

// write fills the lists of spans, so that together with the sections they cover
// the source: what belongs to none is background.
func (r reading) write(d *document, h *head, spans, contacts, background *[]Span, sections *[]Section) {
	pieces := make([]piece, 0, len(r.sections)+len(h.Contacts)+1)
	*sections = make([]Section, 0, len(r.sections))
	for _, it := range r.sections {
		it.end = min(it.end, r.end)
		if it.start >= it.end {
			continue
		}
		*sections = append(*sections, d.section(it, len(*sections)+1))
		pieces = append(pieces, piece{Span: Span{it.start, it.end}})
	}
	*contacts = nil
	for _, c := range h.Contacts {
		pieces = append(pieces, piece{c, contacts})
	}
	pieces = flatten(pieces)
	inHead := append([]Span{{0, h.body}}, h.tail...)
	at := 0
	for _, p := range append(pieces, piece{Span: Span{len(d.src), len(d.src)}}) {
		fill(at, p.Start, inHead, spans, background)
		if p.to != nil && p.End > p.Start {
			*p.to = append(*p.to, p.Span)
		}
		at = p.End
	}
	stretch(d.src, *sections, spans, contacts, background)
}

// flatten sorts pieces and clips what overlaps; sections, which come first in
// the list, keep what is theirs.
func flatten(pieces []piece) []piece {
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Compare(a.Start, b.Start) })
	out := pieces[:0]
	at := 0
	for _, p := range pieces {
		p.Start = max(p.Start, at)
		if p.Start < p.End {
			out = append(out, p)
			at = p.End
		}
	}
	return out
}

// fill divides the gap [from, to) between the head and the background.
func fill(from, to int, inHead []Span, spans, background *[]Span) {
	for _, s := range inHead {
		a, b := max(from, s.Start), min(to, s.End)
		if a >= b {
			continue
		}
		if from < a {
			*background = append(*background, Span{from, a})
		}
		*spans = append(*spans, Span{a, b})
		from = b
	}
	if from < to {
		*background = append(*background, Span{from, to})
	}
}

// stretch gives spans of mere white space to the span before them.
func stretch(src string, sections []Section, lists ...*[]Span) {
	var all []*Span
	for i := range sections {
		all = append(all, &sections[i].Span)
	}
	for _, l := range lists {
		for i := range *l {
			all = append(all, &(*l)[i])
		}
	}
	slices.SortFunc(all, func(a, b *Span) int { return cmp.Compare(a.Start, b.Start) })
	for i := len(all) - 1; i > 0; i-- {
		if s := all[i]; allBlank(src[s.Start:s.End]) {
			all[i-1].End = s.End
			s.End = s.Start
		}
	}
	for _, l := range lists {
		*l = slices.DeleteFunc(*l, func(s Span) bool { return s.Start == s.End })
	}
}
