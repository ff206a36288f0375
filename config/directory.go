package config

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"huiban/tasks"
)

// nameKey folds names as tasks.Directory does when it looks them up.
func nameKey(name string) string {
	return strings.Join(strings.Fields(norm.NFKC.String(name)), "")
}

// unique reports ids, names and number prefixes that two units share, and aliases that a unit repeats.
func (r *reader) unique(units []*unit) {
	ids, names, prefixes := map[string]*unit{}, map[string]*unit{}, map[string]*unit{}
	for _, u := range units {
		if other, twice := ids[u.ID]; twice {
			r.fault(u.given[0].at, "id_twice", "id", u.ID, "line", other.at.Line)
			continue
		}
		ids[u.ID] = u
		all := slices.Clone(u.given)
		if !slices.ContainsFunc(all, func(w word) bool { return w.text == u.Official }) {
			all = append(all, word{u.Official, u.at}) // derived, and still a name
		}
		for _, w := range all {
			if other, twice := names[nameKey(w.text)]; twice && other != u {
				r.fault(w.at, "name_twice", "name", w.text, "other", other.Name, "line", other.at.Line)
				continue
			}
			names[nameKey(w.text)] = u
		}
		for _, w := range u.aliases {
			if key := nameKey(w.text); key == nameKey(u.Name) || key == nameKey(u.Short) || key == nameKey(u.Mention) || key == nameKey(u.Official) {
				r.fault(w.at, "alias_idle", "name", w.text)
			}
		}
		if u.prefix.at != nil {
			if other, twice := prefixes[u.prefix.text]; twice {
				r.fault(u.prefix.at, "prefix_twice", "value", u.prefix.text, "other", other.Name, "line", other.at.Line)
			}
			prefixes[u.prefix.text] = u
		}
	}
	r.succession(units)
}

// succession resolves successors, which may be given by any name, and refuses circles.
func (r *reader) succession(units []*unit) {
	byName := map[string]*unit{}
	for _, u := range units {
		byName[u.ID] = u
		for _, n := range unitNames(u.Department) {
			if byName[nameKey(n)] == nil {
				byName[nameKey(n)] = u
			}
		}
	}
	for _, u := range units {
		if u.successor.at == nil {
			continue
		}
		heir, ok := byName[nameKey(u.successor.text)]
		if !ok {
			r.fault(u.successor.at, "department_unknown", "name", u.successor.text)
			continue
		}
		u.Successor = heir.ID
		if len(u.Duties) > 0 || len(u.seats) > 0 || u.pattern.at != nil {
			r.fault(u.successor.at, "former_active")
		}
	}
	for _, u := range units {
		heir := u
		for range units {
			if heir.Successor == "" {
				break
			}
			heir = byName[heir.Successor]
		}
		if heir.Successor != "" {
			r.fault(u.successor.at, "successor_circle", "name", u.Name)
		}
	}
}

// directory makes the directory of checked units. What its own check still finds stands in names that were derived.
func (r *reader) directory(units []*unit) *tasks.Directory {
	list := make([]tasks.Department, len(units))
	for i, u := range units {
		list[i] = u.Department
	}
	before := len(*r.faults)
	d, errs := tasks.NewDirectory(list)
	for _, err := range errs {
		if before == 0 {
			*r.faults = append(*r.faults, Fault{File: r.file, Message: "directory", Args: args([]any{"detail", err}), Err: err})
		}
	}
	return d
}

// resolve finds the unit that a name stands for, and notes a fault when there is none.
func (r *reader) resolve(d *tasks.Directory, w word) (tasks.Department, bool) {
	u, err := d.Resolve(w.text)
	switch {
	case err == nil:
		return u, true
	case strings.HasPrefix(r.file, builtIn):
		r.fault(w.at, "department_foreign", "name", w.text, "file", path.Base(r.file))
	default:
		r.fault(w.at, "department_unknown", "name", w.text)
	}
	return u, false
}
