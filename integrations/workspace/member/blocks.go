package member

import (
	"encoding/json"
	"strings"
)

func decode(raw json.RawMessage) []any {
	var out []any
	if len(raw) > 0 {
		_ = json.Unmarshal(raw, &out)
	}
	return out
}

// visible joins all text below v, a line for each text object.
func visible(v any) string {
	var lines []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			if s, ok := v["text"].(string); ok && s != "" {
				lines = append(lines, s)
			}
			for _, key := range []string{
				"title", "label", "text", "hint", "fields", "rows", "elements", "element", "accessory", "options", "option_groups",
				"description", "placeholder",
			} {
				switch v[key].(type) {
				case map[string]any, []any:
					walk(v[key])
				}
			}
			if s, ok := v["initial_value"].(string); ok {
				lines = append(lines, s)
			}
		}
	}
	walk(v)
	return strings.Join(lines, "\n")
}

// elements lists the interactive elements of blocks in order.
func elements(blocks []any) []Element {
	var out []Element
	for _, b := range blocks {
		block, ok := b.(map[string]any)
		if !ok {
			continue
		}
		candidates := []any{block["accessory"], block["element"]}
		if list, ok := block["elements"].([]any); ok {
			candidates = append(candidates, list...)
		}
		for _, c := range candidates {
			el, ok := c.(map[string]any)
			if !ok || text(el["action_id"]) == "" {
				continue
			}
			out = append(out, newElement(block, el))
		}
	}
	return out
}

func newElement(block, el map[string]any) Element {
	e := Element{
		BlockID: text(block["block_id"]), ActionID: text(el["action_id"]), Type: text(el["type"]),
		Value: text(el["value"]), raw: el, block: block,
	}
	if t, ok := el["text"].(map[string]any); ok {
		e.Text = text(t["text"])
	}
	add := func(v any) {
		list, _ := v.([]any)
		for _, o := range list {
			if opt, ok := o.(map[string]any); ok {
				t, _ := opt["text"].(map[string]any)
				e.Options = append(e.Options, Option{Text: text(t["text"]), Value: text(opt["value"])})
			}
		}
	}
	add(el["options"])
	groups, _ := el["option_groups"].([]any)
	for _, g := range groups {
		if group, ok := g.(map[string]any); ok {
			add(group["options"])
		}
	}
	return e
}

func findElement(list []Element, actionID string) (Element, bool) {
	for _, e := range list {
		if e.ActionID == actionID {
			return e, true
		}
	}
	return Element{}, false
}

func text(v any) string {
	s, _ := v.(string)
	return s
}
