package member

import (
	"fmt"
	"time"
)

// stateKey is where an element's state keeps its value.
func stateKey(kind string) (key string, list bool) {
	switch kind {
	case "static_select", "external_select", "radio_buttons":
		return "selected_option", false
	case "multi_static_select", "multi_external_select", "checkboxes":
		return "selected_options", true
	case "users_select":
		return "selected_user", false
	case "multi_users_select":
		return "selected_users", true
	case "conversations_select":
		return "selected_conversation", false
	case "multi_conversations_select":
		return "selected_conversations", true
	case "channels_select":
		return "selected_channel", false
	case "multi_channels_select":
		return "selected_channels", true
	case "datepicker":
		return "selected_date", false
	case "timepicker":
		return "selected_time", false
	case "datetimepicker":
		return "selected_date_time", false
	case "rich_text_input":
		return "rich_text_value", false
	case "file_input":
		return "files", true
	case "button", "overflow":
		return "", false
	default:
		return "value", false
	}
}

// encode turns what a member enters into the state that Slack's client would send.
func encode(el Element, v any) (map[string]any, error) {
	if el.Type == "overflow" {
		return map[string]any{"type": el.Type, "selected_option": map[string]any{"value": v}}, nil
	}
	key, list := stateKey(el.Type)
	if key == "" {
		return nil, fmt.Errorf("workspace page: nothing can be entered into a %s", el.Type)
	}
	out := map[string]any{"type": el.Type}
	if !list {
		out[key] = one(el.Type, v)
		return out, nil
	}
	items := []any{}
	switch v := v.(type) {
	case nil:
	case []string:
		for _, s := range v {
			items = append(items, one(el.Type, s))
		}
	case []any:
		for _, s := range v {
			items = append(items, one(el.Type, s))
		}
	default:
		items = append(items, one(el.Type, v))
	}
	out[key] = items
	return out, nil
}

func one(kind string, v any) any {
	switch kind {
	case "static_select", "external_select", "radio_buttons", "multi_static_select", "multi_external_select", "checkboxes":
		if s, ok := v.(string); ok && s != "" {
			return map[string]any{"value": s}
		}
		return nil
	case "datepicker":
		if t, ok := v.(time.Time); ok {
			return t.Format(time.DateOnly)
		}
	case "timepicker":
		if t, ok := v.(time.Time); ok {
			return t.Format("15:04")
		}
	case "datetimepicker":
		if t, ok := v.(time.Time); ok {
			return t.Unix()
		}
	case "file_input":
		if s, ok := v.(string); ok {
			return map[string]any{"id": s}
		}
	case "number_input":
		if _, ok := v.(string); !ok && v != nil {
			return fmt.Sprint(v)
		}
	case "rich_text_input":
		if s, ok := v.(string); ok {
			return map[string]any{"type": "rich_text", "elements": []any{map[string]any{
				"type": "rich_text_section", "elements": []any{map[string]any{"type": "text", "text": s}},
			}}}
		}
	}
	return v
}

// filled is the state of the view with values put in; every name must be a block or action of it.
func (v View) filled(values map[string]any) (map[string]any, error) {
	state := map[string]map[string]any{}
	used := map[string]bool{}
	for _, el := range v.Elements() {
		if key, _ := stateKey(el.Type); key == "" {
			continue
		}
		var entry any = v.State.Values[el.BlockID][el.ActionID]
		for _, name := range []string{el.BlockID, el.ActionID} {
			in, ok := values[name]
			if !ok || used[name] && name == el.BlockID {
				continue
			}
			encoded, err := encode(el, in)
			if err != nil {
				return nil, err
			}
			entry, used[name] = encoded, true
		}
		if state[el.BlockID] == nil {
			state[el.BlockID] = map[string]any{}
		}
		state[el.BlockID][el.ActionID] = entry
	}
	for name := range values {
		if !used[name] {
			return nil, fmt.Errorf("workspace page: the form has no field %q", name)
		}
	}
	return map[string]any{"values": state}, nil
}
