package tasks

import "slices"

// State is where an assignment stands.
type State string

const (
	Proposed  State = "proposed"  // 拟交办: chosen, not yet dispatched
	Pending   State = "pending"   // 待签收
	Accepted  State = "accepted"  // 已签收
	Submitted State = "submitted" // 已报送
	SentBack  State = "sent_back" // 退回补充
	Adopted   State = "adopted"   // 已采用
	Returned  State = "returned"  // 退办待定
	Withdrawn State = "withdrawn" // 已撤回
	Waived    State = "waived"    // 免报
	Informed  State = "informed"  // 已知会
)

// Transition is one row of the table: a role's assignment in From moves to To when somebody on a Side does Event.
type Transition struct {
	Role  AssignmentRole
	From  State
	Event Event
	To    State
	By    []Side
}

var (
	byLiaison     = []Side{ByLiaison}
	byCoordinator = []Side{ByCoordinator}
	byLeadership  = []Side{ByLeader}
)

// Transitions is the whole life of an assignment. docs/state-machine.md draws it; a test compares the two.
var Transitions = slices.Concat(
	rows(Contributor, Assign, Pending, byCoordinator, Proposed, Withdrawn),
	rows(Contributor, Accept, Accepted, byLiaison, Pending),
	rows(Contributor, Submit, Submitted, byLiaison, Pending, Accepted, Submitted, SentBack, Adopted, Returned, Waived),
	rows(Contributor, Adopt, Adopted, byCoordinator, Submitted),
	rows(Contributor, SendBack, SentBack, byCoordinator, Submitted, Adopted),
	rows(Contributor, Return, Returned, byLiaison, Pending, Accepted),
	rows(Contributor, Uphold, Pending, byCoordinator, Returned),
	rows(Contributor, Reassign, Withdrawn, byCoordinator, Returned, Pending, Accepted),
	rows(Contributor, Withdraw, Withdrawn, byCoordinator, Proposed, Pending, Accepted, Submitted, SentBack, Adopted, Returned, Waived),
	rows(Contributor, Waive, Waived, byLeadership, Pending, Accepted, SentBack, Returned),
	stays(Contributor, []Event{Extend}, byLiaison, Pending, Accepted, SentBack),
	stays(Contributor, []Event{Grant, Refusal}, byCoordinator, Pending, Accepted, SentBack, Submitted, Adopted),
	stays(Contributor, []Event{Attach}, byLiaison, Pending, Accepted, Submitted, SentBack, Adopted, Returned, Waived),
	stays(Contributor, []Event{Unread}, []Side{BySystem}, Pending, Accepted, Submitted, SentBack, Adopted, Returned, Waived),
	stays(Contributor, []Event{Remind}, []Side{BySystem, ByCoordinator, BySupervisor}, Pending, Accepted, SentBack),

	rows(Lead, Assign, Pending, byCoordinator, Proposed),
	rows(Lead, Submit, Submitted, byCoordinator, Pending, Submitted, Waived),
	stays(Lead, []Event{Attach}, byCoordinator, Pending, Submitted, Waived),
	stays(Lead, []Event{Unread}, []Side{BySystem}, Pending, Submitted, Waived),
	rows(Lead, Waive, Waived, []Side{ByCoordinator, ByLeader}, Pending),

	rows(Inform, Assign, Informed, byCoordinator, Proposed, Withdrawn),
	rows(Inform, Withdraw, Withdrawn, byCoordinator, Proposed, Informed),
)

func rows(role AssignmentRole, e Event, to State, by []Side, from ...State) []Transition {
	var ts []Transition
	for _, f := range from {
		ts = append(ts, Transition{role, f, e, to, by})
	}
	return ts
}

func stays(role AssignmentRole, events []Event, by []Side, states ...State) []Transition {
	var ts []Transition
	for _, e := range events {
		for _, s := range states {
			ts = append(ts, Transition{role, s, e, s, by})
		}
	}
	return ts
}

type step struct {
	role  AssignmentRole
	from  State
	event Event
}

// byStep is Transitions by what they begin with: states are folded from facts everywhere.
var byStep = func() map[step]Transition {
	index := make(map[step]Transition, len(Transitions))
	for _, t := range Transitions {
		index[step{t.Role, t.From, t.Event}] = t
	}
	return index
}()

func transition(role AssignmentRole, from State, e Event) (Transition, bool) {
	t, ok := byStep[step{role, from, e}]
	return t, ok
}

// Legal lists what the actor may do with the assignment now: the buttons that the actor sees.
func (p *Proposal) Legal(a Actor, as Assignment) []Event {
	if ph := p.Phase(); !ph.handles() && ph != PhaseDraft {
		return nil
	}
	var legal []Event
	state := as.State()
	for _, t := range Transitions {
		if t.Role == as.Role && t.From == state && slices.ContainsFunc(t.By, func(s Side) bool { return p.on(s, a, as.Department) }) {
			legal = append(legal, t.Event)
		}
	}
	return legal
}
