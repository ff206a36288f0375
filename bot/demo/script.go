package demo

import (
	"context"
	"slices"
	"strings"
)

// part is one unit's text for one section.
type part struct {
	unit    string
	section int
}

// scene is what happens before an event, or after the last: units that hand in what the case lists for them.
type scene struct {
	order []string
	texts map[string]map[int]string // by unit and section
}

func (s *scene) add(p part, text string) {
	if s.texts == nil {
		s.texts = map[string]map[int]string{}
	}
	if s.texts[p.unit] == nil {
		s.texts[p.unit] = map[int]string{}
		s.order = append(s.order, p.unit)
	}
	s.texts[p.unit][p.section] = text
}

// contribute lets the units write that no event speaks of.
func (pl *Player) contribute(ctx context.Context) error {
	scenes, err := pl.scenes()
	if err != nil {
		return err
	}
	return pl.scene(ctx, scenes[0])
}

// events plays the case's further steps in order; every unit hands in its text when its turn has come.
func (pl *Player) events(ctx context.Context) error {
	scenes, err := pl.scenes()
	if err != nil {
		return err
	}
	for i, e := range pl.c.Events {
		if err := pl.event(ctx, e); err != nil {
			return err
		}
		if err := pl.scene(ctx, scenes[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// scenes decides when each listed text is handed in. A text that no event speaks of comes before all events. One that
// is sent back or withdrawn comes before that. Otherwise a unit that asks for time, is urged or answers late writes
// when the last event about it is over.
func (pl *Player) scenes() ([]scene, error) {
	list := make([]scene, len(pl.c.Events)+1)
	for _, c := range pl.c.Contributions {
		d, err := pl.City.Directory.Resolve(c.Department)
		if err != nil {
			return nil, pl.refuse("contribution", "cli.demo.refusal.unit", "Name", c.Department)
		}
		p := part{d.ID, c.Section}
		for _, at := range pl.turns(p, c.Text) {
			list[at].add(p, c.Text)
		}
	}
	return list, nil
}

// turns are the scenes in which a part's text is handed in.
func (pl *Player) turns(p part, text string) []int {
	first, last, about, spoken := -1, -1, -1, false
	end := len(pl.c.Events)
	for i, e := range pl.c.Events {
		if !pl.concerns(e, p) {
			continue
		}
		switch e.Do {
		case "submit", "send_back", "withdraw":
			if first < 0 {
				first = i
			}
			last = i
			spoken = spoken || e.Do == "submit"
		default:
			about = i
		}
	}
	sentBack := last >= 0 && pl.c.Events[last].Do == "send_back"
	switch {
	case last < 0 && about < 0 && !pl.assigned(p):
		return []int{end}
	case last < 0:
		return []int{about + 1}
	case spoken && sentBack:
		return []int{end}
	case spoken && (pl.submitted(p) || first == last && pl.c.Events[first].Text == ""):
		return nil
	case sentBack:
		return []int{first, end}
	case spoken && strings.TrimSpace(pl.c.Events[first].Text) == strings.TrimSpace(text):
		return nil
	}
	return []int{first}
}

// assigned reports whether the case asks the unit about the section from the start, or leaves that to the bot.
func (pl *Player) assigned(p part) bool {
	units, said := pl.c.Assignments[p.section]
	return !said || p.unit == pl.lead.ID || slices.ContainsFunc(units, func(name string) bool {
		d, err := pl.City.Directory.Resolve(name)
		return err == nil && d.ID == p.unit
	})
}

// submitted reports whether an event hands in the part's listed text.
func (pl *Player) submitted(p part) bool {
	return slices.ContainsFunc(pl.c.Events, func(e Event) bool { return e.Do == "submit" && e.Text == "" && pl.concerns(e, p) })
}

// concerns reports whether an event is about a unit's part, or brings the unit in.
func (pl *Player) concerns(e Event, p part) bool {
	if e.Do == "" || e.Section != 0 && e.Section != p.section {
		return false
	}
	names := []string{e.Department}
	if e.Do == "decide" {
		names = append(names, e.Suggest)
	}
	return slices.ContainsFunc(names, func(name string) bool {
		d, err := pl.City.Directory.Resolve(name)
		return err == nil && d.ID == p.unit
	})
}

// scene lets units accept and write.
func (pl *Player) scene(ctx context.Context, s scene) error {
	for _, unit := range s.order {
		if unit != pl.lead.ID && !pl.actsItself(unit) {
			if err := pl.accept(ctx, unit, 0); err != nil {
				return err
			}
		}
		if err := pl.write(ctx, unit, 0, s.texts[unit]); err != nil {
			return err
		}
	}
	return nil
}

// actsItself reports whether an event lets the unit accept, or give something back: it then accepts by that alone.
func (pl *Player) actsItself(unit string) bool {
	return slices.ContainsFunc(pl.c.Events, func(e Event) bool {
		d, err := pl.City.Directory.Resolve(e.Department)
		return err == nil && d.ID == unit && slices.Contains([]string{"accept", "return"}, e.Do)
	})
}
