// Package similar finds earlier texts that are like a given one.
//
// It owns an index in memory: of each text the most telling pairs of neighbouring characters, found by what they weigh
// in all texts seen so far. Pairs of characters need no segmenter and forgive other wording.
//
// Invariants:
//   - An Index is safe for concurrent use; a query sees every text that was added before it began.
//   - A text added under an ID replaces the one that stood under it.
//   - Memory is bounded: beyond Options.Max texts the oldest are forgotten, a segment at a time.
//   - A Match can be checked: Words stand in both texts.
package similar

import (
	"math"
	"sync"
)

// Bounds of an Index.
const (
	segmentSize = 4096 // texts
	queryPairs  = 160  // of the asked text, the most telling ones
	slots       = 1 << 18
)

// Options size an Index. Zero values take the defaults.
type Options struct {
	Features int // pairs kept of each text; 56
	Max      int // texts, rounded up to whole segments; 200,000
}

// Match is a text of the index. Score is 1 for the same text and 0 for one that shares nothing.
type Match struct {
	ID    string
	Score float64
	Words []string // what both have, the most telling first, at most five
}

// Index holds texts. Make one with New.
type Index struct {
	features int
	max      int

	mu     sync.RWMutex
	seen   [slots]uint32 // in how many texts a pair stands; pairs that share a slot are counted together
	texts  int           // ever added, with those that the prior stands for
	frozen []*segment
	tail   *tail
	where  map[string]place
}

// place is where a text stands: in which segment, counted from the first one ever, and at which place in it.
type place struct {
	segment int
	doc     uint16
}

// New makes an empty index.
func New(o Options) *Index {
	if o.Features <= 0 {
		o.Features = 56
	}
	if o.Max <= 0 {
		o.Max = 200_000
	}
	x := &Index{features: o.Features, max: o.Max, tail: &tail{}, where: map[string]place{}}
	x.prior()
	return x
}

// Add enters a text under an ID.
func (x *Index) Add(id, text string) {
	counts := count(text)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
	for p := range counts {
		x.seen[slot(p)]++
	}
	x.texts++
	list := x.ranked(counts)
	kept, _, mass := inOrder(list[:min(len(list), x.features)])
	x.where[id] = place{x.tail.no, uint16(len(x.tail.ids))}
	x.tail.add(id, kept, mass)
	if len(x.tail.ids) == segmentSize {
		x.freeze()
	}
}

// Remove takes a text out.
func (x *Index) Remove(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
}

func (x *Index) remove(id string) {
	at, ok := x.where[id]
	if !ok {
		return
	}
	delete(x.where, id)
	if at.segment == x.tail.no {
		x.tail.ids[at.doc] = ""
		return
	}
	x.frozen[at.segment-x.first()].ids[at.doc] = ""
}

// first is the number of the oldest segment that is still there.
func (x *Index) first() int { return x.tail.no - len(x.frozen) }

// freeze turns the tail into a segment and forgets the oldest one when there are too many.
func (x *Index) freeze() {
	x.frozen = append(x.frozen, x.tail.freeze(x.weight))
	x.tail = &tail{no: x.tail.no + 1}
	if len(x.frozen)*segmentSize <= x.max {
		return
	}
	for _, id := range x.frozen[0].ids {
		if id != "" {
			delete(x.where, id)
		}
	}
	x.frozen[0] = nil
	x.frozen = x.frozen[1:]
}

// Len is how many texts there are.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.where)
}

// weight says how much a pair tells: much when few texts have it.
func (x *Index) weight(p pair) float64 {
	return math.Log(float64(x.texts+2) / float64(x.seen[slot(p)]+1))
}

// Has reports whether a text stands under this ID.
func (x *Index) Has(id string) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	_, ok := x.where[id]
	return ok
}
