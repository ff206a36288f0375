package bot_test

import (
	"strconv"
	"testing"

	"github.com/redis/go-redis/v9"

	"huiban/bot/demo"
)

// BenchmarkMemory plays the built-in case to its end and weighs what Redis keeps of it, and what 200 proposals that are
// being worked on add.
func BenchmarkMemory(b *testing.B) {
	r := newRig(b)
	o, err := redis.ParseURL(r.redis)
	if err != nil {
		b.Fatal(err)
	}
	client := redis.NewClient(o)
	defer client.Close()
	const n = 200
	before := usedMemory(b, client)
	r.proposals(b, n)
	open, issued := float64(usedMemory(b, client)-before)/n, float64(issuedBytes(b))
	for b.Loop() { // there is nothing to be timed
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(open, "B/open-proposal")
	b.ReportMetric(issued, "B/issued-proposal")
}

func usedMemory(b *testing.B, client *redis.Client) int64 {
	b.Helper()
	info, err := client.InfoMap(b.Context(), "memory").Result()
	if err != nil {
		b.Fatal(err)
	}
	n, err := strconv.ParseInt(info["Memory"]["used_memory"], 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// issuedBytes is MEMORY USAGE over the keys of a proposal that was issued.
func issuedBytes(b *testing.B) int64 {
	b.Helper()
	s, err := demo.Open(b.Context(), demo.Options{Headless: true})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	c, err := demo.LoadCase("demo/example/124302")
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Player().Play(b.Context(), c); err != nil {
		b.Fatal(err)
	}
	var id string
	if err := s.Parts.Store.AllIDs(b.Context(), func(found string) error { id = found; return nil }); err != nil {
		b.Fatal(err)
	}
	total := int64(0)
	names, err := s.Parts.Redis.Keys(b.Context(), "hb:*"+id+"*").Result()
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		n, err := s.Parts.Redis.MemoryUsage(b.Context(), name).Result()
		if err != nil {
			b.Fatal(err)
		}
		total += n
	}
	return total
}
