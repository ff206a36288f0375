package slackapi

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

func TestPostSendsEverything(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("chat.postMessage", `{"ok":true,"channel":"C1","ts":"17.5"}`)
	c := f.client(t)
	ts, err := c.Post(t.Context(), Message{
		Channel: "C1", ThreadTS: "16.1", Text: "fallback",
		Blocks:   []slack.Block{slack.NewDividerBlock()},
		Metadata: &Metadata{Type: "card", Payload: map[string]any{"key": "k1"}},
	})
	if err != nil || ts != "17.5" {
		t.Fatalf("Post() = %q, %v", ts, err)
	}
	got := f.seen("chat.postMessage")[0]
	if got.auth != "Bearer xoxb-test-1" {
		t.Errorf("Authorization = %q", got.auth)
	}
	for field, want := range map[string]string{
		"channel": "C1", "thread_ts": "16.1", "text": "fallback", "blocks": `[{"type":"divider"}]`,
		"metadata": `{"event_type":"card","event_payload":{"key":"k1"}}`, "unfurl_links": "false",
	} {
		if got.form.Get(field) != want {
			t.Errorf("%s = %q, want %q", field, got.form.Get(field), want)
		}
	}
}

func TestUpdateWithoutBlocksClearsThem(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("chat.update", `{"ok":true,"channel":"C1","ts":"1.1"}`)
	if err := f.client(t).Update(t.Context(), "C1", "1.1", Message{Text: "gone"}); err != nil {
		t.Fatal(err)
	}
	if got := f.seen("chat.update")[0].form.Get("blocks"); got != "[]" {
		t.Errorf("blocks = %q, want []", got)
	}
}

func TestDeleteTwice(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("chat.delete", `{"ok":true,"ts":"1.1"}`, `{"ok":false,"error":"message_not_found"}`, `{"ok":false,"error":"cant_delete_message"}`)
	c := f.client(t)
	for range 2 {
		if err := c.Delete(t.Context(), "C1", "1.1"); err != nil {
			t.Errorf("Delete() = %v", err)
		}
	}
	if err := c.Delete(t.Context(), "C1", "1.1"); Code(err) != "cant_delete_message" {
		t.Errorf("Delete() = %v, want cant_delete_message", err)
	}
}

func TestRespond(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.handle("/hook", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok")) })
	c := f.client(t)
	for _, replace := range []bool{false, true} {
		if err := c.Respond(t.Context(), f.URL+"/hook", Message{Text: "done"}, replace); err != nil {
			t.Errorf("replace %t: %v", replace, err)
		}
	}
	calls := f.seen("/hook")
	if len(calls) != 2 || !strings.Contains(string(calls[0].body), `"response_type":"ephemeral"`) ||
		!strings.Contains(string(calls[1].body), `"replace_original":true`) {
		t.Errorf("calls = %q", calls)
	}
	err := c.Respond(t.Context(), "https://evil.example/hook", Message{Text: "x"}, false)
	if !errors.Is(err, ErrForeignHost) {
		t.Errorf("foreign response_url: %v", err)
	}
}

func TestFindByMetadata(t *testing.T) {
	t.Parallel()
	const first = `{"ok":true,"has_more":true,"messages":[{"ts":"9.1","metadata":{"event_type":"other","event_payload":{"key":"k"}}},{"ts":"8.1"}],"response_metadata":{"next_cursor":"p2"}}`
	const second = `{"ok":true,"messages":[{"ts":"7.1","metadata":{"event_type":"card","event_payload":{"key":"k"}}}]}`
	match := func(p map[string]any) bool { return p["key"] == "k" }
	tests := []struct {
		name, thread, method string
		limit                int
		ts                   string
		found                bool
		pages                int
	}{
		{"in the channel", "", "conversations.history", 0, "7.1", true, 2},
		{"in a thread", "5.5", "conversations.replies", 0, "7.1", true, 2},
		{"beyond the limit", "", "conversations.history", 2, "", false, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newFakeSlack(t)
			f.on(tt.method, first, second)
			ts, found, err := f.client(t).FindByMetadata(t.Context(), "C1", tt.thread, "card", match, tt.limit)
			if err != nil || ts != tt.ts || found != tt.found {
				t.Errorf("= %q, %t, %v", ts, found, err)
			}
			calls := f.seen(tt.method)
			if len(calls) != tt.pages || calls[0].form.Get("include_all_metadata") != "1" || calls[0].form.Get("ts") != tt.thread {
				t.Errorf("calls = %v", calls)
			}
		})
	}
}

func TestViews(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	for _, m := range []string{"views.open", "views.push", "views.update", "views.publish"} {
		f.on(m, `{"ok":true,"view":{"id":"V1"}}`)
	}
	c := f.client(t)
	view := slack.ModalViewRequest{Title: slack.NewTextBlockObject(slack.PlainTextType, "t", false, false)}
	if id, err := c.OpenView(t.Context(), "trigger", view); id != "V1" || err != nil {
		t.Errorf("OpenView() = %q, %v", id, err)
	}
	if id, err := c.PushView(t.Context(), "trigger", view); id != "V1" || err != nil {
		t.Errorf("PushView() = %q, %v", id, err)
	}
	if err := c.UpdateView(t.Context(), "V1", "h", view); err != nil {
		t.Errorf("UpdateView() = %v", err)
	}
	if err := c.PublishHome(t.Context(), "U1", slack.HomeTabViewRequest{}); err != nil {
		t.Errorf("PublishHome() = %v", err)
	}
	if body := string(f.seen("views.open")[0].body); !strings.Contains(body, `"type":"modal"`) {
		t.Errorf("views.open sent %s", body)
	}
	if body := string(f.seen("views.publish")[0].body); !strings.Contains(body, `"type":"home"`) {
		t.Errorf("views.publish sent %s", body)
	}
}

func TestChannels(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("conversations.open", `{"ok":true,"channel":{"id":"D1"}}`)
	f.on("conversations.list",
		`{"ok":true,"channels":[{"id":"C111111","name":"general"}],"response_metadata":{"next_cursor":"2"}}`,
		`{"ok":true,"channels":[{"id":"C222222","name":"提案办理"}]}`)
	f.on("conversations.join", `{"ok":true,"channel":{"id":"C222222"}}`)
	c := f.client(t)
	for range 2 {
		if id, err := c.OpenDM(t.Context(), "U1"); id != "D1" || err != nil {
			t.Errorf("OpenDM() = %q, %v", id, err)
		}
		if id, err := c.FindChannel(t.Context(), "#提案办理"); id != "C222222" || err != nil {
			t.Errorf("FindChannel() = %q, %v", id, err)
		}
	}
	if id, err := c.FindChannel(t.Context(), "C999999"); id != "C999999" || err != nil {
		t.Errorf("FindChannel(id) = %q, %v", id, err)
	}
	if n := len(f.seen("conversations.open")); n != 1 {
		t.Errorf("conversations.open called %d times", n)
	}
	if n := len(f.seen("conversations.list")); n != 2 {
		t.Errorf("conversations.list called %d times", n)
	}
	if _, err := c.FindChannel(t.Context(), "missing"); !errors.Is(err, ErrNotFound) {
		t.Errorf("missing channel: %v", err)
	}
	if err := c.JoinChannel(t.Context(), "C222222"); err != nil {
		t.Errorf("JoinChannel() = %v", err)
	}
}
