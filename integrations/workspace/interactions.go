package workspace

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// memberError is what a member is shown when something did not work. Code is Slack's
// name for it, Message a sentence.
type memberError struct {
	Code    string
	Message string
}

func (e *memberError) Error() string { return e.Code + ": " + e.Message }

func (s *Server) userRef(u *user) obj {
	return obj{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": s.st.Team.ID}
}

// base holds the fields that every interaction payload has.
func (s *Server) base(a *app, u *user, kind string) obj {
	return obj{
		"type": kind, "token": "verification", "api_app_id": a.ID, "user": s.userRef(u),
		"team": obj{"id": s.st.Team.ID, "domain": s.st.Team.Domain}, "enterprise": nil, "is_enterprise_install": false,
	}
}

func channelRef(c *channel) obj {
	name := c.Name
	if c.IM {
		name = "directmessage"
	}
	return obj{"id": c.ID, "name": name}
}

// actionTS is the time of a click in Slack's form.
func actionTS(t time.Time) string {
	return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000)
}

// runCommand sends a slash command and shows the member the app's answer.
func (s *Server) runCommand(as *user, c *channel, command, text string) (*message, error) {
	s.mu.Lock()
	var a *app
	for _, x := range s.apps {
		if slices.ContainsFunc(x.Commands, func(k Command) bool { return k.Command == command }) {
			a = x
		}
	}
	if a == nil || checkScope(a, []string{"commands"}) != nil {
		s.mu.Unlock()
		return nil, &memberError{"unknown_command", fmt.Sprintf("%s is not a valid command", command)}
	}
	ref := channelRef(c)
	url := s.newResponseURL(a, as.ID, c.ID, "", nil)
	payload := obj{
		"token": "verification", "team_id": s.st.Team.ID, "team_domain": s.st.Team.Domain, "channel_id": c.ID,
		"channel_name": ref["name"], "user_id": as.ID, "user_name": as.Name, "command": command, "text": text,
		"api_app_id": a.ID, "is_enterprise_install": "false", "response_url": url, "trigger_id": s.newTrigger(a, as.ID, ""),
	}
	s.mu.Unlock()
	body, err := s.deliver(a, "slash_commands", command, payload)
	if err != nil {
		return nil, commandError(command, err)
	}
	if len(body) == 0 || string(body) == "null" || string(body) == "{}" {
		return nil, nil
	}
	m, err := s.commandAnswer(a, as, c, body)
	if err != nil {
		return nil, commandError(command, err)
	}
	return m, nil
}

func commandError(command string, err error) error {
	code := "dispatch_failed"
	if errors.Is(err, errAckTimeout) {
		code = "operation_timeout"
	} else if errors.Is(err, errHTTPStatus) || errors.Is(err, errNoRetry) {
		code = "dispatch_unknown_error"
	}
	return &memberError{code, fmt.Sprintf("%s failed with the error %q", command, code)}
}

var errTrouble = &memberError{"connection_trouble", "We had some trouble connecting. Try again?"}

// connectError turns a missing acknowledgement into what the member sees.
func connectError(err error) *memberError {
	if errors.Is(err, errAckTimeout) {
		return &memberError{"operation_timeout", errTrouble.Message}
	}
	return errTrouble
}

// runShortcut sends a global or message shortcut.
func (s *Server) runShortcut(as *user, callback string, c *channel, m *message) error {
	s.mu.Lock()
	a, sc := s.shortcut(callback)
	if a == nil || (sc.Type == "message") != (m != nil) || checkScope(a, []string{"commands"}) != nil {
		s.mu.Unlock()
		return &memberError{"unknown_shortcut", "this shortcut does not exist here"}
	}
	kind := "shortcut"
	if m != nil {
		kind = "message_action"
	}
	p := s.base(a, as, kind)
	p["callback_id"], p["action_ts"] = callback, actionTS(s.now())
	p["trigger_id"] = s.newTrigger(a, as.ID, "")
	if m != nil {
		p["channel"], p["message_ts"], p["message"] = channelRef(c), m.TS, s.messageJSON(a, m, false)
		p["response_url"] = s.newResponseURL(a, as.ID, c.ID, m.ThreadTS, nil)
	}
	s.mu.Unlock()
	if _, err := s.deliver(a, "interactive", kind, p); err != nil {
		return connectError(err)
	}
	return nil
}

func (s *Server) shortcut(callback string) (*app, Shortcut) {
	for _, a := range s.apps {
		for _, sc := range a.Shortcuts {
			if sc.CallbackID == callback {
				return a, sc
			}
		}
	}
	return nil, Shortcut{}
}

// clickTarget is where an element was used: in a message or in a view.
type clickTarget struct {
	channel *channel
	message *message
	view    *view
}

// offered are the options that the app suggested here.
func (t clickTarget) offered() map[string]obj {
	if t.view != nil {
		return t.view.offered
	}
	return t.message.offered
}

// offer adds to them.
func (t clickTarget) offer(opts []obj) {
	all := map[string]obj{}
	maps.Copy(all, t.offered())
	for _, opt := range opts {
		value, _ := opt["value"].(string)
		all[value] = opt
	}
	if t.view != nil {
		t.view.offered = all
	} else {
		t.message.offered = all
	}
}

func (t clickTarget) blocks() []any {
	if t.view != nil {
		return t.view.blocks()
	}
	return t.message.blockValues()
}

// runAction sends block_actions for one element; action is its checked value.
func (s *Server) runAction(as *user, t clickTarget, action obj, state map[string]map[string]obj) error {
	s.mu.Lock()
	a := s.targetApp(t)
	if a == nil {
		s.mu.Unlock()
		return errTrouble
	}
	p := s.base(a, as, "block_actions")
	action["action_ts"] = actionTS(s.now())
	p["actions"] = []obj{action}
	s.describeTarget(p, a, as, t, state)
	s.mu.Unlock()
	if _, err := s.deliver(a, "interactive", "block_actions", p); err != nil {
		return connectError(err)
	}
	return nil
}

func (s *Server) targetApp(t clickTarget) *app {
	if t.view != nil {
		return s.appByID(t.view.App)
	}
	return s.appByID(t.message.AppID)
}

// describeTarget adds container, message or view, trigger and response_url.
func (s *Server) describeTarget(p obj, a *app, as *user, t clickTarget, state map[string]map[string]obj) {
	if t.view != nil {
		modal := ""
		if t.view.Type == "modal" {
			modal = t.view.ID
		}
		p["trigger_id"] = s.newTrigger(a, as.ID, modal)
		p["container"] = obj{"type": "view", "view_id": t.view.ID}
		p["view"] = s.viewJSON(t.view)
		return
	}
	m := t.message
	p["trigger_id"] = s.newTrigger(a, as.ID, "")
	container := obj{"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.Only != ""}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	p["container"], p["channel"] = container, channelRef(t.channel)
	if m.Only == "" {
		p["message"] = s.messageJSON(a, m, true)
	}
	p["state"] = obj{"values": state}
	p["response_url"] = s.newResponseURL(a, as.ID, m.Channel, m.ThreadTS, m)
}

// suggest asks the app for the options of an external select.
func (s *Server) suggest(as *user, t clickTarget, block, action, query string) ([]byte, error) {
	s.mu.Lock()
	a := s.targetApp(t)
	if a == nil {
		s.mu.Unlock()
		return nil, errTrouble
	}
	p := s.base(a, as, "block_suggestion")
	p["block_id"], p["action_id"], p["value"] = block, action, query
	s.describeTarget(p, a, as, t, nil)
	delete(p, "trigger_id")
	delete(p, "response_url")
	s.mu.Unlock()
	body, err := s.deliver(a, "interactive", "block_suggestion", p)
	if err != nil {
		return nil, connectError(err)
	}
	return body, nil
}

// openHome tells the app that a member opened its Home tab.
func (s *Server) openHome(as *user, a *app) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.st.im(as.ID, a.user.ID, s.now())
	event := obj{
		"type": "app_home_opened", "user": as.ID, "channel": c.ID, "tab": "home",
		"event_ts": s.st.nextTS(s.now()),
	}
	if v := s.st.Homes[a.ID+"/"+as.ID]; v != nil {
		event["view"] = s.viewJSON(v)
	}
	s.emitTo(a, "app_home_opened", event)
}

// mention turns @name into Slack's reference, as Slack's own composer does.
func (s *Server) mention(text string) string {
	for _, u := range s.st.Users {
		text = strings.ReplaceAll(text, "@"+u.Name, "<@"+u.ID+">")
	}
	return text
}
