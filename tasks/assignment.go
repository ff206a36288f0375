package tasks

import (
	"math"
	"slices"
	"time"

	"huiban/tasks/letter"
	"huiban/tasks/workday"
)

// AssignmentRole is a department's part in a section.
type AssignmentRole string

const (
	Lead        AssignmentRole = "lead"        // 主办: its contributions are the lead's own text
	Contributor AssignmentRole = "contributor" // 会办
	Inform      AssignmentRole = "inform"      // 知会: Section is 0, the whole proposal; no text asked
)

// Assignment is one department's part in one section; its state is the fold of its facts.
type Assignment struct {
	Section    int
	Department string
	Role       AssignmentRole
	Due        workday.Due // as first set; an extension granted later moves it, see DueNow
	Facts      []Fact
	Versions   []Contribution

	Place     int              // of its text among the section's others, from 1; 0: after them, in the order of 交办
	Placement letter.Placement // how its text joins the letter
	Mention   string           // name that the letter uses for the unit; "" for the unit's usual one
}

// State folds the facts over the table.
func (as Assignment) State() State {
	st := Proposed
	for _, f := range as.Facts {
		if t, ok := transition(as.Role, st, f.Event); ok {
			st = t.To
		}
	}
	return st
}

func (as Assignment) live() bool { return as.State() != Withdrawn }

// Open reports whether something is still expected from the unit.
func (as Assignment) Open() bool { return as.openIn(as.State()) }

func (as Assignment) openIn(state State) bool {
	switch state {
	case Pending, Accepted, SentBack, Returned:
		return as.Role == Contributor
	}
	return false
}

// DueNow is the due date in force: the one set at the hand-out, or the last extension granted since.
func (as Assignment) DueNow() workday.Date {
	if f := last(as.Facts, Grant, Assign); f != nil && f.Event == Grant {
		return f.Until
	}
	return as.Due.Date
}

// AssignedAt is when the section was handed to the unit; zero before.
func (as Assignment) AssignedAt() time.Time {
	if f := last(as.Facts, Assign); f != nil {
		return f.At
	}
	return time.Time{}
}

// Last returns the newest fact of one of the events; nil when there is none.
func (as Assignment) Last(events ...Event) *Fact { return last(as.Facts, events...) }

// Extension returns a request for more time that nobody has decided yet.
func (as Assignment) Extension() *Fact {
	if f := last(as.Facts, Extend, Grant, Refusal, Assign); f != nil && f.Event == Extend {
		return f
	}
	return nil
}

// Reading reports whether a file was handed in that has not been read yet, and returns the fact.
func (as Assignment) Reading() *Fact {
	if f := last(as.Facts, Attach, Unread, Submit, Assign); f != nil && f.Event == Attach {
		return f
	}
	return nil
}

// AssignmentsOf lists a section's assignments that were not withdrawn, the lead's first, the others as the letter has
// them.
func (p *Proposal) AssignmentsOf(section int) []Assignment {
	var list []Assignment
	for _, as := range p.Assignments {
		if as.Section == section && as.live() {
			list = append(list, as)
		}
	}
	slices.SortStableFunc(list, func(a, b Assignment) int {
		if n := roleOrder[a.Role] - roleOrder[b.Role]; n != 0 {
			return n
		}
		return a.place() - b.place()
	})
	return list
}

func (as Assignment) place() int {
	if as.Place == 0 {
		return math.MaxInt32
	}
	return as.Place
}

var roleOrder = map[AssignmentRole]int{Lead: 0, Contributor: 1, Inform: 2}

// AssignmentsFor lists a department's assignments as contributor that were not withdrawn, in the order of the sections.
func (p *Proposal) AssignmentsFor(department string) []Assignment {
	var list []Assignment
	for _, s := range p.Sections {
		if i := p.assignmentIndex(s.ID, department); i >= 0 && p.Assignments[i].Role == Contributor && p.Assignments[i].live() {
			list = append(list, p.Assignments[i])
		}
	}
	return list
}

// Assignment returns a department's part in a section.
func (p *Proposal) Assignment(section int, department string) (Assignment, bool) {
	i := p.assignmentIndex(section, department)
	if i < 0 {
		return Assignment{}, false
	}
	return p.Assignments[i], true
}

// Contributors lists the departments asked to contribute, in the order of 交办.
func (p *Proposal) Contributors() []string { return p.departments(Contributor) }

// Informed lists the 知会 departments, in the order of 交办.
func (p *Proposal) Informed() []string { return p.departments(Inform) }

func (p *Proposal) departments(role AssignmentRole) []string {
	var ids []string
	for _, as := range p.Assignments {
		if as.Role == role && as.live() && !slices.Contains(ids, as.Department) {
			ids = append(ids, as.Department)
		}
	}
	return ids
}

func (p *Proposal) assignmentIndex(section int, department string) int {
	return slices.IndexFunc(p.Assignments, func(as Assignment) bool { return as.Section == section && as.Department == department })
}

// take appends a fact to an assignment when the actor may take that step now. The caller has checked the input.
func (p *Proposal) take(a Actor, section int, department string, f Fact, changed map[string]string) error {
	as, err := p.takes(a, section, department, f.Event)
	if err != nil {
		return err
	}
	f.By = a.Person
	as.Facts = append(as.Facts, f)
	p.record(a, f, section, department, changed)
	return nil
}

// takes checks the step without taking it.
func (p *Proposal) takes(a Actor, section int, department string, e Event) (*Assignment, error) {
	i := p.assignmentIndex(section, department)
	if i < 0 {
		if !p.Sees(a) {
			return nil, Refuse(Forbidden, "error.forbidden")
		}
		return nil, Refuse(NotFound, "error.assignment_unknown")
	}
	as := &p.Assignments[i]
	t, legal := transition(as.Role, as.State(), e)
	allowed := slices.ContainsFunc(sidesOf(as.Role, e), func(s Side) bool { return p.on(s, a, department) })
	switch {
	case !allowed:
		return nil, Refuse(Forbidden, "error.forbidden_step", "Event", string(e))
	case !legal || !slices.ContainsFunc(t.By, func(s Side) bool { return p.on(s, a, department) }):
		return nil, Refuse(Illegal, "error.state", "Event", string(e), "State", string(as.State()))
	case p.Phase() == PhaseIssued || p.Phase() == PhaseCancelled:
		return nil, Refuse(Illegal, "error.phase", "Event", string(e), "Phase", string(p.Phase()))
	}
	return as, nil
}

// sidesOf lists who may ever take the step in that role.
func sidesOf(role AssignmentRole, e Event) []Side {
	var sides []Side
	for _, t := range Transitions {
		if t.Role == role && t.Event == e {
			sides = append(sides, t.By...)
		}
	}
	return sides
}
