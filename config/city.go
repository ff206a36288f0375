package config

import (
	"strings"
	"time"
	_ "time/tzdata" // the zones are compiled in, since small container images carry none

	"go.yaml.in/yaml/v3"

	"huiban/tasks"
	"huiban/tasks/letter"
)

// cityPart is city.yaml.
type cityPart struct {
	name     word
	province string
	zone     *time.Location
	lang     string
	standard string // name of the pattern for units that say nothing about people
	patterns map[string][]seat
	staffed  bool // people holds no fault, so that units can be staffed by it
}

// nobody is the pattern of a unit without people.
const nobody = "none"

// seat is a post as it is written, in a pattern or for one unit.
type seat struct {
	at                        *yaml.Node
	role                      tasks.Role
	order                     int // -1: the next free one of the role
	title, name, email, slack string
	nameAt, emailAt           *yaml.Node
}

func (r *reader) city(c *cityPart, root *yaml.Node) {
	c.zone, c.patterns = time.UTC, map[string][]seat{}
	var standard word
	r.mapping(root, fields{
		"name":     r.word(&c.name),
		"province": r.optional(&c.province),
		"zone":     r.zone(&c.zone),
		"language": r.choice(&c.lang, LangChinese, LangEnglish),
		"people": func(n *yaml.Node) {
			before := len(*r.faults)
			r.mapping(n, fields{"default": r.word(&standard), "patterns": r.patterns(c.patterns)}, "default", "patterns")
			if _, known := c.patterns[standard.text]; !known && standard.at != nil && standard.text != nobody {
				r.fault(standard.at, "pattern_unknown", "name", standard.text)
			}
			c.standard, c.staffed = standard.text, len(*r.faults) == before
		},
	}, "name", "zone", "language", "people")
}

func (r *reader) zone(dst **time.Location) decode {
	return func(n *yaml.Node) {
		var w word
		r.word(&w)(n)
		if w.at == nil {
			return
		}
		zone, err := time.LoadLocation(w.text)
		if err != nil || !strings.Contains(w.text, "/") {
			r.fault(n, "zone", "value", w.text)
			return
		}
		*dst = zone
	}
}

func (r *reader) patterns(dst map[string][]seat) decode {
	return func(n *yaml.Node) {
		r.pairs(n, func(key word, value *yaml.Node) {
			if key.text == nobody {
				r.fault(key.at, "pattern_reserved", "name", nobody)
				return
			}
			seats := []seat{}
			r.list(r.seat(&seats))(value)
			for _, s := range seats {
				r.slots(s.nameAt, s.name, unitSlots)
				r.slots(s.emailAt, s.email, []string{"id"}, "id")
				if !soundAddress(letter.Fill(s.email, "id", "x")) {
					r.fault(s.emailAt, "email_form", "value", s.email)
				}
			}
			dst[key.text] = seats
		})
	}
}

// seat reads one post.
func (r *reader) seat(dst *[]seat) decode {
	return func(n *yaml.Node) {
		s := seat{at: n, order: -1}
		var role string
		var name, email word
		if !r.mapping(n, fields{
			"role":  r.choice(&role, string(tasks.RoleLiaison), string(tasks.RoleCoordinator), string(tasks.RoleLeader), string(tasks.RoleSupervisor)),
			"order": r.integer(&s.order, 0, 9),
			"title": r.text(&s.title),
			"name":  r.word(&name),
			"email": r.word(&email),
			"slack": r.member(&s.slack),
		}, "role", "title", "name", "email") || role == "" || name.at == nil || email.at == nil {
			return
		}
		s.role, s.name, s.nameAt, s.email, s.emailAt = tasks.Role(role), name.text, name.at, email.text, email.at
		*dst = append(*dst, s)
	}
}
