package tasks

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Directory is the list of a city's units and of the people in their posts. It is immutable and safe for concurrent use.
type Directory struct {
	list    []Department
	byID    map[string]int
	byName  map[string]int
	persons map[string][]Post
}

// NewDirectory checks that ids and names are unique and that successors exist, and reports every fault at once.
func NewDirectory(list []Department) (*Directory, []error) {
	d := &Directory{list: slices.Clone(list), byID: map[string]int{}, byName: map[string]int{}, persons: map[string][]Post{}}
	var faults []error
	for i, u := range d.list {
		if _, twice := d.byID[u.ID]; twice {
			faults = append(faults, fmt.Errorf("department id %q stands twice", u.ID))
			continue
		}
		d.byID[u.ID] = i
		for _, name := range u.names() {
			key := nameKey(name)
			if other, twice := d.byName[key]; twice && other != i {
				faults = append(faults, fmt.Errorf("name %q belongs to %q and to %q", name, d.list[other].ID, u.ID))
				continue
			}
			d.byName[key] = i
		}
		for _, p := range u.Posts {
			d.persons[p.Person.Key] = append(d.persons[p.Person.Key], p)
		}
	}
	for _, u := range d.list {
		if _, ok := d.byID[u.Successor]; u.Successor != "" && !ok {
			faults = append(faults, fmt.Errorf("department %q: successor %q does not exist", u.ID, u.Successor))
		}
	}
	return d, faults
}

func (d Department) names() []string {
	all := append([]string{d.ID, d.Name, d.Short, d.Mention, d.Official}, d.Aliases...)
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// nameKey folds what people type: compatibility forms, inner spaces.
func nameKey(name string) string {
	return strings.Join(strings.Fields(norm.NFKC.String(name)), "")
}

// All lists the units in the order of the configuration.
func (d *Directory) All() []Department { return d.list }

// Department returns the unit with this id; a unit that no longer exists keeps its own entry.
func (d *Directory) Department(id string) (Department, bool) {
	i, ok := d.byID[id]
	if !ok {
		return Department{}, false
	}
	return d.list[i], true
}

// Short is the short name of the unit with this id, or the id itself when the directory no longer has it.
func (d *Directory) Short(id string) string {
	if u, ok := d.Department(id); ok {
		return u.Short
	}
	return id
}

// Resolve finds a unit by any of its names and follows it to its successor.
func (d *Directory) Resolve(name string) (Department, error) {
	i, ok := d.byName[nameKey(name)]
	if !ok {
		return Department{}, Refuse(NotFound, "error.department_unknown", "Name", name)
	}
	u := d.list[i]
	for range d.list {
		if u.Successor == "" {
			return u, nil
		}
		u = d.list[d.byID[u.Successor]]
	}
	return Department{}, Refuse(Invalid, "error.department_successors_circle", "Name", name)
}

// PostsOf lists the posts that a person holds; empty for somebody outside the directory.
func (d *Directory) PostsOf(person string) []Post { return d.persons[strings.ToLower(person)] }

// Person returns the person with this key.
func (d *Directory) Person(key string) (Person, bool) {
	posts := d.PostsOf(key)
	if len(posts) == 0 {
		return Person{}, false
	}
	return posts[0].Person, true
}

// Holders lists who holds a role in a department, in order.
func (d *Directory) Holders(department string, role Role) []Post {
	u, _ := d.Department(department)
	var posts []Post
	for _, p := range u.Posts {
		if p.Role == role {
			posts = append(posts, p)
		}
	}
	slices.SortStableFunc(posts, func(a, b Post) int { return a.Order - b.Order })
	return posts
}

// Supervisors lists everybody who supervises (督办).
func (d *Directory) Supervisors() []Post {
	var posts []Post
	for _, u := range d.list {
		posts = append(posts, d.Holders(u.ID, RoleSupervisor)...)
	}
	return posts
}
