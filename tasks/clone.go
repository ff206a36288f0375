package tasks

import (
	"slices"

	"huiban/tasks/letter"
	"huiban/tasks/route"
	"huiban/tasks/workday"
)

// Clone copies a proposal so that nobody who writes to the one changes the other. What was recorded since it was loaded
// is not copied.
func (p *Proposal) Clone() *Proposal {
	c := *p
	c.events = nil
	c.Head.Proposers, c.Head.Wished = slices.Clone(p.Head.Proposers), slices.Clone(p.Head.Wished)
	c.Background, c.Chain, c.Reply.CopyList = slices.Clone(p.Background), slices.Clone(p.Chain), slices.Clone(p.Reply.CopyList)
	c.Facts, c.Due = slices.Clone(p.Facts), cloneDue(p.Due)
	c.Sections, c.Drafts = slices.Clone(p.Sections), slices.Clone(p.Drafts)
	for i := range c.Sections {
		c.Sections[i].Suggestions = cloneSuggestions(c.Sections[i].Suggestions)
	}
	for i := range c.Drafts {
		d := &c.Drafts[i]
		d.Ready.Missing, d.Letter.Body = slices.Clone(d.Ready.Missing), cloneBody(d.Letter.Body)
	}
	c.Assignments = cloneAssignments(p.Assignments)
	return &c
}

func cloneAssignments(list []Assignment) []Assignment {
	out := slices.Clone(list)
	for i := range out {
		as := &out[i]
		as.Facts, as.Versions, as.Due = slices.Clone(as.Facts), slices.Clone(as.Versions), cloneDue(as.Due)
	}
	return out
}

func cloneDue(d workday.Due) workday.Due {
	d.Holidays, d.Makeup, d.Missing = slices.Clone(d.Holidays), slices.Clone(d.Makeup), slices.Clone(d.Missing)
	return d
}

func cloneSuggestions(list []route.Suggestion) []route.Suggestion {
	out := slices.Clone(list)
	for i := range out {
		out[i].Evidence = slices.Clone(out[i].Evidence)
	}
	return out
}

func cloneBody(list []letter.Paragraph) []letter.Paragraph {
	out := slices.Clone(list)
	for i := range out {
		out[i].Sources = slices.Clone(out[i].Sources)
	}
	return out
}
