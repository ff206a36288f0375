package bot_test

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/bot/wiring"
	"huiban/tasks"
)

// load sends b.N requests from several clients at once and reports the times to the acknowledgement. It returns the
// nanoseconds of one request, all clients together.
func (r *rig) load(b *testing.B, one func(i int) error) float64 {
	b.Helper()
	var mu sync.Mutex
	var all []time.Duration
	var next atomic.Int64
	b.SetParallelism(clients)
	busy, store := processorTime(b), r.redisTime(b)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		var took []time.Duration
		for pb.Next() {
			began := time.Now()
			if err := one(int(next.Add(1) - 1)); err != nil {
				b.Error(err)
				return
			}
			took = append(took, time.Since(began))
		}
		mu.Lock()
		defer mu.Unlock()
		all = append(all, took...)
	})
	b.StopTimer()
	b.ReportMetric(float64((processorTime(b)-busy).Microseconds())/float64(b.N), "cpu-µs/op")
	b.ReportMetric((r.redisTime(b)-store)*1e6/float64(b.N), "redis-µs/op")
	slices.SortFunc(all, cmp.Compare[time.Duration])
	if len(all) > 0 {
		b.ReportMetric(float64(all[len(all)/2].Microseconds()), "p50-µs")
		b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), "p99-µs")
	}
	each := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	b.ReportMetric(1e9/each, "acks/s")
	return each
}

// processorTime is what this process has used: clients, bot and workspace together, without Redis. It depends less on
// what else the machine does than the clock.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// redisTime is the processor time of the redis-server in seconds.
func (r *rig) redisTime(b *testing.B) float64 {
	b.Helper()
	o, err := redis.ParseURL(r.redis)
	if err != nil {
		b.Fatal(err)
	}
	client := redis.NewClient(o)
	defer client.Close()
	info, err := client.InfoMap(b.Context(), "cpu").Result()
	if err != nil {
		b.Fatal(err)
	}
	total := 0.0
	for _, name := range []string{"used_cpu_user", "used_cpu_sys"} {
		n, err := strconv.ParseFloat(info["CPU"][name], 64)
		if err != nil {
			b.Fatal(err)
		}
		total += n
	}
	return total
}

// BenchmarkCommit is one step of a proposal through the store alone: read, decide, commit.
func BenchmarkCommit(b *testing.B) {
	r := newRig(b)
	pairs := r.pairs(b, b.N)
	store, _, _, stop, err := wiring.OpenStore(b.Context(), r.settings())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = stop() }()
	if err := store.Warm(b.Context()); err != nil {
		b.Fatal(err)
	}
	each := r.load(b, func(i int) error {
		at := pairs[i]
		_, err := store.Update(b.Context(), at.p.ID, fmt.Sprintf("r%d", i), func(p *tasks.Proposal) error {
			return p.Submit(r.cfg.City, time.Now(), r.actor(at.as.Department, tasks.RoleLiaison), at.as.Section, at.as.Department, "我局已办。", "")
		})
		return err
	})
	b.ReportMetric(1e9/each, "commits/s")
}
