package split

import (
	"math"
	"strings"
)

// item is a section before its text is made.
type item struct {
	start, text, end int
	reason           Reason
}

type reading struct {
	sections   []item
	confidence float64 // that these are the sections
	end        int     // where the last section may at most end
	many       bool
}

func (r *reading) clip(end int) {
	for i := range r.sections {
		r.sections[i].end = min(r.sections[i].end, end)
	}
}

// sure says how often a paper is divided as people would by how much worse the next best
// reading suits it: of the labelled papers of authors that nothing was learned from.
var sure = []struct {
	ahead float32 // less than this
	right float64
}{{25, 0.3}, {50, 0.4}, {75, 0.55}, {110, 0.65}, {175, 0.7}, {250, 0.85}, {math.MaxFloat32, 0.95}}

// shownBelow is the confidence below which a person is shown the other reading too.
const shownBelow = 0.7

// choose finds the sections, and another reading where one is nearly as likely.
func (d *document) choose(h *head, o *outline) (main reading, other *reading) {
	w := learned()
	passages, suits := d.described(h, o, w)
	if len(passages) == 0 {
		return reading{end: o.end}, nil
	}
	t := w.read(passages, suits)
	ends := t.ends()
	main = d.reading(passages, t.roles(ends[0]))
	for _, s := range ends[1:] {
		if ends[0].score-s.score >= sure[len(sure)-2].ahead {
			break
		}
		next := d.reading(passages, t.roles(s))
		if sameStarts(main, next) {
			continue
		}
		if main.confidence = confidence(ends[0].score - s.score); main.confidence < shownBelow {
			next.confidence = min(1-main.confidence, main.confidence)
			return main, &next
		}
		return main, nil
	}
	main.confidence = confidence(math.MaxFloat32)
	return main, nil
}

func confidence(ahead float32) float64 { return sure[surely(ahead)].right }

// surely returns the index in sure for a reading that is ahead of the next one by so much.
func surely(ahead float32) int {
	k := 0
	for k+1 < len(sure) && ahead >= sure[k].ahead {
		k++
	}
	return k
}

// sameStarts reports whether two readings differ at most in where their sections end.
func sameStarts(a, b reading) bool {
	if len(a.sections) != len(b.sections) {
		return false
	}
	for i := range a.sections {
		if a.sections[i].start != b.sections[i].start {
			return false
		}
	}
	return true
}

// reading makes the sections that the roles of the passages tell.
func (d *document) reading(passages []passage, roles []role) reading {
	var r reading
	announced := false
	for i := range passages {
		p := &passages[i]
		if roles[i] == roleInside && (i+1 == len(passages) || roles[i+1] == roleAfter) && d.signed(p) {
			roles[i] = roleAfter
		}
		if n := len(r.sections); n > 0 && roles[i] != roleInside && r.sections[n-1].end == 0 {
			r.sections[n-1].end = p.a
		}
		if roles[i] != roleFirst && roles[i] != roleSection {
			continue
		}
		if len(r.sections) == MaxSections {
			r.many = true
			r.sections[MaxSections-1].end = 0
			continue
		}
		if len(r.sections) == 0 {
			announced = p.under == groundSuggestions
		}
		r.sections = append(r.sections, item{start: p.a, text: p.text, reason: reasonOf(p, announced)})
	}
	n := len(r.sections)
	if n == 0 { // nothing may be lost: the whole is one
		first, last := &passages[0], &passages[len(passages)-1]
		return reading{sections: []item{{first.a, first.text, last.b, ReasonWhole}}, end: last.b}
	}
	if last := &r.sections[n-1]; last.end == 0 {
		last.end = passages[len(passages)-1].b
	}
	if n == 1 && unnumbered(r.sections[0].reason) {
		r.sections[0].reason = reasonOfOne(passages, roles)
	}
	r.end = r.sections[n-1].end
	return r
}

// signed reports whether a passage is no more than the body that signs, in brackets: （民盟市委）
func (d *document) signed(p *passage) bool {
	s := squeeze(d.src[p.a:p.b])
	name := strings.Trim(s, "（）()")
	return len(name) < len(s) && party(name)
}

// reasonOf says by what the first passage of a section tells that it is one.
func reasonOf(p *passage, announced bool) Reason {
	switch {
	case p.style != 0 && p.form == formSentence:
		return ReasonInline
	case p.style != 0 && announced:
		return ReasonListed
	case p.style != 0:
		return ReasonNumbered
	case p.form != formSentence:
		return ReasonParagraph
	}
	return ReasonSense
}

// reasonOfOne says by what the only suggestion of a paper is told.
func reasonOfOne(passages []passage, roles []role) Reason {
	for i := range passages {
		if roles[i] != roleFirst {
			continue
		}
		switch {
		case passages[i].under == groundSuggestions:
			return ReasonOnly
		case i == 0:
			return ReasonWhole
		}
	}
	return ReasonSense
}
