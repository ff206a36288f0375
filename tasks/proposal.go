package tasks

import (
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"huiban/tasks/letter"
	"huiban/tasks/workday"
)

// Kind is whose paper it is.
type Kind string

const (
	CPPCC    Kind = "政协提案" // answered to 委员, copied to 政协
	Congress Kind = "人大建议" // answered to 代表, copied to 人大
)

// Valid reports whether the kind is one of the two.
func (k Kind) Valid() bool { return k == CPPCC || k == Congress }

// Head is what stands at the top of a proposal. Contacts are for the lead bureau only.
type Head struct {
	Number    string // a string: 124302, 021, DH0271, 第4404号(教育类410号)
	Session   string // 中山市政协十二届四次会议
	Kind      Kind
	Title     string
	Proposers []string
	Wished    []string // units that the proposers wish for
	Contacts  string
	Received  workday.Date
}

// Source is the paper as it came in.
type Source struct {
	Text string
	File string // name of the file; "" when pasted
}

// Proposal is one paper from registration to the issued reply.
type Proposal struct {
	ID          string
	Version     int64 // of the stored state; the store compares and sets it
	Head        Head
	Lead        string // department id
	Round       int    // 轮次: 1, 2 …
	Source      Source
	Background  []string
	Sections    []Section
	Assignments []Assignment
	Reply       Reply
	Drafts      []DraftVersion
	Chain       []int // order of the leader posts that approve, in turn
	Due         workday.Due
	Facts       []Fact
	LastSection int   // highest section id ever given
	Trail       Trail // head of the audit chain

	events []AuditEvent // recorded since it was loaded
}

// DraftVersion is a draft of the reply as it was shown, or the issued letter.
type DraftVersion struct {
	No     int
	At     time.Time
	By     string
	Letter letter.Letter
	Ready  Readiness
}

// proposalSpace makes proposal ids reproducible: the same paper gets the same id, so registering it twice is noticed
// by the store itself, also by two coordinators at the same moment.
var proposalSpace = uuid.MustParse("6f0f4a0e-6c38-5a5e-9d6f-1c1f0b7b0f5d")

// NewProposalID derives the id from what identifies the paper: kind, session and number, or its text where it has no
// number yet.
func NewProposalID(lead string, h Head, text string) string {
	name := strings.Join([]string{lead, string(h.Kind), nameKey(h.Session), nameKey(h.Number)}, "|")
	if h.Number == "" {
		name = lead + "|" + norm.NFKC.String(strings.Join(strings.Fields(text), ""))
	}
	return uuid.NewSHA1(proposalSpace, []byte(name)).String()
}

// Phase is where the proposal as a whole stands.
type Phase string

const (
	PhaseDraft     Phase = "draft"     // 登记中
	PhaseHandling  Phase = "handling"  // 办理中
	PhaseApproving Phase = "approving" // 审签中
	PhaseApproved  Phase = "approved"  // 已签发, 待印发
	PhaseIssued    Phase = "issued"    // 已答复
	PhaseCancelled Phase = "cancelled" // 已撤案
)

func (ph Phase) handles() bool {
	return ph == PhaseHandling || ph == PhaseApproving || ph == PhaseApproved
}

// PhaseChange is one row of the proposal's own table.
type PhaseChange struct {
	From  Phase
	Event Event
	To    Phase
	By    []Side
}

// PhaseChanges is the whole life of a proposal; docs/state-machine.md draws it.
var PhaseChanges = []PhaseChange{
	{"", Register, PhaseDraft, byCoordinator},
	{PhaseDraft, Amend, PhaseDraft, byCoordinator},
	{PhaseDraft, Dispatch, PhaseHandling, byCoordinator},
	{PhaseDraft, Cancel, PhaseCancelled, byCoordinator},
	{PhaseHandling, Amend, PhaseHandling, byCoordinator},
	{PhaseHandling, Draft, PhaseHandling, byCoordinator},
	{PhaseHandling, Request, PhaseApproving, byCoordinator},
	{PhaseHandling, Cancel, PhaseCancelled, byCoordinator},
	{PhaseApproving, Review, PhaseApproving, byLeadership},
	{PhaseApproving, Sign, PhaseApproved, byLeadership},
	{PhaseApproving, Reject, PhaseHandling, byLeadership},
	{PhaseApproving, Recall, PhaseHandling, byCoordinator},
	{PhaseApproved, Recall, PhaseHandling, byCoordinator},
	{PhaseApproved, Issue, PhaseIssued, byCoordinator},
}

func phaseChange(from Phase, e Event) (PhaseChange, bool) {
	for _, c := range PhaseChanges {
		if c.From == from && c.Event == e {
			return c, true
		}
	}
	return PhaseChange{}, false
}

// Phase folds the proposal's facts.
func (p *Proposal) Phase() Phase {
	var ph Phase
	for _, f := range p.Facts {
		if c, ok := phaseChange(ph, f.Event); ok {
			ph = c.To
		}
	}
	return ph
}

// May reports whether the actor may take this step on the proposal now: the buttons that the actor sees.
func (p *Proposal) May(a Actor, e Event) bool { return p.check(a, e) == nil }

// check refuses a step that the actor may never take, then one that is not legal at this stage.
func (p *Proposal) check(a Actor, e Event) error {
	ph := p.Phase()
	c, legal := phaseChange(ph, e)
	if !legal {
		if !p.Sees(a) {
			return Refuse(Forbidden, "error.forbidden")
		}
		return Refuse(Illegal, "error.phase", "Event", string(e), "Phase", string(ph))
	}
	for _, side := range c.By {
		if p.on(side, a, p.Lead) {
			return nil
		}
	}
	return Refuse(Forbidden, "error.forbidden_step", "Event", string(e))
}

// step appends a fact to the proposal and its audit event.
func (p *Proposal) step(a Actor, f Fact, changed map[string]string) {
	f.By = a.Person
	p.Facts = append(p.Facts, f)
	p.record(a, f, 0, p.Lead, changed)
}

// DispatchedAt is when the sections were first handed out; zero before.
func (p *Proposal) DispatchedAt() time.Time {
	if f := last(p.Facts, Dispatch); f != nil {
		return f.At
	}
	return time.Time{}
}
