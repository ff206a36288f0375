package config

import "huiban/tasks"

// Member is one person as a chat workspace lists people.
type Member struct {
	Name  string
	Email string
	Slack string // member id, where the configuration names one
	Title string
	Unit  string // short name of the unit
	Role  tasks.Role
}

// Members lists everybody once, in the order of the directory. Somebody with several posts stands with the first.
func (c *Config) Members() []Member {
	var members []Member
	seen := map[string]bool{}
	for _, u := range c.City.Directory.All() {
		for _, p := range u.Posts {
			if seen[p.Person.Key] {
				continue
			}
			seen[p.Person.Key] = true
			members = append(members, Member{Name: p.Person.Name, Email: p.Person.Key, Slack: p.Person.Slack, Title: p.Title, Unit: u.Short, Role: p.Role})
		}
	}
	return members
}
