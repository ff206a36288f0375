package split

import (
	"encoding/binary"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

var learn = flag.Bool("learn", false, "learn weights.bin from the labelled papers")

// lesson is a paper with the roles that its labels give to its passages.
type lesson struct {
	name     string
	hand     string
	variant  bool // of a paper in other clothes
	src      string
	passages []passage
	// By passage, the numbers of its features that are learned.
	features [][]int32
	roles    []role // nil when the labels divide a passage
}

// cutUp returns the passages of a text.
func cutUp(text string) (string, []passage) {
	d, h, o := prepare(text)
	passages, _ := d.described(h, o, nil)
	return d.src, passages
}

func lessonOf(l labelled) lesson {
	src, passages := cutUp(l.text)
	at := 0
	if len(passages) > 0 {
		at = passages[0].a
	}
	var starts, ends []int
	for _, s := range l.Sections {
		a, _ := find(src, at, s.First)
		if a < 0 {
			return lesson{name: l.name, hand: hand(l.name), src: src, passages: passages}
		}
		_, b := find(src, a, s.Last)
		if b < 0 {
			return lesson{name: l.name, hand: hand(l.name), src: src, passages: passages}
		}
		starts, ends = append(starts, a), append(ends, b)
		at = b
	}
	return lesson{name: l.name, hand: hand(l.name), src: src, passages: passages, roles: rolesOf(passages, starts, ends)}
}

// hand returns the letters with which the papers of one author begin.
func hand(name string) string {
	return name[:len(name)-len(strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz"))]
}

// find returns where the words of needle stand in src from at on, whatever the white space.
func find(src string, at int, needle string) (int, int) {
	n := squeeze(needle)
	for i := at; i < len(src); i++ {
		j, k := i, 0
		for j < len(src) && k < len(n) {
			r, size := utf8.DecodeRuneInString(src[j:])
			if isBlank(r) && j > i {
				j += size
				continue
			}
			if !strings.HasPrefix(n[k:], src[j:j+size]) {
				break
			}
			j += size
			k += size
		}
		if k == len(n) {
			return i, j
		}
	}
	return -1, -1
}

// rolesOf returns the roles of passages in a paper with the sections [starts, ends), or nil
// when one of these divides a passage.
func rolesOf(passages []passage, starts, ends []int) []role {
	out := make([]role, len(passages))
	k, begun := 0, 0
	for i := range passages {
		u := &passages[i]
		for k < len(starts) && u.a >= ends[k] {
			k++
		}
		switch {
		case k == len(starts):
			out[i] = roleAfter
			continue
		case u.a < starts[k] && u.b > starts[k], u.a < ends[k] && u.b > ends[k]:
			return nil
		case u.a < starts[k]:
			out[i] = roleBetween
		case u.a == starts[k]:
			out[i] = roleSection
			begun++
		default:
			out[i] = roleInside
		}
		if k == 0 && out[i] < roleInside {
			out[i] = roleFirst
		} else if k == 0 && out[i] == roleBetween {
			out[i] = roleBefore
		}
	}
	if begun != len(starts) {
		return nil
	}
	return out
}

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

func (m *learner) lesson(l *lesson) {
	e := make([]scores, len(l.passages))
	for i := range e {
		for _, f := range l.features[i] {
			for r, v := range m.now.features[f] {
				e[i][r] += v
			}
		}
		for r := range roles {
			if r == l.roles[i] {
				continue
			}
			e[i][r] += cost
			if begins(r) || begins(l.roles[i]) {
				e[i][r] += cost
			}
		}
	}
	t := m.now.read(l.passages, e)
	got := t.roles(t.ends()[0])
	if !slices.Equal(got, l.roles) {
		m.move(l, l.roles, 1)
		m.move(l, got, -1)
	}
}

func begins(r role) bool { return r == roleFirst || r == roleSection }

// leastWeight is what a feature must say for some role to be kept: less changes next to nothing.
const leastWeight = 1

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

func lessons(t testing.TB, dirs ...string) (out []lesson) {
	for _, dir := range dirs {
		for _, l := range labelledIn(t, dir) {
			if x := lessonOf(l); len(x.passages) > 0 {
				out = append(out, x)
			}
			if os.Getenv("NOVAR") != "" {
				continue
			}
			for _, v := range variants(l) {
				if x := lessonOf(v); len(x.passages) > 0 && x.roles != nil {
					x.variant = true
					out = append(out, x)
				}
			}
		}
	}
	return out
}

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

// right reports whether w reads a lesson as labelled.
func (w *weights) right(l *lesson) bool {
	if l.roles == nil {
		return false
	}
	t := w.read(l.passages, w.suits(l.passages))
	for i, r := range t.roles(t.ends()[0]) {
		if r != l.roles[i] {
			return false
		}
	}
	return true
}

const (
	epochs = 10
	orders = 4
)

// TestLearn learns the weights from all papers that are for learning.
func TestLearn(t *testing.T) {
	if !*learn {
		t.Skip("run with -learn to learn weights.bin anew")
	}
	all := lessons(t, "testdata/labelled/dev")
	for range 3 { // few and plain, and they must be right
		for _, file := range fixtures(t) {
			all = append(all, lessonOfFixture(t, file))
		}
		for _, c := range structures {
			all = append(all, lessonOfStructure(t, c.name, c.text, c.begins, c.end))
		}
	}
	all = slices.DeleteFunc(all, func(l lesson) bool { return len(l.passages) == 0 })
	file := learnAll(all, orders)
	if err := os.WriteFile("weights.bin", file, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestLeaveHandsOut learns from all authors but one and reads that one's papers.
func TestLeaveHandsOut(t *testing.T) {
	extra := os.Getenv("LABELLED")
	if extra == "" {
		t.Skip("set LABELLED to folders of labelled papers, with commas between them")
	}
	all := lessons(t, append([]string{"testdata/labelled/dev"}, strings.Split(extra, ",")...)...)
	hands := map[string][]lesson{}
	for _, l := range all {
		hands[l.hand] = append(hands[l.hand], l)
	}
	right, divided, count := 0, 0, 0
	for name, own := range hands {
		var others []lesson
		for _, l := range all {
			if l.hand != name {
				others = append(others, l)
			}
		}
		w, n := learnedFrom(t, others, 4), 0
		for _, l := range own {
			if l.variant {
				continue
			}
			count++
			if os.Getenv("MARGIN") != "" {
				t := w.read(l.passages, w.suits(l.passages))
				e := t.ends()
				m := float32(999)
				main := t.roles(e[0])
				for _, s := range e[1:] {
					r := t.roles(s)
					diff := false
					for i := range r {
						diff = diff || begins(r[i]) != begins(main[i])
					}
					if diff {
						m = e[0].score - s.score
						break
					}
				}
				startsOK := l.roles != nil
				for i := range main {
					startsOK = startsOK && begins(main[i]) == begins(l.roles[i])
				}
				fmt.Printf("M %.0f %v %v %v %v %d\n", m, startsOK, w.right(&l), l.passages[0].style, main[len(main)-1], len(l.passages))
			}
			if l.roles == nil {
				divided++
			}
			if w.right(&l) {
				n++
			} else if show := os.Getenv("SHOW"); strings.Contains(","+show+",", ","+name+",") {
				w.print(&l)
			}
		}
		right += n
		fmt.Printf("%s %d/%d ", name, n, len(own))
	}
	fmt.Printf("\n%d of %d, %d with a passage divided\n", right, count, divided)
}

// print shows where the best reading of a lesson differs from what was labelled.
func (w *weights) print(l *lesson) {
	fmt.Printf("--- %s\n", l.name)
	if l.roles == nil {
		fmt.Println("    the labels divide a passage")
		return
	}
	const signs = "BFSIGC"
	t := w.read(l.passages, w.suits(l.passages))
	got := t.roles(t.ends()[0])
	wrong := func(i int) bool { return i >= 0 && i < len(got) && got[i] != l.roles[i] }
	for i, r := range got {
		switch u := &l.passages[i]; {
		case wrong(i):
			fmt.Printf("  ** %c, not %c: %s\n", signs[r], signs[l.roles[i]], cut(squeeze(l.src[u.a:u.b]), 60))
		case wrong(i-1) || wrong(i+1):
			fmt.Printf("     %c: %s\n", signs[r], cut(squeeze(l.src[u.a:u.b]), 60))
		}
	}
}

// TestReadBlind learns from LABELLED as well and reads the papers of BLIND, set by set.
func TestReadBlind(t *testing.T) {
	blind := os.Getenv("BLIND")
	if blind == "" {
		t.Skip("set BLIND to folders of labelled papers, with commas between them")
	}
	dirs := []string{"testdata/labelled/dev"}
	if extra := os.Getenv("LABELLED"); extra != "" {
		dirs = append(dirs, strings.Split(extra, ",")...)
	}
	w := learnedFrom(t, lessons(t, dirs...), orders)
	right, all := 0, 0
	for dir := range strings.SplitSeq(blind, ",") {
		n, own := 0, lessons(t, dir)
		for _, l := range own {
			if l.variant {
				continue
			}
			all++
			if w.right(&l) {
				n++
			} else if os.Getenv("SHOW") != "" {
				w.print(&l)
			}
		}
		fmt.Printf("%s %d\n", dir, n)
		right += n
	}
	fmt.Printf("%d of %d\n", right, all)
}
