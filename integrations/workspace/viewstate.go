package workspace

import "slices"

// fill takes what a member entered into the view's state, as far as it stands; errors
// are by block. Required inputs are only asked for when submitting.
func (e entered) fill(v *view, values map[string]map[string]obj, submitting bool) (map[string]string, error) {
	errs := map[string]string{}
	seen := 0
	eachElement(v.blocks(), func(block, el obj) {
		blockID, _ := block["block_id"].(string)
		actionID, _ := el["action_id"].(string)
		state := v.State[blockID][actionID]
		if state == nil {
			return
		}
		if in, ok := values[blockID][actionID]; ok {
			seen++
			got, err := e.value(el, in)
			if err != nil {
				errs[blockID] = err.Error()
				return
			}
			v.State[blockID][actionID] = got
			state = got
		}
		optional, _ := block["optional"].(bool)
		if submitting && block["type"] == "input" && !optional && empty(state) {
			errs[blockID] = "Please complete this required field."
		}
	})
	given := 0
	for _, actions := range values {
		given += len(actions)
	}
	if given != seen {
		return errs, &memberError{"invalid_state", "the form has changed; look at it again"}
	}
	return errs, nil
}

// handOver lets the app read the files of a submitted view and shows them in full.
func (s *Server) handOver(v *view) {
	for _, actions := range v.State {
		for action, state := range actions {
			files, ok := state["files"].([]any)
			if !ok {
				continue
			}
			full := []any{}
			for _, x := range files {
				o, _ := x.(obj)
				id, _ := o["id"].(string)
				f := s.st.file(id)
				if f == nil {
					continue
				}
				f.Complete = true
				if !slices.Contains(f.Apps, v.App) {
					f.Apps = append(f.Apps, v.App)
				}
				full = append(full, s.fileJSON(s.appByID(v.App), f))
			}
			actions[action] = obj{"type": state["type"], "files": full}
		}
	}
}

// messageState is the state of a message's elements with the page's values put in.
func (e entered) messageState(m *message, values map[string]map[string]obj) map[string]map[string]obj {
	v := &view{Body: obj{"blocks": m.blockValues()}}
	v.State = initialState(v.blocks())
	_, _ = e.fill(v, values, false)
	return v.State
}
