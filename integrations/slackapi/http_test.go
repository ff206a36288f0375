package slackapi

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

// newTestServer returns a Server with a fixed clock, and its address.
func newTestServer(t *testing.T, h Handler, change ...func(*Options)) (*Server, string) {
	t.Helper()
	o := Options{SigningSecrets: []Secret{"old", testSecret}, Now: func() time.Time { return testNow }}
	for _, fn := range change {
		fn(&o)
	}
	s, err := NewServer(h, o)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s)
	t.Cleanup(func() {
		web.Close()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := s.Shutdown(ctx); err != nil {
			t.Errorf("Shutdown() = %v", err)
		}
		http.DefaultClient.CloseIdleConnections()
	})
	return s, web.URL
}

// send posts a signed body and returns status and answer.
func send(t *testing.T, address, body string, headers ...http.Header) (int, string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	req.Header = sign(testSecret, body, testNow)
	for _, h := range headers {
		req.Header = h
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer resp.Body.Close()
	out, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Error(err)
	}
	return resp.StatusCode, string(out)
}

func commandBody(text string) string {
	return url.Values{"command": {"/huiban"}, "text": {text}, "user_id": {"U1"}, "trigger_id": {"t." + text}, "token": {"legacy"}}.Encode()
}

func eventBody(id string) string {
	return `{"type":"event_callback","event_id":"` + id + `","event_time":1772442000,"event":{"type":"message","channel_type":"im","channel":"D1","user":"U1","ts":"5.5","text":"t","files":[{"id":"F1","name":"a.docx"}]}}`
}

// httpCase is a request by HTTP, the reply that the Handler makes, and what is
// expected of both.
type httpCase struct {
	name, path, body string
	reply            Reply
	status           int
	answer           string
	check            func(*testing.T, Request)
}

func httpCases() []httpCase {
	interaction := func(payload string) string { return url.Values{"payload": {payload}}.Encode() }
	return []httpCase{
		{"command", PathCommands, commandBody("进度"), Reply{Body: map[string]string{"text": "好"}}, 200, `{"text":"好"}`, func(t *testing.T, r Request) {
			if r.ID != "t.进度" || r.Command.Text != "进度" || r.Command.UserID != "U1" || r.Command.Token != "" {
				t.Errorf("command = %+v", r.Command)
			}
		}},
		{"empty answer", PathCommands, commandBody("x"), Reply{}, 200, "", func(*testing.T, Request) {}},
		{"button", PathInteractions, interaction(`{"type":"block_actions","trigger_id":"t1","user":{"id":"U1"},"actions":[{"action_id":"accept","block_id":"b","type":"button","value":"v"}]}`), Reply{}, 200, "", func(t *testing.T, r Request) {
			if r.ID != "t1" || r.Interaction.ActionCallback.BlockActions[0].Value != "v" {
				t.Errorf("interaction = %+v", r.Interaction)
			}
		}},
		{"view errors", PathInteractions, interaction(`{"type":"view_submission","trigger_id":"t2","view":{"id":"V1","callback_id":"register"}}`),
			Reply{Body: slack.NewErrorsViewSubmissionResponse(map[string]string{"no": "必填"})}, 200, `{"response_action":"errors","errors":{"no":"必填"}}`, func(t *testing.T, r Request) {
				if r.Interaction.View.CallbackID != "register" {
					t.Errorf("view = %+v", r.Interaction.View)
				}
			}},
		{"suggestion has no trigger", PathInteractions, interaction(`{"type":"block_suggestion","value":"司法"}`), Reply{}, 200, "", func(t *testing.T, r Request) {
			if !strings.HasPrefix(r.ID, "h") || r.Interaction.Value != "司法" {
				t.Errorf("ID %q, value %q", r.ID, r.Interaction.Value)
			}
		}},
		{"direct message", PathEvents, eventBody("Ev1"), Reply{}, 200, "", func(t *testing.T, r Request) {
			want := &Event{ID: "Ev1", Type: "message", User: "U1", Channel: "D1", ChannelType: "im", TS: "5.5", Text: "t",
				Files: []slack.File{{ID: "F1", Name: "a.docx"}}, Time: time.Unix(1772442000, 0).UTC()}
			if diff := cmp.Diff(want, r.Event); diff != "" || r.ID != "Ev1" {
				t.Errorf("ID %q, %s", r.ID, diff)
			}
		}},
		{"file shared", PathEvents, `{"type":"event_callback","event_id":"Ev2","event":{"type":"file_shared","file_id":"F9","user_id":"U2","channel_id":"D2","event_ts":"6.6"}}`, Reply{}, 200, "", func(t *testing.T, r Request) {
			want := &Event{ID: "Ev2", Type: "file_shared", User: "U2", Channel: "D2", TS: "6.6", Files: []slack.File{{ID: "F9"}}}
			if diff := cmp.Diff(want, r.Event); diff != "" {
				t.Error(diff)
			}
		}},
		{"home opened", PathEvents, `{"type":"event_callback","event_id":"Ev3","event":{"type":"app_home_opened","user":"U3","tab":"home","channel":"D3"}}`, Reply{}, 200, "", func(t *testing.T, r Request) {
			if r.Event.Tab != "home" || r.Event.User != "U3" {
				t.Errorf("event = %+v", r.Event)
			}
		}},
	}
}

func TestHTTPRequests(t *testing.T) {
	t.Parallel()
	for _, tt := range httpCases() {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := make(chan Request, 1)
			_, address := newTestServer(t, func(_ context.Context, r Request) Reply { got <- r; return tt.reply })
			status, answer := send(t, address+tt.path, tt.body)
			if status != tt.status || answer != tt.answer {
				t.Errorf("= %d %s, want %d %s", status, answer, tt.status, tt.answer)
			}
			r := <-got
			if !r.Received.Equal(testNow) {
				t.Errorf("Received = %v", r.Received)
			}
			tt.check(t, r)
		})
	}
}

func TestHTTPWithoutHandler(t *testing.T) {
	t.Parallel()
	_, address := newTestServer(t, func(_ context.Context, r Request) Reply {
		t.Errorf("the handler was asked: %+v", r)
		return Reply{}
	})
	challenge := `{"type":"url_verification","challenge":"c-1"}`
	tests := []struct {
		name, path, body string
		header           http.Header
		status           int
		answer           string
	}{
		{"challenge", PathEvents, challenge, nil, 200, `{"challenge":"c-1"}`},
		{"unsigned challenge", PathEvents, challenge, http.Header{}, 401, ""},
		{"forged", PathCommands, commandBody("x"), sign("guess", commandBody("x"), testNow), 401, ""},
		{"replayed later", PathCommands, commandBody("x"), sign(testSecret, commandBody("x"), testNow.Add(-6*time.Minute)), 401, ""},
		{"no command", PathCommands, "text=x", nil, 400, ""},
		{"ssl check", PathCommands, "ssl_check=1&token=x", nil, 200, ""},
		{"no payload", PathInteractions, "x=1", nil, 400, ""},
		{"broken payload", PathInteractions, "payload=%7B", nil, 400, ""},
		{"no JSON", PathEvents, "hello", nil, 400, ""},
		{"event without id", PathEvents, `{"type":"event_callback","event":{"type":"message"}}`, nil, 400, ""},
		{"event of no interest", PathEvents, `{"type":"event_callback","event_id":"E","event":{"type":"team_join","user":{"id":"U"}}}`, nil, 200, ""},
		{"too large", PathEvents, strings.Repeat("x", maxBody+1), nil, 413, ""},
		{"no such path", "/slack/other", "x", nil, 404, "404 page not found\n"},
	}
	for _, tt := range tests {
		headers := []http.Header{}
		if tt.header != nil {
			headers = append(headers, tt.header)
		}
		status, answer := send(t, address+tt.path, tt.body, headers...)
		if status != tt.status || answer != tt.answer {
			t.Errorf("%s: = %d %q, want %d %q", tt.name, status, answer, tt.status, tt.answer)
		}
	}
	resp, err := http.Get(address + PathEvents)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET = %d", resp.StatusCode)
	}
}

func TestRotatedSecretStillHolds(t *testing.T) {
	t.Parallel()
	_, address := newTestServer(t, func(context.Context, Request) Reply { return Reply{} })
	body := commandBody("x")
	if status, _ := send(t, address+PathCommands, body, sign("old", body, testNow)); status != 200 {
		t.Errorf("old secret = %d", status)
	}
}

func TestEventIsHandledOnce(t *testing.T) {
	t.Parallel()
	var handled atomic.Int64
	s, address := newTestServer(t, func(context.Context, Request) Reply { handled.Add(1); return Reply{} })
	for range 3 {
		if status, _ := send(t, address+PathEvents, eventBody("Ev1")); status != 200 {
			t.Errorf("status %d", status)
		}
	}
	if n := handled.Load(); n != 1 {
		t.Errorf("handled %d times", n)
	}
	if n := counted(s.metrics.requests.WithLabelValues("message", outcomeDuplicate)); n != 2 {
		t.Errorf("%v duplicates counted", n)
	}
}

func TestEventAtWorkIsNotAcknowledgedTwice(t *testing.T) {
	t.Parallel()
	entered, release := make(chan struct{}), make(chan struct{})
	_, address := newTestServer(t, func(context.Context, Request) Reply { close(entered); <-release; return Reply{} })
	var wg sync.WaitGroup
	wg.Go(func() {
		if status, _ := send(t, address+PathEvents, eventBody("Ev1")); status != 200 {
			t.Errorf("first = %d", status)
		}
	})
	<-entered
	if status, _ := send(t, address+PathEvents, eventBody("Ev1")); status != 503 {
		t.Errorf("second, while the first is at work = %d, want 503", status)
	}
	close(release)
	wg.Wait()
}

func TestFailedEventComesAgain(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		fail   func() Reply
		status int
	}{
		"retry": {func() Reply { return Reply{Retry: true} }, 503},
		"panic": {func() Reply { panic("text of a person") }, 500},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int64
			logs := &logBuffer{}
			_, address := newTestServer(t, func(context.Context, Request) Reply {
				if calls.Add(1) == 1 {
					return tt.fail()
				}
				return Reply{}
			}, func(o *Options) { o.Logger = logs.logger() })
			if status, _ := send(t, address+PathEvents, eventBody("Ev1")); status != tt.status {
				t.Errorf("first = %d, want %d", status, tt.status)
			}
			if status, _ := send(t, address+PathEvents, eventBody("Ev1")); status != 200 || calls.Load() != 2 {
				t.Errorf("second = %d after %d calls", status, calls.Load())
			}
			if text := logs.String(); strings.Contains(text, "text of a person") || (name == "panic") != strings.Contains(text, "Ev1") {
				t.Errorf("log: %s", text)
			}
		})
	}
}
