package workspace

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
	e := entered{Server: s, user: p.as.ID, offered: t.offered(), typing: true}
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
