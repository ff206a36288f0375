package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// events plays the case's further steps in order.
func (pl *Player) events(ctx context.Context) error {
	for _, e := range pl.c.Events {
		for _, at := range []Date{e.Now, e.At} {
			if pl.Clock == nil || at.IsZero() {
				continue
			}
			t, err := at.in(pl.City.Zone)
			if err != nil {
				return err
			}
			pl.Clock.Advance(t)
		}
		if e.Do == "" {
			continue
		}
		if err := pl.event(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

func (pl *Player) event(ctx context.Context, e Event) error {
	unit, err := pl.City.Directory.Resolve(e.Department)
	if err != nil {
		return &Refused{Step: e.Do, Why: e.Department}
	}
	switch e.Do {
	case "accept":
		return pl.accept(ctx, unit.ID, pl.seat(e, unit.ID))
	case "submit":
		return pl.write(ctx, unit.ID, map[int]string{e.Section: pl.words(e, unit.ID)})
	case "return":
		return pl.liaisonForm(ctx, e, unit, "return", "prompt.return", func(section string) map[string]any {
			values := map[string]any{"section": section, "reason": orNone(e.Reason, "not_duty")}
			if e.Text != "" {
				values["text"] = e.Text
			}
			if d, err := pl.City.Directory.Resolve(e.Suggest); err == nil {
				values["suggest"] = d.ID
			}
			return values
		})
	case "extend":
		return pl.liaisonForm(ctx, e, unit, "extension", "prompt.extend", func(section string) map[string]any {
			return map[string]any{"section": section, "until": e.Until.day(), "reason": orNone(e.Reason, e.Text)}
		})
	case "send_back":
		return pl.sendBack(ctx, e, unit)
	case "waive":
		return pl.waive(ctx, e, unit)
	case "remind":
		return pl.urge(ctx, e, unit)
	case "decide":
		return pl.decide(ctx, e, unit)
	case "withdraw":
		return pl.withdraw(ctx, e, unit)
	}
	return &Refused{Step: e.Do, Why: "the case names a step that there is not"}
}

// seat is which of a unit's liaisons acts: the one that by names, else the first.
func (pl *Player) seat(e Event, unit string) int {
	for i, post := range pl.City.Directory.Holders(unit, tasks.RoleLiaison) {
		if e.By != "" && (e.By == post.Person.Key || e.By == post.Person.Name) {
			return i
		}
	}
	if strings.EqualFold(e.By, "B") || e.By == "B角" {
		return 1
	}
	return 0
}

// words are the text of a submit step: its own, else what the case lists for the unit.
func (pl *Player) words(e Event, unit string) string {
	if e.Text != "" {
		return e.Text
	}
	for _, c := range pl.c.Contributions {
		if d, err := pl.City.Directory.Resolve(c.Department); err == nil && d.ID == unit && c.Section == e.Section {
			return c.Text
		}
	}
	return ""
}

func (pl *Player) liaisonForm(ctx context.Context, e Event, unit tasks.Department, callback, action string, values func(section string) map[string]any) error {
	m, post, err := pl.person(unit.ID, tasks.RoleLiaison, pl.seat(e, unit.ID))
	if err != nil {
		return err
	}
	id, err := pl.section(e.Section)
	if err != nil {
		return err
	}
	pl.say("cli.demo."+e.Do, pl.who(post, "Section", e.Section)...)
	act, done := once(func(ctx context.Context) error {
		return pl.fill(ctx, m, callback, action, nil, func(*member.View) (map[string]any, error) { return values(id), nil })
	})
	return pl.step(ctx, e.Do, act, done)
}

// sendBack opens the section's contributions and returns one with a remark.
func (pl *Player) sendBack(ctx context.Context, e Event, unit tasks.Department) error {
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	id, err := pl.section(e.Section)
	if err != nil {
		return err
	}
	pl.say("cli.demo.send_back", pl.who(post, "Section", e.Section)...)
	act, done := once(func(ctx context.Context) error {
		if err := pl.press(ctx, m, "desk.section", pl.verb(id, "review")); err != nil {
			return err
		}
		v, err := m.WaitView(ctx, "review")
		if err != nil {
			return err
		}
		i := slices.IndexFunc(v.Elements(), func(el member.Element) bool {
			return el.ActionID == "review.send_back" && strings.Contains(el.Value, "|"+unit.ID+"|")
		})
		if i < 0 {
			return fmt.Errorf("%s has nothing that could be sent back yet", unit.Short)
		}
		if err := m.UseInView(ctx, v, v.Elements()[i]); err != nil {
			return err
		}
		return pl.submit(ctx, m, "send_back", 0, func(*member.View) (map[string]any, error) {
			return map[string]any{"reason": orNone(e.Text, e.Reason)}, nil
		})
	})
	return pl.step(ctx, "send_back", act, done)
}

// asked opens the proposal from the member's own list (/huiban 我的) and uses one of its buttons for a unit.
func (pl *Player) asked(ctx context.Context, m *member.Member, action, unit string) error {
	list, err := pl.listed(ctx, m)
	if err != nil {
		return err
	}
	el, found := pl.element(list.Elements(), "progress.open")
	if !found {
		return &Refused{Step: action, Why: list.Text()}
	}
	if err := m.Use(ctx, list, el); err != nil {
		return err
	}
	v, err := m.WaitView(ctx, "progress")
	if err != nil {
		return err
	}
	for _, el := range v.Elements() {
		if strings.HasPrefix(el.ActionID, action) && strings.Contains(el.Value, "|"+unit+"|") {
			return m.UseInView(ctx, v, el)
		}
	}
	return &Refused{Step: action, Why: v.Text()}
}

// listed is the answer to /huiban 我的; a long one comes as a message.
func (pl *Player) listed(ctx context.Context, m *member.Member) (member.Message, error) {
	answer, err := m.Command(ctx, "/huiban", "我的")
	if err != nil {
		return member.Message{}, err
	}
	if answer != nil {
		return *answer, nil
	}
	dm, err := m.DM(ctx)
	if err != nil {
		return member.Message{}, err
	}
	return m.WaitMessage(ctx, dm, func(msg member.Message) bool { return msg.Ephemeral && msg.HasAction("progress.open") })
}

func (pl *Player) waive(ctx context.Context, e Event, unit tasks.Department) error {
	m, post, err := pl.person(pl.lead.ID, tasks.RoleLeader, 0)
	if err != nil {
		return err
	}
	pl.say("cli.demo.waive", pl.who(post, "Section", e.Section)...)
	act, done := once(func(ctx context.Context) error {
		if err := pl.asked(ctx, m, "waive.open", unit.ID); err != nil {
			return err
		}
		return pl.submit(ctx, m, "waive", 0, func(*member.View) (map[string]any, error) {
			return map[string]any{"reason": orNone(e.Reason, e.Text)}, nil
		})
	})
	return pl.step(ctx, "waive", act, done)
}

func (pl *Player) urge(ctx context.Context, e Event, unit tasks.Department) error {
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	pl.say("cli.demo.remind", pl.who(post)...)
	act, done := once(func(ctx context.Context) error { return pl.asked(ctx, m, "urge", unit.ID) })
	return pl.step(ctx, "remind", act, done)
}

// decide answers a return or a request for more time: suggest names the new unit; reason says which way otherwise.
func (pl *Player) decide(ctx context.Context, e Event, unit tasks.Department) error {
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	pl.say("cli.demo.decide", pl.who(post, "Section", e.Section)...)
	act, done := once(func(ctx context.Context) error {
		_, _, returned, err := pl.card(ctx, m, "desk.decide")
		if err != nil {
			return err
		}
		if returned {
			return pl.fill(ctx, m, "decide", "desk.decide", nil, func(*member.View) (map[string]any, error) { return pl.decision(e), nil })
		}
		return pl.fill(ctx, m, "extension_decision", "desk.extension", nil, func(*member.View) (map[string]any, error) {
			values := map[string]any{"decision": string(tasks.Grant)}
			if slices.Contains([]string{"refuse", "不同意"}, e.Reason) {
				values["decision"], values["reason"] = string(tasks.Refusal), e.Text
			}
			if !e.Until.IsZero() {
				values["until"] = e.Until.day()
			}
			return values, nil
		})
	})
	return pl.step(ctx, "decide", act, done)
}

func (pl *Player) decision(e Event) map[string]any {
	if d, err := pl.City.Directory.Resolve(e.Suggest); err == nil && e.Suggest != "" {
		return map[string]any{"decision": string(tasks.Reassign), "to": d.ID}
	}
	if slices.Contains([]string{"withdraw", "撤回"}, e.Reason) {
		return map[string]any{"decision": string(tasks.Withdraw), "reason": e.Text}
	}
	return map[string]any{"decision": string(tasks.Uphold), "reason": orNone(e.Text, e.Reason)}
}

// withdraw takes a section back from a unit by choosing the others only.
func (pl *Player) withdraw(ctx context.Context, e Event, unit tasks.Department) error {
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	id, err := pl.section(e.Section)
	if err != nil {
		return err
	}
	pl.say("cli.demo.withdraw", pl.who(post, "Section", e.Section)...)
	act, done := once(func(ctx context.Context) error {
		return pl.fill(ctx, m, "units", "desk.section", pl.verb(id, "units"), func(v *member.View) (map[string]any, error) {
			return map[string]any{"units": slices.DeleteFunc(selected(v, "units"), func(id string) bool { return id == unit.ID })}, nil
		})
	})
	return pl.step(ctx, "withdraw", act, done)
}

// selected lists what is chosen in a field that takes several options.
func selected(v *member.View, block string) []string {
	ids := []string{}
	for _, entry := range v.State.Values[block] {
		options, _ := entry["selected_options"].([]any)
		for _, o := range options {
			if option, ok := o.(map[string]any); ok {
				id, _ := option["value"].(string)
				ids = append(ids, id)
			}
		}
	}
	return ids
}
