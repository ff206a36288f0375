package bot

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"huiban/tasks"
)

func (b *Bot) approvalRoutes(r *routes) {
	r.actions["approval.approve"] = b.approve
	r.actions["approval.reject"] = b.startReject
	r.actions["approval.read"] = b.readDraft
	r.forms["reject"] = b.reject
}

const approvalExcerptRunes = 2400

// approvalCard is a leader's card: the letter to decide on, or what became of it.
func (b *Bot) approvalCard(p *tasks.Proposal, a tasks.Actor) face {
	text := b.Text.Say("approval.text", "Number", escape(p.Head.Number), "Title", escape(clip(p.Head.Title, 80)))
	blocks := []slack.Block{header(b.Text.Say("approval.header", "Number", p.Head.Number)), b.headBlock(p)}
	version := len(p.Drafts)
	t := target{Proposal: p.ID, Version: version}
	if version > 0 {
		excerpt := section(escape(clip(p.Drafts[version-1].Letter.Text(), approvalExcerptRunes)))
		blocks = append(blocks, slack.NewDividerBlock(), excerpt, slack.NewDividerBlock())
	}
	if words := b.approvalWords(p); words != "" {
		blocks = append(blocks, section(words))
	}
	read := button("approval.read", b.Text.Say("approval.read"), t)
	if b.turnOf(p, a) {
		return face{text, append(blocks, actions(
			primary(b.confirmed(button("approval.approve", b.Text.Say("approval.approve"), t), b.Text.Say("approval.question"))),
			danger(button("approval.reject", b.Text.Say("approval.reject"), t)), read))}
	}
	return face{text, append(blocks, actions(read))}
}

func (b *Bot) turnOf(p *tasks.Proposal, a tasks.Actor) bool {
	order, ok := p.Awaiting()
	if !ok {
		return false
	}
	for _, post := range a.Posts {
		if post.Role == tasks.RoleLeader && post.Department == p.Lead && post.Order == order {
			return true
		}
	}
	return false
}

// approvalWords tells how far the approval is: who has agreed, whose turn it is, or why it came back.
func (b *Bot) approvalWords(p *tasks.Proposal) string {
	var lines []string
	for _, f := range p.Facts {
		switch f.Event {
		case tasks.Request:
			lines = []string{b.Text.Say("approval.requested", "Version", f.Version, "At", b.moment(f.At))}
		case tasks.Review, tasks.Sign, tasks.Reject, tasks.Recall:
			lines = append(lines, b.Text.Say("approval.fact."+string(f.Event), "Name", escape(b.people.name(f.By)), "At", b.moment(f.At), "Text", escape(f.Text)))
		case tasks.Issue:
			lines = append(lines, b.Text.Say("approval.issued", "Issued", escape(orDash(p.Reply.Number)), "At", b.moment(f.At)))
		}
	}
	if order, ok := p.Awaiting(); ok {
		var names []string
		for _, post := range b.City.Directory.Holders(p.Lead, tasks.RoleLeader) {
			if post.Order == order {
				names = append(names, escape(post.Person.Name))
			}
		}
		lines = append(lines, b.Text.Say("approval.awaiting", "Names", strings.Join(names, "、")))
	}
	return strings.Join(lines, "\n")
}

func (b *Bot) approve(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error { return p.Approve(b.Now(), a.Actor, a.Target.Version) })
	return outcome{}, err
}

func (b *Bot) startReject(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(context.Context) (*form, error) {
		return b.form("reject", b.Text.Say("reject.title"), a.Target).submit(b.Text.Say("reject.submit")).
			area("reason", b.Text.Say("reject.remark"), ""), nil
	}), nil
}

func (b *Bot) reject(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		return p.RejectDraft(b.Now(), a.Actor, a.Target.Version, a.Answers.text("reason"))
	})
	return outcome{}, err
}

func (b *Bot) readDraft(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, err := b.load(ctx, a)
		if err != nil {
			return nil, err
		}
		if !p.LedBy(a.Actor) && !p.CoordinatedBy(a.Actor) {
			return nil, tasks.Refuse(tasks.Forbidden, "error.forbidden")
		}
		return b.letterView(p, a.Target), nil
	}), nil
}
