package tasks

import (
	"slices"
	"strconv"
	"time"
)

// MakeDraft keeps the letter as it stands as a new version of the draft; an unchanged letter makes none.
func (p *Proposal) MakeDraft(c *City, now time.Time, a Actor) (DraftVersion, error) {
	if err := p.check(a, Draft); err != nil {
		return DraftVersion{}, err
	}
	l := p.Consolidate(c)
	if n := len(p.Drafts); n > 0 && p.Drafts[n-1].Letter.Text() == l.Text() {
		return p.Drafts[n-1], nil
	}
	return p.keepDraft(c, now, a, Fact{Event: Draft, At: now}), nil
}

func (p *Proposal) keepDraft(c *City, now time.Time, a Actor, f Fact) DraftVersion {
	d := DraftVersion{No: len(p.Drafts) + 1, At: now, By: a.Person, Letter: p.Consolidate(c), Ready: p.Readiness()}
	p.Drafts = append(p.Drafts, d)
	f.Version = d.No
	p.step(a, f, map[string]string{"digest": Digest(d.Letter.Text())})
	return d
}

// RequestApproval sends the letter to the lead's leaders (送审). It must be complete: who does not answer is waived first.
func (p *Proposal) RequestApproval(c *City, now time.Time, a Actor) error {
	if p.Phase() == PhaseApproving && p.CoordinatedBy(a) {
		return nil
	}
	if err := p.check(a, Request); err != nil {
		return err
	}
	if r := p.Readiness(); !r.Complete() {
		return Refuse(Illegal, "error.not_ready", "Missing", len(r.Missing))
	}
	var chain []int
	for _, post := range c.Directory.Holders(p.Lead, RoleLeader) {
		if !slices.Contains(chain, post.Order) {
			chain = append(chain, post.Order)
		}
	}
	if len(chain) == 0 {
		return Refuse(Illegal, "error.no_leader", "Name", c.Directory.Short(p.Lead))
	}
	p.Chain = chain
	p.keepDraft(c, now, a, Fact{Event: Request, At: now, Reason: strconv.Itoa(len(chain))})
	return nil
}

// Awaiting is the order of the leader post whose approval is next; ok is false when none is awaited.
func (p *Proposal) Awaiting() (order int, ok bool) {
	if p.Phase() != PhaseApproving {
		return 0, false
	}
	n := p.approvals()
	if n >= len(p.Chain) {
		return 0, false
	}
	return p.Chain[n], true
}

// approvals counts the approvals of the running round: since the last request.
func (p *Proposal) approvals() int {
	n := 0
	for i := len(p.Facts) - 1; i >= 0 && p.Facts[i].Event != Request; i-- {
		if p.Facts[i].Event == Review {
			n++
		}
	}
	return n
}

// awaited reports whether the actor holds the post whose turn it is.
func (p *Proposal) awaited(a Actor) bool {
	order, ok := p.Awaiting()
	return ok && slices.ContainsFunc(a.Posts, func(post Post) bool {
		return post.Role == RoleLeader && post.Department == p.Lead && post.Order == order
	})
}

// Approve is one leader's consent to the draft of this version; the last in the chain signs (签发).
func (p *Proposal) Approve(now time.Time, a Actor, version int) error {
	if !p.awaited(a) && p.took(a, version, Review, Sign) {
		return nil
	}
	if err := p.approver(a, version); err != nil {
		return err
	}
	e := Review
	if p.approvals() == len(p.Chain)-1 {
		e = Sign
	}
	p.step(a, Fact{Event: e, At: now, Version: version}, nil)
	return nil
}

// RejectDraft sends the draft back with a remark (退回修改); approvals given before count no more.
func (p *Proposal) RejectDraft(now time.Time, a Actor, version int, remark string) error {
	if !p.awaited(a) && p.took(a, version, Reject) {
		return nil
	}
	if err := p.approver(a, version); err != nil {
		return err
	}
	remark, err := reason(remark)
	if err != nil {
		return err
	}
	p.step(a, Fact{Event: Reject, At: now, Version: version, Text: remark}, nil)
	return nil
}

// took reports whether the actor has taken one of the steps on this version of the draft: a click that is repeated
// because its answer was slow changes nothing.
func (p *Proposal) took(a Actor, version int, events ...Event) bool {
	return slices.ContainsFunc(p.Facts, func(f Fact) bool {
		return f.By == a.Person && f.Version == version && slices.Contains(events, f.Event)
	})
}

func (p *Proposal) approver(a Actor, version int) error {
	if err := p.check(a, Review); err != nil {
		return err
	}
	if !p.awaited(a) {
		return Refuse(Illegal, "error.not_your_turn")
	}
	if version != len(p.Drafts) {
		return Refuse(Illegal, "error.draft_superseded")
	}
	return nil
}

// RecallDraft takes the draft back from approval to change it.
func (p *Proposal) RecallDraft(now time.Time, a Actor) error {
	if err := p.check(a, Recall); err != nil {
		return err
	}
	p.step(a, Fact{Event: Recall, At: now}, nil)
	return nil
}
