package slackapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
)

func TestSocketRequests(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	ends := f.listen(t)
	got := make(chan Request, 1)
	s := runSockets(t, f, 1, func(_ context.Context, r Request) Reply {
		got <- r
		return Reply{Body: map[string]string{"id": r.ID}}
	})
	end := <-ends
	eventually(t, "connected", s.Connected)
	tests := []struct {
		name, kind, payload, id string
		check                   func(Request) bool
	}{
		{"command", "slash_commands", slashPayload, "t1", func(r Request) bool { return r.Command.Text == "进度" && r.Command.Token == "" }},
		{"submission", "interactive", viewPayload, "t2", func(r Request) bool { return r.Interaction.View.CallbackID == "form" }},
		{"suggestion", "interactive", `{"type":"block_suggestion","value":"司"}`, "env-suggestion", func(r Request) bool { return r.Interaction.Value == "司" }},
		{"event", "events_api", eventBody("Ev1"), "Ev1", func(r Request) bool { return r.Event.Channel == "D1" && len(r.Event.Files) == 1 }},
	}
	for _, tt := range tests {
		end.push(tt.kind, "env-"+tt.name, tt.payload)
		if r := <-got; r.ID != tt.id || !tt.check(r) {
			t.Errorf("%s: request %+v", tt.name, r)
		}
		a := end.ack()
		if want := `{"id":"` + tt.id + `"}`; a.EnvelopeID != "env-"+tt.name || string(a.Payload) != want {
			t.Errorf("%s: acknowledged %s with %s, want %s", tt.name, a.EnvelopeID, a.Payload, want)
		}
	}
	end.push("events_api", "again", eventBody("Ev1"))
	if a := end.ack(); a.EnvelopeID != "again" || a.Payload != nil {
		t.Errorf("a repeated event: %+v", a)
	}
	end.push("events_api", "unknown", `{"type":"event_callback","event_id":"Ev9","event":{"type":"not_yet_invented"}}`)
	if a := end.ack(); a.EnvelopeID != "unknown" {
		t.Errorf("an event of no interest: %+v", a)
	}
	select {
	case r := <-got:
		t.Errorf("handled: %+v", r)
	default:
	}
}

func TestSocketWithholdsAcknowledgement(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	ends := f.listen(t)
	var calls atomic.Int64
	s := runSockets(t, f, 1, func(context.Context, Request) Reply {
		switch calls.Add(1) {
		case 1:
			return Reply{Retry: true}
		case 2:
			panic("boom")
		}
		return Reply{}
	})
	end := <-ends
	for i, outcome := range []string{outcomeRetry, outcomePanic, outcomeOK} {
		end.push("events_api", outcome, eventBody("Ev1"))
		eventually(t, outcome, func() bool { return counted(s.metrics.requests.WithLabelValues("message", outcome)) == 1 })
		if n := calls.Load(); n != int64(i+1) {
			t.Errorf("%s: asked %d times", outcome, n)
		}
	}
	if a := end.ack(); a.EnvelopeID != outcomeOK {
		t.Errorf("acknowledged %q first, want the last only", a.EnvelopeID)
	}
}

func TestSocketReconnects(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	ends := f.listen(t)
	s := runSockets(t, f, 1, func(context.Context, Request) Reply { return Reply{} })
	end := <-ends
	if err := end.WriteMessage(websocket.TextMessage, []byte(`{"type":"disconnect","reason":"refresh_requested"}`)); err != nil {
		t.Fatal(err)
	}
	end = <-ends
	end.push("slash_commands", "e2", slashPayload)
	if a := end.ack(); a.EnvelopeID != "e2" || !s.Connected() {
		t.Errorf("after disconnect: %+v, connected %t", a, s.Connected())
	}
	_ = end.Close()
	end = <-ends
	end.push("slash_commands", "e3", slashPayload)
	if a := end.ack(); a.EnvelopeID != "e3" {
		t.Errorf("after a broken connection: %+v", a)
	}
}

func TestSocketConnections(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	ends := f.listen(t)
	s := runSockets(t, f, 0, func(context.Context, Request) Reply { return Reply{} })
	for range DefaultConnections {
		<-ends
	}
	eventually(t, "both are open", func() bool { return s.connected.Load() == DefaultConnections })
}

func TestSocketShutdownAcknowledgesWhatItTook(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	ends := f.listen(t)
	entered, release := make(chan struct{}), make(chan struct{})
	s, err := NewServer(func(context.Context, Request) Reply { close(entered); <-release; return Reply{} }, Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	c := f.client(t)
	go func() { ended <- s.RunSocketMode(ctx, c, 1) }()
	end := <-ends
	end.push("slash_commands", "e1", slashPayload)
	<-entered
	cancel()
	close(release)
	if a := end.ack(); a.EnvelopeID != "e1" {
		t.Errorf("acknowledged %+v", a)
	}
	if err := <-ended; err != nil {
		t.Errorf("RunSocketMode() = %v", err)
	}
	if s.Connected() {
		t.Error("still connected")
	}
	if err := s.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.RunSocketMode(t.Context(), c, 1); err != nil {
		t.Errorf("RunSocketMode() after Shutdown = %v", err)
	}
}

func TestSocketRefusedToken(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("apps.connections.open", `{"ok":false,"error":"invalid_auth"}`)
	s, err := NewServer(func(context.Context, Request) Reply { return Reply{} }, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RunSocketMode(t.Context(), f.client(t), 2); Code(err) != "invalid_auth" {
		t.Errorf("RunSocketMode() = %v, want invalid_auth", err)
	}
	noToken := f.client(t, func(c *Config) { c.AppToken = "" })
	if err := s.RunSocketMode(t.Context(), noToken, 1); !errors.Is(err, ErrArgument) {
		t.Errorf("without an app token: %v", err)
	}
	if err := s.RunSocketMode(t.Context(), f.client(t), 11); !errors.Is(err, ErrArgument) {
		t.Errorf("eleven connections: %v", err)
	}
	if err := s.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestSocketLargeViewGoesByTheWebAPI(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	ends := f.listen(t)
	f.on("views.update", `{"ok":false,"error":"not_found"}`, `{"ok":true,"view":{"id":"V1"}}`)
	title := slack.NewTextBlockObject(slack.PlainTextType, "标题", false, false)
	long := slack.NewSectionBlock(slack.NewTextBlockObject(slack.PlainTextType, strings.Repeat("长", 3000), false, false), nil, nil)
	after := make(chan struct{})
	runSockets(t, f, 1, func(context.Context, Request) Reply {
		return Reply{
			Body: slack.NewUpdateViewSubmissionResponse(&slack.ModalViewRequest{
				Type: slack.VTModal, Title: title, Submit: title, PrivateMetadata: "m",
				Blocks: slack.Blocks{BlockSet: []slack.Block{long, long, long}},
			}),
			After: func(context.Context) { close(after) },
		}
	})
	end := <-ends
	end.push("interactive", "e1", viewPayload)
	a := end.ack()
	var brief slack.ViewSubmissionResponse
	if err := json.Unmarshal(a.Payload, &brief); err != nil {
		t.Fatal(err)
	}
	if brief.ResponseAction != slack.RAUpdate || brief.View.ExternalID == "" || brief.View.PrivateMetadata != "m" || len(a.Payload) > 2000 {
		t.Errorf("acknowledged with %s", a.Payload)
	}
	<-after
	calls := f.seen("views.update")
	if len(calls) != 2 || !strings.Contains(string(calls[1].body), brief.View.ExternalID) || strings.Count(string(calls[1].body), "长") != 9000 {
		t.Errorf("%d updates", len(calls))
	}
}

func TestPlainSocketOnlyBesideSlack(t *testing.T) {
	t.Parallel()
	plain := &http.Request{URL: mustURL(t, "http://host/link")}
	secure := &http.Request{URL: mustURL(t, "https://wss.slack.com/link")}
	if _, err := dialer(false).Proxy(plain); !errors.Is(err, errPlainSocket) {
		t.Errorf("plain ws at Slack: %v", err)
	}
	if _, err := dialer(false).Proxy(secure); err != nil {
		t.Errorf("wss at Slack: %v", err)
	}
	if _, err := dialer(true).Proxy(plain); err != nil {
		t.Errorf("plain ws elsewhere: %v", err)
	}
}

func mustURL(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
