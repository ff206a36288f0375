package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"huiban/tasks"
)

func (b *Bot) progressRoutes(r *routes) {
	r.commands["进度"] = b.progress
	r.commands["我的"] = b.mine
	r.commands["帮助"] = b.help
	r.actions["progress.open"] = b.openProgress
	r.actions["help.open"] = b.help
}

const listed = 20

// headline is the proposal's one card for everybody in the lead's channel: how it stands, without anybody's text.
func (b *Bot) headline(p *tasks.Proposal) face {
	s := p.Summarize()
	text := b.Text.Say("headline.text", "Number", escape(s.Number), "Title", escape(clip(s.Title, 80)), "Phase", b.Text.Say("phase."+string(s.Phase)))
	blocks := []slack.Block{
		header(b.Text.Say("headline.header", "Number", s.Number, "Phase", b.Text.Say("phase."+string(s.Phase)))),
		section("*" + escape(s.Title) + "*\n" + b.summaryLine(s)),
	}
	for i, sec := range p.Sections {
		lines := []string{b.Text.Say("desk.section", "No", i+1, "Heading", escape(clip(sec.Heading, 60)))}
		for _, as := range p.AssignmentsOf(sec.ID) {
			lines = append(lines, b.standing(as))
		}
		blocks = append(blocks, section(strings.Join(lines, "\n")))
	}
	var tail []slack.Block
	if words := b.approvalWords(p); words != "" && s.Phase != tasks.PhaseHandling {
		tail = append(tail, section(words))
	}
	return face{text, fit(blocks, tail, context_(b.Text.Say("card.more")))}
}

// summaryLine says how far a proposal is, who is waited for and until when.
func (b *Bot) summaryLine(s tasks.Summary) string {
	lines := []string{b.Text.Say("summary.line", "Lead", b.City.Directory.Short(s.Lead), "Have", s.Have, "Expected", s.Expected, "Due", orDash(b.day(s.Due)))}
	if len(s.Waiting) > 0 {
		var names []string
		for _, id := range s.Waiting {
			names = append(names, b.City.Directory.Short(id))
		}
		lines = append(lines, b.Text.Say("summary.waiting", "Units", strings.Join(names, "、"), "Since", b.moment(s.Since), "Due", b.day(s.NextDue), "Days", b.City.Calendar.Remaining(b.City.Today(b.Now()), s.NextDue)))
	}
	return strings.Join(lines, "\n")
}

// progress answers /huiban 进度 [案号].
func (b *Bot) progress(ctx context.Context, a act) (outcome, error) {
	if a.Args == "" {
		return b.list(ctx, a, nil, b.Text.Say("progress.all"))
	}
	found, err := b.Store.Numbered(ctx, a.Args)
	if err != nil {
		return outcome{}, err
	}
	var blocks []slack.Block
	for _, p := range found {
		if p.Sees(a.Actor) {
			blocks = append(blocks, b.detail(p, a.Actor)...)
		}
	}
	if len(blocks) == 0 {
		return outcome{}, tasks.Refuse(tasks.NotFound, "error.number_unknown", "Number", a.Args)
	}
	return outcome{Say: b.Text.Say("progress.one", "Number", escape(a.Args)), Show: fit(blocks, nil, context_(b.Text.Say("card.more")))}, nil
}

// detail is one proposal as the actor may see it, with what a leader or coordinator can do about delay.
func (b *Bot) detail(p *tasks.Proposal, a tasks.Actor) []slack.Block {
	s := p.Summarize()
	blocks := []slack.Block{
		header(b.Text.Say("headline.header", "Number", s.Number, "Phase", b.Text.Say("phase."+string(s.Phase)))),
		section("*" + escape(s.Title) + "*\n" + b.summaryLine(s)),
	}
	for _, sec := range p.SectionsSeenBy(a) {
		lines := []string{b.Text.Say("desk.section", "No", p.SectionNo(sec.ID), "Heading", escape(clip(sec.Heading, 60)))}
		var buttons []slack.BlockElement
		for _, as := range p.AssignmentsOf(sec.ID) {
			lines = append(lines, b.standing(as))
			legal, t := p.Legal(a, as), target{Proposal: p.ID, Section: sec.ID, Department: as.Department}
			unit := b.City.Directory.Short(as.Department)
			if slices.Contains(legal, tasks.Remind) {
				buttons = append(buttons, button("urge", b.Text.Say("progress.urge", "Unit", unit), t))
			}
			if as.Role == tasks.Contributor && slices.Contains(legal, tasks.Waive) {
				buttons = append(buttons, button("waive.open", b.Text.Say("progress.waive", "Unit", unit), t))
			}
		}
		blocks = append(blocks, section(strings.Join(lines, "\n")))
		if len(buttons) > 0 {
			id := target{Proposal: p.ID, Section: sec.ID}.String() // stays the same when the window is renewed
			blocks = append(blocks, slack.NewActionBlock(id, unique(buttons)...))
		}
	}
	return blocks
}

// mine answers /huiban 我的: what waits for the person.
func (b *Bot) mine(ctx context.Context, a act) (outcome, error) {
	if len(a.Actor.Posts) == 0 {
		return outcome{}, tasks.Refuse(tasks.Forbidden, "error.no_post")
	}
	return b.list(ctx, a, departmentsOf(a.Actor), b.Text.Say("progress.mine"))
}

func departmentsOf(a tasks.Actor) []string {
	var ids []string
	for _, post := range a.Posts {
		if !slices.Contains(ids, post.Department) {
			ids = append(ids, post.Department)
		}
	}
	return ids
}

// list shows the open proposals that the actor may see. Without departments: all for supervisors, one's own otherwise.
func (b *Bot) list(ctx context.Context, a act, departments []string, title string) (outcome, error) {
	if departments == nil && !a.Actor.Has(tasks.RoleSupervisor) {
		departments = departmentsOf(a.Actor)
		if len(departments) == 0 {
			return outcome{}, tasks.Refuse(tasks.Forbidden, "error.no_post")
		}
	}
	found, err := b.Store.Concerning(ctx, departments, false, listed)
	if err != nil {
		return outcome{}, err
	}
	blocks := []slack.Block{header(title)}
	for _, s := range found {
		blocks = append(blocks, b.listEntry(s))
	}
	if len(found) == 0 {
		blocks = append(blocks, section(b.Text.Say("progress.none")))
	}
	return outcome{Say: title, Show: fit(blocks, nil, context_(b.Text.Say("card.more")))}, nil
}

func (b *Bot) listEntry(s tasks.Summary) slack.Block {
	text := b.Text.Say("progress.entry", "Number", escape(orDash(s.Number)), "Title", escape(clip(s.Title, 60)), "Phase", b.Text.Say("phase."+string(s.Phase)))
	return sectionWith(text+"\n"+b.summaryLine(s), button("progress.open", b.Text.Say("progress.open"), target{Proposal: s.ID}))
}

// openProgress shows one proposal in a window.
func (b *Bot) openProgress(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, err := b.load(ctx, a)
		if err != nil {
			return nil, err
		}
		return b.progressForm(p, a.Actor), nil
	}), nil
}

func (b *Bot) progressForm(p *tasks.Proposal, a tasks.Actor) *form {
	return b.form("progress", b.Text.Say("progress.title"), target{Proposal: p.ID}).add(b.detail(p, a)...)
}

// help answers /huiban 帮助, and every word that is no command.
func (b *Bot) help(_ context.Context, a act) (outcome, error) {
	return outcome{Say: b.Text.Say("help.text"), Show: []slack.Block{section(b.Text.Say("help.body"))}}, nil
}
