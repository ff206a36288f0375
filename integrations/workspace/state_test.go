package workspace

import (
	"testing"

	"huiban/integrations/workspace/member"
)

// fullForm has every common kind of field.
func fullForm() obj {
	return modal(
		input("text", obj{"type": "plain_text_input", "max_length": 5, "min_length": 2}),
		with(input("note", obj{"type": "plain_text_input", "initial_value": "旧"}), "optional", true),
		with(input("unit", obj{"type": "static_select", "options": opts(3)}), "optional", true),
		with(input("units", obj{"type": "multi_static_select", "options": opts(3), "max_selected_items": 2}), "optional", true),
		with(input("due", obj{"type": "datepicker", "initial_date": "2026-03-02"}), "optional", true),
		with(input("count", obj{"type": "number_input", "is_decimal_allowed": false, "max_value": "9"}), "optional", true),
		with(input("file", obj{"type": "file_input", "filetypes": []string{"txt", "docx"}, "max_files": 1}), "optional", true),
		with(input("who", obj{"type": "users_select"}), "optional", true),
	)
}

func TestStateIsChecked(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	app := connect(t, s)
	m := as(t, s, "U1")
	ctx := timeout(t)
	opened(t, s, app, "U1", fullForm())
	txt, err := m.Upload(ctx, "意见.txt", []byte("我局同意。"))
	if err != nil {
		t.Fatal(err)
	}
	exe, err := m.Upload(ctx, "a.exe", []byte("MZ"))
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := as(t, s, "U2").Upload(ctx, "b.txt", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]map[string]any{
		"text":  {"text": ""},
		"text+": {"text": "一二三四五六"},
		"text-": {"text": "一"},
		"unit":  {"text": "一二", "unit": "9"},
		"units": {"text": "一二", "units": []string{"0", "1", "2"}},
		"due":   {"text": "一二", "due": "2026-02-30"},
		"count": {"text": "一二", "count": "1.5"},
		"count+": {
			"text": "一二", "count": "10",
		},
		"file":  {"text": "一二", "file": []string{exe}},
		"file+": {"text": "一二", "file": []string{txt, txt}},
		"file-": {"text": "一二", "file": []string{foreign}},
		"who":   {"text": "一二", "who": "U99"},
	} {
		if fields := member.FieldErrors(m.Submit(ctx, bad)); fields[trimName(name)] == "" {
			t.Errorf("%s: errors = %v", name, fields)
		}
	}
}

func TestStateIsSent(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	app := connect(t, s)
	m := as(t, s, "U1")
	ctx := timeout(t)
	opened(t, s, app, "U1", fullForm())
	txt, err := m.Upload(ctx, "意见.txt", []byte("我局同意。"))
	if err != nil {
		t.Fatal(err)
	}
	done := async(func() error {
		return m.Submit(ctx, map[string]any{"text": "一二三", "unit": "1", "units": []string{"0", "2"}, "count": 7, "file": txt, "who": "U2", "due": nil})
	})
	e := app.next("interactive")
	if !e.Accepts || e.Payload.str("type") != "view_submission" {
		t.Errorf("envelope %+v", e)
	}
	values := e.Payload["view"].(map[string]any)["state"].(map[string]any)["values"].(map[string]any)
	get := func(block string) answer {
		return values[block].(map[string]any)["v"].(map[string]any)
	}
	if get("text").str("value") != "一二三" || get("note").str("value") != "旧" || get("unit").str("selected_option", "value") != "1" ||
		get("unit").str("selected_option", "text", "text") != "1" || len(get("units")["selected_options"].([]any)) != 2 ||
		get("count").str("value") != "7" || get("who").str("selected_user") != "U2" || get("due")["selected_date"] != nil {
		t.Errorf("values = %v", values)
	}
	f := answer(get("file")["files"].([]any)[0].(map[string]any))
	if f.str("name") != "意见.txt" || f.str("url_private_download") == "" {
		t.Errorf("file = %v", f)
	}
	app.ack(e, nil)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if err := m.WaitNoView(ctx); err != nil {
		t.Error(err)
	}
	if body := download(t, f.str("url_private_download"), testBotToken); body != "我局同意。" {
		t.Errorf("the app reads %q", body)
	}
}

func trimName(s string) string {
	for len(s) > 0 && (s[len(s)-1] < 'a' || s[len(s)-1] > 'z') {
		s = s[:len(s)-1]
	}
	return s
}
