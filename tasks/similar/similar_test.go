package similar

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const (
	lamps  = "给老旧小区的楼道装上感应灯，由街道逐楼查看，列出清单，坏了三天内换好。"
	buses  = "延长夜间公交线路的班次，方便下晚班的职工回家，在园区门口增设候车亭。"
	trees  = "清理河道两岸的枯树，补种树苗，并请河长每月巡查一次水质。"
	school = "新建一所公办幼儿园，解决新城区学位不足的困难。"
)

func filled() *Index {
	x := New(Options{})
	x.Add("lamps", lamps)
	x.Add("buses", buses)
	x.Add("trees", trees)
	x.Add("school", school)
	return x
}

func TestQuery(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		ask       string
		best      string
		from, to  float64
		wantWords string
	}{
		"the same text":      {lamps, "lamps", 0.95, 1, "感应灯"},
		"broken by lines":    {strings.ReplaceAll(lamps, "楼道", "楼\n 道"), "lamps", 0.95, 1, "感应灯"},
		"much the same":      {"建议给老旧小区楼道装感应灯，请街道逐楼查看并列出清单。", "lamps", 0.45, 0.95, "感应灯"},
		"the same matter":    {"建议增加夜间公交班次，方便职工下晚班。", "buses", 0.2, 0.9, "夜间公交"},
		"one part of a long": {buses + trees + school, "buses", 0.3, 0.9, "延长夜间公交线路的班次"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := filled().Query(tt.ask, 2)
			if len(got) == 0 || got[0].ID != tt.best || got[0].Score < tt.from || got[0].Score > tt.to {
				t.Fatalf("got %+v", got)
			}
			if !slices.ContainsFunc(got[0].Words, func(w string) bool { return strings.Contains(w, tt.wantWords) || strings.Contains(tt.wantWords, w) }) {
				t.Errorf("words %q, want %q among them", got[0].Words, tt.wantWords)
			}
		})
	}
	for _, ask := range []string{"", "，。！", "x"} {
		if got := filled().Query(ask, 3); len(got) != 0 {
			t.Errorf("%q: got %+v", ask, got)
		}
	}
	if got := filled().Query(lamps, 0); got != nil {
		t.Errorf("none asked for: got %+v", got)
	}
}

func TestAddReplaces(t *testing.T) {
	t.Parallel()
	x := filled()
	x.Add("lamps", trees)
	if x.Len() != 4 {
		t.Errorf("Len = %d, want 4", x.Len())
	}
	for _, m := range x.Query(lamps, 10) {
		if m.Score > 0.5 {
			t.Errorf("the old text is still found: %+v", m)
		}
	}
	x.Remove("lamps")
	x.Remove("nothing")
	if got := x.Query(trees, 10); x.Len() != 3 || got[0].ID != "trees" {
		t.Errorf("Len = %d, %+v", x.Len(), got)
	}
}

// TestFrozen holds that a text is found alike before and after its segment is turned around, and that the oldest are
// forgotten.
func TestFrozen(t *testing.T) {
	t.Parallel()
	x := New(Options{Max: segmentSize})
	x.Add("lamps", lamps)
	texts := sentences(2*segmentSize, 7)
	for i, s := range texts[:segmentSize] {
		x.Add(fmt.Sprint(i), s)
	}
	got := x.Query(lamps, 1)
	if len(got) != 1 || got[0].ID != "lamps" || got[0].Score < 0.9 || len(got[0].Words) == 0 {
		t.Fatalf("got %+v", got)
	}
	x.Add("lamps", lamps)
	if got := x.Query(lamps, 2); got[0].ID != "lamps" || len(got) > 1 && got[1].ID == "lamps" {
		t.Errorf("replaced across segments: %+v", got)
	}
	x.Add("0", lamps)
	for i, s := range texts[segmentSize:] {
		x.Add(fmt.Sprint(segmentSize+i), s)
	}
	if n := x.Len(); n > 2*segmentSize || len(x.frozen) != 1 {
		t.Errorf("%d texts in %d segments are kept", n, len(x.frozen))
	}
	if got := x.Query(lamps, 1); len(got) == 1 && got[0].Score > 0.9 && got[0].ID != "0" && got[0].ID != "lamps" {
		t.Errorf("got %+v", got)
	}
}

func TestScoreHolds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x := New(Options{Features: rapid.IntRange(1, 64).Draw(t, "features")})
		texts := rapid.SliceOfN(rapid.StringOf(rapid.RuneFrom([]rune("楼道灯公交车河流树a1， \n"))), 1, 8).Draw(t, "texts")
		for i, s := range texts {
			x.Add(fmt.Sprint(i), s)
		}
		ask := texts[rapid.IntRange(0, len(texts)-1).Draw(t, "ask")]
		got := x.Query(ask, 5)
		if diff := cmp.Diff(got, x.Query(ask, 5)); diff != "" {
			t.Fatal(diff)
		}
		for i, m := range got {
			if m.Score < 0 || m.Score > 1 || i > 0 && m.Score > got[i-1].Score {
				t.Fatalf("%+v", got)
			}
		}
	})
}

func TestConcurrent(t *testing.T) {
	t.Parallel()
	x := filled()
	var wg sync.WaitGroup
	for n := range 4 {
		wg.Go(func() {
			for i, s := range sentences(200, uint64(n)) {
				x.Add(fmt.Sprint(n, "/", i), s)
				x.Query(lamps, 3)
			}
		})
	}
	wg.Wait()
	if got := x.Query(lamps, 1); x.Len() != 804 || got[0].ID != "lamps" {
		t.Errorf("Len = %d, %+v", x.Len(), got)
	}
}

// sentences makes up texts: words are two or three characters, some words are frequent, as in real language.
func sentences(n int, seed uint64) []string {
	r := rand.New(rand.NewPCG(seed, 1))
	words := make([]string, 30_000)
	for i := range words {
		for range 2 + r.IntN(2) {
			words[i] += string(rune(firstHan + int(2500*r.Float64()*r.Float64())))
		}
	}
	z := rand.NewZipf(r, 1.1, 8, uint64(len(words)-1))
	out := make([]string, n)
	for i := range out {
		var b strings.Builder
		for j := range 60 {
			b.WriteString(words[z.Uint64()])
			if j%9 == 8 {
				b.WriteString("，")
			}
		}
		out[i] = b.String()
	}
	return out
}

func BenchmarkQuery100k(b *testing.B) {
	texts := sentences(100_050, 3)
	asked := texts[100_000:]
	texts = texts[:100_000:100_000]
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	x := New(Options{})
	for i, s := range texts {
		x.Add(fmt.Sprint(i), s)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	i := 0
	for b.Loop() {
		x.Query(asked[i%len(asked)], 5)
		i++
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	runtime.KeepAlive(x)
}

func BenchmarkAdd(b *testing.B) {
	texts := sentences(5000, 3)
	x := New(Options{})
	i := 0
	for b.Loop() {
		x.Add(fmt.Sprint(i), texts[i%len(texts)])
		i++
	}
}
