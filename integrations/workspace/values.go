package workspace

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// valueKeys are the keys under which an element's state keeps its value, and the
// element's key for the initial one. A button or overflow menu has no state.
func valueKeys(kind string) (value, initial string) {
	switch kind {
	case "plain_text_input", "email_text_input", "url_text_input", "number_input":
		return "value", "initial_value"
	case "rich_text_input":
		return "rich_text_value", "initial_value"
	case "static_select", "external_select", "radio_buttons":
		return "selected_option", "initial_option"
	case "multi_static_select", "multi_external_select", "checkboxes":
		return "selected_options", "initial_options"
	case "users_select":
		return "selected_user", "initial_user"
	case "multi_users_select":
		return "selected_users", "initial_users"
	case "conversations_select":
		return "selected_conversation", "initial_conversation"
	case "multi_conversations_select":
		return "selected_conversations", "initial_conversations"
	case "channels_select":
		return "selected_channel", "initial_channel"
	case "multi_channels_select":
		return "selected_channels", "initial_channels"
	case "datepicker":
		return "selected_date", "initial_date"
	case "timepicker":
		return "selected_time", "initial_time"
	case "datetimepicker":
		return "selected_date_time", "initial_date_time"
	case "file_input":
		return "files", ""
	}
	return "", ""
}

func isList(valueKey string) bool {
	return valueKey == "files" || strings.HasPrefix(valueKey, "selected_") && strings.HasSuffix(valueKey, "s")
}

// eachElement calls fn for every interactive element of blocks.
func eachElement(blocks []any, fn func(block obj, el obj)) {
	for _, b := range blocks {
		if block, ok := b.(obj); ok {
			for _, el := range interactive(block) {
				fn(block, el)
			}
		}
	}
}

// initialState is the state of blocks before a member touched them.
func initialState(blocks []any) map[string]map[string]obj {
	out := map[string]map[string]obj{}
	eachElement(blocks, func(block, el obj) {
		kind, _ := el["type"].(string)
		key, initial := valueKeys(kind)
		if key == "" {
			return
		}
		v := el[initial]
		if v == nil && isList(key) {
			v = []any{}
		}
		blockID, _ := block["block_id"].(string)
		actionID, _ := el["action_id"].(string)
		if out[blockID] == nil {
			out[blockID] = map[string]obj{}
		}
		out[blockID][actionID] = obj{"type": kind, key: v}
	})
	return out
}

// entered checks and completes what a member entered into an element.
type entered struct {
	*Server
	user    string
	offered map[string]obj
	// typing takes text as far as it is: only a submission has to be right.
	typing bool
}

var errValue = errors.New("this value cannot be entered here")

// value returns the state of el for the page's input in.
func (e entered) value(el, in obj) (obj, error) {
	kind, _ := el["type"].(string)
	key, _ := valueKeys(kind)
	v, err := e.convert(kind, key, el, in[key])
	if err != nil {
		return nil, err
	}
	return obj{"type": kind, key: v}, nil
}

func (e entered) convert(kind, key string, el obj, v any) (any, error) {
	if isList(key) {
		items, ok := v.([]any)
		if v != nil && !ok {
			return nil, errValue
		}
		out := []any{}
		for _, item := range items {
			one, err := e.single(kind, el, item)
			if err != nil {
				return nil, err
			}
			out = append(out, one)
		}
		return out, e.count(el, len(out))
	}
	if v == nil || v == "" {
		return nil, nil
	}
	return e.single(kind, el, v)
}

func (e entered) count(el obj, n int) error {
	if most, ok := el["max_selected_items"].(float64); ok && n > int(most) {
		return fmt.Errorf("at most %d may be chosen", int(most))
	}
	if el["type"] == "file_input" {
		most, ok := el["max_files"].(float64)
		if !ok {
			most = maxFileInputFiles
		}
		if n > int(most) {
			return fmt.Errorf("at most %d files", int(most))
		}
	}
	return nil
}

// single checks one value of an element.
func (e entered) single(kind string, el obj, v any) (any, error) {
	s, _ := v.(string)
	switch kind {
	case "static_select", "multi_static_select", "checkboxes", "radio_buttons":
		return e.option(options(el), v)
	case "external_select", "multi_external_select":
		var known []obj
		for _, opt := range e.offered {
			known = append(known, opt)
		}
		for _, k := range []string{"initial_option", "initial_options"} {
			known = append(known, options(obj{"options": asList(el[k])})...)
		}
		return e.option(known, v)
	case "users_select", "multi_users_select":
		if e.st.user(s) == nil {
			return nil, errValue
		}
	case "conversations_select", "multi_conversations_select", "channels_select", "multi_channels_select":
		c := e.st.channel(s)
		if c == nil || c.IM && (!c.has(e.user) || strings.Contains(kind, "channels_select")) {
			return nil, errValue
		}
	case "datepicker":
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			return nil, errors.New("not a date")
		}
	case "timepicker":
		if _, err := time.Parse("15:04", s); err != nil {
			return nil, errors.New("not a time")
		}
	case "datetimepicker":
		if n, ok := v.(float64); !ok || n < 1e9 || n >= 1e10 {
			return nil, errors.New("not a time")
		}
	case "file_input":
		return e.fileValue(el, v)
	case "rich_text_input":
		if o, ok := v.(obj); !ok || o["type"] != "rich_text" {
			return nil, errValue
		}
	default:
		if _, ok := v.(string); ok && e.typing {
			return v, nil
		}
		return v, checkTyped(kind, el, v)
	}
	return v, nil
}

func asList(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	return []any{v}
}

func (e entered) option(known []obj, v any) (any, error) {
	value := v
	if o, ok := v.(obj); ok {
		value = o["value"]
	}
	opt := findOption(known, value)
	if opt == nil {
		return nil, errors.New("this option does not exist")
	}
	return opt, nil
}

func (e entered) fileValue(el obj, v any) (any, error) {
	id, _ := v.(string)
	if o, ok := v.(obj); ok {
		id, _ = o["id"].(string)
	}
	f := e.st.file(id)
	if f == nil || f.Owner != e.user {
		return nil, errors.New("this file does not exist")
	}
	types, _ := el["filetypes"].([]any)
	if len(types) > 0 && !slices.ContainsFunc(types, func(t any) bool {
		s, _ := t.(string)
		return fileType("x."+strings.TrimPrefix(s, ".")) == fileType(f.Name)
	}) {
		return nil, errors.New("files of this type are not accepted here")
	}
	return obj{"id": f.ID}, nil
}

// empty reports whether an element's state holds nothing.
func empty(state obj) bool {
	kind, _ := state["type"].(string)
	key, _ := valueKeys(kind)
	switch v := state[key].(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	default:
		return false
	}
}
