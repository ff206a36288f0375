package config

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"huiban/tasks"
	"huiban/tasks/letter"
)

// unitSlots are what a pattern's names may use of the unit.
var unitSlots = []string{"id", "short", "plain"}

// memberForm is a Slack member id.
var memberForm = regexp.MustCompile(`^[UW][A-Z0-9]{4,20}$`)

func (r *reader) member(dst *string) decode {
	return func(n *yaml.Node) {
		var w word
		r.word(&w)(n)
		if w.at != nil && !memberForm.MatchString(w.text) {
			r.fault(n, "member_form", "value", w.text)
			return
		}
		*dst = w.text
	}
}

// staff puts the people into their posts: those of the unit's pattern, then those written for the unit, which take the
// place of the pattern's in the same role and order.
func (r *reader) staff(patterns *reader, c *cityPart, units []*unit) {
	if !c.staffed {
		return
	}
	register := &register{persons: map[string]tasks.Person{}, slack: map[string]string{}, told: map[*yaml.Node]bool{}}
	for _, u := range units {
		name := c.standard
		if u.Successor != "" || u.NeverHandles {
			name = nobody
		}
		if u.pattern.at != nil {
			name = u.pattern.text
		}
		base, known := c.patterns[name]
		if !known && name != nobody {
			r.fault(u.pattern.at, "pattern_unknown", "name", name)
		}
		own := ordered(u.seats)
		for _, s := range ordered(base) {
			if slices.ContainsFunc(own, func(o seat) bool { return o.role == s.role && o.order == s.order }) {
				continue
			}
			s.name, s.email = fillUnit(s.name, u), fillUnit(s.email, u)
			register.add(patterns, u, s)
		}
		for _, s := range own {
			register.add(r, u, s)
		}
		slices.SortStableFunc(u.Posts, func(a, b tasks.Post) int { return a.Order - b.Order })
		if !u.NeverHandles && u.Successor == "" && !slices.ContainsFunc(u.Posts, func(p tasks.Post) bool { return p.Role == tasks.RoleLiaison }) {
			r.fault(u.at, "liaison_none", "name", u.Name)
		}
	}
}

// ordered gives the seats without an order the next one of their role.
func ordered(seats []seat) []seat {
	next := map[tasks.Role]int{}
	out := slices.Clone(seats)
	for i := range out {
		if out[i].order < 0 {
			out[i].order = next[out[i].role]
		}
		next[out[i].role] = max(next[out[i].role], out[i].order+1)
	}
	return out
}

func fillUnit(s string, u *unit) string {
	return letter.Fill(s, "id", u.ID, "short", u.Short, "plain", plain(u.Short))
}

// keepsCity lists what makes the leading 市 or 县 of a short name part of it.
var keepsCity = []string{"委", "政府", "政协", "人大", "府"}

// plain is a short name as it is used inside the city: 市民政局 is 民政局, 市委组织部 stays.
func plain(short string) string {
	for _, lead := range []string{"市", "县", "区"} {
		rest, ok := strings.CutPrefix(short, lead)
		if ok && !slices.ContainsFunc(keepsCity, func(k string) bool { return strings.HasPrefix(rest, k) }) {
			return rest
		}
	}
	return short
}

// register knows everybody by address.
type register struct {
	persons map[string]tasks.Person
	slack   map[string]string // member id to address
	told    map[*yaml.Node]bool
}

// add seats a person. One person may hold several posts, also in several units, but has one name.
func (g *register) add(r *reader, u *unit, s seat) {
	key := strings.ToLower(s.email)
	known, met := g.persons[key]
	other := g.slack[s.slack]
	switch {
	case !soundAddress(key):
		g.fault(r, s.emailAt, "email_form", "value", s.email)
		return
	case met && known.Name != s.name:
		g.fault(r, s.nameAt, "person_names", "email", key, "name", s.name, "other", known.Name)
		return
	case met && s.slack != "" && known.Slack != "" && known.Slack != s.slack, s.slack != "" && other != "" && other != key:
		g.fault(r, s.at, "person_slack", "email", key, "slack", s.slack)
		return
	case slices.ContainsFunc(u.Posts, func(p tasks.Post) bool { return p.Role == s.role && p.Person.Key == key }):
		g.fault(r, s.at, "person_twice", "email", key, "role", s.role, "unit", u.Name)
		return
	}
	person := tasks.Person{Key: key, Name: s.name, Slack: s.slack}
	if s.slack != "" {
		g.slack[s.slack] = key
	} else {
		person.Slack = known.Slack
	}
	g.persons[key] = person
	u.Posts = append(u.Posts, tasks.Post{Department: u.ID, Role: s.role, Order: s.order, Title: s.title, Person: person})
}

// fault notes what is wrong with a post once, though a pattern's post stands in many units.
func (g *register) fault(r *reader, at *yaml.Node, message string, kv ...any) {
	if !g.told[at] {
		g.told[at] = true
		r.fault(at, message, kv...)
	}
}

func soundAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= 254 && !strings.ContainsFunc(s, func(c rune) bool { return c > '~' })
}

// slots reports {names} that a sentence may not use, and those that it must use and does not.
func (r *reader) slots(at *yaml.Node, sentence string, allowed []string, required ...string) {
	if at == nil {
		return
	}
	used := map[string]bool{}
	for _, m := range slotForm.FindAllStringSubmatch(sentence, -1) {
		used[m[1]] = true
		if !slices.Contains(allowed, m[1]) {
			r.fault(at, "slot_unknown", "name", m[1], "known", strings.Join(allowed, ", "))
		}
	}
	if strings.ContainsAny(slotForm.ReplaceAllString(sentence, ""), "{}") {
		r.fault(at, "slot_form")
	}
	for _, name := range required {
		if !used[name] {
			r.fault(at, "slot_missing", "name", name)
		}
	}
}

var slotForm = regexp.MustCompile(`\{([^{}]*)\}`)
