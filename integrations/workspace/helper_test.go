package workspace

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"huiban/integrations/workspace/member"
)

const (
	testBotToken = "xoxb-test"
	testAppToken = "xapp-test"
	testSecret   = "8f742231b10e8888abcd99yyyzzz85a5"
)

// manual is a clock that tests move.
type manual struct {
	mu sync.Mutex
	at time.Time
}

func newManual() *manual { return &manual{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)} }

func (m *manual) now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.at
}

func (m *manual) move(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at = m.at.Add(d)
}

func testSeed() Seed {
	return Seed{
		Team: Team{Name: "示例市"},
		Members: []Member{
			{ID: "U1", Name: "liaison", RealName: "林联络", Email: "liaison@example.org", Title: "科长", Unit: "甲局", Role: "liaison"},
			{ID: "U2", Name: "coordinator", RealName: "郑经办", Email: "coordinator@example.org", Unit: "乙局"},
			{ID: "U3", Name: "gone", Email: "gone@example.org", Deleted: true},
		},
		Channels: []Channel{
			{ID: "C1", Name: "general"},
			{ID: "C2", Name: "private-to-people", Members: []string{"U1", "U2"}},
		},
		Apps: []App{{
			ID: "A1", Name: "huiban", BotToken: testBotToken, AppToken: testAppToken, SigningSecret: testSecret, SocketMode: true,
			Scopes: []string{
				"chat:write", "im:write", "im:history", "im:read", "channels:history", "channels:read", "channels:join",
				"users:read", "users:read.email", "files:read", "files:write", "commands", "app_mentions:read", "team:read", "reactions:write",
			},
			Commands:  []Command{{Command: "/huiban", Description: "办理提案", UsageHint: "帮助"}},
			Shortcuts: []Shortcut{{CallbackID: "register", Name: "登记", Type: "message"}, {CallbackID: "mine", Name: "我的", Type: "global"}},
		}},
	}
}

func start(t *testing.T, change func(*Options)) *Server {
	t.Helper()
	o := Options{Seed: testSeed(), NoRateLimits: true, RetryDelays: []time.Duration{0, 20 * time.Millisecond, 20 * time.Millisecond}}
	if change != nil {
		change(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func timeout(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func as(t *testing.T, s *Server, who string) *member.Member {
	t.Helper()
	c := member.Dial(s.URL())
	t.Cleanup(c.Close)
	return c.As(who)
}

// answer is a Web API answer.
type answer map[string]any

func (a answer) err() string {
	s, _ := a["error"].(string)
	return s
}

func (a answer) messages() string {
	meta, _ := a["response_metadata"].(map[string]any)
	raw, _ := json.Marshal(meta["messages"])
	return string(raw)
}

func (a answer) str(path ...string) string {
	var v any = map[string]any(a)
	for _, p := range path {
		m, _ := v.(map[string]any)
		v = m[p]
	}
	s, _ := v.(string)
	return s
}

func send(t *testing.T, req *http.Request) (int, http.Header, []byte) {
	t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, body
}

func post(t *testing.T, target, kind, token, body string) (int, http.Header, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(timeout(t), http.MethodPost, target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return send(t, req)
}

// call makes a JSON call with the bot token.
func call(t *testing.T, s *Server, method string, args any) answer {
	t.Helper()
	raw, err := json.Marshal(args)
	if err != nil {
		t.Fatal(err)
	}
	_, _, body := post(t, s.APIURL()+method, "application/json", testBotToken, string(raw))
	var out answer
	if err := json.Unmarshal(body, &out); err != nil {
		t.Fatalf("%s: %v: %s", method, err, body)
	}
	return out
}

// form makes a form call with the token as a field.
func form(t *testing.T, s *Server, method, token string, args url.Values) answer {
	t.Helper()
	if token != "" {
		args.Set("token", token)
	}
	_, _, body := post(t, s.APIURL()+method, "application/x-www-form-urlencoded", "", args.Encode())
	var out answer
	if err := json.Unmarshal(body, &out); err != nil {
		t.Fatalf("%s: %v: %s", method, err, body)
	}
	return out
}

func plain(s string) obj  { return obj{"type": "plain_text", "text": s} }
func mrkdwn(s string) obj { return obj{"type": "mrkdwn", "text": s} }

func input(id string, el obj) obj {
	el["action_id"] = "v"
	return obj{"type": "input", "block_id": id, "label": plain(id), "element": el}
}

func modal(blocks ...any) obj {
	return obj{"type": "modal", "callback_id": "form", "title": plain("表单"), "submit": plain("提交"), "blocks": append([]any{}, blocks...)}
}

func button(id string) obj {
	return obj{"type": "button", "action_id": id, "text": plain(id), "value": "v-" + id}
}

// waitFor polls a condition that nothing announces.
func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(15 * time.Second)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("no %s in time", what)
		}
		time.Sleep(2 * time.Millisecond)
	}
}
