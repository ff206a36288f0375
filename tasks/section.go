package tasks

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"huiban/tasks/route"
)

// Section is one topic (办理事项) of a proposal. ID never changes; the number that people see is its place.
type Section struct {
	ID          int
	Heading     string
	Text        string
	Confidence  float64
	Reason      string // why it was taken for a section
	Suggestions []route.Suggestion
}

// Section returns the section with this id.
func (p *Proposal) Section(id int) (Section, bool) {
	i := p.sectionIndex(id)
	if i < 0 {
		return Section{}, false
	}
	return p.Sections[i], true
}

func (p *Proposal) sectionIndex(id int) int {
	return slices.IndexFunc(p.Sections, func(s Section) bool { return s.ID == id })
}

// SectionNo is the place of a section, from 1; 0 when there is none with this id.
func (p *Proposal) SectionNo(id int) int { return p.sectionIndex(id) + 1 }

const maxHeadingRunes = 120

// EditSection changes a section's heading and text while the proposal is being registered.
func (p *Proposal) EditSection(c *City, now time.Time, a Actor, id int, heading, text string) error {
	i, err := p.amendable(a, id)
	if err != nil {
		return err
	}
	heading, text = strings.TrimSpace(heading), strings.TrimSpace(text)
	if heading == "" || utf8.RuneCountInString(heading) > maxHeadingRunes {
		return Refuse(Invalid, "error.heading", "Max", maxHeadingRunes).On("heading")
	}
	if utf8.RuneCountInString(text) > c.Rules.MaxTextRunes {
		return Refuse(TooLarge, "error.text_too_long", "Max", c.Rules.MaxTextRunes).On("text")
	}
	if p.Sections[i].Heading == heading && p.Sections[i].Text == text {
		return nil
	}
	p.Sections[i].Heading, p.Sections[i].Text = heading, text
	p.Sections[i].Suggestions = p.suggest(c, now, p.Sections[i])
	p.step(a, Fact{Event: Amend, At: now}, map[string]string{"section": strconv.Itoa(id), "heading": heading})
	return nil
}

// MergeSection joins a section to the one before it; its units go along.
func (p *Proposal) MergeSection(c *City, now time.Time, a Actor, id int) error {
	i, err := p.amendable(a, id)
	if err != nil {
		return err
	}
	if i == 0 {
		return Refuse(Illegal, "error.merge_first")
	}
	before, gone := &p.Sections[i-1], p.Sections[i]
	before.Text = strings.TrimSpace(before.Text + "\n" + gone.Heading + "\n" + gone.Text)
	before.Suggestions = p.suggest(c, now, *before)
	for _, as := range p.AssignmentsOf(id) {
		if as.Role == Contributor && p.assignmentIndex(before.ID, as.Department) < 0 {
			p.Assignments = append(p.Assignments, Assignment{Section: before.ID, Department: as.Department, Role: Contributor})
		}
	}
	p.dropSection(i)
	p.step(a, Fact{Event: Amend, At: now}, map[string]string{"merged": strconv.Itoa(id), "into": strconv.Itoa(before.ID)})
	return nil
}

// SplitSection cuts a section in two: the part of its text that begins with rest becomes a section of its own.
func (p *Proposal) SplitSection(c *City, now time.Time, a Actor, id int, heading, rest string) error {
	i, err := p.amendable(a, id)
	if err != nil {
		return err
	}
	heading, rest = strings.TrimSpace(heading), strings.TrimSpace(rest)
	at := strings.Index(p.Sections[i].Text, rest)
	if rest == "" || at <= 0 {
		return Refuse(Invalid, "error.split_place").On("rest")
	}
	if heading == "" || utf8.RuneCountInString(heading) > maxHeadingRunes {
		return Refuse(Invalid, "error.heading", "Max", maxHeadingRunes).On("heading")
	}
	if len(p.Sections) >= c.Rules.MaxSections {
		return Refuse(TooLarge, "error.sections_too_many", "Max", c.Rules.MaxSections)
	}
	p.LastSection++
	next := Section{ID: p.LastSection, Heading: heading, Text: strings.TrimSpace(p.Sections[i].Text[at:]), Confidence: 1, Reason: "manual"}
	next.Suggestions = p.suggest(c, now, next)
	p.Sections[i].Text = strings.TrimSpace(p.Sections[i].Text[:at])
	p.Sections = slices.Insert(p.Sections, i+1, next)
	p.Assignments = append(p.Assignments, Assignment{Section: next.ID, Department: p.Lead, Role: Lead})
	p.adoptSuggestions(next)
	p.step(a, Fact{Event: Amend, At: now}, map[string]string{"split": strconv.Itoa(id), "new": strconv.Itoa(next.ID)})
	return nil
}

// DropSection turns a section into background: it was no topic after all.
func (p *Proposal) DropSection(now time.Time, a Actor, id int) error {
	i, err := p.amendable(a, id)
	if err != nil {
		return err
	}
	if len(p.Sections) == 1 {
		return Refuse(Illegal, "error.last_section")
	}
	p.Background = append(p.Background, strings.TrimSpace(p.Sections[i].Heading+"\n"+p.Sections[i].Text))
	p.dropSection(i)
	p.step(a, Fact{Event: Amend, At: now}, map[string]string{"dropped": strconv.Itoa(id)})
	return nil
}

// amendable checks that the actor may change the sections and returns the index of this one.
func (p *Proposal) amendable(a Actor, id int) (int, error) {
	if err := p.check(a, Amend); err != nil {
		return 0, err
	}
	if p.Phase() != PhaseDraft {
		return 0, Refuse(Illegal, "error.sections_fixed")
	}
	i := p.sectionIndex(id)
	if i < 0 {
		return 0, Refuse(NotFound, "error.section_unknown")
	}
	return i, nil
}

func (p *Proposal) dropSection(i int) {
	id := p.Sections[i].ID
	p.Sections = slices.Delete(p.Sections, i, i+1)
	p.Assignments = slices.DeleteFunc(p.Assignments, func(as Assignment) bool { return as.Section == id })
}

func (p *Proposal) suggest(c *City, now time.Time, s Section) []route.Suggestion {
	wished := make([]string, 0, len(p.Head.Wished))
	for _, name := range p.Head.Wished {
		if d, err := c.Directory.Resolve(name); err == nil {
			wished = append(wished, d.ID)
		}
	}
	return c.Router.Suggest(route.Text{Heading: s.Heading, Body: s.Text, Title: p.Head.Title}, route.Context{
		Lead: p.Lead, Wished: wished, Learned: c.Experience.recall(p, s, now)})
}
