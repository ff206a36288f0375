package workspace

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// An app whose connections keep breaking still gets every event.
func TestNoEventIsLostWhileConnectionsBreak(t *testing.T) {
	t.Parallel()
	const n = 40
	s := start(t, func(o *Options) {
		o.RetryDelays = make([]time.Duration, 200)
		for i := range o.RetryDelays {
			o.RetryDelays[i] = 5 * time.Millisecond
		}
	})
	var mu sync.Mutex
	seen := map[string]int{}
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
			}
			conn, resp, err := websocket.DefaultDialer.Dial(openURL(t, s), nil)
			if err != nil {
				continue
			}
			resp.Body.Close()
			// Each connection handles a few payloads, leaves one unanswered and breaks.
			for i := 0; ; i++ {
				var e envelope
				if conn.ReadJSON(&e) != nil || i == 4 {
					break
				}
				if e.EnvelopeID == "" {
					continue
				}
				mu.Lock()
				seen[e.Payload.str("event", "text")]++
				mu.Unlock()
				_ = conn.WriteJSON(obj{"envelope_id": e.EnvelopeID})
			}
			conn.Close()
		}
	}()
	for i := range n {
		sayIn(t, s, "U1", "C1", fmt.Sprintf("第%d条", i))
	}
	waitFor(t, "all events", func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(seen) == n
	})
	close(stop)
	waitFor(t, "end of the app", func() bool {
		s.Drop("")
		select {
		case <-done:
			return true
		default:
			return false
		}
	})
}
