package slackapi

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/slack-go/slack"
)

func TestRetries(t *testing.T) {
	t.Parallel()
	const posted, read = `{"ok":true,"channel":"C1","ts":"1.1"}`, `{"ok":true,"user":{"id":"U1","profile":{"email":"a@x"}}}`
	post := func(ctx context.Context, c *Client) error {
		_, err := c.Post(ctx, Message{Channel: "C1", Text: "t"})
		return err
	}
	ask := func(ctx context.Context, c *Client) error { _, err := c.EmailOf(ctx, "U1"); return err }
	tests := []struct {
		name    string
		method  string
		answers []string
		do      func(context.Context, *Client) error
		again   bool // under WithRetry
		calls   int
		ok      bool
	}{
		{"read after a server fault", "users.info", []string{"503", "500", read}, ask, false, 3, true},
		{"post is not repeated", "chat.postMessage", []string{"503", posted}, post, false, 1, false},
		{"post where asked", "chat.postMessage", []string{"503", posted}, post, true, 2, true},
		{"post after a rate limit", "chat.postMessage", []string{"429 1", posted}, post, false, 2, true},
		{"long rate limit goes to the caller", "chat.postMessage", []string{"429 30", posted}, post, false, 1, false},
		{"server fault for good", "users.info", []string{"502"}, ask, false, maxAttempts, false},
		{"Slack's no is final", "users.info", []string{`{"ok":false,"error":"not_authed"}`}, ask, false, 1, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newFakeSlack(t)
			f.on(tt.method, tt.answers...)
			ctx := t.Context()
			if tt.again {
				ctx = WithRetry(ctx)
			}
			err := tt.do(ctx, f.client(t))
			if (err == nil) != tt.ok {
				t.Errorf("error = %v, want ok %t", err, tt.ok)
			}
			calls := f.seen(tt.method)
			if len(calls) != tt.calls {
				t.Errorf("%d attempts, want %d", len(calls), tt.calls)
			}
			for i, c := range calls {
				if string(c.body) != string(calls[0].body) || len(c.body) == 0 {
					t.Errorf("attempt %d sent another body", i+1)
				}
			}
		})
	}
}

func TestRateLimitedNamesTheWait(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("chat.postMessage", "429 30")
	_, err := f.client(t).Post(t.Context(), Message{Channel: "C1", Text: "t"})
	var limited *RateLimited
	if !errors.As(err, &limited) {
		t.Fatalf("error = %v, want RateLimited", err)
	}
	if diff := cmp.Diff(&RateLimited{Method: "chat.postMessage", RetryAfter: 30 * time.Second}, limited); diff != "" {
		t.Error(diff)
	}
	if Permanent(err) || Code(err) != "ratelimited" {
		t.Errorf("Permanent %t, Code %q", Permanent(err), Code(err))
	}
}

func TestErrorKinds(t *testing.T) {
	t.Parallel()
	slackErr := func(code string) error { return wrap("m", slack.SlackErrorResponse{Err: code}) }
	tests := []struct {
		name            string
		err             error
		permanent, auth bool
		code            string
	}{
		{"none", nil, false, false, ""},
		{"unknown channel", slackErr("channel_not_found"), true, false, "channel_not_found"},
		{"blocks refused", slackErr("invalid_blocks"), true, false, "invalid_blocks"},
		{"Slack's own fault", slackErr("internal_error"), false, false, "internal_error"},
		{"rate limit in the body", slackErr("ratelimited"), false, false, "ratelimited"},
		{"revoked token", slackErr("token_revoked"), false, true, "token_revoked"},
		{"missing scope", slackErr("missing_scope"), false, true, "missing_scope"},
		{"404", wrap("m", slack.StatusCodeError{Code: 404}), true, false, ""},
		{"503", wrap("m", slack.StatusCodeError{Code: 503}), false, false, ""},
		{"429 without a time", wrap("m", slack.StatusCodeError{Code: 429}), false, false, "ratelimited"},
		{"cancelled", wrap("m", context.Canceled), false, false, ""},
		{"network", wrap("m", errors.New("connection reset")), false, false, ""},
		{"too large", wrap("m", ErrTooLarge), true, false, ""},
		{"foreign host", wrap("m", ErrForeignHost), true, false, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := Permanent(tt.err); got != tt.permanent {
				t.Errorf("Permanent() = %t", got)
			}
			if got := AuthFailed(tt.err); got != tt.auth {
				t.Errorf("AuthFailed() = %t", got)
			}
			if got := Code(tt.err); got != tt.code {
				t.Errorf("Code() = %q", got)
			}
		})
	}
}

func TestErrorsDoNotShowTokens(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	c := f.client(t)
	f.Close()
	_, err := c.Permalink(t.Context(), "C1", "1.1")
	if err == nil || strings.Contains(err.Error(), testToken.Reveal()) {
		t.Errorf("error = %v", err)
	}
}

func TestConfigRefused(t *testing.T) {
	t.Parallel()
	reg := prometheus.NewRegistry()
	if _, err := New(Config{BotToken: "x", Registerer: reg}); err != nil {
		t.Fatal(err)
	}
	for name, cfg := range map[string]Config{
		"no token":         {},
		"no address":       {BotToken: "x", APIURL: "::"},
		"other scheme":     {BotToken: "x", APIURL: "ftp://host/"},
		"plain Slack":      {BotToken: "x", APIURL: "http://slack.com/api/"},
		"registered twice": {BotToken: "x", Registerer: reg},
	} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestCallsAreCounted(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("chat.getPermalink", "503", `{"ok":true,"permalink":"l"}`, `{"ok":false,"error":"message_not_found"}`)
	c := f.client(t)
	_, _ = c.Permalink(t.Context(), "C1", "1.1")
	_, _ = c.Permalink(t.Context(), "C1", "1.1")
	for labels, want := range map[string]float64{"ok": 1, "slack_error": 1} {
		if got := counted(c.metrics.calls.WithLabelValues("chat.getPermalink", labels)); got != want {
			t.Errorf("%s = %v, want %v", labels, got, want)
		}
	}
	if got := counted(c.metrics.retries.WithLabelValues("chat.getPermalink")); got != 1 {
		t.Errorf("retries = %v", got)
	}
}
