package workspace

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"huiban/integrations/workspace/member"
)

func TestPageGuards(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *Options) { o.PublicHosts = []string{"workspace"} })
	for _, tt := range []struct {
		name   string
		path   string
		header map[string]string
		host   string
		want   int
	}{
		{"own page", "boot", map[string]string{"X-Workspace": "1"}, "", 200},
		{"without the header", "boot", nil, "", 403},
		{"foreign origin", "boot", map[string]string{"X-Workspace": "1", "Origin": "https://evil.example"}, "", 403},
		{"foreign site", "events?as=U1", map[string]string{"Sec-Fetch-Site": "cross-site"}, "", 403},
		{"name that leads here", "boot", map[string]string{"X-Workspace": "1"}, "evil.example", 403},
		{"name that is allowed", "boot", map[string]string{"X-Workspace": "1"}, "workspace", 200},
		{"bot as member", "conversations?as=A1", map[string]string{"X-Workspace": "1"}, "", 400},
		{"somebody who left", "conversations?as=U3", map[string]string{"X-Workspace": "1"}, "", 400},
		{"unknown path", "nothing", map[string]string{"X-Workspace": "1"}, "", 404},
		{"foreign file", "files/F1?as=U1", nil, "", 404},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			req, err := http.NewRequestWithContext(timeout(t), http.MethodGet, s.URL()+"/app/api/"+tt.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			for k, v := range tt.header {
				req.Header.Set(k, v)
			}
			req.Host = tt.host
			if got, _, body := send(t, req); got != tt.want {
				t.Errorf("%d %s, want %d", got, body, tt.want)
			}
		})
	}
}

func TestPageAndHealth(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for path, want := range map[string]string{"/": "<!doctype html>", "/healthz": "ok"} {
		if got := download(t, s.URL()+path, ""); !strings.HasPrefix(strings.ToLower(got), want) {
			t.Errorf("%s begins with %.40q", path, got)
		}
	}
}

func TestUnreadAndThreads(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	ctx := timeout(t)
	m := as(t, s, "U1")
	root := call(t, s, "chat.postMessage", obj{"channel": "C1", "text": "交办"}).str("ts")
	call(t, s, "chat.postMessage", obj{"channel": "C1", "text": "回复", "thread_ts": root})
	call(t, s, "chat.postMessage", obj{"channel": "C1", "text": "也发到频道", "thread_ts": root, "reply_broadcast": true})
	unread := func() int {
		list, err := m.Conversations(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			if c.ID == "C1" {
				return c.Unread
			}
		}
		return -1
	}
	if n := unread(); n != 3 {
		t.Errorf("%d unread, want 3", n)
	}
	top, err := m.Messages(ctx, "C1")
	if err != nil || len(top) != 2 || top[0].ReplyCount != 2 {
		t.Errorf("channel shows %+v, %v", top, err)
	}
	if n := unread(); n != 0 {
		t.Errorf("%d unread after reading", n)
	}
	thread, err := m.Thread(ctx, "C1", root)
	if err != nil || len(thread) != 3 {
		t.Errorf("thread has %d messages, %v", len(thread), err)
	}
	if _, err := m.Say(ctx, "C2", "", "x"); err != nil {
		t.Errorf("a member of the channel: %v", err)
	}
	if _, err := m.Say(ctx, "C1", "", "  "); code(err) != "no_text" {
		t.Errorf("empty message: %v", err)
	}
}

func TestActionsCarryValues(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	app := connect(t, s)
	ctx := timeout(t)
	m := as(t, s, "U1")
	call(t, s, "chat.postMessage", obj{"channel": "U1", "text": "卡", "blocks": []any{
		with(actions(
			obj{"type": "static_select", "action_id": "pick", "options": opts(3)},
			obj{"type": "overflow", "action_id": "more", "options": opts(2)},
			obj{"type": "datepicker", "action_id": "due"},
			obj{"type": "checkboxes", "action_id": "sections", "options": opts(3)},
			button("go"),
		), "block_id", "b"),
	}})
	dm, err := m.DM(ctx)
	if err != nil {
		t.Fatal(err)
	}
	card, err := m.WaitMessage(ctx, dm, member.Containing("go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		id    string
		value any
		path  []string
		want  string
	}{
		{"pick", "1", []string{"selected_option", "value"}, "1"},
		{"more", "0", []string{"selected_option", "text", "text"}, "0"},
		{"due", "2026-03-02", []string{"selected_date"}, "2026-03-02"},
		{"go", nil, []string{"value"}, "v-go"},
	} {
		done := async(func() error { return m.Click(ctx, card, tt.id, tt.value) })
		e := app.next("interactive")
		app.ack(e, nil)
		if err := <-done; err != nil {
			t.Fatal(tt.id, err)
		}
		action := answer(e.Payload["actions"].([]any)[0].(map[string]any))
		if action.str(tt.path...) != tt.want || action.str("block_id") != "b" || action.str("action_id") != tt.id {
			t.Errorf("%s: action = %v", tt.id, action)
		}
		if tt.id == "pick" && e.Payload["state"].(map[string]any)["values"].(map[string]any)["b"].(map[string]any)["pick"].(map[string]any)["selected_option"] == nil {
			t.Errorf("state lacks the choice: %v", e.Payload["state"])
		}
	}
	if err := m.Click(ctx, card, "pick", "7"); code(err) != "invalid_value" {
		t.Errorf("an option that does not exist: %v", err)
	}
	done := async(func() error { return m.Click(ctx, card, "sections", []string{"0", "2"}) })
	e := app.next("interactive")
	app.ack(e, nil)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if chosen := e.Payload["actions"].([]any)[0].(map[string]any)["selected_options"].([]any); len(chosen) != 2 {
		t.Errorf("checked %v", chosen)
	}
}

func TestMessageShortcut(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	app := connect(t, s)
	ctx := timeout(t)
	m := as(t, s, "U1")
	sayIn(t, s, "U2", "C1", "关于老旧小区的提案")
	msg, err := m.WaitMessage(ctx, "C1", member.Containing("老旧小区"))
	if err != nil {
		t.Fatal(err)
	}
	app.ack(app.next("events_api"), nil)
	done := async(func() error { return m.Shortcut(ctx, "register", &msg) })
	e := app.next("interactive")
	app.ack(e, nil)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if e.Payload.str("type") != "message_action" || e.Payload.str("message", "text") != "关于老旧小区的提案" || e.Payload.str("trigger_id") == "" {
		t.Errorf("payload = %v", e.Payload)
	}
	if err := m.Shortcut(ctx, "register", nil); code(err) != "unknown_shortcut" {
		t.Errorf("a message shortcut without a message: %v", err)
	}
}

func TestLiveEvents(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL()+"/app/api/events?as=U1", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	lines.Scan()
	// U2's private answer must not reach U1's page, the message to all must.
	call(t, s, "chat.postEphemeral", obj{"channel": "C1", "user": "U2", "text": "x"})
	call(t, s, "chat.postMessage", obj{"channel": "C1", "text": "x"})
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var e liveEvent
		if err := json.Unmarshal([]byte(data), &e); err != nil {
			t.Fatal(err)
		}
		if e.Type != "message" || e.Channel != "C1" || e.Seq != 2 {
			t.Errorf("event = %+v", e)
		}
		return
	}
	t.Fatal("the stream ended", lines.Err())
}
