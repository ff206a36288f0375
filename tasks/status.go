package tasks

import (
	"slices"
	"time"

	"huiban/tasks/workday"
)

// Summary is a proposal's line in lists and the store's index: the roll-up of everything below it.
type Summary struct {
	ID        string
	Number    string
	Kind      Kind
	Title     string
	Lead      string
	Phase     Phase
	Sections  int
	Have      int // texts that have come in
	Expected  int
	Due       workday.Date // the lead's answer
	NextDue   workday.Date // earliest due date that is still open; zero when none
	Waiting   []string     // departments that owe something, longest waiting first
	Questions int          // returns and requests for more time that the lead has not decided
	Since     time.Time    // since when the first of them is waited for
	Units     []string     // every department concerned, the lead included
	UpdatedAt time.Time
}

// Summarize rolls the assignments up: earliest due date, who is waited for and since when.
func (p *Proposal) Summarize() Summary {
	r := p.Readiness()
	s := Summary{ID: p.ID, Number: p.Head.Number, Kind: p.Head.Kind, Title: p.Head.Title, Lead: p.Lead, Phase: p.Phase(),
		Sections: len(p.Sections), Have: p.Received(), Expected: r.Expected, Due: p.Due.Date, Units: []string{p.Lead}}
	var open []Assignment
	for _, as := range p.Assignments {
		state := as.State()
		if state != Withdrawn && state != Proposed && !slices.Contains(s.Units, as.Department) {
			s.Units = append(s.Units, as.Department)
		}
		if as.openIn(state) {
			open = append(open, as)
		}
		if state == Returned || state != Withdrawn && as.Extension() != nil {
			s.Questions++
		}
	}
	slices.SortStableFunc(open, func(a, b Assignment) int { return a.AssignedAt().Compare(b.AssignedAt()) })
	for _, as := range open {
		if !slices.Contains(s.Waiting, as.Department) {
			s.Waiting = append(s.Waiting, as.Department)
		}
		if s.NextDue.IsZero() || as.DueNow().Before(s.NextDue) {
			s.NextDue = as.DueNow()
		}
	}
	if len(open) > 0 {
		s.Since = open[0].AssignedAt()
	}
	if s.NextDue.IsZero() && p.Phase().handles() {
		s.NextDue = p.Due.Date
	}
	for _, f := range p.Facts {
		s.UpdatedAt = later(s.UpdatedAt, f.At)
	}
	for _, as := range p.Assignments {
		for _, f := range as.Facts {
			s.UpdatedAt = later(s.UpdatedAt, f.At)
		}
	}
	return s
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
