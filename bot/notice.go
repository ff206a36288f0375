package bot

import (
	"context"
	"strconv"
	"strings"

	"huiban/integrations/slackapi"
	"huiban/tasks"
)

// bringNotice says once what an audit event tells: in the headline's thread, or to one person.
func (b *Bot) bringNotice(ctx context.Context, j tasks.Job) error {
	p, e, err := b.told(ctx, j)
	if err != nil {
		return err
	}
	m := slackapi.Message{Text: b.tidings(p, e, j.Delivery.Name != tasks.NoticeThread), Metadata: &slackapi.Metadata{Type: noticeMetadata, Payload: map[string]any{
		"proposal": j.Proposal, "seq": strconv.FormatInt(j.Delivery.Seq, 10), "recipient": j.Delivery.Recipient}}}
	if j.Delivery.Name == tasks.NoticeThread {
		m.Channel, m.ThreadTS, err = b.headlineThread(ctx, p)
	} else {
		m.Channel, err = b.directChannel(ctx, j.Delivery.Recipient)
	}
	if err != nil {
		return err
	}
	if j.Attempt > 1 {
		if _, found, err := b.findMessage(ctx, m.Channel, m.ThreadTS, *m.Metadata); err != nil || found {
			return err
		}
	}
	_, err = b.Chat.Post(ctx, m)
	return err
}

// told loads the proposal of a job and the audit event that the job tells of.
func (b *Bot) told(ctx context.Context, j tasks.Job) (*tasks.Proposal, tasks.AuditEvent, error) {
	p, err := b.Store.Load(ctx, j.Proposal)
	if err != nil {
		return nil, tasks.AuditEvent{}, err
	}
	e, err := b.Store.Event(ctx, j.Proposal, j.Delivery.Seq)
	return p, e, err
}

// headlineThread is where a proposal's papers and news are collected; errLater until its headline is posted.
func (b *Bot) headlineThread(ctx context.Context, p *tasks.Proposal) (channel, ts string, err error) {
	d := tasks.Delivery{Kind: tasks.CardDelivery, Name: tasks.CardHeadline, Unit: p.Lead, Recipient: p.Lead}
	at, posted, err := b.Store.Posted(ctx, p.ID, cardKey(d))
	if err != nil {
		return "", "", err
	}
	if !posted {
		if err := b.Store.Plan(ctx, p.ID, b.Now(), []tasks.Delivery{d}); err != nil {
			return "", "", err
		}
		return "", "", errLater
	}
	return at.Channel, at.TS, nil
}

// tidings words an audit event for whom it concerns. Outside the proposal's own thread it says first what it is about.
func (b *Bot) tidings(p *tasks.Proposal, e tasks.AuditEvent, outside bool) string {
	short := b.City.Directory.Short
	about := ""
	if outside {
		about = b.Text.Say("notice.about", "Number", escape(p.Head.Number), "Title", escape(clip(p.Head.Title, 60)))
	}
	return b.Text.Say("notice."+string(e.Event),
		"About", about,
		"Unit", short(e.Department), "Actor", short(e.Unit), "Lead", short(p.Lead),
		"No", p.SectionNo(e.Section), "Version", e.Version, "Text", escape(strings.TrimRight(e.Text, "。．.；;")), "Until", b.dayOf(e.Until), "Days", b.daysLeft(e.Until),
		"Suggest", short(e.Suggest), "Reason", b.reasonWords(e), "Issued", escape(p.Reply.Number))
}

// reasonWords puts the code of a return or of an unreadable file into words.
func (b *Bot) reasonWords(e tasks.AuditEvent) string {
	switch e.Event {
	case tasks.Return:
		return b.Text.Say("return_reason." + e.Reason)
	case tasks.Unread:
		limit := b.MaxFileBytes >> 20
		if e.Reason == "error.text_too_long" {
			limit = int64(b.City.Rules.MaxTextRunes)
		}
		return b.Text.Say(e.Reason, "Max", limit, "Name", "")
	}
	return ""
}
