package route

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"
)

// crowd is 60 units with 25 duties each, and the words that texts are made of.
func crowd() ([]Unit, []string) {
	r := rand.New(rand.NewPCG(5, 5))
	syllables := []rune("城市管理公共服务安全生产教育医疗交通水务环境农业工业商业文化旅游体育法律财政税收住房社区养老儿童就业技能培训规划建设道路桥梁绿化照明垃圾污水食品药品消防气象")
	word := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteRune(syllables[r.IntN(len(syllables))])
		}
		return b.String()
	}
	var words []string
	units := make([]Unit, 60)
	for i := range units {
		units[i] = Unit{ID: fmt.Sprint("u", i), Handles: true, Names: []string{"市" + word(4) + "管理局", "市" + word(2) + "局"}}
		for range 25 {
			w := word(2 + r.IntN(5))
			words = append(words, w)
			units[i].Duties = append(units[i].Duties, Duty{Word: w})
		}
	}
	return units, words
}

func sections(words []string, n int, seed uint64) []Text {
	r := rand.New(rand.NewPCG(seed, 1))
	out := make([]Text, n)
	for i := range out {
		var b strings.Builder
		for range 40 {
			b.WriteString(words[r.IntN(len(words))])
			b.WriteString([]string{"，", "和", "推进", "完善"}[r.IntN(4)])
		}
		out[i] = Text{Heading: words[r.IntN(len(words))], Body: b.String(), Title: words[0]}
	}
	return out
}

// BenchmarkProposal routes a proposal of ten sections among 60 units; MB is what the router holds.
func BenchmarkProposal(b *testing.B) {
	units, words := crowd()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	r := New(units)
	runtime.GC()
	runtime.ReadMemStats(&after)
	texts := sections(words, 10, 2)
	for b.Loop() {
		for _, t := range texts {
			r.Suggest(t, Context{Lead: "u1"})
		}
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	runtime.KeepAlive(r)
}

// BenchmarkProposalLearned is the same with sections of some years to recall, and with as many as are ever kept of a
// large city.
func BenchmarkProposalLearned(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { proposalLearned(b, n) })
	}
}

func proposalLearned(b *testing.B, cases int) {
	units, words := crowd()
	r, m := New(units), NewMemory(MemoryOptions{})
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i, t := range sections(words, cases, 3) {
		m.Learn(Case{ID: fmt.Sprint(i), Label: "x", Text: t, Units: []string{fmt.Sprint("u", i%60)}, At: at})
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	texts := sections(words, 10, 2)
	for b.Loop() {
		for _, t := range texts {
			r.Suggest(t, Context{Lead: "u1", Learned: m.Recall(t, at, "u1", "")})
		}
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	runtime.KeepAlive(m)
}
