package tasks

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"huiban/tasks/route"
	"huiban/tasks/split"
)

// NewProposal registers a paper (登记): its text is split and each section gets suggested units. The coordinator's
// department is the lead. Fields of head that are empty are filled from the text.
func NewProposal(c *City, now time.Time, a Actor, lead string, head Head, src Source) (*Proposal, error) {
	if !a.Is(RoleCoordinator, lead) {
		return nil, Refuse(Forbidden, "error.forbidden_step", "Event", string(Register))
	}
	text := strings.TrimSpace(src.Text)
	if text == "" {
		return nil, Refuse(Invalid, "error.proposal_empty").On("text")
	}
	read := split.Parse(text)
	p := &Proposal{Lead: lead, Round: 1, Source: src, Head: fill(head, read.Head)}
	if p.Head.Received.IsZero() {
		p.Head.Received = c.Today(now)
	}
	if len(read.Sections) > c.Rules.MaxSections {
		return nil, Refuse(TooLarge, "error.sections_too_many", "Max", c.Rules.MaxSections).On("text")
	}
	for _, s := range read.Head.Contacts {
		p.Head.Contacts = strings.TrimSpace(p.Head.Contacts + "\n" + strings.TrimSpace(read.Source[s.Start:s.End]))
	}
	p.ID = NewProposalID(lead, p.Head, text)
	p.divide(c, now, read.Source, split.Reading{Background: read.Background, Sections: read.Sections})
	p.step(a, Fact{Event: Register, At: now}, map[string]string{
		"number": p.Head.Number, "kind": string(p.Head.Kind), "sections": strconv.Itoa(len(p.Sections)), "source": Digest(src.Text)})
	return p, nil
}

func fill(h Head, read split.Head) Head {
	or := func(have, found string) string {
		if have = strings.TrimSpace(have); have != "" {
			return have
		}
		return strings.TrimSpace(found)
	}
	h.Number, h.Session, h.Title = or(h.Number, read.Number), or(h.Session, read.Session), or(h.Title, read.Title)
	h.Kind = Kind(or(string(h.Kind), string(read.Kind)))
	if len(h.Proposers) == 0 {
		h.Proposers = slices.Clone(read.Proposers)
		if n := len(h.Proposers); n > 0 && read.Others != "" {
			h.Proposers[n-1] += "等" // the letter then speaks to several people: 你们
		}
	}
	if len(h.Wished) == 0 {
		h.Wished = read.Wished
	}
	return h
}

func cut(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	return string([]rune(s)[:runes-1]) + "…"
}

// adoptSuggestions proposes the units that stand above the pressing threshold; the coordinator confirms.
func (p *Proposal) adoptSuggestions(s Section) {
	for _, sug := range s.Suggestions {
		if sug.Score >= route.Press && p.assignmentIndex(s.ID, sug.Unit) < 0 {
			p.Assignments = append(p.Assignments, Assignment{Section: s.ID, Department: sug.Unit, Role: Contributor})
		}
	}
}

const maxHeadRunes = 200

// EditHead corrects what stands at the top of the proposal.
func (p *Proposal) EditHead(c *City, now time.Time, a Actor, h Head) error {
	if err := p.check(a, Amend); err != nil {
		return err
	}
	h.Number, h.Session, h.Title = strings.TrimSpace(h.Number), strings.TrimSpace(h.Session), strings.TrimSpace(h.Title)
	h.Proposers = slices.DeleteFunc(slices.Clone(h.Proposers), func(s string) bool { return strings.TrimSpace(s) == "" })
	for field, v := range map[string]string{"number": h.Number, "session": h.Session, "title": h.Title} {
		if utf8.RuneCountInString(v) > maxHeadRunes {
			return Refuse(TooLarge, "error.text_too_long", "Max", maxHeadRunes).On(field)
		}
	}
	if err := h.complete(); err != nil {
		return err
	}
	if h.equal(p.Head) {
		return nil
	}
	p.Head = h
	if !p.Due.Date.IsZero() {
		p.Due = c.Calendar.Apply(h.Received, c.Rules.Reply)
	}
	p.step(a, Fact{Event: Amend, At: now}, map[string]string{"number": h.Number, "kind": string(h.Kind)})
	return nil
}

func (h Head) equal(o Head) bool {
	return h.Number == o.Number && h.Session == o.Session && h.Kind == o.Kind && h.Title == o.Title && h.Received == o.Received &&
		h.Contacts == o.Contacts && slices.Equal(h.Proposers, o.Proposers) && slices.Equal(h.Wished, o.Wished)
}

// complete checks what a dispatch and a letter cannot do without.
func (h Head) complete() error {
	switch {
	case h.Number == "":
		return Refuse(Invalid, "error.head_number").On("number")
	case !h.Kind.Valid():
		return Refuse(Invalid, "error.head_kind").On("kind")
	case h.Title == "":
		return Refuse(Invalid, "error.head_title").On("title")
	case len(h.Proposers) == 0:
		return Refuse(Invalid, "error.head_proposers").On("proposers")
	case h.Received.IsZero():
		return Refuse(Invalid, "error.head_received").On("received")
	}
	return nil
}

// SetUnits makes names the contributors of a section, in this order. Before the dispatch that is only a choice; after
// it, new units are asked at once and missing ones are withdrawn.
func (p *Proposal) SetUnits(c *City, now time.Time, a Actor, section int, names []string) error {
	if err := p.check(a, Amend); err != nil {
		return err
	}
	if p.sectionIndex(section) < 0 {
		return Refuse(NotFound, "error.section_unknown")
	}
	ids, err := p.resolveAll(names, func(n string) (Department, error) { return p.handler(c, n) })
	if err != nil {
		return err
	}
	return p.setDepartments(c, now, a, section, Contributor, ids)
}

// SetInformed makes names the 知会 units: no text is asked of them, but they are copied.
func (p *Proposal) SetInformed(c *City, now time.Time, a Actor, names []string) error {
	if err := p.check(a, Amend); err != nil {
		return err
	}
	ids, err := p.resolveAll(names, func(n string) (Department, error) { return c.Directory.Resolve(n) })
	if err != nil {
		return err
	}
	if slices.Contains(ids, p.Lead) {
		return Refuse(Invalid, "error.department_is_lead", "Name", c.Directory.Short(p.Lead)).On("inform")
	}
	return p.setDepartments(c, now, a, 0, Inform, ids)
}

func (p *Proposal) resolveAll(names []string, resolve func(string) (Department, error)) ([]string, error) {
	var ids []string
	for _, n := range names {
		d, err := resolve(n)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, d.ID) {
			ids = append(ids, d.ID)
		}
	}
	return ids, nil
}

func (p *Proposal) setDepartments(c *City, now time.Time, a Actor, section int, role AssignmentRole, ids []string) error {
	var have []string
	for _, as := range p.Assignments {
		if as.Section == section && as.Role == role && as.live() {
			have = append(have, as.Department)
		}
	}
	if slices.Equal(have, ids) {
		return nil
	}
	if p.Phase() == PhaseDraft {
		p.Assignments = slices.DeleteFunc(p.Assignments, func(as Assignment) bool { return as.Section == section && as.Role == role })
		for _, id := range ids {
			p.Assignments = append(p.Assignments, Assignment{Section: section, Department: id, Role: role})
		}
		p.step(a, Fact{Event: Amend, At: now}, map[string]string{"section": strconv.Itoa(section), "units": strings.Join(ids, ",")})
		return nil
	}
	for _, id := range have {
		if !slices.Contains(ids, id) {
			if err := p.WithdrawAssignment(now, a, section, id, ""); err != nil {
				return err
			}
		}
	}
	for _, id := range ids {
		if !slices.Contains(have, id) {
			if err := p.assign(c, now, a, section, id, role); err != nil {
				return err
			}
		}
	}
	return nil
}

// assign hands a section to a unit now, with its own time limit; a unit that was withdrawn before gets it again.
func (p *Proposal) assign(c *City, now time.Time, a Actor, section int, department string, role AssignmentRole) error {
	i := p.assignmentIndex(section, department)
	if i >= 0 && p.Assignments[i].Role == role && p.Assignments[i].live() && p.Assignments[i].State() != Proposed {
		return nil
	}
	if i < 0 {
		p.Assignments = append(p.Assignments, Assignment{Section: section, Department: department, Role: role})
		i = len(p.Assignments) - 1
	}
	if role == Contributor {
		p.Assignments[i].Due = c.Calendar.Apply(c.Today(now), c.Rules.Contribution)
	}
	return p.take(a, section, department, Fact{Event: Assign, At: now}, map[string]string{"role": string(role), "due": p.Assignments[i].Due.Date.String()})
}

// HandOut dispatches the sections (交办): from here on the units are asked and the clocks run.
func (p *Proposal) HandOut(c *City, now time.Time, a Actor) error {
	if p.Phase() == PhaseHandling && p.CoordinatedBy(a) {
		return nil
	}
	if err := p.check(a, Dispatch); err != nil {
		return err
	}
	if err := p.Head.complete(); err != nil {
		return err
	}
	if len(p.Sections) == 0 {
		return Refuse(Invalid, "error.no_sections")
	}
	p.orderAssignments()
	p.Due = c.Calendar.Apply(p.Head.Received, c.Rules.Reply)
	p.step(a, Fact{Event: Dispatch, At: now}, map[string]string{"due": p.Due.Date.String()})
	for _, as := range slices.Clone(p.Assignments) {
		if as.State() != Proposed {
			continue
		}
		if err := p.assign(c, now, a, as.Section, as.Department, as.Role); err != nil {
			return err
		}
	}
	return nil
}

// orderAssignments puts them in the order of 交办: section by section, the lead first, 知会 last.
func (p *Proposal) orderAssignments() {
	place := func(as Assignment) int {
		if as.Role == Inform {
			return len(p.Sections)
		}
		return p.sectionIndex(as.Section)
	}
	slices.SortStableFunc(p.Assignments, func(a, b Assignment) int {
		if n := place(a) - place(b); n != 0 {
			return n
		}
		return roleOrder[a.Role] - roleOrder[b.Role]
	})
}

// CancelHandling ends a proposal without a reply (撤案).
func (p *Proposal) CancelHandling(now time.Time, a Actor, why string) error {
	if p.Phase() == PhaseCancelled && p.CoordinatedBy(a) {
		return nil
	}
	if err := p.check(a, Cancel); err != nil {
		return err
	}
	why, err := reason(why)
	if err != nil {
		return err
	}
	p.step(a, Fact{Event: Cancel, At: now, Text: why}, nil)
	return nil
}
