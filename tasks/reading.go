package tasks

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"huiban/tasks/split"
)

// OtherReading is another way to split the paper that is nearly as likely as the one in use; empty when there is none,
// when the sections were edited since, or when they were handed out.
func (p *Proposal) OtherReading() []split.Section {
	if p.Phase() != PhaseDraft {
		return nil
	}
	_, other := p.readings()
	return other.Sections
}

// TakeOtherReading splits the paper in the other way; doing it again returns to the first.
func (p *Proposal) TakeOtherReading(c *City, now time.Time, a Actor) error {
	if err := p.check(a, Amend); err != nil {
		return err
	}
	read, other := p.readings()
	if p.Phase() != PhaseDraft || len(other.Sections) == 0 {
		return Refuse(Illegal, "error.no_other_reading")
	}
	if len(other.Sections) > c.Rules.MaxSections {
		return Refuse(TooLarge, "error.sections_too_many", "Max", c.Rules.MaxSections)
	}
	p.Assignments = slices.DeleteFunc(p.Assignments, func(as Assignment) bool { return as.Role != Inform })
	p.divide(c, now, read.Source, other)
	p.step(a, Fact{Event: Amend, At: now}, map[string]string{"reading": strconv.Itoa(len(p.Sections))})
	return nil
}

// readings parses the paper again, which gives the same as at registration, and finds the reading that is not in use.
func (p *Proposal) readings() (split.Result, split.Reading) {
	read := split.Parse(strings.TrimSpace(p.Source.Text))
	if read.Alternative == nil {
		return read, split.Reading{}
	}
	first := split.Reading{Background: read.Background, Sections: read.Sections}
	switch {
	case p.shows(first):
		return read, *read.Alternative
	case p.shows(*read.Alternative):
		return read, first
	}
	return read, split.Reading{}
}

// shows reports whether the proposal's sections are those of the reading.
func (p *Proposal) shows(r split.Reading) bool {
	return slices.EqualFunc(p.Sections, r.Sections, func(have Section, s split.Section) bool {
		return have.Heading == cut(s.Heading, maxHeadingRunes) && have.Text == s.Text
	})
}

// divide puts a reading's sections and background in place, with suggested units.
func (p *Proposal) divide(c *City, now time.Time, source string, r split.Reading) {
	p.Background, p.Sections = nil, nil
	for _, s := range r.Background {
		if text := strings.TrimSpace(source[s.Start:s.End]); strings.ContainsFunc(text, unicode.IsLetter) {
			p.Background = append(p.Background, text)
		}
	}
	for _, s := range r.Sections {
		p.LastSection++
		sec := Section{ID: p.LastSection, Heading: cut(s.Heading, maxHeadingRunes), Text: s.Text, Confidence: s.Confidence, Reason: string(s.Reason)}
		sec.Suggestions = p.suggest(c, now, sec)
		p.Sections = append(p.Sections, sec)
		p.Assignments = append(p.Assignments, Assignment{Section: sec.ID, Department: p.Lead, Role: Lead})
		p.adoptSuggestions(sec)
	}
}
