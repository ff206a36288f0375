package bot

import (
	"context"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"huiban/tasks"
	"huiban/tasks/route"
	"huiban/tasks/split"
)

func (b *Bot) deskRoutes(r *routes) {
	r.actions["desk.head"] = b.startHead
	r.forms["head"] = b.saveHead
	r.actions["desk.inform"] = b.startInform
	r.forms["inform"] = b.saveInform
	r.actions["desk.dispatch"] = b.dispatch
	r.actions["desk.cancel"] = b.startCancel
	r.forms["cancel"] = b.cancel
	r.actions["desk.reading"] = b.takeOtherReading
	r.actions["desk.section"] = b.sectionMenu
}

// desk is the coordinator's card: the paper to be checked at first, then what is to be done next.
func (b *Bot) desk(p *tasks.Proposal, a tasks.Actor) face {
	ph := p.Phase()
	text := b.Text.Say("desk.text."+string(ph), "Number", escape(p.Head.Number), "Title", escape(clip(p.Head.Title, 80)))
	blocks := []slack.Block{header(b.Text.Say("desk.header."+string(ph), "Number", p.Head.Number)), b.headBlock(p)}
	var tail []slack.Block
	if ph == tasks.PhaseDraft {
		blocks = append(blocks, b.checkBlocks(p)...)
		tail = b.draftTail(p)
	} else {
		blocks = append(blocks, b.progressBlocks(p, a)...)
		tail = b.deskTail(p, a)
	}
	return face{text, fit(blocks, tail, context_(b.Text.Say("card.more")))}
}

func (b *Bot) headBlock(p *tasks.Proposal) slack.Block {
	h := p.Head
	lines := []string{"*" + escape(orDash(h.Title)) + "*",
		b.Text.Say("desk.head", "Number", escape(orDash(h.Number)), "Kind", b.kind(h.Kind), "Session", escape(orDash(h.Session)),
			"Proposers", escape(orDash(strings.Join(h.Proposers, "、"))), "Received", b.day(h.Received), "Lead", b.City.Directory.Short(p.Lead))}
	if len(h.Wished) > 0 {
		lines = append(lines, b.Text.Say("desk.wished", "Units", escape(strings.Join(h.Wished, "、"))))
	}
	due := p.Due
	if p.Phase() == tasks.PhaseDraft {
		cal, rules := b.City.Calendar, b.City.Rules
		due = cal.Apply(h.Received, rules.Reply)
		lines = append(lines, b.Text.Say("desk.contribution_due", "Due", b.dueWords(cal.Apply(b.City.Today(b.Now()), rules.Contribution))))
	}
	lines = append(lines, b.Text.Say("desk.due", "Due", b.dueWords(due)))
	return section(strings.Join(lines, "\n"))
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// checkBlocks shows the sections as they were split, with the chosen units and the words that led to them.
func (b *Bot) checkBlocks(p *tasks.Proposal) []slack.Block {
	blocks := []slack.Block{context_(b.Text.Say("desk.check", "Sections", len(p.Sections)))}
	for i, s := range p.Sections {
		lines := []string{b.Text.Say("desk.section", "No", i+1, "Heading", escape(s.Heading)), b.Text.Say("desk.units", "Units", b.contributorNames(p, s.ID))}
		if why := b.evidence(s.Suggestions); why != "" {
			lines = append(lines, b.Text.Say("desk.suggested", "Why", why))
		}
		if ask := b.toAsk(p, s); ask != "" {
			lines = append(lines, ask)
		}
		if s.Confidence < 0.6 {
			lines = append(lines, b.Text.Say("desk.unsure"))
		}
		menuTexts := [][2]string{{"units", b.Text.Say("desk.menu.units")}, {"edit", b.Text.Say("desk.menu.edit")}, {"split", b.Text.Say("desk.menu.split")}}
		if i > 0 {
			menuTexts = append(menuTexts, [2]string{"merge", b.Text.Say("desk.menu.merge")})
		}
		if len(p.Sections) > 1 {
			menuTexts = append(menuTexts, [2]string{"drop", b.Text.Say("desk.menu.drop")})
		}
		blocks = append(blocks, sectionWith(strings.Join(lines, "\n"), menu("desk.section", target{Proposal: p.ID, Section: s.ID}, menuTexts)))
	}
	if other := p.OtherReading(); len(other) > 0 {
		blocks = append(blocks, b.otherReading(p, other))
	}
	if len(p.Background) > 0 {
		blocks = append(blocks, context_(b.Text.Say("desk.background", "Text", escape(clip(strings.Join(strings.Fields(strings.Join(p.Background, " ")), " "), 400)))))
	}
	return blocks
}

// otherReading shows how else the paper may be split, when that is nearly as likely.
func (b *Bot) otherReading(p *tasks.Proposal, other []split.Section) slack.Block {
	var headings []string
	for i, s := range other {
		headings = append(headings, strconv.Itoa(i+1)+". "+escape(clip(s.Heading, 40)))
	}
	return sectionWith(b.Text.Say("desk.other_reading", "Sections", len(other), "Headings", clip(strings.Join(headings, "\n"), 1200)),
		button("desk.reading", b.Text.Say("desk.button.reading"), target{Proposal: p.ID}))
}

// takeOtherReading splits the paper in the other way.
func (b *Bot) takeOtherReading(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error { return p.TakeOtherReading(b.City, b.Now(), a.Actor) })
	return outcome{}, err
}

func (b *Bot) contributorNames(p *tasks.Proposal, section int) string {
	var names []string
	for _, as := range p.AssignmentsOf(section) {
		if as.Role == tasks.Contributor {
			names = append(names, b.City.Directory.Short(as.Department))
		}
	}
	if len(names) == 0 {
		return b.Text.Say("desk.lead_alone", "Lead", b.City.Directory.Short(p.Lead))
	}
	return strings.Join(names, "、")
}

const shownSuggestions = 3

// evidence puts the best suggestions and their grounds into a line that people can check.
func (b *Bot) evidence(list []route.Suggestion) string {
	var parts []string
	for i, s := range list {
		if i == shownSuggestions {
			break
		}
		var words []string
		for _, e := range s.Evidence {
			if len(words) < 4 && e.Word != "" {
				words = append(words, b.ground(e))
			}
		}
		parts = append(parts, b.Text.Say("desk.evidence", "Unit", b.City.Directory.Short(s.Unit), "Percent", int(s.Score*100+0.5), "Words", escape(strings.Join(words, "、"))))
	}
	return strings.Join(parts, b.Text.Say("list.separator"))
}

func (b *Bot) draftTail(p *tasks.Proposal) []slack.Block {
	t := target{Proposal: p.ID}
	var informed []string
	for _, id := range p.Informed() {
		informed = append(informed, b.City.Directory.Short(id))
	}
	return []slack.Block{
		context_(b.Text.Say("desk.informed", "Units", strings.Join(informed, "、"))),
		actions(
			primary(b.confirmed(button("desk.dispatch", b.Text.Say("desk.button.dispatch"), t), b.Text.Say("desk.dispatch_question", "Units", len(p.Contributors())))),
			button("desk.head", b.Text.Say("desk.button.head"), t),
			button("desk.inform", b.Text.Say("desk.button.inform"), t),
			danger(button("desk.cancel", b.Text.Say("desk.button.cancel"), t)),
		),
	}
}

func (b *Bot) startHead(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, err := b.load(ctx, a)
		if err != nil {
			return nil, err
		}
		h := p.Head
		f := b.form("head", b.Text.Say("head.title"), a.Target).submit(b.Text.Say("form.save"))
		f.text("number", b.Text.Say("field.number"), h.Number)
		f.choice("kind", b.Text.Say("field.kind"), string(h.Kind), b.kindOptions())
		f.text("session", b.Text.Say("field.session"), h.Session, optional)
		f.text("title", b.Text.Say("field.title"), h.Title)
		f.text("proposers", b.Text.Say("field.proposers"), strings.Join(h.Proposers, "、"), hint(b.Text.Say("field.proposers_hint")))
		f.date("received", b.Text.Say("field.received"), h.Received)
		return f, nil
	}), nil
}

func (b *Bot) saveHead(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		h := p.Head
		h.Number, h.Session, h.Title = a.Answers.text("number"), a.Answers.text("session"), a.Answers.text("title")
		h.Kind, h.Received, h.Proposers = tasks.Kind(a.Answers.option("kind")), a.Answers.date("received"), lines(a.Answers.text("proposers"))
		return p.EditHead(b.City, b.Now(), a.Actor, h)
	})
	return outcome{}, err
}

func (b *Bot) startInform(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, err := b.load(ctx, a)
		if err != nil {
			return nil, err
		}
		groups := unitOptions(b.City, func(d tasks.Department) bool { return d.ID != p.Lead })
		return b.form("inform", b.Text.Say("inform.title"), a.Target).submit(b.Text.Say("form.save")).
			units("inform", b.Text.Say("inform.units"), groups, p.Informed(), optional, hint(b.Text.Say("inform.hint"))), nil
	}), nil
}

func (b *Bot) saveInform(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		return p.SetInformed(b.City, b.Now(), a.Actor, a.Answers.options("inform"))
	})
	return outcome{}, err
}

// dispatch hands the sections out.
func (b *Bot) dispatch(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error { return p.HandOut(b.City, b.Now(), a.Actor) })
	return outcome{}, err
}

func (b *Bot) startCancel(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(context.Context) (*form, error) {
		return b.form("cancel", b.Text.Say("cancel.title"), a.Target).submit(b.Text.Say("cancel.submit")).
			area("reason", b.Text.Say("field.reason"), ""), nil
	}), nil
}

func (b *Bot) cancel(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		return p.CancelHandling(b.Now(), a.Actor, a.Answers.text("reason"))
	})
	return outcome{}, err
}
