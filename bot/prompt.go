package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"huiban/tasks"
	"huiban/tasks/workday"
)

func (b *Bot) promptRoutes(r *routes) {
	r.actions["prompt.accept"] = b.accept
	r.actions["prompt.accept_and"] = b.startAcceptAnd
	r.forms["accept_and"] = b.acceptAnd
	r.actions["prompt.full"] = b.showFull
	r.actions["prompt.due"] = b.showDue
}

const excerptRunes = 400

// prompt is a liaison's card: all sections that the unit is asked about, and what can be done now.
func (b *Bot) prompt(p *tasks.Proposal, a tasks.Actor, department string) face {
	list := p.AssignmentsFor(department)
	text := b.Text.Say("prompt.text", "Number", escape(p.Head.Number), "Title", escape(clip(p.Head.Title, 80)), "Sections", len(list))
	title := header(b.Text.Say("prompt.header", "Number", p.Head.Number))
	if !slices.ContainsFunc(list, owed) {
		title = header(b.Text.Say("prompt.header_closed", "Number", p.Head.Number))
	}
	blocks := []slack.Block{
		title,
		section("*" + escape(p.Head.Title) + "*\n" + b.Text.Say("prompt.lead", "Lead", b.City.Directory.Short(p.Lead), "Unit", b.City.Directory.Short(department))),
	}
	for _, as := range list {
		blocks = append(blocks, b.askedSection(p, as)...)
	}
	if len(list) == 0 {
		blocks = append(blocks, section(b.Text.Say("prompt.nothing_left")))
	}
	return face{text, fit(blocks, b.promptTail(p, a, department, list), context_(b.Text.Say("card.more")))}
}

// askedSection shows one section to the unit that is asked.
func (b *Bot) askedSection(p *tasks.Proposal, as tasks.Assignment) []slack.Block {
	s, _ := p.Section(as.Section)
	lines := []string{b.Text.Say("desk.section", "No", p.SectionNo(s.ID), "Heading", escape(s.Heading)), escape(clip(s.Text, excerptRunes)),
		b.Text.Say("prompt.state", "State", b.stateWords(as))}
	if as.Open() {
		lines = append(lines, b.Text.Say("prompt.due", "Due", b.dueLine(as)))
	}
	switch as.State() {
	case tasks.SentBack:
		lines = append(lines, b.Text.Say("prompt.remark", "Text", escape(as.Last(tasks.SendBack).Text)))
	case tasks.Pending:
		if f := as.Last(tasks.Uphold); f != nil {
			lines = append(lines, b.Text.Say("prompt.upheld", "Text", escape(f.Text)))
		}
	}
	if f := as.Extension(); f != nil {
		lines = append(lines, b.Text.Say("prompt.extension_asked", "Until", b.day(f.Until)))
	}
	return []slack.Block{slack.NewDividerBlock(), section(strings.Join(lines, "\n"))}
}

// stateWords names an assignment's state, with the version where there is one.
func (b *Bot) stateWords(as tasks.Assignment) string {
	if as.Reading() != nil {
		return b.Text.Say("state.reading")
	}
	words := b.Text.Say("state." + string(as.State()))
	if v, ok := as.Latest(); ok && as.Role == tasks.Contributor {
		words += b.Text.Say("state.version", "Version", v.Version)
	}
	return words
}

func (b *Bot) dueLine(as tasks.Assignment) string {
	if f := as.Last(tasks.Grant); f != nil {
		return b.Text.Say("due.extended", "Date", b.day(f.Until))
	}
	return b.dueWords(as.Due)
}

// dueWords is a due date with its rule, so that nobody has to ask why.
func (b *Bot) dueWords(d workday.Due) string {
	if d.Date.IsZero() {
		return "—"
	}
	words := b.Text.Say("due.line", "Date", b.day(d.Date), "Weekday", b.Text.Say("weekday."+d.Date.Weekday().String()), "Rule", b.ruleWords(d))
	if d.Provisional {
		words += b.Text.Say("due.provisional")
	}
	return words
}

func (b *Bot) ruleWords(d workday.Due) string {
	return b.Text.Say("rule."+string(d.Rule.Unit), "N", d.Rule.N, "Start", b.day(d.Start))
}

// owed reports whether the unit's text is waited for; while a return is undecided it is not.
func owed(as tasks.Assignment) bool { return as.Open() && as.State() != tasks.Returned }

func (b *Bot) promptTail(p *tasks.Proposal, a tasks.Actor, department string, list []tasks.Assignment) []slack.Block {
	t := target{Proposal: p.ID, Department: department}
	can := func(e tasks.Event) bool {
		return slices.ContainsFunc(list, func(as tasks.Assignment) bool { return slices.Contains(p.Legal(a, as), e) })
	}
	var buttons []slack.BlockElement
	add := func(e tasks.Event, btn *slack.ButtonBlockElement) {
		if can(e) {
			buttons = append(buttons, btn)
		}
	}
	add(tasks.Accept, primary(button("prompt.accept", b.Text.Say("prompt.button.accept"), t)))
	write := button("prompt.write", b.Text.Say("prompt.button.write"), t)
	switch {
	case can(tasks.Accept):
	case slices.ContainsFunc(list, owed):
		primary(write)
	case !slices.ContainsFunc(list, tasks.Assignment.Open):
		write.Text = label(b.Text.Say("prompt.button.rewrite"))
	}
	add(tasks.Submit, write)
	add(tasks.Accept, button("prompt.accept_and", b.Text.Say("prompt.button.accept_and"), t))
	add(tasks.Return, button("prompt.return", b.Text.Say("prompt.button.return"), t))
	add(tasks.Extend, button("prompt.extend", b.Text.Say("prompt.button.extend"), t))
	if len(list) > 0 {
		buttons = append(buttons, button("prompt.full", b.Text.Say("prompt.button.full"), t), button("prompt.due", b.Text.Say("prompt.button.due"), t))
	}
	var tail []slack.Block
	if len(buttons) > 0 {
		tail = append(tail, actions(buttons...))
	}
	if p.Phase() == tasks.PhaseIssued {
		tail = append(tail, context_(b.Text.Say("prompt.issued", "Issued", escape(orDash(p.Reply.Number)), "Date", b.day(p.Reply.Date))))
	}
	return tail
}

// accept takes over all of a unit's sections that still wait for it.
func (b *Bot) accept(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		took := false
		for _, as := range p.AssignmentsFor(a.Target.Department) {
			if as.State() != tasks.Pending {
				continue
			}
			if err := p.TakeOver(b.City, b.Now(), a.Actor, as.Section, as.Department, ""); err != nil {
				return err
			}
			took = true
		}
		if !took && !a.Actor.Is(tasks.RoleLiaison, a.Target.Department) {
			return tasks.Refuse(tasks.Forbidden, "error.forbidden")
		}
		return nil
	})
	return outcome{}, err
}

// startAcceptAnd opens the form in which a unit takes a section over and suggests another unit beside itself.
func (b *Bot) startAcceptAnd(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, err := b.load(ctx, a)
		if err != nil {
			return nil, err
		}
		sections := b.legalSections(p, a.Actor, a.Target.Department, tasks.Accept)
		if len(sections) == 0 {
			return nil, tasks.Refuse(tasks.Illegal, "error.nothing_to_accept")
		}
		groups := unitOptions(b.City, func(d tasks.Department) bool {
			return !d.NeverHandles && d.ID != a.Target.Department && d.ID != p.Lead
		})
		f := b.form("accept_and", b.Text.Say("accept_and.title"), a.Target).submit(b.Text.Say("prompt.button.accept"))
		f.choice("section", b.Text.Say("field.section"), sections[0].Value, sections)
		return f.unit("suggest", b.Text.Say("accept_and.suggest"), groups, "", hint(b.Text.Say("accept_and.hint"))), nil
	}), nil
}

func (b *Bot) acceptAnd(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		return p.TakeOver(b.City, b.Now(), a.Actor, parseTarget("|"+a.Answers.option("section")).Section, a.Target.Department, a.Answers.option("suggest"))
	})
	return outcome{}, err
}

// showFull shows the whole text of the sections that the person may read.
func (b *Bot) showFull(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, err := b.load(ctx, a)
		if err != nil {
			return nil, err
		}
		f := b.form("full", b.Text.Say("full.title"), a.Target)
		f.add(section("*" + escape(p.Head.Title) + "*"))
		for _, s := range p.SectionsSeenBy(a.Actor) {
			if a.Target.Department != "" && a.Target.Department != p.Lead {
				if _, asked := p.Assignment(s.ID, a.Target.Department); !asked {
					continue
				}
			}
			f.add(section(b.Text.Say("desk.section", "No", p.SectionNo(s.ID), "Heading", escape(s.Heading))))
			f.passage(s.Text)
		}
		return f, nil
	}), nil
}

// showDue explains every due date of a unit: start, rule, days skipped, make-up days.
func (b *Bot) showDue(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, err := b.load(ctx, a)
		if err != nil {
			return nil, err
		}
		f := b.form("due", b.Text.Say("due.title"), a.Target)
		for _, as := range p.AssignmentsFor(a.Target.Department) {
			f.add(section(b.Text.Say("due.section", "No", p.SectionNo(as.Section)) + "\n" + b.dueExplained(as.Due)))
			f.add(context_(b.Text.Say("due.return_by", "Date", b.day(as.ReturnBy(b.City).Date))))
		}
		if !p.Due.Date.IsZero() {
			f.add(section(b.Text.Say("due.reply") + "\n" + b.dueExplained(p.Due)))
		}
		return f, nil
	}), nil
}

func (b *Bot) dueExplained(d workday.Due) string {
	lines := []string{b.dueWords(d)}
	if d.Rule.Source != "" {
		lines = append(lines, b.Text.Say("due.source", "Source", escape(d.Rule.Source)))
	}
	if d.Weekends > 0 {
		lines = append(lines, b.Text.Say("due.weekends", "N", d.Weekends))
	}
	for _, h := range d.Holidays {
		lines = append(lines, b.Text.Say("due.holiday", "Name", escape(h.Name), "From", b.day(h.From), "To", b.day(h.To), "N", h.Days))
	}
	for _, m := range d.Makeup {
		lines = append(lines, b.Text.Say("due.makeup", "Date", b.day(m)))
	}
	if !d.RolledFrom.IsZero() {
		lines = append(lines, b.Text.Say("due.rolled", "Date", b.day(d.RolledFrom)))
	}
	return strings.Join(lines, "\n")
}
