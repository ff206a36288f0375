package demo

import (
	"context"
	"slices"
	"strings"
	"time"

	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// event plays one further step, at its time.
func (pl *Player) event(ctx context.Context, e Event) error {
	for _, at := range []Date{e.Now, e.At} {
		if err := pl.passTo(ctx, at); err != nil {
			return err
		}
	}
	if e.Do == "" {
		return nil
	}
	if e.Do == "remind" && e.Department == "" {
		return pl.urge(ctx, e, tasks.Department{})
	}
	play, ok := pl.steps()[e.Do]
	if !ok {
		return pl.refuse(e.Do, "cli.demo.refusal.step", "Step", e.Do, "Steps", strings.Join(keys(pl.steps()), " "))
	}
	unit, err := pl.City.Directory.Resolve(e.Department)
	if err != nil {
		return pl.refuse(e.Do, "cli.demo.refusal.unit", "Name", e.Department)
	}
	pl.unit = unit.ID
	if e.Section == 0 && len(pl.sections) == 1 {
		e.Section = 1
	}
	return play(ctx, e, unit)
}

// steps are what a case's events may be.
func (pl *Player) steps() map[string]func(context.Context, Event, tasks.Department) error {
	return map[string]func(context.Context, Event, tasks.Department) error{
		"accept": pl.acceptEvent, "submit": pl.submitEvent, "return": pl.giveBack, "extend": pl.extend, "send_back": pl.sendBack,
		"waive": pl.waive, "remind": pl.urge, "decide": pl.decide, "withdraw": pl.withdraw,
	}
}

// passTo lets time pass; a date alone is the morning of that day. What falls due on the way happens first.
func (pl *Player) passTo(ctx context.Context, at Date) error {
	if pl.Clock == nil || at.IsZero() {
		return nil
	}
	to, err := at.in(pl.City.Zone)
	if err != nil {
		return err
	}
	if at.text == at.day() {
		to = to.Add(9*time.Hour + 30*time.Minute)
	}
	pl.Clock.Advance(to)
	if pl.Settled == nil {
		return nil
	}
	return pl.step(ctx, "now", func(context.Context) error { return nil }, func(ctx context.Context) (bool, error) {
		return pl.Settled(ctx, pl.proposal)
	})
}

// seat is which of a unit's liaisons acts: the one that by names, else the first.
func (pl *Player) seat(e Event, unit string) int {
	for i, post := range pl.City.Directory.Holders(unit, tasks.RoleLiaison) {
		if e.By != "" && slices.Contains([]string{post.Person.Key, post.Person.Name, post.Title}, e.By) {
			return i
		}
	}
	if strings.HasPrefix(strings.ToUpper(e.By), "B") {
		return 1
	}
	return 0
}

// office is who acts for the lead bureau: whoever by names, by post or by person, else the one whose step it is.
func (pl *Player) office(e Event, role tasks.Role) (*member.Member, tasks.Post, error) {
	if e.By != "" {
		posts := append(slices.Clone(pl.lead.Posts), pl.City.Directory.Supervisors()...)
		for _, post := range posts {
			if slices.Contains([]string{post.Person.Key, post.Person.Name, post.Title, string(post.Role)}, e.By) {
				return pl.Workspace.As(post.Person.Key), post, nil
			}
		}
	}
	return pl.person(pl.lead.ID, role, 0)
}

func (pl *Player) acceptEvent(ctx context.Context, e Event, unit tasks.Department) error {
	if e.Suggest == "" {
		return pl.accept(ctx, unit.ID, pl.seat(e, unit.ID))
	}
	suggested, err := pl.City.Directory.Resolve(e.Suggest)
	if err != nil {
		return pl.refuse(e.Do, "cli.demo.refusal.unit", "Name", e.Suggest)
	}
	return pl.liaisonForm(ctx, e, unit, "accept_and", "prompt.accept_and", map[string]any{"suggest": suggested.ID})
}

func (pl *Player) submitEvent(ctx context.Context, e Event, unit tasks.Department) error {
	text := pl.words(e, unit.ID)
	if text == "" {
		return pl.refuse(e.Do, "cli.demo.refusal.no_text", "Unit", unit.Short, "No", e.Section)
	}
	return pl.write(ctx, unit.ID, pl.seat(e, unit.ID), map[int]string{e.Section: text})
}

// words are the text of a submit step: its own, else what the case lists for the unit.
func (pl *Player) words(e Event, unit string) string {
	if e.Text != "" {
		return e.Text
	}
	for _, c := range pl.c.Contributions {
		if d, err := pl.City.Directory.Resolve(c.Department); err == nil && d.ID == unit && (e.Section == 0 || c.Section == e.Section) {
			return c.Text
		}
	}
	return ""
}

func (pl *Player) giveBack(ctx context.Context, e Event, unit tasks.Department) error {
	values := map[string]any{"reason": "not_duty"}
	switch {
	case slices.Contains(pl.City.Rules.ReturnReasons, e.Reason):
		values["reason"] = e.Reason
	case e.Text == "":
		e.Text = e.Reason
	}
	if e.Text != "" {
		values["text"] = e.Text
	}
	if e.Suggest != "" {
		d, err := pl.City.Directory.Resolve(e.Suggest)
		if err != nil {
			return pl.refuse(e.Do, "cli.demo.refusal.unit", "Name", e.Suggest)
		}
		values["suggest"] = d.ID
	}
	return pl.liaisonForm(ctx, e, unit, "return", "prompt.return", values)
}

func (pl *Player) extend(ctx context.Context, e Event, unit tasks.Department) error {
	values := map[string]any{"reason": orNone(e.Reason, e.Text)}
	if !e.Until.IsZero() {
		values["until"] = e.Until.day()
	}
	return pl.liaisonForm(ctx, e, unit, "extension", "prompt.extend", values)
}

// liaisonForm fills one of a liaison's forms about one of the unit's sections; without a number, the form's first.
func (pl *Player) liaisonForm(ctx context.Context, e Event, unit tasks.Department, callback, action string, values map[string]any) error {
	m, post, err := pl.person(unit.ID, tasks.RoleLiaison, pl.seat(e, unit.ID))
	if err != nil {
		return err
	}
	id := ""
	if e.Section != 0 {
		if id, err = pl.section(e.Section); err != nil {
			return err
		}
		values["section"] = id
	}
	pl.say("cli.demo."+e.Do, pl.who(post, "Section", e.Section)...)
	act, done := once(func(ctx context.Context) error {
		return pl.fill(ctx, m, callback, action, nil, func(v *member.View) (map[string]any, error) {
			if el, _ := field(v, "section"); id != "" && !slices.ContainsFunc(el.Options, func(o member.Option) bool { return o.Value == id }) {
				return nil, pl.refuse(e.Do, "cli.demo.refusal.not_asked_section", "Unit", unit.Short, "No", e.Section)
			}
			if suggested, ok := values["suggest"].(string); ok {
				return values, pl.offered(v, "suggest", []string{suggested})
			}
			return values, nil
		})
	})
	return pl.step(ctx, e.Do, act, done)
}

// matches tells whether an element is about this unit and, where the event names one, this section.
func (pl *Player) matches(el member.Element, e Event, unit string) bool {
	at := parse(el.Value)
	if at.proposal != pl.proposal || unit != "" && at.unit != unit {
		return false
	}
	id, err := pl.section(e.Section)
	return err != nil || at.section == id
}

// choose picks a button about the event's unit and section.
func (pl *Player) choose(e Event, unit string) func(member.Element) (string, bool) {
	return func(el member.Element) (string, bool) { return el.Value, pl.matches(el, e, unit) }
}
