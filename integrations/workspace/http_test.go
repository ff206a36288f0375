package workspace

import (
	"io"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"huiban/integrations/workspace/member"
)

// The example that Slack's documentation of signed requests publishes.
func TestSignatureVector(t *testing.T) {
	t.Parallel()
	const body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar" +
		"&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands" +
		"%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	const want = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
	if got := Signature(testSecret, time.Unix(1531420618, 0), []byte(body)); got != want {
		t.Errorf("signature = %s", got)
	}
}

func TestSignedHTTP(t *testing.T) {
	t.Parallel()
	app := newHTTPApp(t, func(seen httpSeen, w http.ResponseWriter) {
		if seen.path == "/slack/commands" {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"text":"好的","response_type":"ephemeral"}`)
		}
	})
	s := start(t, overHTTP(app))
	m := as(t, s, "U1")
	ctx := timeout(t)
	got, err := m.Command(ctx, "/huiban", "帮助")
	if err != nil || got == nil || got.Text() != "好的" {
		t.Fatalf("answer %+v, %v", got, err)
	}
	sayIn(t, s, "U1", "C1", "大家好 @huiban")
	waitFor(t, "two events", func() bool { return len(app.requests("/events")) == 2 })
	if err := m.Shortcut(ctx, "mine", nil); err != nil {
		t.Fatal(err)
	}
	for _, seen := range append(append(app.requests("/commands"), app.requests("/events")...), app.requests("/interactions")...) {
		v, err := slack.NewSecretsVerifier(seen.header, testSecret)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = v.Write(seen.body)
		if err := v.Ensure(); err != nil {
			t.Errorf("%s: %v", seen.path, err)
		}
	}
	if f := app.requests("/commands")[0].form(); f.Get("command") != "/huiban" || f.Get("trigger_id") == "" || f.Get("response_url") == "" {
		t.Errorf("command = %v", f)
	}
	kinds := map[string]bool{}
	for _, seen := range app.requests("/events") {
		kinds[seen.payload(t).str("event", "type")] = true
	}
	if !kinds["message"] || !kinds["app_mention"] {
		t.Errorf("events = %v", kinds)
	}
}

func TestEventRetriesOverHTTP(t *testing.T) {
	t.Parallel()
	app := newHTTPApp(t, func(seen httpSeen, w http.ResponseWriter) {
		if seen.header.Get("X-Slack-Retry-Num") != "3" {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	s := start(t, overHTTP(app))
	sayIn(t, s, "U1", "C1", "一")
	waitFor(t, "four attempts", func() bool { return len(app.requests("/events")) == 4 })
	ids := map[string]bool{}
	for i, seen := range app.requests("/events") {
		ids[seen.payload(t).str("event_id")] = true
		num, reason := seen.header.Get("X-Slack-Retry-Num"), seen.header.Get("X-Slack-Retry-Reason")
		if i == 0 && num != "" || i > 0 && (num != strconv.Itoa(i) || reason != "http_error") {
			t.Errorf("attempt %d: number %q, reason %q", i, num, reason)
		}
	}
	if len(ids) != 1 {
		t.Errorf("event ids %v", ids)
	}
}

func TestLateAcknowledgementOverHTTP(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	app := newHTTPApp(t, func(httpSeen, http.ResponseWriter) { <-release })
	t.Cleanup(func() { close(release) })
	s := start(t, func(o *Options) { overHTTP(app)(o); o.AckTimeout = 30 * time.Millisecond })
	m := as(t, s, "U1")
	if _, err := m.Command(timeout(t), "/huiban", ""); code(err) != "operation_timeout" {
		t.Errorf("command: %v", err)
	}
	if err := m.Shortcut(timeout(t), "mine", nil); code(err) != "operation_timeout" {
		t.Errorf("shortcut: %v", err)
	}
}

func TestResponseURLBudget(t *testing.T) {
	t.Parallel()
	clock := newManual()
	s := start(t, func(o *Options) { o.Now = clock.now })
	app := connect(t, s)
	m := as(t, s, "U1")
	ctx := timeout(t)
	call(t, s, "chat.postMessage", obj{"channel": "C1", "text": "卡片", "blocks": []any{actions(button("go"))}})
	card, err := m.WaitMessage(ctx, "C1", func(msg member.Message) bool { return msg.HasAction("go") })
	if err != nil {
		t.Fatal(err)
	}
	click := func() string {
		done := async(func() error { return m.Click(ctx, card, "go") })
		e := app.next("interactive")
		app.ack(e, nil)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if e.Payload.str("container", "message_ts") != card.TS || e.Payload.str("message", "ts") != card.TS || e.Payload.str("channel", "id") != "C1" {
			t.Errorf("payload = %v", e.Payload)
		}
		return e.Payload.str("response_url")
	}
	first, second := click(), click()
	for i := range maxResponseURLUses + 1 {
		status, _, body := post(t, first, "application/json", "", `{"text":"答","replace_original":false}`)
		if want := i < maxResponseURLUses; (status == http.StatusOK) != want {
			t.Errorf("use %d: %d %s", i+1, status, body)
		}
	}
	if status, _, _ := post(t, second, "application/json", "", `{"text":"换了","replace_original":true}`); status != http.StatusOK {
		t.Errorf("replacing: %d", status)
	}
	if _, err := as(t, s, "U2").WaitMessage(ctx, "C1", member.Containing("换了")); err != nil {
		t.Error(err)
	}
	if status, _, body := post(t, second, "application/json", "", `{"blocks":[{"type":"fancy"}]}`); status != http.StatusBadRequest {
		t.Errorf("bad blocks: %d %s", status, body)
	}
	clock.move(responseURLLifetime + time.Second)
	if status, _, _ := post(t, second, "application/json", "", `{"text":"晚了"}`); status != http.StatusNotFound {
		t.Errorf("after 30 minutes: %d", status)
	}
}
