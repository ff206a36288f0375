package similar

import (
	"cmp"
	"math"
	"slices"
)

// question is a text that is asked for.
type question struct {
	pairs   []pair // in order
	squares []float32
	mass    float32 // of what would be kept of it
	filter  [1 << 10]uint64
}

func (q *question) mark(p pair) {
	h := uint32(p) * 2246822519 >> 16
	q.filter[h>>6] |= 1 << (h & 63)
}

func (q *question) maybe(p pair) bool {
	h := uint32(p) * 2246822519 >> 16
	return q.filter[h>>6]&(1<<(h&63)) != 0
}

// found is a candidate, before its words are looked up.
type found struct {
	place place
	score float64
}

// Query returns the k texts that are most like this one, the best first, with the words that they share.
func (x *Index) Query(text string, k int) []Match {
	counts := count(text)
	x.mu.RLock()
	defer x.mu.RUnlock()
	q := x.ask(counts)
	list := x.nearest(q, k)
	var matches []Match
	for _, f := range list {
		id, shared := x.shared(q, f.place)
		matches = append(matches, Match{ID: id, Score: rounded(f.score), Words: x.words(text, shared)})
	}
	return matches
}

// Nearest is Query without the words, for whom they would be too much work.
func (x *Index) Nearest(text string, k int) []Match {
	counts := count(text)
	x.mu.RLock()
	defer x.mu.RUnlock()
	list := x.nearest(x.ask(counts), k)
	var matches []Match
	for _, f := range list {
		matches = append(matches, Match{ID: x.id(f.place), Score: rounded(f.score)})
	}
	return matches
}

func rounded(score float64) float64 { return math.Round(score*1000) / 1000 }

func (x *Index) id(at place) string {
	if at.segment == x.tail.no {
		return x.tail.ids[at.doc]
	}
	return x.frozen[at.segment-x.first()].ids[at.doc]
}

func (x *Index) nearest(q *question, k int) []found {
	if k <= 0 || q.mass == 0 {
		return nil
	}
	best := top{k: k}
	var sums [segmentSize]float32
	for i, s := range x.frozen {
		s.sum(q, &sums)
		for doc, sum := range sums[:len(s.ids)] {
			if sum > 0 && s.ids[doc] != "" {
				best.offer(found{place{x.first() + i, uint16(doc)}, score(sum, s.mass[doc], q.mass)})
			}
		}
		clear(sums[:])
	}
	for doc, id := range x.tail.ids {
		if sum := x.tail.sum(q, doc); sum > 0 && id != "" {
			best.offer(found{place{x.tail.no, uint16(doc)}, score(sum, x.tail.mass[doc], q.mass)})
		}
	}
	return best.list
}

func (x *Index) ask(counts map[pair]int) *question {
	q := &question{}
	list := x.ranked(counts)
	asked := slices.Clone(list[:min(len(list), queryPairs)])
	_, _, q.mass = inOrder(list[:min(len(list), x.features)])
	q.pairs, q.squares, _ = inOrder(asked)
	for _, p := range q.pairs {
		q.mark(p)
	}
	return q
}

// score compares what is shared with what both texts have.
func score(shared, a, b float32) float64 {
	if a <= 0 || b <= 0 {
		return 0
	}
	return min(1, float64(shared)/math.Sqrt(float64(a)*float64(b)))
}

func (s *segment) sum(q *question, sums *[segmentSize]float32) {
	from := 0
	for i, p := range q.pairs {
		var docs []uint16
		docs, from = s.having(p, from)
		for _, doc := range docs {
			sums[doc] += q.squares[i]
		}
	}
}

func (t *tail) sum(q *question, doc int) (sum float32) {
	for _, p := range t.of(doc) {
		if !q.maybe(p) {
			continue
		}
		if i, ok := slices.BinarySearch(q.pairs, p); ok {
			sum += q.squares[i]
		}
	}
	return sum
}

// shared lists the pairs that a text of the index has in common with the question.
func (x *Index) shared(q *question, at place) (string, map[pair]bool) {
	out := map[pair]bool{}
	if at.segment == x.tail.no {
		for _, p := range x.tail.of(int(at.doc)) {
			if _, ok := slices.BinarySearch(q.pairs, p); ok {
				out[p] = true
			}
		}
		return x.tail.ids[at.doc], out
	}
	s := x.frozen[at.segment-x.first()]
	from := 0
	for _, p := range q.pairs {
		var docs []uint16
		docs, from = s.having(p, from)
		if _, ok := slices.BinarySearch(docs, at.doc); ok {
			out[p] = true
		}
	}
	return s.ids[at.doc], out
}

const (
	maxWords     = 5
	maxWordRunes = 12
)

// words joins shared pairs that follow one another in the text.
func (x *Index) words(text string, shared map[pair]bool) []string {
	weights := map[string]float64{}
	var run []rune
	weight := 0.0
	end := func() {
		if len(run) >= 2 && len(run) <= maxWordRunes {
			weights[string(run)] = weight
		}
		run, weight = nil, 0
	}
	pairs(text, func(p pair, a, b rune, fresh bool) {
		if fresh || !shared[p] || len(run) >= maxWordRunes {
			end()
		}
		if !shared[p] {
			return
		}
		if len(run) == 0 {
			run = append(run, a)
		}
		run = append(run, b)
		weight += x.weight(p)
	})
	end()
	list := make([]string, 0, len(weights))
	for w := range weights {
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b)) })
	return list[:min(len(list), maxWords)]
}

// top keeps the best k candidates, the best first; of equal ones the newer.
type top struct {
	k    int
	list []found
}

func (t *top) offer(f found) {
	if len(t.list) == t.k && f.score < t.list[t.k-1].score {
		return
	}
	i, _ := slices.BinarySearchFunc(t.list, f, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.place.segment, a.place.segment), cmp.Compare(b.place.doc, a.place.doc))
	})
	t.list = slices.Insert(t.list, i, f)
	if len(t.list) > t.k {
		t.list = t.list[:t.k]
	}
}
