package slackapi

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Defaults of Options.
const (
	DefaultWorkers      = 32
	DefaultQueue        = 256
	DefaultAckTimeout   = 2500 * time.Millisecond
	DefaultAfterWorkers = 32
	DefaultAfterQueue   = 1024
	DefaultAfterTimeout = 30 * time.Second
)

const (
	// seenTTL outlasts Slack's retries: at once, after 1 and after 5 minutes.
	seenTTL  = 15 * time.Minute
	seenSize = 8192
)

// Options configure a Server. Zero values stand for the defaults.
type Options struct {
	SigningSecrets []Secret // any of them may have signed; needed for HTTP only

	Workers    int           // requests handled at once
	Queue      int           // requests that may wait
	AckTimeout time.Duration // from receiving a request to the end of the Handler's context

	AfterWorkers int           // Reply.After functions at work at once
	AfterQueue   int           // Reply.After functions that may wait
	AfterTimeout time.Duration // the end of their context

	Logger     *slog.Logger
	Now        func() time.Time
	Registerer prometheus.Registerer // nil: metrics are kept but not registered
}

// Server takes requests from Slack, by HTTP (it is an http.Handler) and by
// Socket Mode (RunSocketMode), and gives them to one Handler. The http.Server
// around it sets the time limits on reading.
type Server struct {
	handler Handler
	opts    Options
	pool    *pool
	seen    *cache[bool] // event id → handled; false while at work
	metrics *serverMetrics
	mux     *http.ServeMux

	base   context.Context // of all work; ends when Shutdown is through
	cancel context.CancelFunc

	mu        sync.Mutex
	closing   chan struct{} // closed when Shutdown begins
	isClosing bool
	sockets   sync.WaitGroup
	connected atomic.Int64
}

// NewServer returns a Server with its workers running; Shutdown ends them.
func NewServer(h Handler, o Options) (*Server, error) {
	if h == nil {
		return nil, fmt.Errorf("slackapi: %w: no handler", ErrArgument)
	}
	o = o.withDefaults()
	s := &Server{handler: h, opts: o, seen: newCache[bool](seenSize, o.Now), closing: make(chan struct{})}
	s.metrics = newServerMetrics(
		func() float64 { return float64(len(s.pool.queue)) },
		func() float64 { return float64(len(s.pool.after)) },
	)
	if err := s.metrics.register(o.Registerer); err != nil {
		return nil, err
	}
	s.base, s.cancel = context.WithCancel(context.Background())
	s.pool = newPool(o.Workers, o.Queue, o.AfterWorkers, o.AfterQueue)
	s.mux = s.routes()
	return s, nil
}

func (o Options) withDefaults() Options {
	o.Workers = positive(o.Workers, DefaultWorkers)
	o.Queue = positive(o.Queue, DefaultQueue)
	o.AckTimeout = positive(o.AckTimeout, DefaultAckTimeout)
	o.AfterWorkers = positive(o.AfterWorkers, DefaultAfterWorkers)
	o.AfterQueue = positive(o.AfterQueue, DefaultAfterQueue)
	o.AfterTimeout = positive(o.AfterTimeout, DefaultAfterTimeout)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

func positive[T int | time.Duration](v, otherwise T) T {
	if v > 0 {
		return v
	}
	return otherwise
}

// Shutdown takes no more requests, lets those taken be handled, acknowledged
// and followed up, closes the Socket Mode connections, and waits for all of it
// or for ctx, after which what still runs has its context cancelled.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	if !s.isClosing {
		s.isClosing = true
		close(s.closing)
	}
	s.mu.Unlock()
	defer s.cancel()
	if err := s.pool.close(ctx); err != nil {
		return fmt.Errorf("slackapi: shutting down: %w", err)
	}
	ended := make(chan struct{})
	go func() { s.sockets.Wait(); close(ended) }()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("slackapi: closing connections: %w", ctx.Err())
	}
}
