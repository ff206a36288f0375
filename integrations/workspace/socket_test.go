package workspace

import (
	"errors"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"huiban/integrations/workspace/member"
)

func code(err error) string {
	var e *member.Error
	if errors.As(err, &e) {
		return e.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestConnectionURLWorksOnce(t *testing.T) {
	t.Parallel()
	clock := newManual()
	s := start(t, func(o *Options) { o.Now = clock.now })
	target := openURL(t, s)
	conn, resp, err := websocket.DefaultDialer.DialContext(timeout(t), target, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	defer conn.Close()
	stale := openURL(t, s)
	clock.move(ticketLifetime + time.Second)
	for name, u := range map[string]string{"used": target, "stale": stale} {
		_, resp, err := websocket.DefaultDialer.DialContext(timeout(t), u, nil)
		if err == nil || resp == nil || resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s URL: %v", name, err)
		}
		if resp != nil {
			resp.Body.Close()
		}
	}
}

func TestTenConnectionsShareThePayloads(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	var all []*rawSocket
	for range maxConnections {
		all = append(all, connect(t, s))
	}
	if got := form(t, s, "apps.connections.open", testAppToken, url.Values{}).err(); got != "too_many_websockets" {
		t.Errorf("eleventh connection: %q", got)
	}
	for range maxConnections {
		sayIn(t, s, "U1", "C1", "一")
	}
	for i, c := range all {
		c.ack(c.next("events_api"), nil)
		if len(c.in) > 0 {
			t.Errorf("connection %d got more than its share", i)
		}
	}
}

func TestUnacknowledgedEventIsSentAgain(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	first := connect(t, s)
	sayIn(t, s, "U1", "C1", "一")
	lost := first.next("events_api")
	second := connect(t, s)
	first.conn.Close()
	again := second.next("events_api")
	if a, b := lost.Payload.str("event_id"), again.Payload.str("event_id"); a == "" || a != b {
		t.Errorf("event ids %q and %q", a, b)
	}
	if again.RetryAttempt != 1 {
		t.Errorf("retry_attempt = %d", again.RetryAttempt)
	}
	second.ack(again, nil)
	waitFor(t, "delivery", func() bool {
		for _, d := range s.Deliveries() {
			if d.Kind == "events_api" && d.Error == "" && d.Attempt == 1 {
				return true
			}
		}
		return false
	})
}

func TestLateAcknowledgement(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *Options) { o.AckTimeout = 30 * time.Millisecond })
	app := connect(t, s)
	m := as(t, s, "U1")
	done := async(func() error { _, err := m.Command(timeout(t), "/huiban", ""); return err })
	e := app.next("slash_commands")
	if got := code(<-done); got != "operation_timeout" {
		t.Errorf("member sees %q", got)
	}
	app.ack(e, obj{"text": "来晚了"})
	sayIn(t, s, "U1", "C1", "随后")
	app.ack(app.next("events_api"), nil)
	dm, err := m.DM(timeout(t))
	if err != nil {
		t.Fatal(err)
	}
	msgs, err := m.Messages(timeout(t), dm)
	if err != nil || len(msgs) != 0 {
		t.Errorf("a late answer was shown: %v %v", msgs, err)
	}
}

func TestNoConnectionAndLostConnection(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	m := as(t, s, "U1")
	_, err := m.Command(timeout(t), "/huiban", "")
	if got := code(err); got != "dispatch_failed" {
		t.Errorf("without a connection the member sees %q", got)
	}
	app := connect(t, s)
	done := async(func() error { _, err := m.Command(timeout(t), "/huiban", ""); return err })
	app.next("slash_commands")
	s.Drop("")
	if got := code(<-done); got != "dispatch_failed" {
		t.Errorf("on a lost connection the member sees %q", got)
	}
	if _, err := m.Command(timeout(t), "/other", ""); code(err) != "unknown_command" {
		t.Errorf("unknown command: %v", err)
	}
}

func TestDisconnectMessage(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	app := connect(t, s)
	s.Disconnect("", "warning", time.Minute)
	if e := app.next("disconnect"); e.Reason != "warning" {
		t.Errorf("reason = %q", e.Reason)
	}
	fresh := connect(t, s)
	sayIn(t, s, "U1", "C1", "一")
	fresh.ack(fresh.next("events_api"), nil)
}

func TestCommandAnswerInAcknowledgement(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	app := connect(t, s)
	m := as(t, s, "U1")
	var got *member.Message
	done := async(func() (err error) { got, err = m.CommandIn(timeout(t), "C1", "/huiban", "进度 <1>"); return err })
	e := app.next("slash_commands")
	for k, want := range map[string]string{"text": "进度 &lt;1&gt;", "channel_id": "C1", "channel_name": "general", "user_id": "U1"} {
		if e.Payload.str(k) != want {
			t.Errorf("%s = %q, want %q", k, e.Payload.str(k), want)
		}
	}
	app.ack(e, obj{"text": "没有这个案号"})
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if got == nil || !got.Ephemeral || got.Text() != "没有这个案号" {
		t.Fatalf("answer = %+v", got)
	}
	others, err := as(t, s, "U2").Messages(timeout(t), "C1")
	if err != nil || len(others) != 0 {
		t.Errorf("others see %v, %v", others, err)
	}
}

func TestConnectionsAreRefreshed(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *Options) { o.SocketLifetime = 20 * time.Millisecond })
	if e := connect(t, s).next("disconnect"); e.Reason != "refresh_requested" {
		t.Errorf("reason = %q", e.Reason)
	}
}

func TestLostAcknowledgement(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	app := connect(t, s)
	s.LoseAcks("events_api", 1)
	s.LoseAcks("slash_commands", 1)
	sayIn(t, s, "U1", "C1", "一")
	first := app.next("events_api")
	app.ack(first, nil)
	again := app.next("events_api")
	app.ack(again, nil)
	if a, b := first.Payload.str("event_id"), again.Payload.str("event_id"); a != b || again.RetryAttempt != 1 {
		t.Errorf("event %s, then %s (retry %d)", a, b, again.RetryAttempt)
	}
	m := as(t, s, "U1")
	done := async(func() error { _, err := m.Command(timeout(t), "/huiban", ""); return err })
	app.ack(app.next("slash_commands"), nil)
	if got := code(<-done); got != "operation_timeout" {
		t.Errorf("the member sees %q", got)
	}
}
