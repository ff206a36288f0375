package slackapi

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// logBuffer is a log that several goroutines may write.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func (b *logBuffer) logger() *slog.Logger { return slog.New(slog.NewTextHandler(b, nil)) }

func TestAfterFollowsTheAcknowledgement(t *testing.T) {
	t.Parallel()
	acked, ran := make(chan struct{}), make(chan struct{})
	s, err := NewServer(func(context.Context, Request) Reply {
		return Reply{After: func(ctx context.Context) {
			select {
			case <-acked:
			default:
				t.Error("after-work overtook the acknowledgement")
			}
			if _, ok := ctx.Deadline(); !ok {
				t.Error("after-work has no time limit")
			}
			close(ran)
		}}
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	refused := s.dispatch(Request{ID: "1", Received: time.Now()}, func(a answer) func(context.Context) {
		close(acked)
		return nil
	})
	if refused != "" {
		t.Fatalf("refused: %s", refused)
	}
	<-ran
	if err := s.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestFullQueueIsRefused(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	var inside atomic.Int64
	s, address := newTestServer(t, func(context.Context, Request) Reply { inside.Add(1); <-release; return Reply{} },
		func(o *Options) { o.Workers, o.Queue = 2, 1 })
	var wg sync.WaitGroup
	for _, text := range []string{"a", "b", "c"} {
		wg.Go(func() {
			if status, _ := send(t, address+PathCommands, commandBody(text)); status != 200 {
				t.Errorf("%s = %d", text, status)
			}
		})
	}
	eventually(t, "workers and queue are full", func() bool { return inside.Load() == 2 && len(s.pool.queue) == 1 })
	if status, _ := send(t, address+PathCommands, commandBody("d")); status != http.StatusServiceUnavailable {
		t.Errorf("one too many = %d, want 503", status)
	}
	if n := counted(s.metrics.requests.WithLabelValues("command", outcomeRefused)); n != 1 {
		t.Errorf("%v refusals counted", n)
	}
	close(release)
	wg.Wait()
}

func TestSlowAfterWorkDoesNotHoldUpRequests(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	var after atomic.Int64
	_, address := newTestServer(t, func(context.Context, Request) Reply {
		return Reply{After: func(context.Context) { <-release; after.Add(1) }}
	}, func(o *Options) { o.Workers, o.Queue, o.AfterWorkers, o.AfterQueue = 1, 1, 1, 20 })
	for i := range 10 {
		if status, _ := send(t, address+PathCommands, commandBody(string(rune('a'+i)))); status != 200 {
			t.Errorf("request %d = %d", i, status)
		}
	}
	close(release)
	eventually(t, "all after-work is done", func() bool { return after.Load() == 10 })
}

func TestAfterWorkPanics(t *testing.T) {
	t.Parallel()
	logs := &logBuffer{}
	s, address := newTestServer(t, func(context.Context, Request) Reply {
		return Reply{After: func(context.Context) { panic("boom") }}
	}, func(o *Options) { o.Logger = logs.logger() })
	for range 2 {
		if status, _ := send(t, address+PathCommands, commandBody("x")); status != 200 {
			t.Errorf("status %d", status)
		}
	}
	eventually(t, "both panics are counted", func() bool {
		return counted(s.metrics.afters.WithLabelValues(outcomePanic)) == 2
	})
	if !bytes.Contains([]byte(logs.String()), []byte("where=after")) {
		t.Errorf("log: %s", logs)
	}
}

func TestLateHandler(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, err := NewServer(func(ctx context.Context, _ Request) Reply { <-ctx.Done(); return Reply{} }, Options{})
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		answers := make(chan answer, 1)
		s.dispatch(Request{ID: "1", Received: start}, func(a answer) func(context.Context) { answers <- a; return nil })
		if a := <-answers; a.outcome != outcomeLate || !a.acknowledged() {
			t.Errorf("outcome %q", a.outcome)
		}
		if took := time.Since(start); took != DefaultAckTimeout {
			t.Errorf("the handler's context ended after %v", took)
		}
		s.dispatch(Request{ID: "2", Received: start}, func(a answer) func(context.Context) { answers <- a; return nil })
		if a := <-answers; a.outcome != outcomeRetry {
			t.Errorf("a request past its time: outcome %q, want retry", a.outcome)
		}
		if err := s.Shutdown(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestShutdownDrains(t *testing.T) {
	t.Parallel()
	entered, release := make(chan struct{}), make(chan struct{})
	var after atomic.Bool
	s, err := NewServer(func(context.Context, Request) Reply {
		close(entered)
		<-release
		return Reply{After: func(context.Context) { after.Store(true) }}
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var sent atomic.Bool
	s.dispatch(Request{ID: "1", Received: time.Now()}, func(answer) func(context.Context) { sent.Store(true); return nil })
	<-entered
	ended := make(chan error, 1)
	go func() { ended <- s.Shutdown(context.Background()) }()
	eventually(t, "no more is taken", func() bool {
		return errors.Is(s.pool.submit(func() func() { return nil }), errClosed)
	})
	if refused := s.dispatch(Request{ID: "2", Received: time.Now()}, nil); refused != outcomeClosed {
		t.Errorf("a request during shutdown: %q", refused)
	}
	close(release)
	if err := <-ended; err != nil || !sent.Load() || !after.Load() {
		t.Errorf("Shutdown() = %v, answered %t, followed up %t", err, sent.Load(), after.Load())
	}
	if err := s.Shutdown(context.Background()); err != nil {
		t.Errorf("second Shutdown() = %v", err)
	}
}

func TestShutdownGivesUp(t *testing.T) {
	t.Parallel()
	ended := make(chan struct{})
	s, err := NewServer(func(context.Context, Request) Reply {
		return Reply{After: func(ctx context.Context) { <-ctx.Done(); close(ended) }}
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.dispatch(Request{ID: "1", Received: time.Now()}, func(answer) func(context.Context) { return nil })
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := s.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Shutdown() = %v", err)
	}
	<-ended
}

func TestServerRegistersItsMetrics(t *testing.T) {
	t.Parallel()
	reg := prometheus.NewRegistry()
	s, err := NewServer(func(context.Context, Request) Reply { return Reply{} }, Options{Registerer: reg})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Shutdown(context.Background()) }()
	families, err := reg.Gather()
	if err != nil || len(families) == 0 {
		t.Errorf("%d families, %v", len(families), err)
	}
	if _, err := NewServer(func(context.Context, Request) Reply { return Reply{} }, Options{Registerer: reg}); err == nil {
		t.Error("registered twice")
	}
	if _, err := NewServer(nil, Options{}); !errors.Is(err, ErrArgument) {
		t.Errorf("no handler: %v", err)
	}
}
