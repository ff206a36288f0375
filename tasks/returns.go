package tasks

import (
	"slices"
	"time"

	"huiban/tasks/workday"
)

// ReturnBy is the last day on which a unit may return a section as not its own (退办期限).
func (as Assignment) ReturnBy(c *City) workday.Due {
	return c.Calendar.Apply(c.Today(as.AssignedAt()), c.Rules.Return)
}

// GiveBack returns a section as not the unit's own (退办): a coded reason, and the unit thought responsible. A unit may
// never pass a section on by itself; the lead decides.
func (p *Proposal) GiveBack(c *City, now time.Time, a Actor, section int, department, code, suggest, text string) error {
	as, err := p.takes(a, section, department, Return)
	if err != nil {
		return err
	}
	if by := as.ReturnBy(c); c.Today(now).After(by.Date) {
		return Refuse(Illegal, "error.return_late", "Due", by.Date.String())
	}
	if !slices.Contains(c.Rules.ReturnReasons, code) {
		return Refuse(Invalid, "error.return_reason").On("reason")
	}
	if suggest != "" {
		d, err := p.suggestable(c, department, suggest)
		if err != nil {
			return err
		}
		suggest = d.ID
	}
	return p.take(a, section, department, Fact{Event: Return, At: now, Reason: code, Suggest: suggest, Text: Clean(text)}, nil)
}

// suggestable resolves the unit that somebody suggests instead of, or beside, its own.
func (p *Proposal) suggestable(c *City, own, name string) (Department, error) {
	d, err := c.Directory.Resolve(name)
	if err != nil {
		return d, err
	}
	if d.NeverHandles || d.ID == own {
		return d, Refuse(Invalid, "error.department_not_suggestable", "Name", d.Short).On("suggest")
	}
	return d, nil
}

// UpholdAssignment refuses a return: the section stays with the unit.
func (p *Proposal) UpholdAssignment(now time.Time, a Actor, section int, department, ground string) error {
	if _, err := p.takes(a, section, department, Uphold); err != nil {
		return err
	}
	ground, err := reason(ground)
	if err != nil {
		return err
	}
	return p.take(a, section, department, Fact{Event: Uphold, At: now, Text: ground}, nil)
}

// ReassignTo moves a section from one unit to another (改派); the new unit gets its own time limit from today.
func (p *Proposal) ReassignTo(c *City, now time.Time, a Actor, section int, department, to string) error {
	if _, err := p.takes(a, section, department, Reassign); err != nil {
		return err
	}
	d, err := p.handler(c, to)
	if err != nil {
		return err
	}
	if d.ID == department {
		return Refuse(Invalid, "error.department_not_suggestable", "Name", d.Short).On("to")
	}
	if err := p.take(a, section, department, Fact{Event: Reassign, At: now, Suggest: d.ID}, nil); err != nil {
		return err
	}
	return p.assign(c, now, a, section, d.ID, Contributor)
}

// handler resolves a name to a unit that can be asked to contribute.
func (p *Proposal) handler(c *City, name string) (Department, error) {
	d, err := c.Directory.Resolve(name)
	switch {
	case err != nil:
		return d, err
	case d.NeverHandles:
		return d, Refuse(Invalid, "error.department_never_handles", "Name", d.Short).On("units")
	case d.ID == p.Lead:
		return d, Refuse(Invalid, "error.department_is_lead", "Name", d.Short).On("units")
	}
	return d, nil
}
