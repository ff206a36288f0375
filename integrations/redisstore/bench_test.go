package redisstore

import (
	"fmt"
	"log/slog"
	"os/exec"
	"strings"
	"testing"

	"huiban/tasks"
)

// benchStore is a store on a private server with one proposal in the middle of its handling: two answers of 1,500
// characters and three drafts.
func benchStore(b *testing.B) (*Store, *tasks.Proposal) {
	b.Helper()
	needServer(b)
	program, _ := exec.LookPath("redis-server")
	client, _, stop, err := embedded(b.Context(), b.TempDir(), program, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = stop() })
	s := New(client, Options{City: testCity(b)})
	return s, handled(b, s, "1")
}

func handled(b *testing.B, s *Store, number string) *tasks.Proposal {
	b.Helper()
	p := draftPaper(b, s.city, number)
	p.Source.Text += letterText(3000)
	if err := s.Create(b.Context(), p, ""); err != nil {
		b.Fatal(err)
	}
	steps := []func(*tasks.Proposal) error{handOut(s.city)}
	for i, dept := range []string{"justice", "labour"} {
		steps = append(steps, submit(s.city, dept, letterText(1500+i)))
	}
	for i := range 3 {
		steps = append(steps, func(p *tasks.Proposal) error {
			a := actor("civil", tasks.RoleCoordinator)
			if err := p.Phrase(start, a, tasks.Reply{Opening: fmt.Sprint("开头", i)}); err != nil {
				return err
			}
			_, err := p.MakeDraft(s.city, start, a)
			return err
		})
	}
	for _, step := range steps {
		var err error
		if p, err = s.Update(b.Context(), p.ID, "", step); err != nil {
			b.Fatal(err)
		}
	}
	return p
}

// letterText has the variety of official prose, roughly: characters drawn from a few hundred.
func letterText(runes int) string {
	var t strings.Builder
	x := uint32(runes)
	for range runes {
		x = x*1664525 + 1013904223
		t.WriteRune(rune(0x4e00 + (x>>16)%400))
	}
	return t.String()
}

func BenchmarkLoad(b *testing.B) {
	s, p := benchStore(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Load(b.Context(), p.ID); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUpdate(b *testing.B) {
	s, p := benchStore(b)
	a := actor("civil", tasks.RoleCoordinator)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		_, err := s.Update(b.Context(), p.ID, fmt.Sprint(n), func(p *tasks.Proposal) error {
			return p.SetCopyList(s.city, start, a, []string{fmt.Sprint("某单位", n%2)})
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkIdleClaim(b *testing.B) {
	s, _ := benchStore(b)
	for b.Loop() {
		if _, err := s.Claim(b.Context(), start.AddDate(-1, 0, 0), 16); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBytes reports the memory that a proposal takes in Redis, everything counted.
func BenchmarkBytes(b *testing.B) {
	s, _ := benchStore(b)
	used := func() int64 {
		var n int64
		info, err := s.client.Info(b.Context(), "memory").Result()
		if err != nil {
			b.Fatal(err)
		}
		for line := range strings.Lines(info) {
			_, _ = fmt.Sscanf(line, "used_memory_dataset:%d", &n)
		}
		return n
	}
	before, n := used(), int64(0)
	for b.Loop() {
		for range 20 {
			n++
			handled(b, s, fmt.Sprint(n+1))
		}
	}
	b.ReportMetric(float64(used()-before)/float64(n), "bytes/proposal")
}
