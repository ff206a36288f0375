package workspace

import (
	"encoding/json"
	"errors"
	"slices"
)

// submission is what became of a submitted modal.
type submission struct {
	OK     bool              `json:"ok"`
	Closed bool              `json:"closed"`
	Errors map[string]string `json:"errors,omitempty"`
	Error  string            `json:"error,omitempty"`
	// Message is the sentence that goes with Error.
	Message string `json:"message,omitempty"`
}

func refused(err error) submission {
	var m *memberError
	if errors.As(err, &m) {
		return submission{Error: m.Code, Message: m.Message}
	}
	return submission{Error: err.Error(), Message: err.Error()}
}

// submitView sends the modal that as has open to its app and does what the app answers.
func (s *Server) submitView(as *user, id string, values map[string]map[string]obj) submission {
	s.mu.Lock()
	v := s.top(as.ID)
	if v == nil || v.ID != id || v.Body["submit"] == nil {
		s.mu.Unlock()
		return refused(&memberError{"view_not_open", "this form is no longer open"})
	}
	errs, err := entered{Server: s, user: as.ID, offered: v.offered}.fill(v, values, true)
	if err != nil || len(errs) > 0 {
		s.mu.Unlock()
		if err != nil {
			return refused(err)
		}
		return submission{Errors: errs}
	}
	s.handOver(v)
	a := s.appByID(v.App)
	p := s.base(a, as, "view_submission")
	p["trigger_id"], p["view"], p["response_urls"] = s.newTrigger(a, as.ID, v.ID), s.viewJSON(v), s.viewResponseURLs(a, as, v)
	s.mu.Unlock()
	body, err := s.deliver(a, "interactive", "view_submission", p)
	if err != nil {
		return s.trouble(as, connectError(err))
	}
	return s.applySubmission(as, a, v, body)
}

// trouble leaves the modal open and remembers what the member is told.
func (s *Server) trouble(as *user, err *memberError) submission {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.modalErrs[as.ID] = err.Message
	s.feed.add(liveEvent{Type: "view", to: []string{as.ID}})
	return refused(err)
}

// viewResponseURLs answers conversation selects that ask for a response_url.
func (s *Server) viewResponseURLs(a *app, as *user, v *view) []obj {
	out := []obj{}
	eachElement(v.blocks(), func(block, el obj) {
		if wanted, _ := el["response_url_enabled"].(bool); !wanted {
			return
		}
		blockID, _ := block["block_id"].(string)
		actionID, _ := el["action_id"].(string)
		state := v.State[blockID][actionID]
		for _, key := range []string{"selected_conversation", "selected_channel"} {
			if c, ok := state[key].(string); ok {
				out = append(out, obj{
					"block_id": blockID, "action_id": actionID, "channel_id": c,
					"response_url": s.newResponseURL(a, as.ID, c, "", nil),
				})
			}
		}
	})
	return out
}

// applySubmission does what the acknowledgement of a view_submission says.
func (s *Server) applySubmission(as *user, a *app, v *view, body []byte) submission {
	var in struct {
		Action string            `json:"response_action"`
		View   json.RawMessage   `json:"view"`
		Errors map[string]string `json:"errors"`
	}
	if len(body) > 0 && json.Unmarshal(body, &in) != nil {
		return s.trouble(as, errTrouble)
	}
	switch in.Action {
	case "":
		s.mu.Lock()
		defer s.mu.Unlock()
		s.popView(v)
		return submission{OK: true, Closed: true}
	case "clear":
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.modals, as.ID)
		s.viewChanged(as.ID)
		return submission{OK: true, Closed: true}
	case "errors":
		return s.showErrors(as, v, in.Errors)
	case "update", "push":
		next, err := parseView(in.View, "modal")
		if err != nil {
			s.record(Call{Time: s.now(), App: a.ID, Method: "response_action", Error: err.code, Faults: err.messages})
			s.opts.Logger.Warn("view in response_action refused", "app", a.ID, "error", err.code)
			return s.trouble(as, errTrouble)
		}
		return s.showNext(as, a, v, next, in.Action)
	}
	return s.trouble(as, errTrouble)
}

// showErrors shows an app's errors at the inputs they name; Slack refuses others.
func (s *Server) showErrors(as *user, v *view, errs map[string]string) submission {
	inputs := []string{}
	for _, b := range v.blocks() {
		if block, _ := b.(obj); block["type"] == "input" {
			id, _ := block["block_id"].(string)
			inputs = append(inputs, id)
		}
	}
	for id := range errs {
		if !slices.Contains(inputs, id) {
			return s.trouble(as, errTrouble)
		}
	}
	if len(errs) == 0 {
		return s.trouble(as, errTrouble)
	}
	return submission{Errors: errs}
}

func (s *Server) showNext(as *user, a *app, v, next *view, action string) submission {
	s.mu.Lock()
	open := slices.Contains(s.modals[as.ID], v)
	if !open {
		s.mu.Unlock()
		return submission{OK: true, Closed: true}
	}
	if action == "update" {
		s.replace(v, next)
	} else {
		s.show(a, as.ID, next)
		if !s.pushView(as.ID, next) {
			s.mu.Unlock()
			return s.trouble(as, errTrouble)
		}
	}
	s.viewChanged(as.ID)
	s.mu.Unlock()
	return submission{OK: true}
}

// closeView closes the modal on top, or all (the cross instead of the button, or a
// view that clears on close), and tells the apps that asked to know.
func (s *Server) closeView(as *user, id string, all bool) error {
	s.mu.Lock()
	v := s.top(as.ID)
	if v == nil || v.ID != id {
		s.mu.Unlock()
		return &memberError{"view_not_open", "this form is no longer open"}
	}
	closed := []*view{v}
	if all = all || v.Clear; all {
		closed = slices.Clone(s.modals[as.ID])
		slices.Reverse(closed)
		delete(s.modals, as.ID)
		s.viewChanged(as.ID)
	} else {
		s.popView(v)
	}
	type notice struct {
		app     *app
		payload obj
	}
	var notices []notice
	for _, x := range closed {
		if !x.Notify {
			continue
		}
		a := s.appByID(x.App)
		p := s.base(a, as, "view_closed")
		shown := s.viewJSON(x)
		// Slack promises the values for submissions only: whoever keeps drafts needs dispatch_action.
		shown["state"] = obj{"values": obj{}}
		p["view"], p["is_cleared"] = shown, all
		notices = append(notices, notice{a, p})
	}
	s.mu.Unlock()
	for _, n := range notices {
		if _, err := s.deliver(n.app, "interactive", "view_closed", n.payload); err != nil {
			s.opts.Logger.Warn("view_closed not acknowledged", "app", n.app.ID, "error", err)
		}
	}
	return nil
}
