package tasks

import "slices"

// Actor is the person behind an action, with the posts held now.
type Actor struct {
	Person string
	Posts  []Post
}

// System acts for timers; it holds no post and may only do what no person decides.
var System = Actor{Person: "system"}

// Is reports whether the actor holds the role in the department.
func (a Actor) Is(role Role, department string) bool {
	return slices.ContainsFunc(a.Posts, func(p Post) bool { return p.Role == role && p.Department == department })
}

// Has reports whether the actor holds the role anywhere.
func (a Actor) Has(role Role) bool {
	return slices.ContainsFunc(a.Posts, func(p Post) bool { return p.Role == role })
}

// Departments lists where the actor holds the role.
func (a Actor) Departments(role Role) []string {
	var ids []string
	for _, p := range a.Posts {
		if p.Role == role && !slices.Contains(ids, p.Department) {
			ids = append(ids, p.Department)
		}
	}
	return ids
}

// Side is an actor's relation to a proposal or an assignment; the transition table names it.
type Side string

const (
	ByLiaison     Side = "liaison"     // liaison of the assignment's own department
	ByCoordinator Side = "coordinator" // coordinator of the lead bureau
	ByLeader      Side = "leader"      // leader of the lead bureau
	BySupervisor  Side = "supervisor"
	BySystem      Side = "system"
)

// CoordinatedBy reports whether the actor coordinates this proposal.
func (p *Proposal) CoordinatedBy(a Actor) bool { return a.Is(RoleCoordinator, p.Lead) }

// LedBy reports whether the actor is a leader of the lead bureau.
func (p *Proposal) LedBy(a Actor) bool { return a.Is(RoleLeader, p.Lead) }

// on reports whether the actor stands on the side, for an assignment of the department.
func (p *Proposal) on(side Side, a Actor, department string) bool {
	switch side {
	case ByLiaison:
		return a.Is(RoleLiaison, department)
	case ByCoordinator:
		return p.CoordinatedBy(a)
	case ByLeader:
		return p.LedBy(a)
	case BySupervisor:
		return a.Has(RoleSupervisor)
	case BySystem:
		return a.Person == System.Person
	}
	return false
}

// Sees reports whether the actor may see that the proposal exists and how it stands: the lead bureau, supervisors, and
// the people of every unit that was asked.
func (p *Proposal) Sees(a Actor) bool {
	return p.seesAll(a) || len(p.SectionsSeenBy(a)) > 0 || slices.ContainsFunc(p.Assignments, func(as Assignment) bool {
		return as.State() == Informed && (a.Is(RoleLiaison, as.Department) || a.Is(RoleLeader, as.Department))
	})
}

func (p *Proposal) seesAll(a Actor) bool {
	return p.CoordinatedBy(a) || p.LedBy(a) || a.Has(RoleSupervisor)
}

// SectionsSeenBy lists the sections whose text the actor may read: all for the lead bureau and supervisors, a unit's
// own for its liaisons and leaders (least disclosure).
func (p *Proposal) SectionsSeenBy(a Actor) []Section {
	if p.seesAll(a) {
		return p.Sections
	}
	var seen []Section
	for _, s := range p.Sections {
		if slices.ContainsFunc(p.Assignments, func(as Assignment) bool {
			return as.Section == s.ID && as.live() && as.State() != Proposed &&
				(a.Is(RoleLiaison, as.Department) || a.Is(RoleLeader, as.Department))
		}) {
			seen = append(seen, s)
		}
	}
	return seen
}
