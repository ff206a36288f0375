package workspace

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
)

// Why an app did not acknowledge.
var (
	errNoConnection = errors.New("dispatch_failed")
	errAckTimeout   = errors.New("operation_timeout")
	errConnLost     = errors.New("connection_failed")
	errHTTPStatus   = errors.New("http_error")
	errNoRetry      = errors.New("http_error_no_retry")
)

// attempt is one payload on its way to one place.
type attempt struct {
	app    *app
	kind   string
	name   string
	number int
	start  time.Time
	// envelope is set for Socket Mode.
	envelope string
	result   chan ack
}

type ack struct {
	body []byte
	err  error
}

// dispatch sends a payload to the app without waiting for its answer.
func (s *Server) dispatch(a *app, kind, name string, payload json.RawMessage, retry int, reason string) *attempt {
	at := &attempt{app: a, kind: kind, name: name, number: retry, start: time.Now(), result: make(chan ack, 1)}
	if a.SocketMode {
		s.dispatchSocket(at, payload, reason)
		return at
	}
	started := s.spawn(func() {
		body, err := s.post(at, payload, reason)
		at.result <- ack{body, err}
	})
	if !started {
		at.result <- ack{err: errConnLost}
	}
	return at
}

func (s *Server) dispatchSocket(at *attempt, payload json.RawMessage, reason string) {
	at.envelope = uuid.NewString()
	env := obj{
		"envelope_id": at.envelope, "type": at.kind, "payload": payload,
		"accepts_response_payload": at.kind == "slash_commands" || at.name == "view_submission" || at.name == "block_suggestion",
	}
	if at.kind == "events_api" {
		env["retry_attempt"], env["retry_reason"] = at.number, reason
	}
	frame, err := json.Marshal(env)
	if err != nil {
		at.result <- ack{err: err}
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for range at.app.conns {
		at.app.turn++
		c := at.app.conns[at.app.turn%len(at.app.conns)]
		if c.send(frame, at) {
			return
		}
	}
	at.result <- ack{err: errNoConnection}
}

// await returns the app's answer, or why there is none in time.
func (s *Server) await(at *attempt) ([]byte, error) {
	timer := time.NewTimer(time.Until(at.start.Add(s.opts.AckTimeout)))
	defer timer.Stop()
	var got ack
	select {
	case got = <-at.result:
	case <-timer.C:
		got.err = errAckTimeout
		s.forget(at)
	case <-s.ctx.Done():
		got.err = errConnLost
	}
	s.mu.Lock()
	if got.err == nil && s.loseAcks[at.kind] > 0 {
		s.loseAcks[at.kind]--
		got = ack{err: errAckTimeout}
	}
	s.mu.Unlock()
	d := Delivery{Time: at.start, App: at.app.ID, Kind: at.kind, Type: at.name, Took: time.Since(at.start), Attempt: at.number}
	if got.err != nil {
		d.Error = got.err.Error()
	}
	s.mu.Lock()
	s.sent = bounded(s.sent, d)
	s.mu.Unlock()
	return got.body, got.err
}

// deliver sends a payload of an interaction and waits.
func (s *Server) deliver(a *app, kind, name string, payload obj) ([]byte, error) {
	raw, err := json.Marshal(payload)
	if err != nil {
		return nil, err
	}
	return s.await(s.dispatch(a, kind, name, raw, 0, ""))
}

func retryReason(err error) string {
	switch {
	case errors.Is(err, errAckTimeout):
		return "http_timeout"
	case errors.Is(err, errHTTPStatus):
		return "http_error"
	case err != nil:
		return "connection_failed"
	default:
		return ""
	}
}
