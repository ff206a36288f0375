package slackapi

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
)

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
