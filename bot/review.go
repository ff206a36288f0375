package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"huiban/tasks"
	"huiban/tasks/letter"
)

func (b *Bot) reviewRoutes(r *routes) {
	r.actions["review.adopt"] = b.adopt
	r.actions["review.send_back"] = b.startSendBack
	r.actions["desk.adopt_all"] = b.adoptAll
	r.forms["send_back"] = b.sendBack
	r.actions["waive.open"] = b.startWaive
	r.forms["waive"] = b.waive
	r.actions["urge"] = b.urge
}

// progressBlocks lists every section with where each unit stands, and what waits for the coordinator's decision.
func (b *Bot) progressBlocks(p *tasks.Proposal, a tasks.Actor) []slack.Block {
	ready := p.Readiness()
	blocks := []slack.Block{context_(b.Text.Say("desk.ready", "Received", p.Received(), "Expected", ready.Expected, "Have", ready.Have))}
	for i, s := range p.Sections {
		lines := []string{b.Text.Say("desk.section", "No", i+1, "Heading", escape(s.Heading))}
		for _, as := range p.AssignmentsOf(s.ID) {
			lines = append(lines, b.standing(as))
		}
		menuTexts := b.handlingMenu(p, a, s.ID)
		if len(menuTexts) == 0 {
			blocks = append(blocks, section(strings.Join(lines, "\n")))
			continue
		}
		blocks = append(blocks, sectionWith(strings.Join(lines, "\n"), menu("desk.section", target{Proposal: p.ID, Section: s.ID}, menuTexts)))
		blocks = append(blocks, b.openQuestions(p, a, s)...)
	}
	return blocks
}

func (b *Bot) handlingMenu(p *tasks.Proposal, a tasks.Actor, section int) [][2]string {
	if p.Phase() != tasks.PhaseHandling || !p.CoordinatedBy(a) {
		return nil
	}
	entries := [][2]string{{"review", b.Text.Say("desk.menu.review")}, {"arrange", b.Text.Say("desk.menu.arrange")}, {"units", b.Text.Say("desk.menu.units")}}
	if own, ok := p.Assignment(section, p.Lead); ok && slices.Contains(p.Legal(a, own), tasks.Waive) {
		entries = append(entries, [2]string{"no_lead_text", b.Text.Say("desk.menu.no_lead_text")})
	}
	return entries
}

// standing is a unit's line: its state, and its due date while something is owed.
func (b *Bot) standing(as tasks.Assignment) string {
	unit := b.City.Directory.Short(as.Department)
	if as.Role == tasks.Lead && as.Reading() != nil {
		return b.Text.Say("standing.lead", "Unit", unit, "State", b.Text.Say("state.reading"))
	}
	if as.Role == tasks.Lead {
		return b.Text.Say("standing.lead", "Unit", unit, "State", b.Text.Say("lead_state."+string(as.State())))
	}
	if as.Open() {
		return b.Text.Say("standing.open", "Unit", unit, "State", b.stateWords(as), "Due", b.day(as.DueNow()))
	}
	return b.Text.Say("standing.closed", "Unit", unit, "State", b.stateWords(as))
}

// openQuestions are returns and requests for more time that nobody has decided.
func (b *Bot) openQuestions(p *tasks.Proposal, a tasks.Actor, s tasks.Section) []slack.Block {
	var buttons []slack.BlockElement
	for _, as := range p.AssignmentsOf(s.ID) {
		t := target{Proposal: p.ID, Section: s.ID, Department: as.Department}
		unit := b.City.Directory.Short(as.Department)
		if as.State() == tasks.Returned {
			btn := button("desk.decide", b.Text.Say("desk.button.decide", "Unit", unit), t)
			buttons = append(buttons, danger(btn))
		}
		if as.Extension() != nil && slices.Contains(p.Legal(a, as), tasks.Grant) {
			buttons = append(buttons, button("desk.extension", b.Text.Say("desk.button.extension", "Unit", unit), t))
		}
	}
	if len(buttons) == 0 {
		return nil
	}
	return []slack.Block{actions(unique(buttons)...)}
}

// unique gives buttons of one block distinct action ids, as Slack demands; the route is the part before '#'.
func unique(buttons []slack.BlockElement) []slack.BlockElement {
	seen := map[string]int{}
	for _, e := range buttons {
		if btn, ok := e.(*slack.ButtonBlockElement); ok {
			seen[btn.ActionID]++
			if n := seen[btn.ActionID]; n > 1 {
				btn.ActionID += "#" + string(rune('a'+n%26))
			}
		}
	}
	return buttons
}

func (b *Bot) deskTail(p *tasks.Proposal, a tasks.Actor) []slack.Block {
	t := target{Proposal: p.ID, Department: p.Lead}
	var buttons []slack.BlockElement
	add := func(when bool, btn *slack.ButtonBlockElement) {
		if when {
			buttons = append(buttons, btn)
		}
	}
	handling := p.May(a, tasks.Draft)
	ready := p.Readiness().Complete()
	write, adopt := button("desk.write", b.Text.Say("desk.button.write"), t), button("desk.adopt_all", b.Text.Say("desk.button.adopt_all"), t)
	if adoptable := b.adoptable(p); adoptable {
		primary(adopt)
	} else if !ready {
		primary(write)
	}
	add(handling && b.adoptable(p), adopt)
	add(len(writable(p, a, p.Lead)) > 0 && handling, write)
	add(handling, button("desk.frame", b.Text.Say("desk.button.frame"), t))
	add(handling, button("desk.preview", b.Text.Say("desk.button.preview"), t))
	if p.May(a, tasks.Request) {
		request := button("desk.request", b.Text.Say("desk.button.request"), t)
		if ready {
			primary(request)
		}
		buttons = append(buttons, request)
	}
	add(p.May(a, tasks.Issue), primary(button("desk.issue", b.Text.Say("desk.button.issue"), t)))
	add(p.May(a, tasks.Recall), b.confirmed(button("desk.recall", b.Text.Say("desk.button.recall"), t), b.Text.Say("desk.recall_question")))
	add(p.May(a, tasks.Cancel), danger(button("desk.cancel", b.Text.Say("desk.button.cancel"), t)))
	var tail []slack.Block
	if words := b.approvalWords(p); words != "" {
		tail = append(tail, section(words))
	}
	if len(buttons) > 0 {
		tail = append(tail, actions(buttons...))
	}
	return tail
}

func (b *Bot) adoptable(p *tasks.Proposal) bool {
	return slices.ContainsFunc(p.Assignments, func(as tasks.Assignment) bool {
		return as.Role == tasks.Contributor && as.State() == tasks.Submitted
	})
}

// reviewForm shows a section's contributions with what can be done with each.
func (b *Bot) reviewForm(a act) func(context.Context) (*form, error) {
	return func(ctx context.Context) (*form, error) {
		p, s, err := b.sectionOf(ctx, a)
		if err != nil {
			return nil, err
		}
		return b.reviewed(p, s, a), nil
	}
}

func (b *Bot) reviewed(p *tasks.Proposal, s tasks.Section, a act) *form {
	f := b.form("review", b.Text.Say("review.title"), target{Proposal: p.ID, Section: s.ID})
	f.add(section(b.Text.Say("desk.section", "No", p.SectionNo(s.ID), "Heading", escape(s.Heading))))
	for _, as := range p.AssignmentsOf(s.ID) {
		f.add(slack.NewDividerBlock(), section(b.standing(as)))
		v, ok := as.Latest()
		if !ok {
			continue
		}
		text := v.Text
		if as.Role == tasks.Contributor {
			text = b.inThirdPerson(as, text)
		}
		f.passage(text)
		t := target{Proposal: p.ID, Section: s.ID, Department: as.Department, Version: v.Version}
		var buttons []slack.BlockElement
		for _, e := range p.Legal(a.Actor, as) {
			switch e {
			case tasks.Adopt:
				buttons = append(buttons, primary(button("review.adopt", b.Text.Say("review.adopt"), t)))
			case tasks.SendBack:
				buttons = append(buttons, button("review.send_back", b.Text.Say("review.send_back"), t))
			}
		}
		if len(buttons) > 0 {
			f.add(actions(buttons...))
		}
	}
	return f
}

// inThirdPerson shows a contribution as the letter will have it.
func (b *Bot) inThirdPerson(as tasks.Assignment, text string) string {
	d, ok := b.City.Directory.Department(as.Department)
	if !ok {
		return text
	}
	name := as.Mention
	if name == "" {
		name = d.MentionName()
	}
	out, _ := letter.Voice(text, d.Self, name)
	return out
}

func (b *Bot) adopt(ctx context.Context, a act) (outcome, error) {
	p, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		return p.Adopt(b.Now(), a.Actor, a.Target.Section, a.Target.Department, a.Target.Version)
	})
	if err != nil || a.ViewID == "" {
		return outcome{}, err
	}
	s, _ := p.Section(a.Target.Section)
	return outcome{After: func(ctx context.Context) error {
		return b.renew(ctx, a, b.reviewed(p, s, a), "")
	}}, nil
}

// adoptAll takes every contribution that waits into the letter.
func (b *Bot) adoptAll(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		for _, as := range slices.Clone(p.Assignments) {
			if as.Role == tasks.Contributor && as.State() == tasks.Submitted {
				if err := p.Adopt(b.Now(), a.Actor, as.Section, as.Department, 0); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return outcome{}, err
}

func (b *Bot) startSendBack(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(context.Context) (*form, error) {
		return b.form("send_back", b.Text.Say("send_back.title"), a.Target).submit(b.Text.Say("send_back.submit")).
			area("reason", b.Text.Say("send_back.remark"), ""), nil
	}), nil
}

func (b *Bot) sendBack(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		return p.SendBack(b.Now(), a.Actor, a.Target.Section, a.Target.Department, a.Answers.text("reason"))
	})
	if err != nil {
		return outcome{}, err
	}
	return outcome{Body: slack.NewClearViewSubmissionResponse()}, nil
}

func (b *Bot) startWaive(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, s, err := b.sectionOf(ctx, a)
		if err != nil {
			return nil, err
		}
		f := b.form("waive", b.Text.Say("waive.title"), a.Target).submit(b.Text.Say("waive.submit"))
		f.add(section(b.Text.Say("waive.intro", "Unit", b.City.Directory.Short(a.Target.Department), "No", p.SectionNo(s.ID), "Heading", escape(s.Heading))))
		return f.area("reason", b.Text.Say("field.reason"), ""), nil
	}), nil
}

func (b *Bot) waive(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		return p.WaiveAnswer(b.Now(), a.Actor, a.Target.Section, a.Target.Department, a.Answers.text("reason"))
	})
	return outcome{}, err
}

// urge reminds a unit by hand.
func (b *Bot) urge(ctx context.Context, a act) (outcome, error) {
	p, err := b.update(ctx, a, func(p *tasks.Proposal) error { return p.Urge(b.Now(), a.Actor, a.Target.Department) })
	if err != nil {
		return outcome{}, err
	}
	done := b.Text.Say("urge.done", "Unit", b.City.Directory.Short(a.Target.Department))
	if a.ViewID == "" {
		return outcome{Say: done}, nil
	}
	return outcome{After: func(ctx context.Context) error { // said where the person looks
		return b.renew(ctx, a, b.progressForm(p, a.Actor).add(context_(done)), done)
	}}, nil
}
