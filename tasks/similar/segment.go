package similar

import (
	"cmp"
	"slices"
	"sort"
)

// tail takes new texts in; it is searched one by one.
type tail struct {
	no    int
	ids   []string
	pairs []pair   // of all texts, one after the other
	ends  []uint32 // where each text's pairs end
	mass  []float32
}

func (t *tail) add(id string, pairs []pair, mass float32) {
	t.ids = append(t.ids, id)
	t.pairs = append(t.pairs, pairs...)
	t.ends = append(t.ends, uint32(len(t.pairs)))
	t.mass = append(t.mass, mass)
}

func (t *tail) of(doc int) []pair {
	start := uint32(0)
	if doc > 0 {
		start = t.ends[doc-1]
	}
	return t.pairs[start:t.ends[doc]]
}

// segment holds texts by their pairs: docs[starts[i]:starts[i+1]] are those that have keys[i], in order.
type segment struct {
	ids    []string // "" when the text was replaced
	mass   []float32
	keys   []pair
	starts []uint32
	docs   []uint16
}

// freeze turns the texts around. What each pair weighs is known better by now.
func (t *tail) freeze(weight func(pair) float64) *segment {
	type entry struct {
		pair pair
		doc  uint16
	}
	entries := make([]entry, 0, len(t.pairs))
	s := &segment{ids: slices.Clip(t.ids), mass: make([]float32, len(t.ids)), docs: make([]uint16, 0, len(t.pairs))}
	for doc := range t.ids {
		for _, p := range t.of(doc) {
			entries = append(entries, entry{p, uint16(doc)})
			w := weight(p)
			s.mass[doc] += float32(w * w)
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Or(cmp.Compare(a.pair, b.pair), cmp.Compare(a.doc, b.doc)) })
	for i, e := range entries {
		if i == 0 || entries[i-1].pair != e.pair {
			s.keys = append(s.keys, e.pair)
			s.starts = append(s.starts, uint32(i))
		}
		s.docs = append(s.docs, e.doc)
	}
	s.starts = append(s.starts, uint32(len(entries)))
	s.keys, s.starts = slices.Clip(s.keys), slices.Clip(s.starts)
	return s
}

// having lists the texts with a pair. from is where the search begins: keys and the asked pairs are both in order.
func (s *segment) having(p pair, from int) (docs []uint16, next int) {
	i := from + sort.Search(len(s.keys)-from, func(i int) bool { return s.keys[from+i] >= p })
	if i == len(s.keys) || s.keys[i] != p {
		return nil, i
	}
	return s.docs[s.starts[i]:s.starts[i+1]], i + 1
}
