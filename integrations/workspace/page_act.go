package workspace

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

func (s *Server) pagePost(p *pageRequest) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.reachable(p, p.body.Channel)
	if err != nil {
		return nil, err
	}
	if !c.has(p.as.ID) {
		return nil, &memberError{"not_in_channel", "join the channel first"}
	}
	text := strings.TrimSpace(p.body.Text)
	switch {
	case text == "" && len(p.body.Files) == 0:
		return nil, &memberError{"no_text", "the message is empty"}
	case utf8.RuneCountInString(text) > maxPostText:
		return nil, &memberError{"msg_too_long", "the message is too long"}
	}
	root := p.body.ThreadTS
	if root != "" {
		parent := s.st.find(c.ID, root)
		if parent == nil {
			return nil, badRequest("thread_not_found")
		}
		if parent.reply() {
			root = parent.ThreadTS
		}
	}
	for _, id := range p.body.Files {
		if f := s.st.file(id); f == nil || f.Owner != p.as.ID {
			return nil, badRequest("file_not_found")
		}
	}
	m := &message{TS: s.st.nextTS(s.now()), Channel: c.ID, User: p.as.ID, Text: escapeTyped(s.mention(text)), ThreadTS: root}
	if len(p.body.Files) > 0 {
		m.Files = p.body.Files
		s.share(c, m)
	} else {
		s.add(m)
	}
	s.st.Read[p.as.ID+"/"+c.ID] = m.TS
	return obj{"ok": true, "ts": m.TS}, nil
}

// escapeTyped escapes what a member typed as Slack's composer does; references to
// members stay.
func escapeTyped(text string) string {
	var b strings.Builder
	for text != "" {
		if rest, ok := strings.CutPrefix(text, "<@"); ok {
			if id, after, ok := strings.Cut(rest, ">"); ok && !strings.ContainsAny(id, "<& ") {
				b.WriteString("<@" + id + ">")
				text = after
				continue
			}
		}
		switch text[0] {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		default:
			b.WriteByte(text[0])
		}
		text = text[1:]
	}
	return b.String()
}

func (s *Server) pageCommand(p *pageRequest) (any, error) {
	s.mu.Lock()
	c, err := s.reachable(p, p.body.Channel)
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	m, err := s.runCommand(p.as, c, p.body.Command, escapeTyped(strings.TrimSpace(p.body.Text)))
	if err != nil {
		return nil, err
	}
	out := obj{"ok": true}
	if m != nil {
		s.mu.Lock()
		out["response"] = s.pageMessage(p.as, m)
		s.mu.Unlock()
	}
	return out, nil
}

// clicked resolves where the member used an element. s.mu is held.
func (s *Server) clicked(p *pageRequest, viewID, channelID, ts string) (clickTarget, error) {
	if viewID != "" {
		if v := s.top(p.as.ID); v != nil && v.ID == viewID {
			return clickTarget{view: v}, nil
		}
		for _, v := range s.st.Homes {
			if v.ID == viewID && v.User == p.as.ID {
				return clickTarget{view: v}, nil
			}
		}
		return clickTarget{}, &memberError{"view_not_open", "this view is no longer open"}
	}
	c, err := s.reachable(p, channelID)
	if err != nil {
		return clickTarget{}, err
	}
	m := s.st.find(c.ID, ts)
	if m == nil || m.Only != "" && m.Only != p.as.ID {
		return clickTarget{}, &memberError{"message_not_found", "this message no longer exists"}
	}
	return clickTarget{channel: c, message: m}, nil
}

// elementIn finds an element by its ids; without a block id the first with the action id.
func elementIn(blocks []any, blockID, actionID string) (block, el obj) {
	eachElement(blocks, func(b, e obj) {
		if el == nil && e["action_id"] == actionID && (blockID == "" || b["block_id"] == blockID) {
			block, el = b, e
		}
	})
	return block, el
}

func (s *Server) pageAction(p *pageRequest) (any, error) {
	s.mu.Lock()
	t, err := s.clicked(p, p.body.ViewID, p.body.Channel, p.body.TS)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	block, el := elementIn(t.blocks(), p.body.BlockID, p.body.ActionID)
	if el == nil {
		s.mu.Unlock()
		return nil, &memberError{"element_not_found", "this element is no longer there"}
	}
	e := entered{Server: s, user: p.as.ID, offered: t.offered()}
	action, err := e.action(block, el, p.body.Value)
	if err != nil {
		s.mu.Unlock()
		return nil, &memberError{"invalid_value", err.Error()}
	}
	values := withAction(p.body.State.Values, block, el, action)
	var state map[string]map[string]obj
	if t.view != nil {
		_, _ = e.fill(t.view, values, false)
	} else {
		state = e.messageState(t.message, values)
	}
	dispatches := block["type"] != "input"
	if d, _ := block["dispatch_action"].(bool); d {
		dispatches = true
	}
	s.mu.Unlock()
	if !dispatches {
		return obj{"ok": true}, nil
	}
	if err := s.runAction(p.as, t, action, state); err != nil {
		return nil, err
	}
	return obj{"ok": true}, nil
}

// withAction adds the value just chosen to the values the page sent along.
func withAction(values map[string]map[string]obj, block, el, action obj) map[string]map[string]obj {
	kind, _ := el["type"].(string)
	key, _ := valueKeys(kind)
	if key == "" {
		return values
	}
	if values == nil {
		values = map[string]map[string]obj{}
	}
	b, _ := block["block_id"].(string)
	a, _ := el["action_id"].(string)
	if values[b] == nil {
		values[b] = map[string]obj{}
	}
	values[b][a] = obj{"type": kind, key: action[key]}
	return values
}

// action is the entry of actions for a click on el with the page's value in.
func (e entered) action(block, el obj, in any) (obj, error) {
	kind, _ := el["type"].(string)
	out := obj{"type": kind, "block_id": block["block_id"], "action_id": el["action_id"]}
	switch kind {
	case "button", "icon_button":
		out["text"] = el["text"]
		for _, k := range []string{"value", "style", "url"} {
			if v, ok := el[k]; ok {
				out[k] = v
			}
		}
		return out, nil
	case "overflow":
		value := in
		if o, ok := in.(obj); ok && o["selected_option"] != nil {
			value = o["selected_option"]
		}
		opt, err := e.option(options(el), value)
		out["selected_option"] = opt
		return out, err
	}
	key, initial := valueKeys(kind)
	value, ok := in.(obj)
	if !ok || value[key] == nil && value["type"] == nil {
		value = obj{key: in}
	}
	got, err := e.value(el, value)
	if err != nil {
		return nil, err
	}
	out[key] = got[key]
	for _, k := range []string{"placeholder", initial} {
		if v, ok := el[k]; ok {
			out[k] = v
		}
	}
	return out, nil
}

func (s *Server) pageShortcut(p *pageRequest) (any, error) {
	s.mu.Lock()
	var c *channel
	var m *message
	if p.body.TS != "" {
		t, err := s.clicked(p, "", p.body.Channel, p.body.TS)
		if err != nil {
			s.mu.Unlock()
			return nil, err
		}
		c, m = t.channel, t.message
	}
	s.mu.Unlock()
	if err := s.runShortcut(p.as, p.body.CallbackID, c, m); err != nil {
		return nil, err
	}
	return obj{"ok": true}, nil
}

func (s *Server) pageSubmit(p *pageRequest) (any, error) {
	return s.submitView(p.as, p.body.ViewID, p.body.State.Values), nil
}

func (s *Server) pageClose(p *pageRequest) (any, error) {
	if err := s.closeView(p.as, p.body.ViewID, p.body.All); err != nil {
		return nil, err
	}
	return obj{"ok": true}, nil
}

func (s *Server) pageHomeOpen(p *pageRequest) (any, error) {
	a := s.pageApp(p.body.App)
	if a == nil {
		return nil, badRequest("app_not_found")
	}
	s.openHome(p.as, a)
	return obj{"ok": true}, nil
}

func (s *Server) pageJoin(p *pageRequest) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.reachable(p, p.body.Channel)
	if err != nil {
		return nil, err
	}
	if !c.has(p.as.ID) {
		s.joined(c, p.as.ID)
	}
	return obj{"ok": true}, nil
}

// pageOptions asks the app for the options of an external select.
func (s *Server) pageOptions(p *pageRequest) (any, error) {
	s.mu.Lock()
	t, err := s.clicked(p, p.query("view_id"), p.query("channel"), p.query("ts"))
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	block, el := elementIn(t.blocks(), p.query("block_id"), p.query("action_id"))
	s.mu.Unlock()
	if el == nil || !strings.HasSuffix(el["type"].(string), "external_select") {
		return nil, badRequest("element_not_found")
	}
	least := 3
	if n, ok := el["min_query_length"].(float64); ok {
		least = int(n)
	}
	if utf8.RuneCountInString(p.query("query")) < least {
		return obj{"ok": true, "options": []obj{}}, nil
	}
	blockID, _ := block["block_id"].(string)
	actionID, _ := el["action_id"].(string)
	body, err := s.suggest(p.as, t, blockID, actionID, p.query("query"))
	if err != nil {
		return nil, err
	}
	return s.offer(t, body)
}

// offer checks the options an app suggested and remembers them for the submission.
func (s *Server) offer(t clickTarget, body []byte) (any, error) {
	var in obj
	if json.Unmarshal(body, &in) != nil || in == nil {
		return nil, errTrouble
	}
	c := newChecker(surfaceModal)
	if in["options"] == nil && in["option_groups"] == nil {
		return nil, errTrouble
	}
	c.object("", in, []field{may("options", list(0, maxOptions, plainOption)), may("option_groups", list(0, maxOptions, optionGroup))})
	if len(c.errs) > 0 {
		return nil, errTrouble
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t.offer(options(in))
	out := obj{"ok": true}
	for _, k := range []string{"options", "option_groups"} {
		if in[k] != nil {
			out[k] = in[k]
		}
	}
	return out, nil
}
