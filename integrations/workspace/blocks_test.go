package workspace

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func times(n int, fn func(i int) any) []any {
	out := []any{}
	for i := range n {
		out = append(out, fn(i))
	}
	return out
}

func opts(n int) []any {
	return times(n, func(i int) any { return obj{"text": plain(fmt.Sprint(i)), "value": fmt.Sprint(i)} })
}

func section(s string) obj   { return obj{"type": "section", "text": mrkdwn(s)} }
func actions(els ...any) obj { return obj{"type": "actions", "elements": els} }
func long(n int) string      { return strings.Repeat("字", n) }
func with(o obj, kv ...any) obj {
	for i := 0; i < len(kv); i += 2 {
		o[kv[i].(string)] = kv[i+1]
	}
	return o
}

// faults validates blocks as an app's JSON would be.
func faults(t *testing.T, where surface, blocks []any) (*checker, string) {
	t.Helper()
	raw, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	var decoded []any
	if err := json.Unmarshal(raw, &decoded); err != nil {
		t.Fatal(err)
	}
	c := newChecker(where)
	c.blocks("/blocks", decoded)
	return c, strings.Join(c.errs, "\n")
}

func TestBlockLimits(t *testing.T) {
	t.Parallel()
	dividers := func(n int) []any { return times(n, func(int) any { return obj{"type": "divider"} }) }
	one := func(b any) []any { return []any{b} }
	option := func(text, value string) obj { return obj{"text": plain(text), "value": value} }
	pick := func(o ...any) obj { return obj{"type": "static_select", "action_id": "s", "options": o} }
	confirm := func(title string) obj {
		return obj{"title": plain(title), "text": plain("x"), "confirm": plain("x"), "deny": plain("x")}
	}
	row := func(n int) any {
		return times(n, func(int) any { return obj{"type": "raw_text", "text": "x"} })
	}
	for _, tt := range []struct {
		name  string
		where surface
		good  []any
		bad   []any
		want  string
	}{
		{"blocks of a message", surfaceMessage, dividers(50), dividers(51), "no more than 50 items"},
		{"blocks of a view", surfaceModal, dividers(100), dividers(101), "no more than 100 items"},
		{"section", surfaceMessage, one(section(long(3000))), one(section(long(3001))), "less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		{"empty section", surfaceMessage, one(section("x")), one(obj{"type": "section"}), "text or fields"},
		{"empty text", surfaceMessage, one(section(" ")), one(section("")), "more than 0 characters"},
		{"fields", surfaceMessage, one(obj{"type": "section", "fields": times(10, func(int) any { return mrkdwn("x") })}), one(obj{"type": "section", "fields": times(11, func(int) any { return mrkdwn("x") })}), "no more than 10"},
		{"field text", surfaceMessage, one(obj{"type": "section", "fields": one(mrkdwn(long(2000)))}), one(obj{"type": "section", "fields": one(mrkdwn(long(2001)))}), "less than 2001"},
		{"header", surfaceMessage, one(obj{"type": "header", "text": plain(long(150))}), one(obj{"type": "header", "text": plain(long(151))}), "less than 151"},
		{"header in mrkdwn", surfaceMessage, one(obj{"type": "header", "text": plain("x")}), one(obj{"type": "header", "text": mrkdwn("x")}), "must be plain_text"},
		{"context", surfaceMessage, one(obj{"type": "context", "elements": times(10, func(int) any { return mrkdwn("x") })}), one(obj{"type": "context", "elements": times(11, func(int) any { return mrkdwn("x") })}), "no more than 10"},
		{"actions", surfaceMessage, one(actions(times(25, func(i int) any { return button(fmt.Sprint(i)) })...)), one(actions(times(26, func(i int) any { return button(fmt.Sprint(i)) })...)), "no more than 25"},
		{"button text", surfaceMessage, one(actions(with(button("a"), "text", plain(long(75))))), one(actions(with(button("a"), "text", plain(long(76))))), "less than 76"},
		{"button value", surfaceMessage, one(actions(with(button("a"), "value", long(2000)))), one(actions(with(button("a"), "value", long(2001)))), "less than 2001"},
		{"button style", surfaceMessage, one(actions(with(button("a"), "style", "danger"))), one(actions(with(button("a"), "style", "warning"))), "must be one of"},
		{"action_id twice", surfaceMessage, one(actions(button("a"), button("b"))), one(actions(button("a"), button("a"))), "action_id already exists"},
		{"block_id twice", surfaceMessage, []any{with(section("x"), "block_id", "a"), with(section("x"), "block_id", "b")}, []any{with(section("x"), "block_id", "a"), with(section("x"), "block_id", "a")}, "block_id already exists"},
		{"options", surfaceMessage, one(actions(pick(opts(100)...))), one(actions(pick(opts(101)...))), "no more than 100"},
		{"option text", surfaceMessage, one(actions(pick(option(long(75), "v")))), one(actions(pick(option(long(76), "v")))), "less than 76"},
		{"option description", surfaceMessage, one(actions(pick(with(option("x", "v"), "description", plain(long(75)))))), one(actions(pick(with(option("x", "v"), "description", plain(long(76)))))), "less than 76"},
		{"option value", surfaceMessage, one(actions(pick(option("x", long(150))))), one(actions(pick(option("x", long(151))))), "less than 151"},
		{"option text in mrkdwn", surfaceMessage, one(actions(obj{"type": "checkboxes", "action_id": "c", "options": one(obj{"text": mrkdwn("*x*"), "value": "v"})})), one(actions(pick(obj{"text": mrkdwn("*x*"), "value": "v"}))), "must be plain_text"},
		{"initial option", surfaceMessage, one(actions(with(pick(option("x", "v")), "initial_option", option("x", "v")))), one(actions(with(pick(option("x", "v")), "initial_option", option("x", "w")))), "not among the options"},
		{"options and groups", surfaceMessage, one(actions(obj{"type": "static_select", "action_id": "s", "option_groups": one(obj{"label": plain("g"), "options": opts(2)})})), one(actions(obj{"type": "static_select", "action_id": "s"})), "exactly one of options"},
		{"radio buttons", surfaceMessage, one(actions(obj{"type": "radio_buttons", "options": opts(10)})), one(actions(obj{"type": "radio_buttons", "options": opts(11)})), "no more than 10"},
		{"overflow", surfaceMessage, one(actions(obj{"type": "overflow", "options": opts(5)})), one(actions(obj{"type": "overflow", "options": opts(6)})), "no more than 5"},
		{"confirm title", surfaceMessage, one(actions(with(button("a"), "confirm", confirm(long(100))))), one(actions(with(button("a"), "confirm", confirm(long(101))))), "less than 101"},
		{"unknown property", surfaceMessage, one(section("x")), one(with(section("x"), "colour", "red")), "invalid additional property: colour"},
		{"multi select in actions", surfaceMessage, one(with(section("x"), "accessory", obj{"type": "multi_users_select"})), one(actions(obj{"type": "multi_users_select"})), "unsupported element"},
		{"text input in actions", surfaceModal, one(input("i", obj{"type": "plain_text_input"})), one(actions(obj{"type": "plain_text_input"})), "unsupported element"},
		{"input length", surfaceModal, one(input("i", obj{"type": "plain_text_input", "max_length": 3000, "initial_value": long(3000)})), one(input("i", obj{"type": "plain_text_input", "max_length": 3001})), "between 1 and 3000"},
		{"min above max", surfaceModal, one(input("i", obj{"type": "plain_text_input", "min_length": 2, "max_length": 2})), one(input("i", obj{"type": "plain_text_input", "min_length": 3, "max_length": 2})), "min_length"},
		{"initial value", surfaceModal, one(input("i", obj{"type": "plain_text_input"})), one(input("i", obj{"type": "plain_text_input", "initial_value": long(3001)})), "less than 3001"},
		{"file input in a message", surfaceMessage, one(input("i", obj{"type": "datepicker"})), one(input("i", obj{"type": "file_input"})), "only available in modals"},
		{"file input", surfaceModal, one(input("i", obj{"type": "file_input", "max_files": 10})), one(input("i", obj{"type": "file_input", "max_files": 11})), "between 1 and 10"},
		{"table in a modal", surfaceModal, one(section("x")), one(obj{"type": "table", "rows": one(row(1))}), "on this surface"},
		{"table rows", surfaceMessage, one(obj{"type": "table", "rows": times(100, func(int) any { return row(1) })}), one(obj{"type": "table", "rows": times(101, func(int) any { return row(1) })}), "no more than 100"},
		{"table columns", surfaceMessage, one(obj{"type": "table", "rows": one(row(20))}), one(obj{"type": "table", "rows": one(row(21))}), "no more than 20"},
		{"two tables", surfaceMessage, one(obj{"type": "table", "rows": one(row(1))}), []any{obj{"type": "table", "rows": one(row(1))}, obj{"type": "table", "rows": one(row(1))}}, "only one table"},
		{"markdown", surfaceMessage, one(obj{"type": "markdown", "text": long(12000)}), []any{obj{"type": "markdown", "text": long(6000)}, obj{"type": "markdown", "text": long(6001)}}, "12000"},
		{"date", surfaceMessage, one(actions(obj{"type": "datepicker", "initial_date": "2026-02-28"})), one(actions(obj{"type": "datepicker", "initial_date": "2026-02-30"})), "YYYY-MM-DD"},
		{"image", surfaceMessage, one(obj{"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a"}), one(obj{"type": "image", "image_url": "https://example.org/a.png"}), "missing required field: alt_text"},
		{"rich text", surfaceMessage, one(obj{"type": "rich_text", "elements": one(obj{"type": "rich_text_section", "elements": one(obj{"type": "text", "text": "x", "style": obj{"bold": true}})})}), one(obj{"type": "rich_text", "elements": one(obj{"type": "text", "text": "x"})}), "unsupported type"},
		{"chart segments", surfaceMessage, one(pie(6)), one(pie(7)), "no more than 6"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, got := faults(t, tt.where, tt.good); got != "" {
				t.Errorf("good blocks are refused:\n%s", got)
			}
			if _, got := faults(t, tt.where, tt.bad); !strings.Contains(got, tt.want) {
				t.Errorf("bad blocks: %q lacks %q", got, tt.want)
			}
		})
	}
}

func pie(n int) obj {
	segments := times(n, func(i int) any { return obj{"label": fmt.Sprint(i), "value": i + 1} })
	return obj{"type": "data_visualization", "title": "办理进度", "chart": obj{"type": "pie", "segments": segments}}
}

func TestBlocksTooLongAndIDs(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	sections := func(last int) []any {
		return append(times(4, func(int) any { return section(long(3000)) }), section(long(last)))
	}
	if got := call(t, s, "chat.postMessage", obj{"channel": "C1", "blocks": sections(1200)}).err(); got != "" {
		t.Errorf("13,200 characters: %q", got)
	}
	if got := call(t, s, "chat.postMessage", obj{"channel": "C1", "blocks": sections(1201)}).err(); got != "msg_blocks_too_long" {
		t.Errorf("13,201 characters: %q", got)
	}
	bad := call(t, s, "chat.postMessage", obj{"channel": "C1", "blocks": []any{section(long(3001))}})
	if bad.err() != "invalid_blocks" || !strings.Contains(bad.messages(), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]") {
		t.Errorf("refusal = %v", bad)
	}
	good := call(t, s, "chat.postMessage", obj{"channel": "C1", "blocks": []any{actions(obj{"type": "button", "text": plain("x")})}})
	block := good["message"].(map[string]any)["blocks"].([]any)[0].(map[string]any)
	if block["block_id"] == "" || block["elements"].([]any)[0].(map[string]any)["action_id"] == "" {
		t.Errorf("ids were not filled in: %v", block)
	}
}

func TestViewLimits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, kind string
		view       obj
		code, want string
	}{
		{"good", "modal", modal(section("x")), "", ""},
		{"title", "modal", with(modal(), "title", plain(long(25))), "invalid_arguments", "less than 25"},
		{"no title", "modal", obj{"type": "modal", "blocks": []any{}}, "invalid_arguments", "missing required field: title"},
		{"submit label", "modal", with(modal(), "submit", plain(long(25))), "invalid_arguments", "less than 25"},
		{"private_metadata", "modal", with(modal(), "private_metadata", long(3001)), "invalid_arguments", "less than 3001"},
		{"callback_id", "modal", with(modal(), "callback_id", long(256)), "invalid_arguments", "less than 256"},
		{"input without submit", "modal", obj{"type": "modal", "title": plain("x"), "blocks": []any{input("i", obj{"type": "plain_text_input"})}}, "invalid_arguments", "submit"},
		{"a modal as Home", "home", modal(), "invalid_arguments", "must be home"},
		{"title on Home", "home", obj{"type": "home", "blocks": []any{}, "title": plain("x")}, "invalid_arguments", "invalid additional property: title"},
		{"too large", "modal", with(modal(), "private_metadata", long(100000)), "view_too_large", ""},
		{"two focused", "modal", modal(input("a", obj{"type": "plain_text_input", "focus_on_load": true}), input("b", obj{"type": "plain_text_input", "focus_on_load": true})), "invalid_arguments", "focus_on_load"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			raw, err := json.Marshal(tt.view)
			if err != nil {
				t.Fatal(err)
			}
			_, refusal := parseView(raw, tt.kind)
			code, faults := "", ""
			if refusal != nil {
				code, faults = refusal.code, strings.Join(refusal.messages, "\n")
			}
			if code != tt.code || !strings.Contains(faults, tt.want) {
				t.Errorf("got %q %q, want %q %q", code, faults, tt.code, tt.want)
			}
		})
	}
}

func TestCharts(t *testing.T) {
	t.Parallel()
	series := func(name string, labels ...string) obj {
		var points []any
		for _, l := range labels {
			points = append(points, obj{"label": l, "value": 1})
		}
		return obj{"name": name, "data": points}
	}
	bar := func(s ...any) []any {
		return []any{obj{"type": "data_visualization", "title": "进度", "chart": obj{
			"type": "bar", "series": s, "axis_config": obj{"categories": []any{"甲", "乙"}},
		}}}
	}
	for _, tt := range []struct {
		name   string
		blocks []any
		want   string
	}{
		{"good", bar(series("按时", "甲", "乙"), series("超期", "乙", "甲")), ""},
		{"point missing", bar(series("按时", "甲")), "exactly one data point"},
		{"point twice", bar(series("按时", "甲", "甲")), "exactly one data point"},
		{"name twice", bar(series("按时", "甲", "乙"), series("按时", "甲", "乙")), "unique"},
		{"name that is no string", bar(obj{"name": obj{}, "data": []any{}}), "must be a string"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, got := faults(t, surfaceMessage, tt.blocks)
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("faults %q lack %q", got, tt.want)
			}
		})
	}
}
