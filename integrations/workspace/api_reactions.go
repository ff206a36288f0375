package workspace

import (
	"slices"
	"strings"
)

// reacted finds the message and the place of the named reaction in it, -1 when it has none.
func (r *request) reacted() (*channel, *message, int, *apiError) {
	c := r.st.channel(r.str("channel"))
	if c == nil || !c.has(r.app.user.ID) {
		return nil, nil, 0, fail("channel_not_found")
	}
	name := r.str("name")
	if name == "" || strings.ContainsAny(name, ": ") {
		return nil, nil, 0, fail("invalid_name")
	}
	m := r.st.find(c.ID, r.str("timestamp"))
	if m == nil || m.Only != "" {
		return nil, nil, 0, fail("message_not_found")
	}
	return c, m, slices.IndexFunc(m.Reactions, func(x reaction) bool { return x.Name == name }), nil
}

func (r *request) reactionsAdd() (obj, *apiError) {
	c, m, i, err := r.reacted()
	if err != nil {
		return nil, err
	}
	if i < 0 {
		m.Reactions = append(m.Reactions, reaction{Name: r.str("name")})
		i = len(m.Reactions) - 1
	}
	if slices.Contains(m.Reactions[i].Users, r.app.user.ID) {
		return nil, fail("already_reacted")
	}
	m.Reactions[i].Users = append(m.Reactions[i].Users, r.app.user.ID)
	r.notify(c, "message", m.Only)
	return obj{}, nil
}

func (r *request) reactionsRemove() (obj, *apiError) {
	c, m, i, err := r.reacted()
	if err != nil {
		return nil, err
	}
	if i < 0 || !slices.Contains(m.Reactions[i].Users, r.app.user.ID) {
		return nil, fail("no_reaction")
	}
	m.Reactions[i].Users = slices.DeleteFunc(m.Reactions[i].Users, func(id string) bool { return id == r.app.user.ID })
	if len(m.Reactions[i].Users) == 0 {
		m.Reactions = slices.Delete(m.Reactions, i, i+1)
	}
	r.notify(c, "message", m.Only)
	return obj{}, nil
}
