package workspace

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// socket is one Socket Mode connection.
type socket struct {
	conn *websocket.Conn
	out  chan []byte
	done chan struct{}
	once sync.Once

	mu      sync.Mutex
	closed  bool
	leaving bool
	pending map[string]*attempt
}

func (r *request) connectionsOpen() (obj, *apiError) {
	if !r.app.SocketMode {
		return nil, fail("forbidden_team")
	}
	if len(r.app.conns) >= maxConnections {
		return nil, fail("too_many_websockets")
	}
	for t, expires := range r.app.tickets {
		if r.now.After(expires) {
			delete(r.app.tickets, t)
		}
	}
	ticket := randomHex(16)
	r.app.tickets[ticket] = r.now.Add(ticketLifetime)
	return obj{"url": "ws://" + r.app.host + "/link/?ticket=" + ticket + "&app_id=" + r.app.ID}, nil
}

// redeem uses a connection URL up and returns its app.
func (s *Server) redeem(r *http.Request) *app {
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.apps {
		if expires, ok := a.tickets[ticket]; ok && a.ID == r.URL.Query().Get("app_id") {
			delete(a.tickets, ticket)
			if s.now().After(expires) || len(a.conns) >= maxConnections {
				return nil
			}
			return a
		}
	}
	return nil
}

func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	a := s.redeem(r)
	if a == nil {
		http.Error(w, "connection URL is not valid", http.StatusNotFound)
		return
	}
	// The ticket proves who connects; Slack's clients send a foreign Origin.
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &socket{conn: conn, out: make(chan []byte, 256), done: make(chan struct{}), pending: map[string]*attempt{}}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		conn.Close()
		return
	}
	hello, _ := json.Marshal(obj{
		"type": "hello", "num_connections": len(a.conns) + 1, "connection_info": obj{"app_id": a.ID},
		"debug_info": obj{"host": "workspace", "build_number": 1, "approximate_connection_time": int(s.opts.SocketLifetime.Seconds())},
	})
	c.out <- hello
	a.conns = append(a.conns, c)
	s.wg.Go(func() { s.writeSocket(c) })
	s.mu.Unlock()
	c.read()
	s.mu.Lock()
	a.conns = slices.DeleteFunc(a.conns, func(x *socket) bool { return x == c })
	s.mu.Unlock()
	c.close()
}

// send queues an envelope whose acknowledgement goes to at; false when the connection cannot take it.
func (c *socket) send(frame []byte, at *attempt) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed || c.leaving {
		return false
	}
	select {
	case c.out <- frame:
	default:
		return false
	}
	c.pending[at.envelope] = at
	return true
}

func (c *socket) read() {
	c.conn.SetReadLimit(maxAckBody)
	for {
		_, data, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		var in struct {
			EnvelopeID string          `json:"envelope_id"`
			Payload    json.RawMessage `json:"payload"`
		}
		if json.Unmarshal(data, &in) != nil {
			continue
		}
		c.mu.Lock()
		at := c.pending[in.EnvelopeID]
		delete(c.pending, in.EnvelopeID)
		c.mu.Unlock()
		if at != nil {
			at.result <- ack{body: in.Payload}
		}
	}
}

// writeSocket owns the writing side: envelopes, pings and the hourly farewell.
func (s *Server) writeSocket(c *socket) {
	ping := time.NewTicker(s.opts.PingInterval)
	defer ping.Stop()
	life := time.NewTimer(s.opts.SocketLifetime)
	defer life.Stop()
	defer c.close()
	write := func(kind int, data []byte) bool {
		_ = c.conn.SetWriteDeadline(time.Now().Add(10 * time.Second))
		return c.conn.WriteMessage(kind, data) == nil
	}
	if !write(websocket.PingMessage, []byte("hello")) {
		return
	}
	for {
		ok := true
		select {
		case frame := <-c.out:
			ok = write(websocket.TextMessage, frame)
		case <-ping.C:
			ok = write(websocket.PingMessage, []byte("ping"))
		case <-life.C:
			c.leave("refresh_requested", 10*time.Second)
		case <-c.done:
			return
		}
		if !ok {
			return
		}
	}
}

// leave asks the app to reconnect, sends nothing more and closes after grace.
func (c *socket) leave(reason string, grace time.Duration) {
	frame, _ := json.Marshal(obj{"type": "disconnect", "reason": reason, "debug_info": obj{"host": "workspace"}})
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed || c.leaving {
		return
	}
	c.leaving = true
	select {
	case c.out <- frame:
	default:
	}
	time.AfterFunc(grace, c.close)
}

// close ends the connection; what was not acknowledged on it has failed.
func (c *socket) close() {
	c.once.Do(func() {
		c.mu.Lock()
		c.closed = true
		lost := c.pending
		c.pending = map[string]*attempt{}
		c.mu.Unlock()
		close(c.done)
		_ = c.conn.Close()
		for _, at := range lost {
			at.result <- ack{err: errConnLost}
		}
	})
}

// forget makes a late acknowledgement of at count for nothing.
func (s *Server) forget(at *attempt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range at.app.conns {
		c.mu.Lock()
		delete(c.pending, at.envelope)
		c.mu.Unlock()
	}
}

// Connections returns how many Socket Mode connections an app holds; "" is the only app.
func (s *Server) Connections(appID string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.appByID(appID); a != nil {
		return len(a.conns)
	}
	return 0
}

// Disconnect sends every connection of the app a disconnect message with reason
// (warning, refresh_requested, link_disabled) and closes them after grace.
func (s *Server) Disconnect(appID, reason string, grace time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.appByID(appID); a != nil {
		for _, c := range a.conns {
			c.leave(reason, grace)
		}
	}
}

// Drop cuts every connection of the app without a word, as a broken network does.
func (s *Server) Drop(appID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.appByID(appID); a != nil {
		for _, c := range a.conns {
			c.close()
		}
	}
}
