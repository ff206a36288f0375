package config

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"huiban/tasks"
	"huiban/tasks/route"
)

// unit is one entry of departments.yaml and where its parts stand.
type unit struct {
	tasks.Department
	at        *yaml.Node
	given     []word // the names that are written, as against derived ones
	aliases   []word
	successor word
	prefix    word
	pattern   word
	kinds     *[]word // nil: by its names
	seats     []seat
}

// classes lists the kinds of organ in the order of copy lists.
var classes = []string{
	string(tasks.ClassParty), string(tasks.ClassCongress), string(tasks.ClassGovernment), string(tasks.ClassCPPCC), string(tasks.ClassJustice),
	string(tasks.ClassMass), string(tasks.ClassVertical), string(tasks.ClassEnterprise), string(tasks.ClassDistrict),
}

// idForm keeps ids fit for keys, links and logs.
var idForm = regexp.MustCompile(`^[a-z][a-z0-9]{1,31}$`)

func (r *reader) departments(root *yaml.Node) []*unit {
	units := []*unit{}
	before := len(*r.faults)
	r.mapping(root, fields{"departments": r.list(func(n *yaml.Node) {
		if u := r.department(n); u != nil {
			units = append(units, u)
		}
	})}, "departments")
	if len(units) == 0 && len(*r.faults) == before {
		r.fault(root, "departments_none")
	}
	return units
}

func (r *reader) department(n *yaml.Node) *unit {
	u := &unit{at: n, Department: tasks.Department{Rank: -1}}
	var id, name, short, mention, official word
	var class string
	if !r.mapping(n, fields{
		"id":            r.word(&id),
		"name":          r.word(&name),
		"short":         r.word(&short),
		"mention":       r.word(&mention),
		"official":      r.word(&official),
		"aliases":       r.words(&u.aliases),
		"self":          r.texts(&u.Self),
		"class":         r.choice(&class, classes...),
		"rank":          r.integer(&u.Rank, 0, 1_000_000),
		"duties":        r.duties(&u.Duties, route.PlainWeight),
		"kinds":         r.chosen(&u.kinds),
		"letterhead":    r.text(&u.Letterhead),
		"number_prefix": r.word(&u.prefix),
		"never_handles": r.boolean(&u.NeverHandles),
		"successor":     r.word(&u.successor),
		"people":        r.word(&u.pattern),
		"posts":         r.list(r.seat(&u.seats)),
	}, "id", "name", "class") || id.at == nil || name.at == nil {
		return nil
	}
	if !idForm.MatchString(id.text) {
		r.fault(id.at, "id_form", "value", id.text)
	}
	if u.prefix.at != nil && !prefixForm.MatchString(u.prefix.text) {
		r.fault(u.prefix.at, "prefix_form", "value", u.prefix.text)
	}
	u.ID, u.Name, u.Short, u.Mention, u.Official = id.text, name.text, short.text, mention.text, official.text
	u.Class, u.NumberPrefix = tasks.Class(class), u.prefix.text
	for _, w := range u.aliases {
		u.Aliases = append(u.Aliases, w.text)
	}
	u.given = slices.DeleteFunc(append([]word{id, name, short, mention, official}, u.aliases...), func(w word) bool { return w.at == nil })
	return u
}

// prefixForm is a 发文机关代字.
var prefixForm = regexp.MustCompile(`^\p{Han}{2,12}$`)

// duties reads a list of words, each plain or with a weight of its own: [养老, 社会组织: 3].
func (r *reader) duties(dst *[]tasks.Duty, plain float64) decode {
	return func(n *yaml.Node) {
		first := map[string]int{}
		r.list(func(item *yaml.Node) {
			var w word
			weight := plain
			if item.Kind == yaml.MappingNode && len(item.Content) == 2 {
				r.word(&w)(item.Content[0])
				r.weight(&weight)(item.Content[1])
			} else {
				r.word(&w)(item)
			}
			if w.at == nil {
				return
			}
			if line, twice := first[w.text]; twice {
				r.fault(w.at, "entry_twice", "value", w.text, "line", line)
				return
			}
			first[w.text] = w.at.Line
			*dst = append(*dst, tasks.Duty{Word: w.text, Weight: weight})
		})(n)
	}
}

// chosen reads a list of texts that may be empty, which says more than none.
func (r *reader) chosen(dst **[]word) decode {
	return func(n *yaml.Node) {
		var ws []word
		r.words(&ws)(n)
		*dst = &ws
	}
}

func (r *reader) weight(dst *float64) decode {
	return func(n *yaml.Node) {
		v, err := strconv.ParseFloat(n.Value, 64)
		if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" && n.ShortTag() != "!!float" || err != nil || math.IsNaN(v) || v <= 0 || v > 10 {
			r.fault(n, "weight", "value", n.Value)
			return
		}
		*dst = v
	}
}

// complete derives what a unit leaves out.
func (r *reader) complete(c *cityPart, units []*unit) {
	for i, u := range units {
		if u.Short == "" {
			u.Short = u.Name
		}
		if u.Mention == "" {
			u.Mention = u.Short
		}
		if u.Official == "" {
			u.Official = c.name.text + strings.TrimPrefix(u.Name, lastRune(c.name.text))
		}
		if u.Letterhead == "" {
			u.Letterhead = u.Official
			if u.Class == tasks.ClassGovernment {
				u.Letterhead = c.province + u.Official
			}
		}
		if u.Rank < 0 {
			u.Rank = 10 * (i + 1)
		}
		if len(u.Self) == 0 {
			u.Self = FirstPerson(u.Class, u.Short)
		}
	}
}

func lastRune(s string) string {
	runes := []rune(s)
	if len(runes) == 0 {
		return ""
	}
	return string(runes[len(runes)-1])
}

// router makes the router of the units that exist. What a former unit was called leads to the unit that took over.
func router(d *tasks.Directory, general map[string][]tasks.Duty, blind []string) *route.Router {
	var units []route.Unit
	at := map[string]int{}
	for _, u := range d.All() {
		if u.Successor != "" {
			continue
		}
		ru := route.Unit{ID: u.ID, Names: unitNames(u), Handles: !u.NeverHandles}
		for _, duty := range withGeneral(u.Duties, general[u.ID]) {
			ru.Duties = append(ru.Duties, route.Duty{Word: duty.Word, Weight: duty.Weight})
		}
		at[u.ID] = len(units)
		units = append(units, ru)
	}
	for _, u := range d.All() {
		if u.Successor == "" {
			continue
		}
		if heir, err := d.Resolve(u.ID); err == nil {
			units[at[heir.ID]].Names = append(units[at[heir.ID]].Names, unitNames(u)...)
		}
	}
	return route.New(units, blind...)
}

// unitNames lists what texts may call a unit, without repetition.
func unitNames(u tasks.Department) []string {
	var names []string
	for _, n := range append([]string{u.Name, u.Short, u.Mention, u.Official}, u.Aliases...) {
		if n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}
