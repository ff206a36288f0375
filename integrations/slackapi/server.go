package slackapi

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
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

// answer is what became of a request.
type answer struct {
	reply   Reply
	outcome string
}

// acknowledged reports whether Slack is told that the request arrived.
func (a answer) acknowledged() bool {
	return a.outcome == outcomeOK || a.outcome == outcomeLate || a.outcome == outcomeDuplicate
}

// respond carries an answer back over the transport that the request came by.
// It returns when the answer is on its way, with what must follow, or nil.
type respond func(answer) (follow func(context.Context))

// dispatch queues r. It returns "" when respond will be called, once, by a
// worker; otherwise the outcome that is already certain.
func (s *Server) dispatch(r Request, send respond) string {
	if r.Event != nil {
		if handled, known := s.seen.getOrSet(r.ID, false, seenTTL); known {
			// While the first is at work this one is not acknowledged: should
			// the first fail, Slack has to come again.
			s.count(r, outcomeDuplicate)
			if handled {
				return outcomeDuplicate
			}
			return outcomeRetry
		}
	}
	err := s.pool.submit(func() func() { return s.process(r, send) })
	if err == nil {
		return ""
	}
	s.settle(r, false)
	outcome := outcomeRefused
	if errors.Is(err, errClosed) {
		outcome = outcomeClosed
	}
	s.count(r, outcome)
	return outcome
}

// process runs the Handler and sends its answer. It returns the after-work.
func (s *Server) process(r Request, send respond) func() {
	left := s.opts.AckTimeout - s.opts.Now().Sub(r.Received)
	ctx, cancel := context.WithTimeout(s.base, left)
	defer cancel()
	a := answer{outcome: outcomeRetry}
	if ctx.Err() == nil {
		a = s.invoke(ctx, r)
	}
	if a.outcome == outcomeOK && ctx.Err() != nil {
		a.outcome = outcomeLate
	}
	s.settle(r, a.acknowledged())
	s.count(r, a.outcome)
	follow := send(a)
	if a.acknowledged() {
		s.metrics.ack.WithLabelValues(r.kind()).Observe(s.opts.Now().Sub(r.Received).Seconds())
		return s.afterwards(r, follow, a.reply.After)
	}
	return nil
}

func (s *Server) invoke(ctx context.Context, r Request) (a answer) {
	defer func() {
		if v := recover(); v != nil {
			s.logPanic("handler", r, v)
			a = answer{outcome: outcomePanic}
		}
	}()
	reply := s.handler(ctx, r)
	if reply.Retry {
		return answer{outcome: outcomeRetry}
	}
	return answer{reply: reply, outcome: outcomeOK}
}

// afterwards joins the functions to run after the acknowledgement.
func (s *Server) afterwards(r Request, fns ...func(context.Context)) func() {
	var todo []func(context.Context)
	for _, fn := range fns {
		if fn != nil {
			todo = append(todo, fn)
		}
	}
	if len(todo) == 0 {
		return nil
	}
	return func() {
		outcome := outcomePanic
		defer func() {
			if v := recover(); v != nil {
				s.logPanic("after", r, v)
			}
			s.metrics.afters.WithLabelValues(outcome).Inc()
		}()
		ctx, cancel := context.WithTimeout(s.base, s.opts.AfterTimeout)
		defer cancel()
		for _, fn := range todo {
			fn(ctx)
		}
		outcome = outcomeOK
		if ctx.Err() != nil {
			outcome = outcomeLate
		}
	}
}

// settle records whether an event was handled, or forgets it.
func (s *Server) settle(r Request, handled bool) {
	switch {
	case r.Event == nil:
	case handled:
		s.seen.set(r.ID, true, seenTTL)
	default:
		s.seen.remove(r.ID)
	}
}

func (s *Server) count(r Request, outcome string) {
	s.metrics.requests.WithLabelValues(r.kind(), outcome).Inc()
}

// logPanic logs where, under an id to ask for, but not what was said: a panic's
// value may quote the request.
func (s *Server) logPanic(where string, r Request, v any) {
	var id [4]byte
	_, _ = rand.Read(id[:])
	attrs := []any{
		"id", hex.EncodeToString(id[:]), "where", where, "type", r.kind(), "request", r.ID,
		"panic", fmt.Sprintf("%T", v), "stack", string(debug.Stack()),
	}
	if fault, ok := v.(runtime.Error); ok {
		attrs = append(attrs, "fault", fault.Error())
	}
	s.opts.Logger.Error("slack request panicked", attrs...)
}
