package demo

import (
	"context"
	"errors"
	"strings"
	"time"

	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

func (pl *Player) frame(ctx context.Context) error {
	r := pl.c.Reply
	values := map[string]any{}
	for name, text := range map[string]string{"letterhead": r.Letterhead, "title": r.Title, "salutation": r.Salutation,
		"opening": r.Opening, "closing": r.Closing, "signature": r.Signature} {
		if text = strings.TrimSpace(text); text != "" {
			values[name] = text
		}
	}
	if len(values) == 0 {
		return nil
	}
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	pl.say("cli.demo.frame", pl.who(post)...)
	act, done := once(func(ctx context.Context) error {
		return pl.fill(ctx, m, "frame", "desk.frame", nil, func(*member.View) (map[string]any, error) { return values, nil })
	})
	return pl.step(ctx, "frame", act, done)
}

func (pl *Player) preview(ctx context.Context) error {
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	pl.say("cli.demo.preview", pl.who(post)...)
	act, done := once(func(ctx context.Context) error {
		before, err := pl.ephemerals(ctx, m)
		if err != nil {
			return err
		}
		if err := pl.press(ctx, m, "desk.preview", nil); err != nil {
			return err
		}
		open, cancel := context.WithTimeout(ctx, 4*time.Second)
		defer cancel()
		if _, err := m.WaitView(open, "letter"); err != nil {
			if said := pl.saidSince(ctx, m, before); said != "" {
				return &Refused{Step: "preview", Why: said}
			}
			return err
		}
		return m.CloseView(ctx)
	})
	return pl.step(ctx, "preview", act, done)
}

// approve sends the draft to the leaders, who agree in turn.
func (pl *Player) approve(ctx context.Context) error {
	if err := pl.turnTo(pl.c.Reply.Date); err != nil {
		return err
	}
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	leaders := pl.City.Directory.Holders(pl.lead.ID, tasks.RoleLeader)
	if len(leaders) == 0 {
		return pl.refuse("request", "cli.demo.refusal.nobody", "Unit", pl.lead.Short, "Role", tasks.RoleLeader)
	}
	pl.say("cli.demo.request", pl.who(post)...)
	first := pl.Workspace.As(leaders[0].Person.Key)
	asked := pl.watched(ctx, "request", m, pl.there(first, "approval.approve"))
	if err := pl.step(ctx, "request", func(ctx context.Context) error { return pl.press(ctx, m, "desk.request", nil) }, asked); err != nil {
		return err
	}
	order := -1
	for _, leader := range leaders {
		if leader.Order == order {
			continue
		}
		order = leader.Order
		lm := pl.Workspace.As(leader.Person.Key)
		pl.say("cli.demo.approve", pl.who(leader)...)
		agreed := pl.watched(ctx, "approve", lm, func(ctx context.Context) (bool, error) {
			_, _, shown, err := pl.card(ctx, lm, "approval.read")
			if err != nil || !shown {
				return false, err
			}
			return pl.gone(lm, "approval.approve")(ctx)
		})
		if err := pl.step(ctx, "wait for "+leader.Person.Name, func(context.Context) error { return nil }, pl.there(lm, "approval.approve")); err != nil {
			return err
		}
		if err := pl.step(ctx, "approve", func(ctx context.Context) error { return pl.press(ctx, lm, "approval.approve", nil) }, agreed); err != nil {
			return err
		}
	}
	return nil
}

func (pl *Player) turnTo(d Date) error {
	if pl.Clock == nil || d.IsZero() {
		return nil
	}
	at, err := d.in(pl.City.Zone)
	if err != nil {
		return err
	}
	pl.Clock.Advance(at.Add(9 * time.Hour))
	return nil
}

func (pl *Player) issue(ctx context.Context) error {
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	r := pl.c.Reply
	values := r.issuing()
	pl.say("cli.demo.issue", pl.who(post, "Number", r.Number)...)
	ready := pl.step(ctx, "wait for the signature", func(context.Context) error { return nil }, func(ctx context.Context) (bool, error) {
		_, _, found, err := pl.card(ctx, m, "desk.issue")
		return found, err
	})
	if ready != nil {
		return ready
	}
	act := func(ctx context.Context) error {
		return pl.fill(ctx, m, "issue", "desk.issue", nil, func(v *member.View) (map[string]any, error) {
			for _, name := range []string{"class", "disclosure"} {
				if value, ok := values[name].(string); ok {
					if err := pl.offered(v, name, []string{value}); err != nil {
						return nil, err
					}
				}
			}
			return values, nil
		})
	}
	return pl.step(ctx, "issue", act, pl.gone(m, "desk.issue"))
}

// issuing is what the form for the issue is filled with; what the case leaves out stays as it is proposed. A reason may
// stand behind the mark: 不予公开（涉及个人隐私）.
func (r Reply) issuing() map[string]any {
	mode, reason, _ := strings.Cut(strings.ReplaceAll(r.Disclosure, "(", "（"), "（")
	values := map[string]any{}
	for name, text := range map[string]string{"number": r.Number, "date": r.Date.day(), "class": r.Class, "contact": r.Contact.Name,
		"phone": r.Contact.Phone, "disclosure": strings.TrimSpace(mode),
		"disclosure_reason": orNone(r.DisclosureReason, strings.TrimRight(reason, "）)")), "copy": strings.Join(r.CopyOrder, "\n")} {
		if text != "" || name == "copy" && r.CopyOrder != nil {
			values[name] = text
		}
	}
	return values
}

var errNoLetter = errors.New("the letter is not in the thread")
