package split

import (
	"cmp"
	"slices"
	"strings"
)

type piece struct {
	Span
	to *[]Span
}

// write fills the lists of spans, so that together with the sections they cover
// the source: what belongs to none is background.
func (r reading) write(d *document, h *head, spans, contacts, background *[]Span, sections *[]Section) {
	pieces := make([]piece, 0, len(r.sections)+len(h.Contacts)+1)
	*sections = make([]Section, 0, len(r.sections))
	inHead := []Span{{0, h.body}}
	for _, it := range r.sections {
		it.end = d.withoutFoot(it.start, min(it.end, r.end))
		if it.start < it.end {
			it.end = borderAt(d.src, it.start, it.end)
		}
		if it.start >= it.end {
			continue
		}
		*sections = append(*sections, d.section(it, len(*sections)+1, r.confidence))
		pieces = append(pieces, piece{Span: Span{it.start, it.end}})
	}
	*contacts = nil
	for _, c := range h.Contacts {
		pieces = append(pieces, piece{c, contacts})
	}
	pieces = flatten(pieces)
	inHead = append(inHead, h.tail...)
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

// withoutFoot returns where the text of [start, end) ends before page numbers and headers.
func (d *document) withoutFoot(start, end int) int {
	i := min(d.lineAt(end-1), len(d.lines)-1)
	if i >= 0 && d.lines[i].end > end && allBlank(d.src[d.lines[i].start:end]) {
		i-- // the indent of what follows
	}
	for ; i >= 0 && d.lines[i].start > start && d.lines[i].end <= end; i-- {
		if l := d.lines[i]; !l.blank() {
			break
		} else if !allBlank(d.src[l.start:l.end]) {
			end = l.start
		}
	}
	return end
}

// borderAt returns where the borders of a table begin with which [start, end) ends, or end.
func borderAt(src string, start, end int) int {
	border := func(r rune) bool { return r == '|' || r >= '\u2500' && r <= '\u257f' }
	text := strings.TrimRightFunc(src[start:end], func(r rune) bool { return isBlank(r) || border(r) })
	if i := strings.IndexFunc(src[start+len(text):end], border); i >= 0 {
		return start + len(text) + i
	}
	return end
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
		if s := all[i]; allBlank(src[s.Start:s.End]) && borderAt(src, s.Start, s.End) == s.End {
			all[i-1].End = s.End
			s.End = s.Start
		}
	}
	for _, l := range lists {
		*l = slices.DeleteFunc(*l, func(s Span) bool { return s.Start == s.End })
	}
}
