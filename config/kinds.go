package config

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"huiban/tasks"
	"huiban/tasks/route"
)

// kind is what units with a certain part in their names do in every city.
type kind struct {
	name      word
	names     []string
	except    []string
	otherwise []word
	duties    []tasks.Duty
}

// The strength of the words of a kind.
const (
	ownWeight    = 3
	strongWeight = 2
	plainWeight  = 1
	hintWeight   = 0.5
)

// general is what duties.yaml holds.
type general struct {
	kinds []kind
	blind []string
}

// general reads duties.yaml.
func (r *reader) general(into *general, root *yaml.Node) {
	dst := &into.kinds
	r.mapping(root, fields{"blind": r.texts(&into.blind), "kinds": r.list(func(n *yaml.Node) {
		var k kind
		if !r.mapping(n, fields{
			"kind":      r.word(&k.name),
			"names":     r.texts(&k.names),
			"except":    r.texts(&k.except),
			"otherwise": r.words(&k.otherwise),
			"own":       r.duties(&k.duties, ownWeight),
			"strong":    r.duties(&k.duties, strongWeight),
			"plain":     r.duties(&k.duties, plainWeight),
			"hint":      r.duties(&k.duties, hintWeight),
		}, "kind", "names") || k.name.at == nil {
			return
		}
		if other := findKind(*dst, k.name.text); other != nil {
			r.fault(k.name.at, "entry_twice", "value", k.name.text, "line", other.name.at.Line)
			return
		}
		*dst = append(*dst, k)
	})}, "kinds")
	for _, k := range *dst {
		r.knownKinds(*dst, k.otherwise)
	}
}

// knownKinds notes names that are no kind.
func (r *reader) knownKinds(kinds []kind, names []word) {
	for _, w := range names {
		if findKind(kinds, w.text) == nil {
			r.fault(w.at, "kind_unknown", "name", w.text)
		}
	}
}

func findKind(kinds []kind, name string) *kind {
	for i := range kinds {
		if kinds[i].name.text == name {
			return &kinds[i]
		}
	}
	return nil
}

// fits reports whether one of the names says that a unit is of the kind.
func (k *kind) fits(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		in := func(part string) bool { return strings.Contains(name, part) }
		return slices.ContainsFunc(k.names, in) && !slices.ContainsFunc(k.except, in)
	})
}

// holders lists the units of each kind, by ids. Towns answer for their place and not for a field, units that handle
// nothing need no words; names of units that are no more speak for their successors.
func (g *general) holders(units []*unit) map[string][]string {
	byID, names := map[string]*unit{}, map[string][]string{}
	for _, u := range units {
		byID[u.ID] = u
	}
	for _, u := range units {
		heir := u
		for range units {
			if next := byID[heir.Successor]; next != nil {
				heir = next
			}
		}
		names[heir.ID] = append(names[heir.ID], unitNames(u.Department)...)
	}
	out := map[string][]string{}
	for _, u := range units {
		if u.Successor != "" || u.NeverHandles || u.Class == tasks.ClassDistrict && u.kinds == nil {
			continue
		}
		for i := range g.kinds {
			k := &g.kinds[i]
			is := k.fits(names[u.ID])
			if u.kinds != nil {
				is = slices.ContainsFunc(*u.kinds, func(w word) bool { return w.text == k.name.text })
			}
			if is {
				out[k.name.text] = append(out[k.name.text], u.ID)
			}
		}
	}
	return out
}

// duties gives each unit the words of its kinds, and of those that it takes over, by id.
func (g *general) duties(units []*unit) map[string][]tasks.Duty {
	holders := g.holders(units)
	out := map[string][]tasks.Duty{}
	for i := range g.kinds {
		for _, id := range standIn(&g.kinds[i], holders) {
			out[id] = append(out[id], g.kinds[i].duties...)
		}
	}
	return out
}

// standIn finds the units that do what a kind does: those of the kind, else those of the first kind that takes it over.
func standIn(k *kind, holders map[string][]string) []string {
	if h := holders[k.name.text]; len(h) > 0 {
		return h
	}
	for _, other := range k.otherwise {
		if h := holders[other.text]; len(h) > 0 {
			return h
		}
	}
	return nil
}

// withGeneral is what a unit's own list says, and of the general words those that it does not have, each with its
// greatest weight. Where the list has a word without a weight of its own, the greater one counts.
func withGeneral(own, more []tasks.Duty) []tasks.Duty {
	out := slices.Clone(own)
	at := map[string]int{}
	for i, d := range own {
		at[d.Word] = i
		if d.Weight != route.PlainWeight {
			at[d.Word] = -1
		}
	}
	for _, d := range more {
		switch i, known := at[d.Word]; {
		case !known:
			at[d.Word] = len(out)
			out = append(out, d)
		case i >= 0:
			out[i].Weight = max(out[i].Weight, d.Weight)
		}
	}
	return out
}
