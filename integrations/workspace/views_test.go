package workspace

import (
	"testing"
	"time"
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

func TestTypingIsDispatchedAsFarAsItIs(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	app := connect(t, s)
	m := as(t, s, "U1")
	ctx := timeout(t)
	field := with(input("t", obj{
		"type": "plain_text_input", "min_length": 5, "dispatch_action_config": obj{"trigger_actions_on": []string{"on_character_entered"}},
	}), "dispatch_action", true)
	opened(t, s, app, "U1", modal(field, input("other", obj{"type": "plain_text_input", "min_length": 3})))
	done := async(func() error { return m.ClickInView(ctx, "v", "草", map[string]any{"other": "稿"}) })
	e := app.next("interactive")
	app.ack(e, nil)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	action := answer(e.Payload["actions"].([]any)[0].(map[string]any))
	values := answer(e.Payload["view"].(map[string]any)["state"].(map[string]any)["values"].(map[string]any))
	if action.str("value") != "草" || values.str("t", "v", "value") != "草" || values.str("other", "v", "value") != "稿" {
		t.Errorf("action %v, values %v", action, values)
	}
}
