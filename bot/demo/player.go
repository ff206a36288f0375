package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"huiban/bot/catalog"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// Player plays a case through the chat, as each person would: it sees cards and forms, clicks and fills in, and nothing
// else. A click that the service does not answer is repeated, as people do; a refusal ends the play.
type Player struct {
	City      *tasks.City
	Workspace *member.Client
	Clock     *Clock // nil: time is the service's own
	Text      *catalog.Text
	Narrate   func(line string) // nil: silent
	Pause     time.Duration     // between steps, for people who watch
	Patience  time.Duration     // for one step; default 60 s

	// Settled reports whether what the clock has set off has happened; nil: nobody can tell.
	Settled func(ctx context.Context, proposal string) (bool, error)

	c        *Case
	lead     tasks.Department
	unit     string // id of the unit that acts: one person may answer for several
	proposal string // id, seen on the card
	sections []string
}

// Refused is the end of a play: the chat would not do what the case says.
type Refused struct {
	Step string
	Why  string
}

func (r *Refused) Error() string { return r.Step + ": " + r.Why }

// refuse ends the play in words of the catalog.
func (pl *Player) refuse(step, id string, kv ...any) *Refused {
	return &Refused{Step: step, Why: pl.Text.Say(id, kv...)}
}

// notOffered is an act for which the chat shows nothing to click. What stays so for a while is refused.
type notOffered struct{ why string }

func (e *notOffered) Error() string { return e.why }

func (pl *Player) say(id string, kv ...any) {
	if pl.Narrate != nil {
		pl.Narrate(pl.Text.Say(id, kv...))
	}
}

// person is somebody with a post, as a member of the workspace.
func (pl *Player) person(department string, role tasks.Role, nth int) (*member.Member, tasks.Post, error) {
	holders := pl.City.Directory.Holders(department, role)
	if nth >= len(holders) {
		return nil, tasks.Post{}, pl.refuse("person", "cli.demo.refusal.nobody", "Unit", pl.City.Directory.Short(department), "Role", role)
	}
	return pl.Workspace.As(holders[nth].Person.Key), holders[nth], nil
}

func (pl *Player) coordinator() (*member.Member, tasks.Post, error) {
	return pl.person(pl.lead.ID, tasks.RoleCoordinator, 0)
}

// step acts until it is seen to be done. Before every try it looks whether the step is done already, so that a click
// whose answer was lost is not taken for a failure.
func (pl *Player) step(ctx context.Context, name string, act func(context.Context) error, done func(context.Context) (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, pl.patience())
	defer cancel()
	var lastErr error
	var missed time.Time
	for {
		ok, err := done(ctx)
		switch {
		case ctx.Err() != nil:
			return fmt.Errorf("%s: %w", name, errors.Join(ctx.Err(), lastErr))
		case err == nil && ok:
			return pl.rest(ctx)
		case err != nil:
			lastErr = err
		default:
			try, stop := context.WithTimeout(ctx, 10*time.Second)
			lastErr = act(try)
			stop()
			if refused := refusal(name, lastErr); refused != nil {
				return refused
			}
			if refused := pl.missing(name, lastErr, &missed); refused != nil {
				return refused
			}
			if lastErr == nil {
				if ok, refused := pl.seen(ctx, name, done); ok || refused != nil {
					return refused
				}
				continue
			}
		}
		if err := sleep(ctx, 200*time.Millisecond); err != nil {
			return fmt.Errorf("%s: %w", name, errors.Join(err, lastErr))
		}
	}
}

func (pl *Player) patience() time.Duration {
	if pl.Patience > 0 {
		return pl.Patience
	}
	return time.Minute
}

// missing refuses a step that the chat has not offered for a tenth of the patience.
func (pl *Player) missing(name string, err error, since *time.Time) error {
	absent, ok := errors.AsType[*notOffered](err)
	switch {
	case !ok:
		*since = time.Time{}
	case since.IsZero():
		*since = time.Now()
	case time.Since(*since) > pl.patience()/10:
		return &Refused{Step: name, Why: absent.why}
	}
	return nil
}

// seen waits a while for the effect of an act to show.
func (pl *Player) seen(ctx context.Context, name string, done func(context.Context) (bool, error)) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, 8*time.Second)
	defer cancel()
	for ctx.Err() == nil {
		ok, err := done(ctx)
		if ok && err == nil {
			return true, pl.rest(ctx)
		}
		if refused := refusal(name, err); refused != nil {
			return false, refused
		}
		_ = sleep(ctx, 15*time.Millisecond)
	}
	return false, nil
}

func (pl *Player) rest(ctx context.Context) error {
	if pl.Pause <= 0 {
		return nil
	}
	return sleep(ctx, pl.Pause)
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// refusal tells a refusal, which ends the play, from a service that is away, which is waited for.
func refusal(step string, err error) error {
	if refused, ok := errors.AsType[*Refused](err); ok {
		return refused
	}
	if e, ok := errors.AsType[*member.Error](err); ok && len(e.Fields) > 0 {
		var why []string
		for _, text := range e.Fields {
			why = append(why, text)
		}
		slices.Sort(why)
		return &Refused{Step: step, Why: strings.Join(why, "；")}
	}
	return nil
}

// once is a step that is done when its act has succeeded.
func once(act func(context.Context) error) (func(context.Context) error, func(context.Context) (bool, error)) {
	ok := false
	return func(ctx context.Context) error {
			err := act(ctx)
			ok = err == nil
			return err
		}, func(context.Context) (bool, error) {
			return ok, nil
		}
}

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
