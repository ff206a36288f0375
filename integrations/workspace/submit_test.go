package workspace

import (
	"testing"
	"time"

	"huiban/integrations/workspace/member"
)

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
