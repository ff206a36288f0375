package demo

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"huiban/integrations/workspace/member"
)

// arrange puts the texts into the order in which the case lists them, and sets placements and mentions.
func (pl *Player) arrange(ctx context.Context) error {
	bySection := map[int][]Contribution{}
	for _, c := range pl.c.Contributions {
		if d, err := pl.City.Directory.Resolve(c.Department); err == nil && d.ID != pl.lead.ID {
			c.Department = d.ID
			bySection[c.Section] = append(bySection[c.Section], c)
		}
	}
	for _, no := range keys(bySection) {
		list := bySection[no]
		if len(list) == 1 && list[0].Placement == "" && list[0].Mention == "" {
			continue
		}
		if err := pl.arrangeSection(ctx, no, list); err != nil {
			return err
		}
	}
	return nil
}

func (pl *Player) arrangeSection(ctx context.Context, no int, list []Contribution) error {
	m, post, id, err := pl.atSection(no)
	if err != nil {
		return err
	}
	pl.say("cli.demo.arrange", pl.who(post, "Section", no)...)
	act, done := once(func(ctx context.Context) error {
		return pl.fill(ctx, m, "arrange", "desk.section", pl.verb(id, "arrange"), func(v *member.View) (map[string]any, error) {
			return pl.arrangement(v, list)
		})
	})
	return pl.step(ctx, "arrange", act, done)
}

func (pl *Player) arrangement(v *member.View, list []Contribution) (map[string]any, error) {
	values := map[string]any{}
	var order []string
	for _, c := range list {
		if _, shown := field(v, "order_"+c.Department); !shown || slices.Contains(order, c.Department) {
			continue
		}
		order = append(order, c.Department)
		if c.Placement != "" {
			values["place_"+c.Department] = c.Placement
			if err := pl.offered(v, "place_"+c.Department, []string{c.Placement}); err != nil {
				return nil, err
			}
		}
		if c.Mention != "" {
			values["mention_"+c.Department] = c.Mention
			if err := pl.offered(v, "mention_"+c.Department, []string{c.Mention}); err != nil {
				return nil, err
			}
		}
	}
	for _, el := range v.Elements() {
		if unit, ok := strings.CutPrefix(el.BlockID, "order_"); ok && !slices.Contains(order, unit) {
			order = append(order, unit)
		}
	}
	for i, unit := range order {
		values["order_"+unit] = strconv.Itoa(i + 1)
	}
	return values, nil
}

// field finds a form's input by its name.
func field(v *member.View, name string) (member.Element, bool) {
	list := v.Elements()
	i := slices.IndexFunc(list, func(el member.Element) bool { return el.BlockID == name })
	if i < 0 {
		return member.Element{}, false
	}
	return list[i], true
}

// offered refuses what a form's choice does not offer.
func (pl *Player) offered(v *member.View, name string, values []string) error {
	el, _ := field(v, name)
	for _, value := range values {
		if !slices.ContainsFunc(el.Options, func(o member.Option) bool { return o.Value == value }) {
			if d, ok := pl.City.Directory.Department(value); ok {
				value = d.Short
			}
			return pl.refuse(v.Title(), "cli.demo.refusal.choice", "Value", value, "Form", v.Title())
		}
	}
	return nil
}
