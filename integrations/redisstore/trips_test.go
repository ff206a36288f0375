package redisstore

import (
	"context"
	"fmt"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

// trips counts round trips, except those that open a connection.
type trips struct{ n atomic.Int64 }

func (c *trips) count(first redis.Cmder) {
	if name := first.Name(); name != "hello" && name != "client" {
		c.n.Add(1)
	}
}

func (c *trips) DialHook(next redis.DialHook) redis.DialHook { return next }

func (c *trips) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		c.count(cmd)
		return next(ctx, cmd)
	}
}

func (c *trips) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		c.count(cmds[0])
		return next(ctx, cmds)
	}
}

func TestRoundTrips(t *testing.T) {
	t.Parallel()
	m := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: m.Addr(), ContextTimeoutEnabled: true})
	t.Cleanup(func() { _ = client.Close() })
	city, count := testCity(t), &trips{}
	s := New(client, Options{City: city, Now: func() time.Time { return start }})
	if err := s.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	client.AddHook(count)
	p := draftPaper(t, city, "1")
	var jobs []tasks.Job
	update := func(request string, decide func(*tasks.Proposal) error) func() error {
		return func() error {
			_, err := s.Update(t.Context(), p.ID, request, decide)
			return err
		}
	}
	for _, step := range []struct {
		name string
		want int64
		do   func() error
	}{
		{"create", 1, func() error { return s.Create(t.Context(), p, "a") }},
		{"update", 2, update("b", handOut(city))},
		{"update again with the same request", 1, update("b", handOut(city))},
		{"update without events", 1, update("c", func(*tasks.Proposal) error { return nil })},
		{"update without a request", 2, update("", submit(city, "justice", "已办。"))},
		{"load", 1, func() error { _, err := s.Load(t.Context(), p.ID); return err }},
		{"claim", 2, func() (err error) { jobs, err = s.Claim(t.Context(), start, 100); return err }},
		{"done", 1, func() error { return s.Done(t.Context(), jobs[0]) }},
		{"extend", 1, func() error { return s.Extend(t.Context(), start, jobs[1:]) }},
		{"claim with nothing to do", 1, func() error { _, err := s.Claim(t.Context(), start, 100); return err }},
		{"list", 2, func() error { _, err := s.Concerning(t.Context(), []string{"civil"}, true, 10); return err }},
		{"by number", 2, func() error { _, err := s.ByNumber(t.Context(), "1"); return err }},
	} {
		before := count.n.Load()
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if got := count.n.Load() - before; got != step.want {
			t.Errorf("%s: %d round trips, want %d", step.name, got, step.want)
		}
	}
}

// TestUnavailable: a server that refuses, and one that never answers, give the code that people can wait out.
func TestUnavailable(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = gone.Close()
	for name, addr := range map[string]string{"silent": silent.Addr().String(), "gone": gone.Addr().String()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, err := dial("redis://" + addr)
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			city := testCity(t)
			s := New(client, Options{City: city})
			for op, do := range map[string]func(context.Context) error{
				"create": func(ctx context.Context) error { return s.Create(ctx, draftPaper(t, city, "1"), "") },
				"load":   func(ctx context.Context) error { _, err := s.Load(ctx, "p"); return err },
				"update": func(ctx context.Context) error { _, err := s.Update(ctx, "p", "", handOut(city)); return err },
				"claim":  func(ctx context.Context) error { _, err := s.Claim(ctx, start, 1); return err },
				"list":   func(ctx context.Context) error { _, err := s.Concerning(ctx, nil, false, 1); return err },
				"parked": func(ctx context.Context) error { _, err := s.Parked(ctx); return err },
				"form":   func(ctx context.Context) error { _, err := s.SavedForm(ctx, "p", "a", "f"); return err },
				"open":   func(ctx context.Context) error { _, err := Open(ctx, "redis://"+addr); return err },
			} {
				t.Run(op, func(t *testing.T) {
					t.Parallel()
					if err := do(t.Context()); tasks.CodeOf(err) != tasks.Unavailable {
						t.Errorf("error = %v, want unavailable", err)
					}
				})
			}
			t.Cleanup(func() {
				if found := s.Check(context.Background()); len(found) != 1 || found[0].OK {
					t.Errorf("Check = %+v, want that it does not answer", found)
				}
			})
		})
	}
}

// TestServerErrors sorts what a server says: some pass, others are faults of ours.
func TestServerErrors(t *testing.T) {
	t.Parallel()
	m := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: m.Addr(), MaxRetries: -1})
	t.Cleanup(func() { _ = client.Close() })
	s := New(client, Options{City: testCity(t)})
	for answer, want := range map[string]tasks.Code{
		"LOADING Redis is loading the dataset in memory":          tasks.Unavailable,
		"READONLY You can't write against a read only replica.":   tasks.Unavailable,
		"CLUSTERDOWN The cluster is down":                         tasks.Unavailable,
		"MISCONF Errors writing to the AOF file: No space left":   tasks.Unavailable,
		"OOM command not allowed when used memory > 'maxmemory'.": tasks.Unavailable,
		"WRONGTYPE Operation against a key":                       "",
	} {
		m.SetError(answer)
		_, err := s.Load(t.Context(), "p")
		if err == nil || tasks.CodeOf(err) != want {
			t.Errorf("%s: error = %v, want code %q", answer, err, want)
		}
	}
}

// stutter sends every script twice, as the client does when an answer was lost on its way.
type stutter struct{ trips }

func (*stutter) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if cmd.Name() == "evalsha" {
			if err := next(ctx, cmd); err != nil {
				return err
			}
		}
		return next(ctx, cmd)
	}
}

func TestRepeatedCommitIsOne(t *testing.T) {
	t.Parallel()
	m := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: m.Addr(), ContextTimeoutEnabled: true})
	t.Cleanup(func() { _ = client.Close() })
	client.AddHook(&stutter{})
	city := testCity(t)
	s := New(client, Options{City: city, Now: func() time.Time { return start }})
	if err := s.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, request := range []string{"", "r"} {
		p := draftPaper(t, city, request+"1")
		if err := s.Create(t.Context(), p, request); err != nil {
			t.Fatalf("create with request %q: %v", request, err)
		}
		calls := 0
		got, err := s.Update(t.Context(), p.ID, request+"b", func(p *tasks.Proposal) error {
			calls++
			return handOut(city)(p)
		})
		if err != nil || calls != 1 || got.Version != 2 {
			t.Errorf("%d: version %d, decided %d times, %v", i, got.Version, calls, err)
		}
		trail, err := s.Trail(t.Context(), p.ID)
		if err != nil || tasks.VerifyTrail(trail) != nil || trail[len(trail)-1].Hash != got.Trail.Hash {
			t.Errorf("%d: the chain is broken: %v", i, err)
		}
	}
	jobs, err := s.Claim(t.Context(), start, 1)
	if err != nil || len(jobs) != 1 {
		t.Fatalf("claimed %d, %v", len(jobs), err)
	}
	if err := s.Done(t.Context(), jobs[0]); err != nil {
		t.Errorf("done twice: %v", err)
	}
}

// TestConflictIsBounded: somebody who is always faster does not keep an update going for ever.
func TestConflictIsBounded(t *testing.T) {
	t.Parallel()
	m := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: m.Addr(), ContextTimeoutEnabled: true})
	t.Cleanup(func() { _ = client.Close() })
	city := testCity(t)
	slow, fast := New(client, Options{City: city}), New(client, Options{City: city})
	p := draftPaper(t, city, "1")
	if err := slow.Create(t.Context(), p, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := slow.Update(t.Context(), p.ID, "", handOut(city)); err != nil {
		t.Fatal(err)
	}
	calls := 0
	_, err := slow.Update(t.Context(), p.ID, "r", func(p *tasks.Proposal) error {
		calls++
		if _, err := fast.Update(t.Context(), p.ID, "", submit(city, "justice", fmt.Sprint("快", calls))); err != nil {
			return err
		}
		return submit(city, "labour", "慢")(p)
	})
	if tasks.CodeOf(err) != tasks.Conflict || calls != maxConflicts {
		t.Errorf("error = %v after %d calls, want a conflict after %d", err, calls, maxConflicts)
	}
}
