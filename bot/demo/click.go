package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"huiban/integrations/workspace/member"
)

// card finds the newest message in the member's direct messages that has an element of this action for the proposal.
func (pl *Player) card(ctx context.Context, m *member.Member, action string) (msg member.Message, el member.Element, found bool, err error) {
	dm, err := m.DM(ctx)
	if err != nil {
		return msg, el, false, err
	}
	list, err := m.Messages(ctx, dm)
	if err != nil {
		return msg, el, false, err
	}
	for i := len(list) - 1; i >= 0; i-- {
		if el, ok := pl.element(list[i].Elements(), action); ok && !list[i].Ephemeral {
			return list[i], el, true, nil
		}
	}
	return msg, el, false, nil
}

func (pl *Player) element(list []member.Element, action string) (member.Element, bool) {
	for _, el := range list {
		if el.ActionID == action && (pl.proposal == "" || pl.ours(action, targetOf(el))) {
			return el, true
		}
	}
	return member.Element{}, false
}

// ours reports whether an element is about the proposal, and on a liaison's card about the unit that acts.
func (pl *Player) ours(action, target string) bool {
	about := parse(target)
	return about.proposal == pl.proposal && (!strings.HasPrefix(action, "prompt.") || pl.unit == "" || about.unit == pl.unit)
}

// about is what an element's value names: see the bot's targets.
type about struct{ proposal, section, unit, verb string }

func parse(target string) about {
	parts := append(strings.Split(target, "|"), "", "", "", "")
	return about{parts[0], parts[1], parts[2], parts[4]}
}

// targetOf is what an element is about: its value, or that of its first option.
func targetOf(el member.Element) string {
	if el.Value == "" && len(el.Options) > 0 {
		return el.Options[0].Value
	}
	return el.Value
}

// gone reports that the card has no such element any more.
func (pl *Player) gone(m *member.Member, action string) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		_, _, found, err := pl.card(ctx, m, action)
		return !found, err
	}
}

// there reports that a card has such an element.
func (pl *Player) there(m *member.Member, action string) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		_, _, found, err := pl.card(ctx, m, action)
		return found, err
	}
}

// press clicks an element of a card, as soon as the card shows it, and notices when the bot says no.
func (pl *Player) press(ctx context.Context, m *member.Member, action string, choose func(member.Element) (string, bool)) error {
	if v, err := m.View(ctx); err == nil && v != nil {
		if err := m.CloseView(ctx); err != nil {
			return err
		}
	}
	for looks := 0; ; looks++ {
		msg, el, found, err := pl.card(ctx, m, action)
		if err != nil {
			return err
		}
		if found && choose == nil {
			return m.Use(ctx, msg, el)
		}
		for _, el := range msg.Elements() {
			value, ok := chosen(el, action, choose)
			switch {
			case !found || !ok:
			case len(el.Options) == 0:
				return m.Use(ctx, msg, el)
			default:
				return m.Use(ctx, msg, el, value)
			}
		}
		if looks == maxLooks {
			return pl.nothing(ctx, m, action)
		}
		if err := sleep(ctx, 15*time.Millisecond); err != nil {
			return fmt.Errorf("waiting for %s: %w", action, err)
		}
	}
}

// maxLooks is how often a card is looked at before its missing button is reported.
const maxLooks = 60

// nothing says that the chat does not offer a member a step now.
func (pl *Player) nothing(ctx context.Context, m *member.Member, action string) error {
	if unit := pl.City.Directory.Short(pl.unit); strings.HasPrefix(action, "prompt.") {
		if _, _, asked, err := pl.card(ctx, m, "prompt.full"); err == nil && !asked {
			return &notOffered{pl.Text.Say("cli.demo.refusal.not_asked", "Unit", unit)}
		}
		return &notOffered{pl.Text.Say("cli.demo.refusal.not_now", "Unit", unit)}
	}
	return &notOffered{pl.Text.Say("cli.demo.refusal.not_now", "Unit", pl.lead.Short)}
}

func chosen(el member.Element, action string, choose func(member.Element) (string, bool)) (string, bool) {
	name, _, _ := strings.Cut(el.ActionID, "#")
	if name != action || choose == nil {
		return "", false
	}
	return choose(el)
}

// fill presses what opens a form, waits for it and submits it.
func (pl *Player) fill(ctx context.Context, m *member.Member, callback, action string, choose func(member.Element) (string, bool), values func(*member.View) (map[string]any, error)) error {
	before, err := pl.ephemerals(ctx, m)
	if err != nil {
		return err
	}
	if err := pl.press(ctx, m, action, choose); err != nil {
		return err
	}
	return pl.submit(ctx, m, callback, before, values)
}

func (pl *Player) submit(ctx context.Context, m *member.Member, callback string, before int, values func(*member.View) (map[string]any, error)) error {
	open, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	v, err := m.WaitView(open, callback)
	if err != nil {
		if said := pl.saidSince(ctx, m, before); said != "" {
			return &Refused{Step: callback, Why: said}
		}
		return err
	}
	filled, err := values(v)
	if err != nil {
		return err
	}
	return m.Submit(ctx, filled)
}

// ephemerals counts what only this member was told.
func (pl *Player) ephemerals(ctx context.Context, m *member.Member) (int, error) {
	list, err := pl.told(ctx, m)
	return len(list), err
}

func (pl *Player) told(ctx context.Context, m *member.Member) ([]string, error) {
	dm, err := m.DM(ctx)
	if err != nil {
		return nil, err
	}
	list, err := m.Messages(ctx, dm)
	var said []string
	for _, msg := range list {
		if msg.Ephemeral {
			said = append(said, msg.Text())
		}
	}
	return said, err
}

func (pl *Player) saidSince(ctx context.Context, m *member.Member, before int) string {
	said, err := pl.told(ctx, m)
	if err != nil || len(said) <= before {
		return ""
	}
	return said[len(said)-1]
}

// watched is a done-check that also notices a refusal said to the member since it was made.
func (pl *Player) watched(ctx context.Context, name string, m *member.Member, done func(context.Context) (bool, error)) func(context.Context) (bool, error) {
	before, err := pl.ephemerals(ctx, m)
	return func(ctx context.Context) (bool, error) {
		if ok, err := done(ctx); ok || err != nil {
			return ok, err
		}
		if err == nil {
			if said := pl.saidSince(ctx, m, before); said != "" {
				return false, &Refused{Step: name, Why: said}
			}
		}
		return false, nil
	}
}
