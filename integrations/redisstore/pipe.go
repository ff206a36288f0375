package redisstore

import (
	"net"
	"sync"
	"time"
)

// bufferedConn lets writes to an in-memory connection return at once. Without it a long pipeline stands still: the
// server waits until its first answers are read while the client still writes.
type bufferedConn struct {
	net.Conn
	mu      sync.Mutex
	more    *sync.Cond
	pending []byte
	err     error
}

func newBufferedConn(c net.Conn) *bufferedConn {
	b := &bufferedConn{Conn: c}
	b.more = sync.NewCond(&b.mu)
	go b.pump()
	return b
}

func (b *bufferedConn) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err != nil {
		return 0, b.err
	}
	b.pending = append(b.pending, p...)
	b.more.Signal()
	return len(p), nil
}

// pump carries what was written to the other side until the connection is closed.
func (b *bufferedConn) pump() {
	for {
		b.mu.Lock()
		for len(b.pending) == 0 && b.err == nil {
			b.more.Wait()
		}
		chunk, err := b.pending, b.err
		b.pending = nil
		b.mu.Unlock()
		if err != nil {
			return
		}
		if _, err := b.Conn.Write(chunk); err != nil {
			b.fail(err)
		}
	}
}

func (b *bufferedConn) fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err == nil {
		b.err = err
	}
	b.more.Signal()
}

func (b *bufferedConn) Close() error {
	b.fail(net.ErrClosed)
	return b.Conn.Close()
}

// SetDeadline bounds reads; writes never wait.
func (b *bufferedConn) SetDeadline(t time.Time) error { return b.Conn.SetReadDeadline(t) }

// SetWriteDeadline has nothing to bound.
func (b *bufferedConn) SetWriteDeadline(time.Time) error { return nil }
