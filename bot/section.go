package bot

import (
	"context"

	"huiban/tasks"
)

func (b *Bot) sectionRoutes(r *routes) {
	r.forms["section"] = b.saveSection
	r.forms["split"] = b.splitSection
	r.forms["units"] = b.saveUnits
}

// sectionMenu does what was chosen from a section's menu on the coordinator's card.
func (b *Bot) sectionMenu(ctx context.Context, a act) (outcome, error) {
	switch a.Target.Verb {
	case "units":
		return b.open(a, b.unitsForm(a)), nil
	case "edit":
		return b.open(a, b.sectionForm(a)), nil
	case "split":
		return b.open(a, b.splitForm(a)), nil
	case "arrange":
		return b.open(a, b.arrangeForm(a)), nil
	case "review":
		return b.open(a, b.reviewForm(a)), nil
	}
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		switch a.Target.Verb {
		case "merge":
			return p.MergeSection(b.City, b.Now(), a.Actor, a.Target.Section)
		case "drop":
			return p.DropSection(b.Now(), a.Actor, a.Target.Section)
		case "no_lead_text":
			return p.WaiveAnswer(b.Now(), a.Actor, a.Target.Section, p.Lead, "")
		}
		return nil
	})
	return outcome{}, err
}

// sectionOf loads the proposal and the section that the act is about.
func (b *Bot) sectionOf(ctx context.Context, a act) (*tasks.Proposal, tasks.Section, error) {
	p, err := b.load(ctx, a)
	if err != nil {
		return nil, tasks.Section{}, err
	}
	s, ok := p.Section(a.Target.Section)
	if !ok {
		return nil, s, tasks.Refuse(tasks.NotFound, "error.section_unknown")
	}
	return p, s, nil
}

func (b *Bot) unitsForm(a act) func(context.Context) (*form, error) {
	return func(ctx context.Context) (*form, error) {
		p, s, err := b.sectionOf(ctx, a)
		if err != nil {
			return nil, err
		}
		var chosen []string
		for _, as := range p.AssignmentsOf(s.ID) {
			if as.Role == tasks.Contributor {
				chosen = append(chosen, as.Department)
			}
		}
		groups := unitOptions(b.City, func(d tasks.Department) bool { return d.ID != p.Lead && !d.NeverHandles })
		f := b.form("units", b.Text.Say("units.title"), a.Target).submit(b.Text.Say("form.save"))
		f.add(section(b.Text.Say("desk.section", "No", p.SectionNo(s.ID), "Heading", escape(s.Heading))))
		if why := b.evidence(s.Suggestions); why != "" {
			f.add(context_(b.Text.Say("desk.suggested", "Why", why)))
		}
		return f.units("units", b.Text.Say("units.units"), groups, chosen, optional, hint(b.Text.Say("units.hint"))), nil
	}
}

func (b *Bot) saveUnits(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		return p.SetUnits(b.City, b.Now(), a.Actor, a.Target.Section, a.Answers.options("units"))
	})
	return outcome{}, err
}

func (b *Bot) sectionForm(a act) func(context.Context) (*form, error) {
	return func(ctx context.Context) (*form, error) {
		_, s, err := b.sectionOf(ctx, a)
		if err != nil {
			return nil, err
		}
		f := b.form("section", b.Text.Say("section.title"), a.Target).submit(b.Text.Say("form.save"))
		f.text("heading", b.Text.Say("field.heading"), s.Heading)
		if len([]rune(s.Text)) <= maxInputRunes {
			f.area("text", b.Text.Say("field.section_text"), s.Text, optional)
		}
		return f, nil
	}
}

func (b *Bot) saveSection(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		s, _ := p.Section(a.Target.Section)
		text := s.Text
		if _, shown := a.Answers.values["text"]; shown {
			text = a.Answers.text("text")
		}
		return p.EditSection(b.City, b.Now(), a.Actor, a.Target.Section, a.Answers.text("heading"), text)
	})
	return outcome{}, err
}

func (b *Bot) splitForm(a act) func(context.Context) (*form, error) {
	return func(ctx context.Context) (*form, error) {
		_, s, err := b.sectionOf(ctx, a)
		if err != nil {
			return nil, err
		}
		f := b.form("split", b.Text.Say("split.title"), a.Target).submit(b.Text.Say("split.submit"))
		f.passage(s.Text)
		f.text("rest", b.Text.Say("split.rest"), "", hint(b.Text.Say("split.rest_hint")))
		return f.text("heading", b.Text.Say("split.heading"), ""), nil
	}
}

func (b *Bot) splitSection(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		return p.SplitSection(b.City, b.Now(), a.Actor, a.Target.Section, a.Answers.text("heading"), a.Answers.text("rest"))
	})
	return outcome{}, err
}
