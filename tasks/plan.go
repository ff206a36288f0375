package tasks

import (
	"slices"
	"time"
)

// DeliveryKind is what kind of thing is to be brought to somebody.
type DeliveryKind string

const (
	CardDelivery   DeliveryKind = "card"   // bring the recipient's card up to date with the state
	NoticeDelivery DeliveryKind = "notice" // say once what happened
	FileDelivery   DeliveryKind = "file"   // hand over a document once
	ReadDelivery   DeliveryKind = "read"   // fetch and read a file that somebody sent
)

// Cards that people have of a proposal. Each is posted once and then edited in place.
const (
	CardHeadline = "headline" // for everybody in the lead's channel; Recipient is the department
	CardDesk     = "desk"     // the coordinator's work on the proposal
	CardPrompt   = "prompt"   // a liaison's sections; Unit is the department
	CardApproval = "approval" // a leader's decision on the draft
	CardHome     = "home"     // the Home tab; not a message
)

// Notices and files, named by what they tell.
const (
	NoticeThread = "thread" // a line in the headline's thread
	NoticeDirect = "direct" // a direct message
	FileDraft    = "draft"  // .docx of a draft, in the headline's thread
	FileLetter   = "letter" // the issued .docx and text, in the headline's thread
	FileReading  = "attachment"
)

// Delivery is one thing to be brought to one recipient. It is comparable: the same delivery planned twice is one.
type Delivery struct {
	Kind      DeliveryKind
	Name      string // which card, notice or file
	Unit      string // department that it is about or for; "" for none
	Recipient string // person key; for the headline and its thread the lead's department id
	Seq       int64  // audit event that a notice or file tells of; 0 for cards
}

// Plan is what a commit sets going: deliveries now, timers later. Timers are the complete list in force.
type Plan struct {
	Deliveries []Delivery
	Timers     []Timer
}

// Plan derives from what just happened whom it concerns. People are looked up now, so that a post's new holder gets
// what the old one would have got.
func (p *Proposal) Plan(c *City) Plan {
	b := planner{p: p, dir: c.Directory}
	for _, e := range p.events {
		b.event(e)
	}
	return Plan{Deliveries: b.list, Timers: p.Timers(c)}
}

type planner struct {
	p    *Proposal
	dir  *Directory
	list []Delivery
}

func (b *planner) add(d Delivery) {
	if !slices.Contains(b.list, d) {
		b.list = append(b.list, d)
	}
}

func (b *planner) card(name, unit string, posts []Post) {
	for _, post := range posts {
		b.add(Delivery{Kind: CardDelivery, Name: name, Unit: unit, Recipient: post.Person.Key})
		b.add(Delivery{Kind: CardDelivery, Name: CardHome, Recipient: post.Person.Key})
	}
}

func (b *planner) direct(e AuditEvent, unit string, posts []Post) {
	for _, post := range posts {
		if post.Person.Key != e.Actor {
			b.add(Delivery{Kind: NoticeDelivery, Name: NoticeDirect, Unit: unit, Recipient: post.Person.Key, Seq: e.Seq})
		}
	}
}

func (b *planner) thread(e AuditEvent) {
	b.add(Delivery{Kind: NoticeDelivery, Name: NoticeThread, Unit: e.Department, Recipient: b.p.Lead, Seq: e.Seq})
}

func (b *planner) file(name string, e AuditEvent) {
	b.add(Delivery{Kind: FileDelivery, Name: name, Recipient: b.p.Lead, Seq: e.Seq})
}

func (b *planner) coordinators() []Post { return b.dir.Holders(b.p.Lead, RoleCoordinator) }
func (b *planner) liaisons(unit string) []Post {
	return b.dir.Holders(unit, RoleLiaison)
}

// event adds what one event calls for. Cards come first so that a notice never precedes the card that it speaks of.
func (b *planner) event(e AuditEvent) {
	b.card(CardDesk, b.p.Lead, b.coordinators())
	if b.p.Phase() == PhaseDraft {
		return
	}
	b.add(Delivery{Kind: CardDelivery, Name: CardHeadline, Unit: b.p.Lead, Recipient: b.p.Lead})
	if len(b.p.Facts) > 0 && last(b.p.Facts, Request) != nil {
		b.card(CardApproval, b.p.Lead, b.approvers())
	}
	if e.Section == 0 {
		b.proposalEvent(e)
		return
	}
	as, ok := b.p.Assignment(e.Section, e.Department)
	if ok && as.Role == Contributor {
		b.card(CardPrompt, e.Department, b.liaisons(e.Department))
	}
	if ok && (as.Role == Contributor || e.Event == Attach || e.Event == Unread) {
		b.assignmentEvent(e)
	}
}

// approvers are the leaders whose turn has come in this or an earlier round: each has a card from then on.
func (b *planner) approvers() []Post {
	reached := len(b.p.Chain)
	if order, ok := b.p.Awaiting(); ok {
		reached = slices.Index(b.p.Chain, order) + 1
	}
	var posts []Post
	for _, post := range b.dir.Holders(b.p.Lead, RoleLeader) {
		if i := slices.Index(b.p.Chain, post.Order); i >= 0 && (i < reached || b.p.acted(post.Person.Key)) {
			posts = append(posts, post)
		}
	}
	return posts
}

func (p *Proposal) acted(person string) bool {
	return slices.ContainsFunc(p.Facts, func(f Fact) bool {
		return f.By == person && (f.Event == Review || f.Event == Sign || f.Event == Reject)
	})
}

func (b *planner) proposalEvent(e AuditEvent) {
	switch e.Event {
	case Draft:
		b.file(FileDraft, e)
	case Request:
		b.file(FileDraft, e)
	case Review:
		b.thread(e)
	case Sign, Reject:
		b.thread(e)
		b.direct(e, "", b.coordinators())
	case Issue:
		b.file(FileLetter, e)
		for _, unit := range slices.Concat(b.p.Contributors(), b.p.Informed()) {
			b.card(CardPrompt, unit, b.asked(unit))
			b.direct(e, unit, b.liaisons(unit))
		}
	case Cancel, Amend:
		for _, unit := range b.p.Contributors() {
			b.card(CardPrompt, unit, b.liaisons(unit))
		}
		if e.Event == Cancel {
			b.thread(e)
		}
	}
}

// asked lists the liaisons who hold a card: those of contributors; 知会 units have none.
func (b *planner) asked(unit string) []Post {
	if len(b.p.AssignmentsFor(unit)) == 0 {
		return nil
	}
	return b.liaisons(unit)
}

func (b *planner) assignmentEvent(e AuditEvent) {
	switch e.Event {
	case Submit:
		b.thread(e)
	case Attach:
		b.add(Delivery{Kind: ReadDelivery, Name: FileReading, Unit: e.Department, Recipient: e.Actor, Seq: e.Seq})
	case Unread:
		if person, ok := b.dir.Person(e.Text); ok {
			b.direct(e, e.Department, []Post{{Person: person}})
		}
	case Return, Extend:
		b.direct(e, e.Department, b.coordinators())
	case Accept:
		if e.Suggest != "" {
			b.direct(e, e.Department, b.coordinators())
		}
	case SendBack, Uphold, Reassign, Withdraw, Waive, Grant, Refusal:
		b.direct(e, e.Department, b.liaisons(e.Department))
	case Remind:
		if e.Text != passedOver && b.firstOfBatch(e) {
			b.direct(e, e.Department, b.liaisons(e.Department))
		}
	}
}

// firstOfBatch: a reminder covers all of a unit's sections but is said once.
func (b *planner) firstOfBatch(e AuditEvent) bool {
	i := slices.IndexFunc(b.p.events, func(o AuditEvent) bool {
		return o.Event == Remind && o.Department == e.Department && o.Reason == e.Reason
	})
	return b.p.events[i].Seq == e.Seq
}

// Job is a delivery or a timer that a worker has claimed. Attempt counts from 1; above 1 an earlier worker may have
// done the work and died before saying so.
type Job struct {
	ID       string // the store's own name for it
	Proposal string
	Delivery Delivery // zero for a timer or an intake
	Timer    string   // key; "" for a delivery
	Intake   string   // id; "" for anything else
	Attempt  int
	At       time.Time // when it became due
}
