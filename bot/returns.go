package bot

import (
	"context"
	"slices"
	"strconv"

	"github.com/slack-go/slack"

	"huiban/tasks"
)

func (b *Bot) returnRoutes(r *routes) {
	r.actions["prompt.return"] = b.startReturn
	r.forms["return"] = b.giveBack
	r.actions["desk.decide"] = b.startDecision
	r.forms["decide"] = b.decideReturn
}

// legalSections lists the unit's sections on which the actor may take the step, as options.
func (b *Bot) legalSections(p *tasks.Proposal, a tasks.Actor, department string, e tasks.Event) []*slack.OptionBlockObject {
	var options []*slack.OptionBlockObject
	for _, as := range p.AssignmentsFor(department) {
		if slices.Contains(p.Legal(a, as), e) {
			s, _ := p.Section(as.Section)
			options = append(options, option(strconv.Itoa(s.ID), b.Text.Say("section.option", "No", p.SectionNo(s.ID), "Heading", s.Heading)))
		}
	}
	return options
}

func (b *Bot) startReturn(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, err := b.load(ctx, a)
		if err != nil {
			return nil, err
		}
		sections := b.legalSections(p, a.Actor, a.Target.Department, tasks.Return)
		if len(sections) == 0 {
			return nil, tasks.Refuse(tasks.Illegal, "error.nothing_to_return")
		}
		var reasons []*slack.OptionBlockObject
		for _, code := range b.City.Rules.ReturnReasons {
			reasons = append(reasons, option(code, b.Text.Say("return_reason."+code)))
		}
		groups := unitOptions(b.City, func(d tasks.Department) bool { return !d.NeverHandles && d.ID != a.Target.Department })
		f := b.form("return", b.Text.Say("return.title"), a.Target).submit(b.Text.Say("return.submit"))
		f.add(context_(b.Text.Say("return.intro")))
		f.choice("section", b.Text.Say("field.section"), sections[0].Value, sections)
		f.choice("reason", b.Text.Say("return.reason"), "", reasons)
		f.unit("suggest", b.Text.Say("return.suggest"), groups, "", optional)
		return f.area("text", b.Text.Say("return.text"), "", optional), nil
	}), nil
}

func (b *Bot) giveBack(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		return p.GiveBack(b.City, b.Now(), a.Actor, parseTarget("|"+a.Answers.option("section")).Section, a.Target.Department,
			a.Answers.option("reason"), a.Answers.option("suggest"), a.Answers.text("text"))
	})
	return outcome{}, err
}

// startDecision opens the coordinator's decision on a return: keep it with the unit, give it to another, or take it back.
func (b *Bot) startDecision(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, s, err := b.sectionOf(ctx, a)
		if err != nil {
			return nil, err
		}
		as, ok := p.Assignment(s.ID, a.Target.Department)
		if !ok || as.State() != tasks.Returned {
			return nil, tasks.Refuse(tasks.Illegal, "error.nothing_to_decide")
		}
		f := as.Last(tasks.Return)
		fm := b.form("decide", b.Text.Say("decide.title"), a.Target).submit(b.Text.Say("form.confirm"))
		fm.add(section(b.Text.Say("decide.intro", "Unit", b.City.Directory.Short(as.Department), "No", p.SectionNo(s.ID), "Heading", escape(s.Heading),
			"Reason", b.Text.Say("return_reason."+f.Reason), "Text", escape(orDash(f.Text)), "Suggest", orDash(b.City.Directory.Short(f.Suggest)))))
		fm.choice("decision", b.Text.Say("decide.decision"), string(tasks.Reassign), []*slack.OptionBlockObject{
			option(string(tasks.Reassign), b.Text.Say("decide.reassign")),
			option(string(tasks.Uphold), b.Text.Say("decide.uphold")),
			option(string(tasks.Withdraw), b.Text.Say("decide.withdraw")),
		})
		groups := unitOptions(b.City, func(d tasks.Department) bool {
			return !d.NeverHandles && d.ID != p.Lead && d.ID != as.Department
		})
		fm.unit("to", b.Text.Say("decide.to"), groups, f.Suggest, optional)
		return fm.area("reason", b.Text.Say("decide.reason"), "", optional), nil
	}), nil
}

func (b *Bot) decideReturn(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		t := a.Target
		switch tasks.Event(a.Answers.option("decision")) {
		case tasks.Uphold:
			return p.UpholdAssignment(b.Now(), a.Actor, t.Section, t.Department, a.Answers.text("reason"))
		case tasks.Withdraw:
			return p.WithdrawAssignment(b.Now(), a.Actor, t.Section, t.Department, a.Answers.text("reason"))
		}
		to := a.Answers.option("to")
		if to == "" {
			return tasks.Refuse(tasks.Invalid, "error.reassign_to").On("to")
		}
		return p.ReassignTo(b.City, b.Now(), a.Actor, t.Section, t.Department, to)
	})
	return outcome{}, err
}
