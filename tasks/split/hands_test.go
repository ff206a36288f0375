package split

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// suits returns how well each role suits each passage.
func (w *weights) suits(passages []passage) []scores {
	out := make([]scores, len(passages))
	for i := range passages {
		var sum roleSums
		for _, key := range passages[i].keys {
			if key >= firstWord {
				w.add(key, &sum)
				continue
			}
			for r, v := range w.facts[key] {
				sum[r] += int32(v)
			}
		}
		out[i] = w.scores(&sum)
	}
	return out
}

// misses shows where the best reading of a lesson differs from what was labelled.
func (w *weights) misses(l *lesson) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", l.name)
	if l.roles == nil {
		return b.String() + "    the labels divide a passage"
	}
	const signs = "BFSIGC"
	t := w.read(l.passages, w.suits(l.passages))
	got := t.roles(t.ends()[0])
	wrong := func(i int) bool { return i >= 0 && i < len(got) && got[i] != l.roles[i] }
	for i, r := range got {
		switch p := &l.passages[i]; {
		case wrong(i):
			fmt.Fprintf(&b, "  ** %c, not %c: %s\n", signs[r], signs[l.roles[i]], cut(squeeze(l.src[p.a:p.b]), 60))
		case wrong(i-1) || wrong(i+1):
			fmt.Fprintf(&b, "     %c: %s\n", signs[r], cut(squeeze(l.src[p.a:p.b]), 60))
		}
	}
	return b.String()
}

var (
	hands = flag.String("hands", "q", "the authors that TestHandsOut leaves out in turn, or all; what is wrong is shown for one")
	blind = flag.String("blind", "", "a folder of labelled papers that TestHandsOut reads instead")
)

// TestHandsOut learns from all authors but one and reads that one's papers.
func TestHandsOut(t *testing.T) {
	t.Parallel()
	all := lessons(t, "testdata/labelled/dev")
	byHand := map[string][]lesson{}
	for _, l := range all {
		byHand[l.hand] = append(byHand[l.hand], l)
	}
	out := strings.Split(*hands, ",")
	switch {
	case *blind != "":
		out = []string{*blind}
		byHand[*blind] = lessons(t, *blind)
	case *hands == "all":
		out = slices.Sorted(maps.Keys(byHand))
	}
	var total account
	for _, name := range out {
		others := slices.DeleteFunc(slices.Clone(all), func(l lesson) bool { return l.hand == name })
		got := account{}
		w := learnedFrom(t, others, orders)
		for _, l := range byHand[name] {
			if !l.variant && !got.add(w, &l) && len(out) == 1 {
				t.Log(w.misses(&l))
			}
		}
		t.Logf("%s: %d of %d", name, got.right, got.papers)
		total.join(got)
	}
	t.Log(total)
	if total.right*100 < total.papers*85 {
		t.Error("fewer than 85 of 100")
	}
}

// account counts the papers that are read as labelled, by how far the next reading is behind.
type account struct {
	papers, right int
	ahead         [16][2]int // papers and right ones, by sure
}

func (a *account) add(w *weights, l *lesson) bool {
	t := w.read(l.passages, w.suits(l.passages))
	ends := t.ends()
	roles := t.roles(ends[0])
	k := len(sure) - 1
	for _, s := range ends[1:] {
		if other := t.roles(s); !sameBeginnings(roles, other) {
			k = surely(ends[0].score - s.score)
			break
		}
	}
	right := slices.Equal(roles, l.roles)
	a.note(k, right)
	return right
}

// count adds a paper by its confidence.
func (a *account) count(r Result, right bool) {
	if len(r.Sections) == 0 {
		return
	}
	k := 0
	for k+1 < len(sure) && sure[k].right < r.Sections[0].Confidence {
		k++
	}
	a.note(k, right)
}

func (a *account) note(k int, right bool) {
	a.papers++
	a.ahead[k][0]++
	if right {
		a.right++
		a.ahead[k][1]++
	}
}

func sameBeginnings(a, b []role) bool {
	for i := range a {
		if begins(a[i]) != begins(b[i]) {
			return false
		}
	}
	return true
}

func (a *account) join(b account) {
	a.papers, a.right = a.papers+b.papers, a.right+b.right
	for k := range a.ahead {
		a.ahead[k][0] += b.ahead[k][0]
		a.ahead[k][1] += b.ahead[k][1]
	}
}

func (a account) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d", a.right, a.papers)
	for k, s := range sure {
		fmt.Fprintf(&b, "; confidence %.2f: %d of %d", s.right, a.ahead[k][1], a.ahead[k][0])
	}
	return b.String()
}
