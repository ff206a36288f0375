package split

// item is a section before its text is made.
type item struct {
	start, text, end int
	reason           Reason
}

type reading struct {
	sections []item
	end      int // where the last section may at most end
	many     bool
}

func (r *reading) clip(end int) {
	for i := range r.sections {
		r.sections[i].end = min(r.sections[i].end, end)
	}
}

// closeBy is by how much another reading may suit the text less to be shown besides.
const closeBy = 20

// choose finds the sections, and another reading where one is nearly as likely.
func (d *document) choose(h *head, o *outline) (reading, *reading) {
	passages := d.described(h, o)
	if len(passages) == 0 {
		return reading{end: o.end}, nil
	}
	w := learned()
	t := w.read(passages, w.suits(passages))
	ends := t.ends()
	main := d.reading(passages, t.roles(ends[0]))
	for _, s := range ends[1:] {
		if ends[0].score-s.score > closeBy {
			break
		}
		if other := d.reading(passages, t.roles(s)); !sameStarts(main, other) {
			return main, &other
		}
	}
	return main, nil
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
	for i := range passages {
		p := &passages[i]
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
		r.sections = append(r.sections, item{start: p.a, text: p.text, reason: reasonOf(p)})
	}
	n := len(r.sections)
	if n == 0 {
		return r
	}
	if last := &r.sections[n-1]; last.end == 0 {
		last.end = passages[len(passages)-1].b
	}
	if first := &r.sections[0]; n == 1 && unnumbered(first.reason) {
		first.reason = reasonOfOne(passages, roles)
	}
	r.end = r.sections[n-1].end
	return r
}

// reasonOf says by what the first passage of a section tells that it is one.
func reasonOf(p *passage) Reason {
	switch {
	case p.style != 0 && p.form == formSentence:
		return ReasonInline
	case p.style != 0 && p.under == groundSuggestions:
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
