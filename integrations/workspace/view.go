package workspace

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// view is a modal or a Home tab as a member has it before them.
type view struct {
	ID       string
	Type     string
	App      string
	User     string
	Root     string
	Previous string
	Hash     string
	External string
	Callback string
	Metadata string
	Notify   bool
	Clear    bool
	// Body holds title, submit, close and blocks as checked.
	Body obj
	// State holds the values that the member has entered, by block and action.
	State map[string]map[string]obj
	// offered are the options that the app suggested for external selects.
	offered map[string]obj
}

func (v *view) blocks() []any {
	b, _ := v.Body["blocks"].([]any)
	return b
}

// copyState lets a payload be written while the member goes on typing.
func copyState(state map[string]map[string]obj) map[string]map[string]obj {
	out := make(map[string]map[string]obj, len(state))
	for block, actions := range state {
		out[block] = maps.Clone(actions)
	}
	return out
}

// viewJSON is the view as the API and payloads show it.
func (s *Server) viewJSON(v *view) obj {
	a := s.appByID(v.App)
	out := obj{
		"id": v.ID, "team_id": s.st.Team.ID, "type": v.Type, "blocks": v.blocks(), "private_metadata": v.Metadata,
		"callback_id": v.Callback, "state": obj{"values": copyState(v.State)}, "hash": v.Hash, "title": v.Body["title"],
		"close": v.Body["close"], "submit": v.Body["submit"], "clear_on_close": v.Clear, "notify_on_close": v.Notify,
		"root_view_id": v.Root, "previous_view_id": nil, "app_id": v.App, "external_id": v.External,
		"app_installed_team_id": s.st.Team.ID,
	}
	if v.Previous != "" {
		out["previous_view_id"] = v.Previous
	}
	if a != nil {
		out["bot_id"] = a.user.BotID
	}
	return out
}

// parseView checks the view in raw for kind ("modal" or "home").
func parseView(raw []byte, kind string) (*view, *apiError) {
	if len(raw) > maxViewBytes {
		return nil, fail("view_too_large")
	}
	var body obj
	if err := json.Unmarshal(raw, &body); err != nil || body == nil {
		return nil, fail("invalid_arguments", "[ERROR] view is not a JSON object")
	}
	s := surfaceModal
	if kind == "home" {
		s = surfaceHome
	}
	c := newChecker(s)
	c.view("/view", body)
	if len(c.errs) > 0 {
		return nil, fail("invalid_arguments", c.errs...)
	}
	str := func(k string) string { v, _ := body[k].(string); return v }
	boolean := func(k string) bool { v, _ := body[k].(bool); return v }
	v := &view{
		Type: kind, Callback: str("callback_id"), Metadata: str("private_metadata"), External: str("external_id"),
		Notify: boolean("notify_on_close"), Clear: boolean("clear_on_close"), Body: body,
	}
	v.State = initialState(v.blocks())
	return v, nil
}

// show gives v its identity and a new hash.
func (s *Server) show(a *app, user string, v *view) {
	if v.ID == "" {
		v.ID = s.st.nextID("V")
	}
	v.App, v.User = a.ID, user
	if v.Root == "" {
		v.Root = v.ID
	}
	s.rehash(v)
}

func (s *Server) rehash(v *view) {
	v.Hash = strconv.FormatInt(s.now().Unix(), 10) + "." + randomHex(4)
}

// replace puts a new body into an open view; what the member typed stays where
// block, action and type are the same.
func (s *Server) replace(v, with *view) {
	kept := initialState(with.blocks())
	for block, actions := range kept {
		for action, val := range actions {
			if old, ok := v.State[block][action]; ok && old["type"] == val["type"] {
				kept[block][action] = old
			}
		}
	}
	v.Callback, v.Metadata, v.External = with.Callback, with.Metadata, with.External
	v.Notify, v.Clear, v.Body, v.State = with.Notify, with.Clear, with.Body, kept
	s.rehash(v)
}

// top is the modal that user sees, or nil.
func (s *Server) top(user string) *view {
	stack := s.modals[user]
	if len(stack) == 0 {
		return nil
	}
	return stack[len(stack)-1]
}

func (s *Server) pushView(user string, v *view) bool {
	stack := s.modals[user]
	if len(stack) >= maxViewStack {
		return false
	}
	if len(stack) > 0 {
		v.Root, v.Previous = stack[0].ID, stack[len(stack)-1].ID
	}
	s.modals[user] = append(stack, v)
	return true
}

func (s *Server) popView(v *view) {
	s.modals[v.User] = slices.DeleteFunc(s.modals[v.User], func(x *view) bool { return x == v })
	s.viewChanged(v.User)
}

func (s *Server) viewChanged(user string) {
	delete(s.modalErrs, user)
	s.feed.add(liveEvent{Type: "view", to: []string{user}})
}

// findView finds an app's open modal or Home tab by id or external id.
func (s *Server) findView(a *app, id, external string) *view {
	match := func(v *view) bool {
		return v.App == a.ID && (id != "" && v.ID == id || id == "" && external != "" && v.External == external)
	}
	for _, stack := range s.modals {
		for _, v := range stack {
			if match(v) {
				return v
			}
		}
	}
	for _, v := range s.st.Homes {
		if match(v) {
			return v
		}
	}
	return nil
}
