package demo

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"huiban/bot"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// Play plays a case from intake to the issued letter.
func (pl *Player) Play(ctx context.Context, c *Case) error {
	if err := pl.Begin(ctx, c); err != nil {
		return err
	}
	for _, do := range []func(context.Context) error{pl.contribute, pl.events, pl.adopt, pl.leadText, pl.arrange, pl.frame, pl.preview, pl.approve, pl.issue} {
		if err := do(ctx); err != nil {
			return err
		}
	}
	return nil
}

// PlayHalf plays a case up to its events and leaves it there.
func (pl *Player) PlayHalf(ctx context.Context, c *Case) error {
	if err := pl.Begin(ctx, c); err != nil {
		return err
	}
	if err := pl.contribute(ctx); err != nil {
		return err
	}
	return pl.events(ctx)
}

// Begin registers the paper, checks it and hands it out.
func (pl *Player) Begin(ctx context.Context, c *Case) error {
	lead, err := pl.City.Directory.Resolve(c.Lead)
	if err != nil {
		return fmt.Errorf("case: lead %q: %w", c.Lead, err)
	}
	pl.c, pl.lead, pl.proposal, pl.sections = c, lead, "", nil
	if pl.Clock != nil && !c.Proposal.Received.IsZero() {
		at, err := c.Proposal.Received.in(pl.City.Zone)
		if err != nil {
			return err
		}
		pl.Clock.Advance(at.Add(9*time.Hour + 30*time.Minute))
	}
	for _, do := range []func(context.Context) error{pl.register, pl.assign, pl.inform, pl.dispatch} {
		if err := do(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (pl *Player) who(post tasks.Post, kv ...any) []any {
	return append([]any{"Who", post.Person.Name, "Unit", pl.City.Directory.Short(post.Department)}, kv...)
}

// register hands in the case's paper as the coordinator, and waits for the card that answers it.
func (pl *Player) register(ctx context.Context) error {
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	body, err := pl.c.proposal()
	if err != nil {
		return err
	}
	registered, err := pl.registered(ctx, m)
	if err != nil {
		return err
	}
	name := path.Base(pl.c.Proposal.File)
	pl.say("cli.demo.register", pl.who(post, "File", name)...)
	file := ""
	act := func(ctx context.Context) error {
		if file == "" {
			if file, err = m.Upload(ctx, name, body); err != nil {
				file = ""
				return err
			}
		}
		if _, err := m.Command(ctx, "/huiban", "登记"); err != nil {
			return err
		}
		said, err := pl.ephemerals(ctx, m)
		if err != nil {
			return err
		}
		return pl.submit(ctx, m, "register", said, func(v *member.View) (map[string]any, error) {
			return pl.registration(v, file), nil
		})
	}
	return pl.step(ctx, "register", act, registered)
}

// registered looks for an answer to the paper among the messages that come from now on: a refusal, or the
// coordinator's card.
func (pl *Player) registered(ctx context.Context, m *member.Member) (func(context.Context) (bool, error), error) {
	dm, err := m.DM(ctx)
	if err != nil {
		return nil, err
	}
	before, err := m.Messages(ctx, dm)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, msg := range before {
		known[msg.TS] = true
	}
	return func(ctx context.Context) (bool, error) {
		list, err := m.Messages(ctx, dm)
		if err != nil {
			return false, err
		}
		for _, msg := range list {
			if known[msg.TS] || msg.Ephemeral || !msg.Bot {
				continue
			}
			if msg.EventType() == bot.RefusalMetadata {
				return false, &Refused{Step: "register", Why: msg.Text()}
			}
			if msg.HasAction("desk.dispatch") {
				pl.read(msg)
				return true, nil
			}
		}
		return false, nil
	}, nil
}

// registration fills in the form that a paper is registered with.
func (pl *Player) registration(v *member.View, file string) map[string]any {
	values := map[string]any{"file": []string{file}}
	if !pl.c.Proposal.Received.IsZero() {
		values["received"] = pl.c.Proposal.Received.day()
	}
	if pl.c.Proposal.Kind != "" {
		values["kind"] = pl.c.Proposal.Kind
	}
	for _, el := range v.Elements() {
		if el.BlockID == "lead" {
			values["lead"] = pl.lead.ID
		}
	}
	return values
}

// read takes the proposal's and the sections' ids off the coordinator's card.
func (pl *Player) read(msg member.Message) {
	pl.sections = nil
	for _, el := range msg.Elements() {
		parts := strings.Split(targetOf(el), "|")
		if len(parts) < 2 {
			continue
		}
		pl.proposal = parts[0]
		if el.ActionID == "desk.section" {
			pl.sections = append(pl.sections, parts[1])
		}
	}
}

// section is the id of the section at a place, from 1.
func (pl *Player) section(no int) (string, error) {
	if no < 1 || no > len(pl.sections) {
		return "", pl.refuse("section", "cli.demo.refusal.section", "No", no, "Count", len(pl.sections))
	}
	return pl.sections[no-1], nil
}

// atSection is the coordinator at work on a section, and the section's id.
func (pl *Player) atSection(no int) (m *member.Member, post tasks.Post, id string, err error) {
	if m, post, err = pl.coordinator(); err == nil {
		id, err = pl.section(no)
	}
	return m, post, id, err
}

// verb chooses one entry of a section's menu.
func (pl *Player) verb(section, verb string) func(member.Element) (string, bool) {
	return func(el member.Element) (string, bool) {
		for _, o := range el.Options {
			parts := strings.Split(o.Value, "|")
			if len(parts) == 5 && parts[0] == pl.proposal && parts[1] == section && parts[4] == verb {
				return o.Value, true
			}
		}
		return "", false
	}
}

func (pl *Player) unitIDs(names []string) ([]string, error) {
	ids := []string{}
	for _, name := range names {
		d, err := pl.City.Directory.Resolve(name)
		if err != nil {
			return nil, pl.refuse("units", "cli.demo.refusal.unit", "Name", name)
		}
		ids = append(ids, d.ID)
	}
	return ids, nil
}

func (pl *Player) assign(ctx context.Context) error {
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	for _, no := range keys(pl.c.Assignments) {
		id, err := pl.section(no)
		if err != nil {
			return err
		}
		units, err := pl.unitIDs(pl.c.Assignments[no])
		if err != nil {
			return err
		}
		units = slices.DeleteFunc(units, func(id string) bool { return id == pl.lead.ID })
		pl.say("cli.demo.check", pl.who(post, "Section", no, "Units", orNone(strings.Join(pl.c.Assignments[no], "、"), pl.lead.Short))...)
		act, done := once(func(ctx context.Context) error {
			return pl.fill(ctx, m, "units", "desk.section", pl.verb(id, "units"), func(v *member.View) (map[string]any, error) {
				return map[string]any{"units": units}, pl.offered(v, "units", units)
			})
		})
		if err := pl.step(ctx, "units", act, done); err != nil {
			return err
		}
	}
	return nil
}

func orNone(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

func keys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

func (pl *Player) inform(ctx context.Context) error {
	if len(pl.c.Inform) == 0 {
		return nil
	}
	m, _, err := pl.coordinator()
	if err != nil {
		return err
	}
	units, err := pl.unitIDs(pl.c.Inform)
	if err != nil {
		return err
	}
	act, done := once(func(ctx context.Context) error {
		return pl.fill(ctx, m, "inform", "desk.inform", nil, func(v *member.View) (map[string]any, error) {
			return map[string]any{"inform": units}, pl.offered(v, "inform", units)
		})
	})
	return pl.step(ctx, "inform", act, done)
}

func (pl *Player) dispatch(ctx context.Context) error {
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	pl.say("cli.demo.dispatch", pl.who(post)...)
	done := pl.watched(ctx, "dispatch", m, pl.there(m, "desk.preview"))
	return pl.step(ctx, "dispatch", func(ctx context.Context) error { return pl.press(ctx, m, "desk.dispatch", nil) }, done)
}
