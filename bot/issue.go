package bot

import (
	"context"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"huiban/tasks"
	"huiban/tasks/letter"
)

func (b *Bot) issueRoutes(r *routes) {
	r.actions["desk.issue"] = b.startIssue
	r.forms["issue"] = b.issue
}

// startIssue opens the form for number, date, contact, disclosure, class and copy list.
func (b *Bot) startIssue(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, err := b.load(ctx, a)
		if err != nil {
			return nil, err
		}
		return b.issueForm(p, a.Target), nil
	}), nil
}

func (b *Bot) issueForm(p *tasks.Proposal, t target) *form {
	today := b.City.Today(b.Now())
	lead, _ := b.City.Directory.Department(p.Lead)
	f := b.form("issue", b.Text.Say("issue.title"), t).submit(b.Text.Say("issue.submit"))
	f.text("number", b.Text.Say("issue.number"), "", optional,
		hint(b.Text.Say("issue.number_hint", "Example", letter.Fill(b.City.Letter.NumberFormat, "prefix", lead.NumberPrefix, "year", strconv.Itoa(today.Year), "serial", "1"))))
	f.date("date", b.Text.Say("issue.date"), today)
	var classes []*slack.OptionBlockObject
	for _, c := range b.City.Rules.Classes {
		classes = append(classes, option(c, b.Text.Say("issue.class_option", "Class", c)))
	}
	if len(classes) > 0 {
		f.choice("class", b.Text.Say("issue.class"), "", classes, optional)
	}
	f.text("contact", b.Text.Say("issue.contact"), p.Reply.Contact.Name, optional)
	f.text("phone", b.Text.Say("issue.phone"), p.Reply.Contact.Phone, optional)
	var modes []*slack.OptionBlockObject
	for _, m := range tasks.DisclosureModes {
		modes = append(modes, option(m, m))
	}
	f.choice("disclosure", b.Text.Say("issue.disclosure"), tasks.DisclosureModes[0], modes)
	f.text("disclosure_reason", b.Text.Say("issue.disclosure_reason"), "", optional)
	return f.area("copy", b.Text.Say("issue.copy"), strings.Join(p.CopyList(b.City), "\n"), optional, hint(b.Text.Say("issue.copy_hint")))
}

func (b *Bot) issue(ctx context.Context, a act) (outcome, error) {
	v := a.Answers
	copies := strings.FieldsFunc(v.text("copy"), func(r rune) bool { return strings.ContainsRune("\n，,；;", r) })
	if copies == nil {
		copies = []string{}
	}
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		return p.Issue(b.City, b.Now(), a.Actor, tasks.Issuing{
			Number: v.text("number"), Date: v.date("date"), Class: v.option("class"),
			Contact:    tasks.Contact{Name: v.text("contact"), Phone: v.text("phone")},
			Disclosure: tasks.Disclosure{Mode: v.option("disclosure"), Reason: v.text("disclosure_reason")},
			CopyList:   copies,
		})
	})
	return outcome{}, err
}
