package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"huiban/bot"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// maxTyped is what a form's field holds; longer texts are handed in as a file, as people do.
const maxTyped = 3000

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

func (pl *Player) register(ctx context.Context) error {
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	body, err := pl.c.proposal()
	if err != nil {
		return err
	}
	dm, err := m.DM(ctx)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	before, err := m.Messages(ctx, dm)
	if err != nil {
		return err
	}
	for _, msg := range before {
		known[msg.TS] = true
	}
	pl.say("cli.demo.register", pl.who(post, "File", path.Base(pl.c.Proposal.File))...)
	file := ""
	act := func(ctx context.Context) error {
		if file == "" {
			if file, err = m.Upload(ctx, path.Base(pl.c.Proposal.File), body); err != nil {
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
			return values, nil
		})
	}
	done := func(ctx context.Context) (bool, error) {
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
	}
	return pl.step(ctx, "register", act, done)
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
	m, post, err := pl.coordinator()
	if err != nil {
		return err
	}
	id, err := pl.section(no)
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
