package bot

import (
	"context"

	"github.com/slack-go/slack"

	"huiban/tasks"
)

func (b *Bot) extensionRoutes(r *routes) {
	r.actions["prompt.extend"] = b.startExtension
	r.forms["extension"] = b.askExtension
	r.actions["desk.extension"] = b.startExtensionDecision
	r.forms["extension_decision"] = b.decideExtension
}

func (b *Bot) startExtension(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, err := b.load(ctx, a)
		if err != nil {
			return nil, err
		}
		sections := b.legalSections(p, a.Actor, a.Target.Department, tasks.Extend)
		if len(sections) == 0 {
			return nil, tasks.Refuse(tasks.Illegal, "error.nothing_to_extend")
		}
		f := b.form("extension", b.Text.Say("extension.title"), a.Target).submit(b.Text.Say("extension.submit"))
		f.choice("section", b.Text.Say("field.section"), sections[0].Value, sections)
		as, _ := p.Assignment(parseTarget("|"+sections[0].Value).Section, a.Target.Department)
		f.date("until", b.Text.Say("extension.until"), b.City.Calendar.Next(as.DueNow().AddDays(1)), hint(b.Text.Say("extension.hint", "Due", b.day(as.DueNow()))))
		return f.area("reason", b.Text.Say("field.reason"), ""), nil
	}), nil
}

func (b *Bot) askExtension(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		return p.AskExtension(b.Now(), a.Actor, parseTarget("|"+a.Answers.option("section")).Section, a.Target.Department,
			a.Answers.date("until"), a.Answers.text("reason"))
	})
	return outcome{}, err
}

func (b *Bot) startExtensionDecision(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, s, err := b.sectionOf(ctx, a)
		if err != nil {
			return nil, err
		}
		as, ok := p.Assignment(s.ID, a.Target.Department)
		if !ok || as.Extension() == nil {
			return nil, tasks.Refuse(tasks.Illegal, "error.no_extension_asked")
		}
		asked := as.Extension()
		f := b.form("extension_decision", b.Text.Say("extension.decide_title"), a.Target).submit(b.Text.Say("form.confirm"))
		f.add(section(b.Text.Say("extension.asked", "Unit", b.City.Directory.Short(as.Department), "No", p.SectionNo(s.ID),
			"Due", b.day(as.DueNow()), "Until", b.day(asked.Until), "Text", escape(asked.Text))))
		f.choice("decision", b.Text.Say("decide.decision"), string(tasks.Grant), []*slack.OptionBlockObject{
			option(string(tasks.Grant), b.Text.Say("extension.grant")), option(string(tasks.Refusal), b.Text.Say("extension.refuse"))})
		f.date("until", b.Text.Say("extension.until"), asked.Until)
		return f.area("reason", b.Text.Say("decide.reason"), "", optional), nil
	}), nil
}

func (b *Bot) decideExtension(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		if tasks.Event(a.Answers.option("decision")) == tasks.Refusal {
			return p.RefuseExtension(b.Now(), a.Actor, a.Target.Section, a.Target.Department, a.Answers.text("reason"))
		}
		return p.GrantExtension(b.Now(), a.Actor, a.Target.Section, a.Target.Department, a.Answers.date("until"))
	})
	return outcome{}, err
}
