package slackapi

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// socketEnd is the other end of one Socket Mode connection.
type socketEnd struct {
	*websocket.Conn
	t *testing.T
}

// ack is what a client sends back.
type ack struct {
	EnvelopeID string          `json:"envelope_id"`
	Payload    json.RawMessage `json:"payload"`
}

// listen lets f accept Socket Mode connections.
func (f *fakeSlack) listen(t *testing.T) <-chan socketEnd {
	t.Helper()
	ends := make(chan socketEnd, 10)
	f.on("apps.connections.open", `{"ok":true,"url":"`+strings.Replace(f.URL, "http", "ws", 1)+`/link"}`)
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	f.handle("/link", func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		t.Cleanup(func() { _ = conn.Close() })
		ends <- socketEnd{Conn: conn, t: t}
	})
	return ends
}

func (e socketEnd) push(kind, envelope, payload string) {
	e.t.Helper()
	msg := `{"type":"` + kind + `","envelope_id":"` + envelope + `","accepts_response_payload":true,"payload":` + payload + `}`
	if err := e.WriteMessage(websocket.TextMessage, []byte(msg)); err != nil {
		e.t.Error(err)
	}
}

func (e socketEnd) ack() ack {
	e.t.Helper()
	var a ack
	if err := e.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		e.t.Error(err)
	}
	if err := e.ReadJSON(&a); err != nil {
		e.t.Errorf("reading an acknowledgement: %v", err)
	}
	return a
}

// runSockets starts a Server on Socket Mode and ends it with the test.
func runSockets(t *testing.T, f *fakeSlack, n int, h Handler, change ...func(*Options)) *Server {
	t.Helper()
	o := Options{}
	for _, fn := range change {
		fn(&o)
	}
	s, err := NewServer(h, o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	c := f.client(t)
	go func() { ended <- s.RunSocketMode(ctx, c, n) }()
	t.Cleanup(func() {
		if err := s.Shutdown(context.Background()); err != nil {
			t.Errorf("Shutdown() = %v", err)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("RunSocketMode() = %v", err)
		}
	})
	return s
}

const (
	slashPayload = `{"command":"/huiban","text":"进度","user_id":"U1","trigger_id":"t1","token":"legacy"}`
	viewPayload  = `{"type":"view_submission","trigger_id":"t2","user":{"id":"U1"},"view":{"id":"V1","callback_id":"form"}}`
)
