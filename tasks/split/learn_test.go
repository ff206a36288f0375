package split

import (
	"encoding/binary"
	"errors"
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
)

var learn = flag.Bool("learn", false, "learn weights.bin from the labelled papers")

// learner is an averaged structured perceptron: where the best reading is not the
// labelled one, it moves the weights from what it says to what was labelled.
type learner struct {
	now, sum struct {
		order
		features []scores
	}
	t float32
}

func (m *learner) move(l *lesson, roles []role, by float32) {
	var pairs [pairsOfPassage]int
	start := -1
	for i := range l.passages {
		r := roles[i]
		for _, f := range l.features[i] {
			m.teach(f, r, by)
			if begins(r) { // what begins one section begins any
				m.teach(f, r, by)
				m.teach(f, roleFirst+roleSection-r, by)
			}
		}
		if i > 0 {
			m.now.follow[roles[i-1]][r] += by
			m.sum.follow[roles[i-1]][r] += by * m.t
		}
		if r > roleFirst && (r != roleAfter || roles[i-1] != roleAfter) {
			pairOf(&l.passages[start], &l.passages[i], &pairs)
			for _, p := range pairs {
				m.now.pairs[r][p] += by
				m.sum.pairs[r][p] += by * m.t
			}
		}
		if begins(r) {
			start = i
		}
	}
}

func (m *learner) teach(feature int32, r role, by float32) {
	m.now.features[feature][r] += by
	m.sum.features[feature][r] += by * m.t
}

// cost is what a wrong role gains while learning, so that the right reading wins by some way.
const cost = 2

func begins(r role) bool { return r == roleFirst || r == roleSection }

// leastWeight is what a feature must say for some role to be kept: less changes next to nothing.
const leastWeight = 4

// fewestPassages is how many passages must have a feature for it to be learned.
const fewestPassages = 16

// learnOnce goes through the lessons in an order of its own.
func learnOnce(lessons []lesson, features int, seed uint64) *learner {
	m := &learner{t: 1}
	m.now.features, m.sum.features = make([]scores, features), make([]scores, features)
	rng := rand.New(rand.NewPCG(seed, seed))
	for range epochs {
		for _, k := range rng.Perm(len(lessons)) {
			if m.t++; lessons[k].roles != nil {
				m.lesson(&lessons[k])
			}
		}
	}
	average := func(now, sum []float32) {
		for k := range now {
			now[k] -= sum[k] / m.t
		}
	}
	sums := m.sum.lists()
	for i, list := range m.now.lists() {
		average(list, sums[i])
	}
	for i := range m.now.features {
		average(m.now.features[i][:], m.sum.features[i][:])
	}
	return m
}

// number gives the features that enough passages have numbers, and returns their keys.
func number(lessons []lesson) (keys []uint32) {
	count := map[uint32]int{}
	for _, l := range lessons {
		for _, u := range l.passages {
			for _, key := range u.keys {
				count[key]++
			}
		}
	}
	numbers := map[uint32]int32{}
	for key, n := range count {
		if n >= fewestPassages {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for i, key := range keys {
		numbers[key] = int32(i)
	}
	for k := range lessons {
		l := &lessons[k]
		l.features = make([][]int32, len(l.passages))
		for i, u := range l.passages {
			for _, key := range u.keys {
				if n, ok := numbers[key]; ok {
					l.features[i] = append(l.features[i], n)
				}
			}
		}
	}
	return keys
}

// learnAll takes the mean of what several orders of the lessons teach.
func learnAll(lessons []lesson, orders int) []byte {
	lessons = slices.Clone(lessons)
	keys := number(lessons)
	all := make([]*learner, orders)
	var group sync.WaitGroup
	for k := range all {
		group.Go(func() { all[k] = learnOnce(lessons, len(keys), uint64(k+1)) })
	}
	group.Wait()
	total := all[0]
	for _, m := range all[1:] {
		lists := m.now.lists()
		for i, list := range total.now.lists() {
			add(list, lists[i])
		}
		for i := range total.now.features {
			add(total.now.features[i][:], m.now.features[i][:])
		}
	}
	for _, list := range total.now.lists() {
		scale(list, 1/float32(orders))
	}
	for i := range total.now.features {
		scale(total.now.features[i][:], 1/float32(orders))
	}
	return total.file(keys)
}

func learnedFrom(t testing.TB, lessons []lesson, orders int) *weights {
	t.Helper()
	w, err := parseWeights(learnAll(lessons, orders))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func scale(list []float32, by float32) {
	for k := range list {
		list[k] *= by
	}
}

func add(to, more []float32) {
	for k := range to {
		to[k] += more[k]
	}
}

// file is what parseWeights reads.
func (m *learner) file(keys []uint32) []byte {
	most := float32(0)
	widest := func(list []float32) {
		for _, v := range list {
			most = max(most, float32(math.Abs(float64(v))))
		}
	}
	for _, list := range m.now.lists() {
		widest(list)
	}
	for i := range m.now.features {
		widest(m.now.features[i][:])
	}
	step := most / math.MaxInt16
	out := binary.LittleEndian.AppendUint32(nil, math.Float32bits(step))
	write := func(list []float32) {
		for _, v := range list {
			out = binary.LittleEndian.AppendUint16(out, uint16(int16(math.Round(float64(v/step)))))
		}
	}
	for _, list := range m.now.lists() {
		write(list)
	}
	for i, key := range keys {
		if f := &m.now.features[i]; slices.Max(f[:]) >= leastWeight || slices.Min(f[:]) <= -leastWeight {
			out = binary.LittleEndian.AppendUint32(out, key)
			write(f[:])
		}
	}
	return out
}

const (
	epochs = 10
	orders = 4
)

// TestLearn reads the weights, which -learn learns anew from all papers that are for learning.
func TestLearn(t *testing.T) {
	file := learnedFile
	if *learn {
		all := lessons(t, "testdata/labelled/dev")
		for range 5 { // few and plain, and they must be right
			for _, file := range fixtures(t) {
				all = append(all, lessonOfFixture(t, file))
			}
			for _, c := range structures {
				all = append(all, lessonOfStructure(t, c.name, c.text, c.begins, c.end))
			}
		}
		file = learnAll(slices.DeleteFunc(all, func(l lesson) bool { return len(l.passages) == 0 }), orders)
		if err := os.WriteFile("weights.bin", file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := parseWeights(file); err != nil {
		t.Error(err)
	}
	for _, broken := range [][]byte{nil, file[:100], file[:len(file)-1]} {
		if _, err := parseWeights(broken); !errors.Is(err, errWeights) {
			t.Errorf("%d bytes: %v", len(broken), err)
		}
	}
}
