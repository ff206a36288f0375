package workspace

import (
	"testing"
	"time"

	"huiban/integrations/workspace/member"
)

func TestTriggers(t *testing.T) {
	t.Parallel()
	clock := newManual()
	s := start(t, func(o *Options) { o.Now = clock.now })
	app := connect(t, s)
	m := as(t, s, "U1")
	trigger := func() string {
		done := async(func() error { return m.Shortcut(timeout(t), "mine", nil) })
		e := app.next("interactive")
		app.ack(e, nil)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		return e.Payload.str("trigger_id")
	}
	used := trigger()
	for _, want := range []string{"", "exchanged_trigger_id"} {
		if got := call(t, s, "views.open", obj{"trigger_id": used, "view": modal()}).err(); got != want {
			t.Errorf("error = %q, want %q", got, want)
		}
	}
	late := trigger()
	clock.move(3*time.Second + time.Millisecond)
	if got := call(t, s, "views.open", obj{"trigger_id": late, "view": modal()}).err(); got != "expired_trigger_id" {
		t.Errorf("after 3 s: %q", got)
	}
	if got := call(t, s, "views.push", obj{"trigger_id": trigger(), "view": modal()}).err(); got != "not_found" {
		t.Errorf("push without a modal interaction: %q", got)
	}
}

func TestHashAndPushLimit(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	app := connect(t, s)
	m := as(t, s, "U1")
	first := opened(t, s, app, "U1", modal(actions(button("more"))))
	id := first.str("view", "id")
	if got := call(t, s, "views.update", obj{"view_id": id, "hash": "1.x", "view": modal(actions(button("more")))}).err(); got != "hash_conflict" {
		t.Errorf("old hash: %q", got)
	}
	if got := call(t, s, "views.update", obj{"view_id": id, "hash": first.str("view", "hash"), "view": modal(actions(button("more")))}).err(); got != "" {
		t.Errorf("current hash: %q", got)
	}
	for _, want := range []string{"", "", "push_limit_reached"} {
		done := async(func() error { return m.ClickInView(timeout(t), "more", nil, nil) })
		e := app.next("interactive")
		app.ack(e, nil)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		got := call(t, s, "views.push", obj{"trigger_id": e.Payload.str("trigger_id"), "view": modal(actions(button("more")))})
		if got.err() != want {
			t.Fatalf("push: %q, want %q", got.err(), want)
		}
	}
	if v, err := m.View(timeout(t)); err != nil || v.Depth != maxViewStack {
		t.Errorf("depth %v, %v", v, err)
	}
	// A view below the top cannot be submitted.
	if got := s.submitView(s.st.user("U1"), id, nil); got.Error != "view_not_open" {
		t.Errorf("submitting a covered view: %+v", got)
	}
}

// form with every kind of field.
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

func TestStateIsCheckedAndSent(t *testing.T) {
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
		"text ": {"text": "一二三四五六"},
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

func TestResponseActions(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *Options) { o.AckTimeout = 200 * time.Millisecond })
	app := connect(t, s)
	m := as(t, s, "U1")
	ctx := timeout(t)
	field := input("f", obj{"type": "plain_text_input", "initial_value": "x"})
	opened(t, s, app, "U1", modal(field, with(section("x"), "block_id", "s")))
	submit := func(payload any, answer bool) error {
		done := async(func() error { return m.Submit(ctx, nil) })
		e := app.next("interactive")
		if answer {
			app.ack(e, payload)
		}
		return <-done
	}
	if got := code(submit(nil, false)); got != "operation_timeout" {
		t.Errorf("no acknowledgement: %q", got)
	}
	if v, err := m.View(ctx); err != nil || v == nil || v.Notice == "" {
		t.Errorf("after a late acknowledgement the view is %+v, %v", v, err)
	}
	if err := submit(obj{"response_action": "errors", "errors": obj{"f": "不对"}}, true); member.FieldErrors(err)["f"] != "不对" {
		t.Errorf("errors: %v", err)
	}
	if got := code(submit(obj{"response_action": "errors", "errors": obj{"s": "不对"}}, true)); got != "connection_trouble" {
		t.Errorf("errors at a section: %q", got)
	}
	if got := code(submit(obj{"response_action": "update", "view": with(modal(), "title", plain(long(25)))}, true)); got != "connection_trouble" {
		t.Errorf("update with a broken view: %q", got)
	}
	if err := submit(obj{"response_action": "push", "view": with(modal(field), "callback_id", "second")}, true); err != nil {
		t.Error(err)
	}
	if v, err := m.View(ctx); err != nil || v.CallbackID != "second" || v.Depth != 2 {
		t.Errorf("after push: %+v, %v", v, err)
	}
	if err := submit(obj{"response_action": "update", "view": with(modal(field), "callback_id", "third")}, true); err != nil {
		t.Error(err)
	}
	if err := submit(nil, true); err != nil {
		t.Error(err)
	}
	if v, err := m.View(ctx); err != nil || v.CallbackID != "form" || v.Depth != 1 {
		t.Errorf("after closing the upper view: %+v, %v", v, err)
	}
	if err := submit(obj{"response_action": "clear"}, true); err != nil {
		t.Error(err)
	}
	if v, err := m.View(ctx); err != nil || v != nil {
		t.Errorf("after clear: %+v, %v", v, err)
	}
}

func TestViewClosed(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	app := connect(t, s)
	m := as(t, s, "U1")
	opened(t, s, app, "U1", modal())
	if err := m.CloseView(timeout(t)); err != nil {
		t.Fatal(err)
	}
	opened(t, s, app, "U1", with(modal(), "notify_on_close", true, "private_metadata", "p1"))
	done := async(func() error { return m.CloseView(timeout(t)) })
	e := app.next("interactive")
	app.ack(e, nil)
	if e.Payload.str("type") != "view_closed" || e.Payload.str("view", "private_metadata") != "p1" || e.Payload["is_cleared"] != false {
		t.Errorf("payload = %v", e.Payload)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestHomeAndUpdateKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	app := connect(t, s)
	m := as(t, s, "U1")
	ctx := timeout(t)
	if err := m.OpenHome(ctx); err != nil {
		t.Fatal(err)
	}
	e := app.next("events_api")
	app.ack(e, nil)
	if e.Payload.str("event", "type") != "app_home_opened" || e.Payload.str("event", "tab") != "home" {
		t.Errorf("event = %v", e.Payload["event"])
	}
	home := obj{"type": "home", "blocks": []any{actions(button("mine"))}}
	if got := call(t, s, "views.publish", obj{"user_id": "U1", "view": home}).err(); got != "" {
		t.Fatal(got)
	}
	done := async(func() error { return m.ClickHome(ctx, "mine") })
	e = app.next("interactive")
	app.ack(e, nil)
	if e.Payload.str("view", "type") != "home" || e.Payload.str("container", "type") != "view" {
		t.Errorf("payload = %v", e.Payload)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	form := func() obj {
		return modal(input("t", obj{"type": "plain_text_input"}), actions(button("reload")))
	}
	view := opened(t, s, app, "U1", form())
	done = async(func() error { return m.ClickInView(ctx, "reload", nil, map[string]any{"t": "草稿"}) })
	e = app.next("interactive")
	app.ack(e, nil)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if got := call(t, s, "views.update", obj{"view_id": view.str("view", "id"), "view": form()}).err(); got != "" {
		t.Fatal(got)
	}
	v, err := m.View(ctx)
	if err != nil || v.State.Values["t"]["v"]["value"] != "草稿" {
		t.Errorf("after the update: %v, %v", v.State.Values, err)
	}
}

func TestExternalSelect(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	app := connect(t, s)
	m := as(t, s, "U1")
	ctx := timeout(t)
	opened(t, s, app, "U1", modal(input("unit", obj{"type": "external_select", "min_query_length": 1})))
	var got []member.Option
	done := async(func() (err error) { got, err = m.Options(ctx, "v", "工信"); return err })
	e := app.next("interactive")
	if e.Payload.str("type") != "block_suggestion" || e.Payload.str("value") != "工信" || !e.Accepts {
		t.Errorf("payload = %v", e.Payload)
	}
	app.ack(e, obj{"options": []obj{{"text": plain("市工信局"), "value": "gxj"}}})
	if err := <-done; err != nil || len(got) != 1 || got[0].Value != "gxj" {
		t.Fatalf("options %v, %v", got, err)
	}
	if fields := member.FieldErrors(m.Submit(ctx, map[string]any{"unit": "other"})); fields["unit"] == "" {
		t.Error("an option that was never offered was taken")
	}
	done = async(func() error { return m.Submit(ctx, map[string]any{"unit": "gxj"}) })
	e = app.next("interactive")
	app.ack(e, nil)
	if err := <-done; err != nil {
		t.Error(err)
	}
}
