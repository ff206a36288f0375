package workspace

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// envelope is what an app receives over Socket Mode.
type envelope struct {
	EnvelopeID   string `json:"envelope_id"`
	Type         string `json:"type"`
	Reason       string `json:"reason"`
	Accepts      bool   `json:"accepts_response_payload"`
	RetryAttempt int    `json:"retry_attempt"`
	Payload      answer `json:"payload"`
	Connections  int    `json:"num_connections"`
}

// rawSocket is a Socket Mode connection without a client library.
type rawSocket struct {
	t    *testing.T
	conn *websocket.Conn
	in   chan envelope
	mu   sync.Mutex
}

func openURL(t *testing.T, s *Server) string {
	t.Helper()
	got := form(t, s, "apps.connections.open", testAppToken, url.Values{})
	if got.err() != "" {
		t.Fatal(got.err())
	}
	return got.str("url")
}

func connect(t *testing.T, s *Server) *rawSocket {
	t.Helper()
	conn, resp, err := websocket.DefaultDialer.DialContext(timeout(t), openURL(t, s), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	r := &rawSocket{t: t, conn: conn, in: make(chan envelope, 64)}
	go func() {
		defer close(r.in)
		for {
			var e envelope
			if conn.ReadJSON(&e) != nil {
				return
			}
			r.in <- e
		}
	}()
	t.Cleanup(func() { conn.Close() })
	if hello := r.next(""); hello.Type != "hello" {
		t.Fatalf("first message is %q", hello.Type)
	}
	return r
}

// next returns the next envelope, skipping events of other kinds when kind is given.
func (r *rawSocket) next(kind string) envelope {
	r.t.Helper()
	deadline := time.After(15 * time.Second)
	for {
		select {
		case e, ok := <-r.in:
			if !ok {
				r.t.Fatal("connection closed")
			}
			if kind == "" || e.Type == kind {
				return e
			}
			r.ack(e, nil)
		case <-deadline:
			r.t.Fatalf("no %s in time", kind)
		}
	}
}

func (r *rawSocket) ack(e envelope, payload any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := obj{"envelope_id": e.EnvelopeID}
	if payload != nil {
		out["payload"] = payload
	}
	_ = r.conn.WriteJSON(out)
}

// async runs fn and hands its error over.
func async(fn func() error) <-chan error {
	done := make(chan error, 1)
	go func() { done <- fn() }()
	return done
}

// opened lets a member run a command and opens view with its trigger.
func opened(t *testing.T, s *Server, app *rawSocket, who string, view obj) answer {
	t.Helper()
	m := as(t, s, who)
	done := async(func() error { _, err := m.Command(timeout(t), "/huiban", ""); return err })
	e := app.next("slash_commands")
	app.ack(e, nil)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	got := call(t, s, "views.open", obj{"trigger_id": e.Payload.str("trigger_id"), "view": view})
	if got.err() != "" {
		t.Fatalf("views.open: %v", got)
	}
	return got
}

// httpApp is an app behind request URLs.
type httpApp struct {
	*httptest.Server
	mu     sync.Mutex
	seen   []httpSeen
	answer func(seen httpSeen, w http.ResponseWriter)
}

type httpSeen struct {
	path   string
	header http.Header
	body   []byte
	at     time.Time
}

func (h httpSeen) form() url.Values {
	v, _ := url.ParseQuery(string(h.body))
	return v
}

func (h httpSeen) payload(t *testing.T) answer {
	t.Helper()
	raw := h.body
	if p := h.form().Get("payload"); p != "" {
		raw = []byte(p)
	}
	var out answer
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func newHTTPApp(t *testing.T, answer func(seen httpSeen, w http.ResponseWriter)) *httpApp {
	t.Helper()
	a := &httpApp{answer: answer}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		seen := httpSeen{path: r.URL.Path, header: r.Header, body: body, at: time.Now()}
		var challenge struct {
			Type      string `json:"type"`
			Challenge string `json:"challenge"`
		}
		if json.Unmarshal(body, &challenge) == nil && challenge.Type == "url_verification" {
			_, _ = io.WriteString(w, challenge.Challenge)
			return
		}
		a.mu.Lock()
		a.seen = append(a.seen, seen)
		a.mu.Unlock()
		if a.answer != nil {
			a.answer(seen, w)
		}
	}))
	t.Cleanup(a.Close)
	return a
}

func (a *httpApp) requests(path string) []httpSeen {
	a.mu.Lock()
	defer a.mu.Unlock()
	var out []httpSeen
	for _, s := range a.seen {
		if strings.HasSuffix(s.path, path) {
			out = append(out, s)
		}
	}
	return out
}

func overHTTP(app *httpApp) func(*Options) {
	return func(o *Options) {
		o.Seed.Apps[0].SocketMode = false
		o.Seed.Apps[0].RequestURL = app.URL
	}
}
