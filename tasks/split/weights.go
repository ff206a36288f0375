package split

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
	"sync"
)

//go:embed weights.bin
var learnedFile []byte

// learned returns the weights that were learned from the labelled papers (docs/splitting.md).
var learned = sync.OnceValue(func() *weights {
	w, err := parseWeights(learnedFile)
	if err != nil {
		panic(err) // the program was built with a broken file
	}
	return w
})

// weights are what was learned from the labelled papers.
type weights struct {
	order
	step  float32          // what a weight of 1 in the table is worth
	table []learnedFeature // by the first bits of the key, or the next free place
	shift int
	facts [firstWord][roles]int16      // by key
	known [1 << (knownBits - 6)]uint64 // by the last bits of the keys in the table: most others are told by it
}

const knownBits = 16

// learnedFeature is what a feature says for each role.
type learnedFeature struct {
	key   uint32 // 0 where the table is empty
	roles [roles]int16
}

// roleSums adds up what features say for each role.
type roleSums [roles]int32

// knows reports whether the table may have a feature: it has not most of those it is asked for.
func (w *weights) knows(key uint32) bool {
	k := key >> 1 & (1<<knownBits - 1)
	return w.known[k>>6]&(1<<(k&63)) != 0
}

// add adds what a feature says.
func (w *weights) add(key uint32, to *roleSums) {
	mask := uint32(len(w.table) - 1)
	for at := key >> w.shift; ; at = (at + 1) & mask {
		f := &w.table[at]
		if f.key == key {
			for r, v := range f.roles {
				to[r] += int32(v)
			}
			return
		}
		if f.key == 0 {
			return
		}
	}
}

func (w *weights) scores(sum *roleSums) (out scores) {
	for r, v := range sum {
		out[r] = float32(v) * w.step
	}
	return out
}

var errWeights = errors.New("split: weights.bin is not of this program; learn it anew with: go test ./tasks/split -run TestLearn -learn")

// parseWeights reads the step between two weights, the order's weights, and the features: a key and a weight for each
// role. A weight is a number of 16 bits that counts steps; all are little-endian.
func parseWeights(file []byte) (*weights, error) {
	const featureSize = 4 + 2*int(roles)
	rest := len(file) - 4 - 2*int(roles)*(int(roles)+pairFeatures)
	if rest < 0 || rest%featureSize != 0 {
		return nil, errWeights
	}
	number := func() int16 {
		n := int16(binary.LittleEndian.Uint16(file))
		file = file[2:]
		return n
	}
	w := &weights{step: math.Float32frombits(binary.LittleEndian.Uint32(file))}
	file = file[4:]
	for _, list := range w.lists() {
		for k := range list {
			list[k] = w.step * float32(number())
		}
	}
	n := rest / featureSize
	size := bits.Len(uint(n + n/3 + 1)) // at most three quarters full
	w.table, w.shift = make([]learnedFeature, 1<<size), 32-size
	for range n {
		f := learnedFeature{key: binary.LittleEndian.Uint32(file)}
		file = file[4:]
		for r := range f.roles {
			f.roles[r] = number()
		}
		if f.key < firstWord {
			w.facts[f.key] = f.roles
			continue
		}
		at := f.key >> w.shift
		for w.table[at].key != 0 {
			at = (at + 1) & (1<<size - 1)
		}
		w.table[at] = f
		k := f.key >> 1 & (1<<knownBits - 1)
		w.known[k>>6] |= 1 << (k & 63)
	}
	return w, nil
}

// lists returns all weights of the order.
func (w *order) lists() [][]float32 {
	lists := make([][]float32, 0, 2*int(roles))
	for r := range w.follow {
		lists = append(lists, w.follow[r][:], w.pairs[r][:])
	}
	return lists
}
