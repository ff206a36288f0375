package workspace

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

// page cuts one page out of n items by limit and cursor and returns the next cursor.
func (r *request) page(n, def, most int) (from, to int, next string, err *apiError) {
	limit := r.integer("limit", def)
	if limit == 0 {
		limit = def
	}
	if limit < 1 || limit > most {
		return 0, 0, "", fail("invalid_limit")
	}
	if cursor := r.str("cursor"); cursor != "" {
		raw, bad := base64.StdEncoding.DecodeString(cursor)
		num, ok := strings.CutPrefix(string(raw), "next:")
		at, e := strconv.Atoi(num)
		if bad != nil || !ok || e != nil || at < 0 || at > n {
			return 0, 0, "", fail("invalid_cursor")
		}
		from = at
	}
	to = min(n, from+limit)
	if to < n {
		next = base64.StdEncoding.EncodeToString([]byte("next:" + strconv.Itoa(to)))
	}
	return from, to, next, nil
}

func (s *Server) channelJSON(a *app, c *channel) obj {
	if c.IM {
		return obj{
			"id": c.ID, "is_im": true, "user": c.other(a.user.ID), "created": c.Created,
			"is_archived": false, "is_user_deleted": false, "context_team_id": s.st.Team.ID,
		}
	}
	return obj{
		"id": c.ID, "name": c.Name, "name_normalized": c.Name, "is_channel": true, "is_im": false,
		"is_private": false, "is_archived": false, "is_member": c.has(a.user.ID), "created": c.Created,
		"num_members": len(c.Members), "topic": obj{"value": c.Topic}, "purpose": obj{"value": ""},
		"context_team_id": s.st.Team.ID,
	}
}

// visible is the channel argument if the app may see it with scope kind ("read" or "history").
func (r *request) visible(kind string) (*channel, *apiError) {
	id := r.str("channel")
	if id == "" {
		return nil, missingArgument("channel")
	}
	c := r.st.channel(id)
	if c == nil || c.IM && !c.has(r.app.user.ID) {
		return nil, fail("channel_not_found")
	}
	family := "channels:"
	if c.IM {
		family = "im:"
	}
	return c, checkScope(r.app, []string{family + kind})
}

func (r *request) conversationsOpen() (obj, *apiError) {
	if id := r.str("channel"); id != "" {
		c := r.st.channel(id)
		if c == nil || !c.IM || !c.has(r.app.user.ID) {
			return nil, fail("channel_not_found")
		}
		return obj{"channel": r.channelJSON(r.app, c), "no_op": true, "already_open": true}, nil
	}
	ids := slices.DeleteFunc(strings.Split(r.str("users"), ","), func(v string) bool { return v == "" })
	switch {
	case len(ids) == 0:
		return nil, fail("users_list_not_supplied")
	case len(ids) > 1:
		if err := checkScope(r.app, []string{"mpim:write"}); err != nil {
			return nil, err
		}
		return nil, fail("method_not_supported_for_channel_type")
	}
	u := r.st.user(ids[0])
	switch {
	case u == nil:
		return nil, fail("user_not_found")
	case u.Deleted:
		return nil, fail("user_disabled")
	case u.ID == r.app.user.ID:
		return nil, fail("cannot_dm_bot")
	case u.Bot:
		return nil, fail("cannot_dm_bot")
	}
	c := r.st.im(u.ID, r.app.user.ID, r.now)
	if r.boolean("return_im") {
		return obj{"channel": r.channelJSON(r.app, c)}, nil
	}
	return obj{"channel": obj{"id": c.ID}}, nil
}

func (r *request) conversationsList() (obj, *apiError) {
	return r.listChannels(func(c *channel) bool { return !c.IM || c.has(r.app.user.ID) })
}

// usersConversations lists what a member is in; of direct messages only the app's own show.
func (r *request) usersConversations() (obj, *apiError) {
	id := cmp.Or(r.str("user"), r.app.user.ID)
	if r.st.user(id) == nil {
		return nil, fail("user_not_found")
	}
	return r.listChannels(func(c *channel) bool { return c.has(id) && (!c.IM || c.has(r.app.user.ID)) })
}

// listChannels answers with a page of the channels of the wanted types that show accepts.
func (r *request) listChannels(show func(*channel) bool) (obj, *apiError) {
	types := strings.Split(r.str("types"), ",")
	if r.str("types") == "" {
		types = []string{"public_channel"}
	}
	var all []obj
	for _, t := range types {
		scope := map[string]string{
			"public_channel": "channels:read", "im": "im:read", "private_channel": "groups:read", "mpim": "mpim:read",
		}[strings.TrimSpace(t)]
		if scope == "" {
			return nil, fail("invalid_types")
		}
		if err := checkScope(r.app, []string{scope}); err != nil {
			return nil, err
		}
		for _, c := range r.st.Channels {
			if (scope == "channels:read" && !c.IM || scope == "im:read" && c.IM) && show(c) {
				all = append(all, r.channelJSON(r.app, c))
			}
		}
	}
	from, to, next, err := r.page(len(all), 100, 1000)
	if err != nil {
		return nil, err
	}
	return obj{"channels": append([]obj{}, all[from:to]...), "response_metadata": obj{"next_cursor": next}}, nil
}

func (r *request) conversationsInfo() (obj, *apiError) {
	c, err := r.visible("read")
	if err != nil {
		return nil, err
	}
	return obj{"channel": r.channelJSON(r.app, c)}, nil
}

func (r *request) conversationsJoin() (obj, *apiError) {
	c := r.st.channel(r.str("channel"))
	switch {
	case c == nil:
		return nil, fail("channel_not_found")
	case c.IM:
		return nil, fail("method_not_supported_for_channel_type")
	}
	out := obj{"channel": r.channelJSON(r.app, c)}
	if c.has(r.app.user.ID) {
		out["warning"] = "already_in_channel"
		return out, nil
	}
	r.joined(c, r.app.user.ID)
	return obj{"channel": r.channelJSON(r.app, c)}, nil
}

func (r *request) conversationsMembers() (obj, *apiError) {
	c, err := r.visible("read")
	if err != nil {
		return nil, err
	}
	from, to, next, err := r.page(len(c.Members), 100, 1000)
	if err != nil {
		return nil, err
	}
	return obj{"members": append([]string{}, c.Members[from:to]...), "response_metadata": obj{"next_cursor": next}}, nil
}

// within reports whether ts lies in the call's oldest..latest window.
func (r *request) within(ts string) bool {
	oldest, latest := r.str("oldest"), r.str("latest")
	inclusive := r.boolean("inclusive")
	if oldest != "" && oldest != "0" && (ts < oldest || ts == oldest && !inclusive) {
		return false
	}
	return latest == "" || ts < latest || ts == latest && inclusive
}

func (r *request) conversationsHistory() (obj, *apiError) {
	c, err := r.visible("history")
	if err != nil {
		return nil, err
	}
	if !c.has(r.app.user.ID) {
		return nil, fail("not_in_channel")
	}
	var all []*message
	for _, m := range slices.Backward(r.st.Messages[c.ID]) {
		if m.Only == "" && (!m.reply() || m.Broadcast) && r.within(m.TS) {
			all = append(all, m)
		}
	}
	from, to, next, err := r.page(len(all), 100, 999)
	if err != nil {
		return nil, err
	}
	out := []obj{}
	for _, m := range all[from:to] {
		out = append(out, r.messageJSON(r.app, m, r.boolean("include_all_metadata")))
	}
	return obj{
		"messages": out, "has_more": next != "", "pin_count": 0,
		"response_metadata": obj{"next_cursor": next},
	}, nil
}

func (r *request) conversationsReplies() (obj, *apiError) {
	c, err := r.visible("history")
	if err != nil {
		return nil, err
	}
	if !c.has(r.app.user.ID) {
		return nil, fail("not_in_channel")
	}
	root := r.st.find(c.ID, r.str("ts"))
	if root == nil || root.Only != "" {
		return nil, fail("thread_not_found")
	}
	if root.reply() {
		root = r.st.find(c.ID, root.ThreadTS)
	}
	var all []*message
	for _, m := range r.st.thread(c.ID, root.TS) {
		if r.within(m.TS) {
			all = append(all, m)
		}
	}
	all = append([]*message{root}, all...)
	from, to, next, err := r.page(len(all), 1000, 1000)
	if err != nil {
		return nil, err
	}
	out := []obj{}
	for _, m := range all[from:to] {
		out = append(out, r.messageJSON(r.app, m, r.boolean("include_all_metadata")))
	}
	return obj{"messages": out, "has_more": next != "", "response_metadata": obj{"next_cursor": next}}, nil
}
