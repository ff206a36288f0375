package demo

import (
	"context"
	"slices"
	"strings"

	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// sendBack opens the section's contributions and returns one with a remark.
func (pl *Player) sendBack(ctx context.Context, e Event, unit tasks.Department) error {
	m, post, err := pl.office(e, tasks.RoleCoordinator)
	if err != nil {
		return err
	}
	id, err := pl.section(max(e.Section, 1))
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
		for _, el := range v.Elements() {
			if el.ActionID != "review.send_back" || parse(el.Value).unit != unit.ID {
				continue
			}
			if err := m.UseInView(ctx, v, el); err != nil {
				return err
			}
			return pl.submit(ctx, m, "send_back", 0, func(*member.View) (map[string]any, error) {
				return map[string]any{"reason": orNone(e.Text, e.Reason)}, nil
			})
		}
		return &notOffered{pl.Text.Say("cli.demo.refusal.not_now", "Unit", unit.Short)}
	})
	return pl.step(ctx, "send_back", act, done)
}

// asked opens the proposal from a list (/huiban 我的, else 进度) and uses its buttons of one kind about a unit.
func (pl *Player) asked(ctx context.Context, m *member.Member, action string, e Event, unit tasks.Department, every bool) error {
	list, err := pl.listed(ctx, m, "我的")
	if err != nil {
		return err
	}
	el, found := pl.element(list.Elements(), "progress.open")
	if !found { // supervisors see what is not their own unit's
		if list, err = pl.listed(ctx, m, "进度"); err != nil {
			return err
		}
		if el, found = pl.element(list.Elements(), "progress.open"); !found {
			return &notOffered{list.Text()}
		}
	}
	if err := m.Use(ctx, list, el); err != nil {
		return err
	}
	v, err := m.WaitView(ctx, "progress")
	if err != nil {
		return err
	}
	used := map[string]bool{}
	for _, el := range v.Elements() {
		name, _, _ := strings.Cut(el.ActionID, "#")
		if at := parse(el.Value); name != action || used[at.unit] || !pl.matches(el, e, unit.ID) {
			continue
		}
		used[parse(el.Value).unit] = true
		if err := m.UseInView(ctx, v, el); err != nil || !every {
			return err
		}
	}
	if len(used) == 0 {
		return &notOffered{pl.Text.Say("cli.demo.refusal.not_now", "Unit", orNone(unit.Short, pl.lead.Short))}
	}
	return nil
}

// listed is the answer to a command that lists proposals; a long one comes as a message.
func (pl *Player) listed(ctx context.Context, m *member.Member, word string) (member.Message, error) {
	if v, err := m.View(ctx); err == nil && v != nil {
		if err := m.CloseView(ctx); err != nil {
			return member.Message{}, err
		}
	}
	answer, err := m.Command(ctx, "/huiban", word)
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
	m, post, err := pl.office(e, tasks.RoleLeader)
	if err != nil {
		return err
	}
	pl.say("cli.demo.waive", pl.who(post, "Section", e.Section)...)
	act, done := once(func(ctx context.Context) error {
		if err := pl.asked(ctx, m, "waive.open", e, unit, false); err != nil {
			return err
		}
		return pl.submit(ctx, m, "waive", 0, func(*member.View) (map[string]any, error) {
			return map[string]any{"reason": orNone(e.Reason, e.Text)}, nil
		})
	})
	return pl.step(ctx, "waive", act, done)
}

// urge reminds a unit, or every unit that owes something.
func (pl *Player) urge(ctx context.Context, e Event, unit tasks.Department) error {
	m, post, err := pl.office(e, tasks.RoleCoordinator)
	if err != nil {
		return err
	}
	pl.say("cli.demo.remind", pl.who(post)...)
	act, done := once(func(ctx context.Context) error { return pl.asked(ctx, m, "urge", e, unit, unit.ID == "") })
	return pl.step(ctx, "remind", act, done)
}

// decide answers a return or a request for more time, or adds the unit that another has suggested.
func (pl *Player) decide(ctx context.Context, e Event, unit tasks.Department) error {
	m, post, err := pl.office(e, tasks.RoleCoordinator)
	if err != nil {
		return err
	}
	pl.say("cli.demo.decide", pl.who(post, "Section", e.Section)...)
	act, done := once(func(ctx context.Context) error {
		err := pl.press(ctx, m, "desk.decide", pl.choose(e, unit.ID))
		if err == nil {
			return pl.submit(ctx, m, "decide", 0, func(v *member.View) (map[string]any, error) { return pl.decision(v, e) })
		}
		if extension := pl.press(ctx, m, "desk.extension", pl.choose(e, unit.ID)); extension == nil {
			return pl.submit(ctx, m, "extension_decision", 0, func(*member.View) (map[string]any, error) { return extensionDecision(e), nil })
		}
		if e.Suggest != "" {
			return pl.addUnit(ctx, m, e)
		}
		return err
	})
	return pl.step(ctx, "decide", act, done)
}

// says reports whether a case's words hold one of these.
func (e Event) says(words ...string) bool {
	said := e.Reason + " " + e.Text
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(said, w) })
}

// declines reports whether the case says that something is not granted.
func (e Event) declines() bool {
	return e.says("refuse", "reject", "deny", "uphold", "不同意", "不予", "不批准", "不成立", "驳回", "维持")
}

// decision fills the form about a return: to the unit that the case or the return names, back to the unit, or to nobody.
func (pl *Player) decision(v *member.View, e Event) (map[string]any, error) {
	ground := orNone(e.Text, e.Reason)
	_, suggested := v.State.Values["to"]["v"]["selected_option"].(map[string]any)
	switch {
	case e.Suggest != "":
		d, err := pl.City.Directory.Resolve(e.Suggest)
		if err != nil {
			return nil, pl.refuse(e.Do, "cli.demo.refusal.unit", "Name", e.Suggest)
		}
		return map[string]any{"decision": string(tasks.Reassign), "to": d.ID}, pl.offered(v, "to", []string{d.ID})
	case e.declines():
		return map[string]any{"decision": string(tasks.Uphold), "reason": ground}, nil
	case e.says("withdraw", "撤回"):
		return map[string]any{"decision": string(tasks.Withdraw), "reason": e.Text}, nil
	case ground != "" && !e.says("同意", "改派", "grant", "reassign"):
		return map[string]any{"decision": string(tasks.Uphold), "reason": ground}, nil
	case suggested:
		return map[string]any{"decision": string(tasks.Reassign)}, nil
	}
	return map[string]any{"decision": string(tasks.Withdraw), "reason": ground}, nil
}

func extensionDecision(e Event) map[string]any {
	values := map[string]any{"decision": string(tasks.Grant)}
	if e.declines() {
		values["decision"], values["reason"] = string(tasks.Refusal), orNone(e.Text, e.Reason)
	}
	if !e.Until.IsZero() {
		values["until"] = e.Until.day()
	}
	return values
}

// addUnit asks a further unit about the event's section.
func (pl *Player) addUnit(ctx context.Context, m *member.Member, e Event) error {
	return pl.changeUnits(ctx, m, e, func(v *member.View, have []string) ([]string, error) {
		d, err := pl.City.Directory.Resolve(e.Suggest)
		if err != nil {
			return nil, pl.refuse(e.Do, "cli.demo.refusal.unit", "Name", e.Suggest)
		}
		return append(have, d.ID), pl.offered(v, "units", []string{d.ID})
	})
}

// withdraw takes a section back from a unit by choosing the others only.
func (pl *Player) withdraw(ctx context.Context, e Event, unit tasks.Department) error {
	m, post, err := pl.office(e, tasks.RoleCoordinator)
	if err != nil {
		return err
	}
	pl.say("cli.demo.withdraw", pl.who(post, "Section", e.Section)...)
	act, done := once(func(ctx context.Context) error {
		return pl.changeUnits(ctx, m, e, func(_ *member.View, have []string) ([]string, error) {
			if !slices.Contains(have, unit.ID) {
				return nil, &notOffered{pl.Text.Say("cli.demo.refusal.not_asked_section", "Unit", unit.Short, "No", e.Section)}
			}
			return slices.DeleteFunc(have, func(id string) bool { return id == unit.ID }), nil
		})
	})
	return pl.step(ctx, "withdraw", act, done)
}

func (pl *Player) changeUnits(ctx context.Context, m *member.Member, e Event, change func(v *member.View, have []string) ([]string, error)) error {
	id, err := pl.section(e.Section)
	if err != nil {
		return err
	}
	return pl.fill(ctx, m, "units", "desk.section", pl.verb(id, "units"), func(v *member.View) (map[string]any, error) {
		units, err := change(v, selected(v, "units"))
		return map[string]any{"units": units}, err
	})
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
