package slackapi

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// Servers that speak Slack's protocols but are not quite like Slack.

func TestRateLimitWithoutAnUsableTime(t *testing.T) {
	t.Parallel()
	for name, header := range map[string]string{"none": "", "a date": "Mon, 23 Nov 2026 09:00:00 GMT", "a fraction": "0.5"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFakeSlack(t)
			f.handle("chat.postMessage", func(w http.ResponseWriter, _ *http.Request) {
				if header != "" {
					w.Header()["retry-after"] = []string{header}
				}
				w.WriteHeader(http.StatusTooManyRequests)
			})
			c := f.client(t, func(c *Config) { c.MaxRetryWait = time.Millisecond })
			_, err := c.Post(t.Context(), Message{Channel: "C1", Text: "t"})
			var limited *RateLimited
			if !errors.As(err, &limited) || limited.RetryAfter != time.Second {
				t.Errorf("error = %v, want a rate limit of one second", err)
			}
		})
	}
}

func TestRedirectElsewhereIsRefusedButNotForGood(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.handle("chat.postMessage", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://portal.invalid/login", http.StatusTemporaryRedirect)
	})
	_, err := f.client(t).Post(t.Context(), Message{Channel: "C1", Text: "t"})
	if !errors.Is(err, errRedirected) || Permanent(err) {
		t.Errorf("error = %v, permanent %t", err, Permanent(err))
	}
}

func TestErrorsDoNotShowAddresses(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	c := f.client(t)
	f.Close()
	err := c.Respond(t.Context(), f.URL+"/response/capability", Message{Text: "t"}, false)
	if err == nil || strings.Contains(err.Error(), "capability") {
		t.Errorf("error = %v", err)
	}
}

func TestNamesOfThisMachineAreOneHost(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		api, address string
		want         bool
	}{
		{"http://127.0.0.1:9/api/", "http://localhost:9/response/x", true},
		{"http://localhost:9/api/", "http://[::1]:9/response/x", true},
		{"http://127.0.0.1:9/api/", "http://localhost:10/response/x", false},
		{"http://127.0.0.1:9/api/", "https://localhost:9/response/x", false},
		{"https://slack.com/api/", "https://localhost/response/x", false},
		{"http://10.0.0.1:9/api/", "http://127.0.0.1:9/response/x", false},
	} {
		api, err := url.Parse(tt.api)
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(tt.address)
		if err != nil {
			t.Fatal(err)
		}
		if got := sameHost(api, u); got != tt.want {
			t.Errorf("sameHost(%s, %s) = %t", tt.api, tt.address, got)
		}
	}
}

func TestWarmOutlastsAPassingFault(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	n := 0
	f.handle("users.list", func(w http.ResponseWriter, _ *http.Request) {
		if n++; n == 1 {
			_, _ = w.Write([]byte("<html>one moment</html>"))
			return
		}
		_, _ = w.Write([]byte(`{"ok":true,"members":[{"id":"W0A","profile":{"email":"a@x"}},{"id":"W0B"}]}`))
	})
	c := f.client(t)
	if err := c.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	if id, err := c.UserByEmail(t.Context(), "a@x"); id != "W0A" || err != nil {
		t.Errorf("UserByEmail() = %q, %v", id, err)
	}
}

func TestSharedWaitNamesItsMethod(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := f.client(t).EmailOf(ctx, "W0A")
	var call *CallError
	if !errors.As(err, &call) || call.Method != "users.info" || !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v", err)
	}
}

func TestForeignEvents(t *testing.T) {
	t.Parallel()
	event := func(id, inner string) string {
		return `{"type":"event_callback","event_id":` + strconv.Quote(id) + `,"event":{"type":"message","channel_type":"im","user":"W0A","channel":"D0A",` + inner + `}}`
	}
	for _, tt := range []struct {
		name, body string
		status     int
		handled    int64
		file       slack.File
	}{
		{"without an id", event("", `"ts":"5.5","text":"t"`), 200, 1, slack.File{}},
		{"without an id and a time", event("", `"text":"t"`), 400, 0, slack.File{}},
		{"file of another shape", event("Ev1", `"ts":"5.5","files":[{"id":"F0X","size":"12","name":7}]`), 200, 1, slack.File{ID: "F0X"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var handled atomic.Int64
			requests := make(chan Request, 2)
			_, address := newTestServer(t, func(_ context.Context, r Request) Reply {
				handled.Add(1)
				requests <- r
				return Reply{}
			})
			for range 2 {
				if status, _ := send(t, address+PathEvents, tt.body); status != tt.status {
					t.Errorf("status %d, want %d", status, tt.status)
				}
			}
			if n := handled.Load(); n != tt.handled {
				t.Fatalf("handled %d times, want %d", n, tt.handled)
			}
			if tt.file.ID != "" {
				if r := <-requests; len(r.Event.Files) != 1 || r.Event.Files[0].ID != tt.file.ID {
					t.Errorf("files = %+v", r.Event.Files)
				}
			}
		})
	}
}

func TestSocketInteractionOfAnotherShape(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	ends := f.listen(t)
	var log logBuffer
	s := runSockets(t, f, 1, func(context.Context, Request) Reply { return Reply{} },
		func(o *Options) { o.Logger = log.logger() })
	end := <-ends
	end.push("interactive", "odd", `{"type":"block_actions","user":{"id":"U1"},"actions":[{"type":"future","value":{"secret":"words"}}]}`)
	end.push("slash_commands", "usual", slashPayload)
	if a := end.ack(); a.EnvelopeID != "usual" {
		t.Errorf("acknowledged %q, want the usual one only", a.EnvelopeID)
	}
	if n := counted(s.metrics.requests.WithLabelValues("unknown", outcomeMalformed)); n != 1 {
		t.Errorf("%v refused", n)
	}
	if text := log.String(); !strings.Contains(text, "envelope=odd") || strings.Contains(text, "words") {
		t.Errorf("log = %s", text)
	}
}

func TestAnswersOfAResponseURL(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, kind, body string
		status           int
		ok               bool
		code             string
	}{
		{"nothing", "", "", 200, true, ""},
		{"no content", "", "", 204, true, ""},
		{"ok and a line's end", "text/plain", "ok\n", 200, true, ""},
		{"JSON", "application/json", `{"ok":true}`, 200, true, ""},
		{"refusal", "application/json", `{"ok":false,"error":"expired_url"}`, 200, false, "expired_url"},
		{"gone", "text/plain", "words of the server", 404, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newFakeSlack(t)
			f.handle("/hook", func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["Content-Type"] = nil
				if tt.kind != "" {
					w.Header().Set("Content-Type", tt.kind)
				}
				w.WriteHeader(tt.status)
				_, _ = w.Write([]byte(tt.body))
			})
			err := f.client(t).Respond(t.Context(), f.URL+"/hook", Message{Text: "t"}, false)
			if (err == nil) != tt.ok || Code(err) != tt.code {
				t.Errorf("Respond() = %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "words") {
				t.Errorf("the error quotes the server: %v", err)
			}
		})
	}
}
