package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// maxTyped is what a form's field holds; longer texts are handed in as a file, as people do.
const maxTyped = 3000

func (pl *Player) accept(ctx context.Context, unit string, nth int) error {
	m, post, err := pl.person(unit, tasks.RoleLiaison, nth)
	if err != nil {
		return err
	}
	pl.unit = unit
	pl.say("cli.demo.accept", pl.who(post)...)
	written := pl.gone(m, "prompt.accept")
	done := pl.watched(ctx, "accept", m, func(ctx context.Context) (bool, error) {
		_, _, found, err := pl.card(ctx, m, "prompt.full")
		if err != nil || !found {
			return false, err
		}
		return written(ctx)
	})
	return pl.step(ctx, "accept", func(ctx context.Context) error { return pl.press(ctx, m, "prompt.accept", nil) }, done)
}

// write hands in a unit's texts, one form for all its sections.
func (pl *Player) write(ctx context.Context, unit string, nth int, texts map[int]string) error {
	role, action := tasks.RoleLiaison, "prompt.write"
	if unit == pl.lead.ID {
		role, action = tasks.RoleCoordinator, "desk.write"
	}
	m, post, err := pl.person(unit, role, nth)
	if err != nil {
		return err
	}
	pl.unit = unit
	pl.say("cli.demo.write", pl.who(post, "Sections", joined(keys(texts)))...)
	act, done := once(func(ctx context.Context) error {
		return pl.fill(ctx, m, "contribution", action, nil, func(v *member.View) (map[string]any, error) {
			return pl.typed(ctx, m, v, texts)
		})
	})
	if err := pl.step(ctx, "contribution", act, done); err != nil {
		return err
	}
	for _, text := range texts {
		if utf8.RuneCountInString(strings.TrimSpace(text)) > maxTyped {
			return pl.readThrough(ctx)
		}
	}
	return nil
}

// readThrough waits until the coordinator's card says no more that a file is being read.
func (pl *Player) readThrough(ctx context.Context) error {
	m, _, err := pl.coordinator()
	if err != nil {
		return err
	}
	looks := 0
	return pl.step(ctx, "reading", func(ctx context.Context) error { return sleep(ctx, 50*time.Millisecond) }, func(ctx context.Context) (bool, error) {
		msg, _, found, err := pl.card(ctx, m, "desk.preview")
		if err != nil || !found {
			return false, err
		}
		looks++
		return !strings.Contains(msg.Text(), pl.Text.Say("state.reading")) && looks > 10, nil
	})
}

func joined(nos []int) string {
	var parts []string
	for _, n := range nos {
		parts = append(parts, fmt.Sprint(n))
	}
	return strings.Join(parts, "、")
}

// typed fills texts into fields; one that is longer than a field goes as a file.
func (pl *Player) typed(ctx context.Context, m *member.Member, v *member.View, texts map[int]string) (map[string]any, error) {
	values := map[string]any{}
	for _, no := range keys(texts) {
		id, err := pl.section(no)
		if err != nil {
			return nil, err
		}
		if _, asked := field(v, "text_"+id); !asked {
			return nil, pl.refuse("contribution", "cli.demo.refusal.not_asked_section", "Unit", pl.City.Directory.Short(pl.unit), "No", no)
		}
		text := strings.TrimSpace(texts[no])
		if utf8.RuneCountInString(text) <= maxTyped {
			values["text_"+id] = text
			continue
		}
		file, err := m.Upload(ctx, fmt.Sprintf("会办意见-%d.txt", no), []byte(text))
		if err != nil {
			return nil, err
		}
		values["file_"+id] = []string{file}
	}
	return values, nil
}

// adopt waits until the texts have come in and takes them into the letter.
func (pl *Player) adopt(ctx context.Context) error {
	if len(pl.c.Contributions) == 0 && len(pl.c.Events) == 0 {
		return nil
	}
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	if ok, err := pl.seen(ctx, "adopt", pl.there(m, "desk.adopt_all")); err != nil || !ok {
		return err
	}
	pl.say("cli.demo.adopt", pl.who(post)...)
	return pl.step(ctx, "adopt", func(ctx context.Context) error { return pl.press(ctx, m, "desk.adopt_all", nil) },
		pl.watched(ctx, "adopt", m, pl.gone(m, "desk.adopt_all")))
}

// leadText writes the lead's own text, and leaves it out of the sections that others answer alone.
func (pl *Player) leadText(ctx context.Context) error {
	texts := map[int]string{}
	for no, text := range pl.c.LeadText {
		if strings.TrimSpace(text) != "" {
			texts[no] = text
		}
	}
	if len(texts) > 0 {
		if err := pl.write(ctx, pl.lead.ID, 0, texts); err != nil {
			return err
		}
	}
	for no := range len(pl.sections) {
		if _, own := texts[no+1]; own || !pl.answered(no+1) {
			continue
		}
		if err := pl.noLeadText(ctx, no+1); err != nil {
			return err
		}
	}
	return nil
}

// answered reports whether the case has an answer of another unit to the section.
func (pl *Player) answered(no int) bool {
	return slices.ContainsFunc(pl.c.Contributions, func(c Contribution) bool { return c.Section == no }) ||
		slices.ContainsFunc(pl.c.Events, func(e Event) bool { return e.Do == "submit" && e.Section == no })
}

func (pl *Player) noLeadText(ctx context.Context, no int) error {
	m, post, id, err := pl.atSection(no)
	if err != nil {
		return err
	}
	pl.say("cli.demo.no_lead_text", pl.who(post, "Section", no)...)
	choose := pl.verb(id, "no_lead_text")
	left := pl.watched(ctx, "lead text", m, func(ctx context.Context) (bool, error) {
		msg, _, found, err := pl.card(ctx, m, "desk.section")
		if err != nil || !found {
			return false, err
		}
		return !slices.ContainsFunc(msg.Elements(), func(el member.Element) bool { _, ok := chosen(el, "desk.section", choose); return ok }), nil
	})
	return pl.step(ctx, "lead text", func(ctx context.Context) error { return pl.press(ctx, m, "desk.section", choose) }, left)
}
