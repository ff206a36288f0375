package route

import (
	"cmp"
	"math"
	"slices"
	"sync"
	"time"

	"huiban/tasks/similar"
)

// Case is a section of the past and what became of it. Units are given by ID or name.
type Case struct {
	ID     string // of the section; the same ID again replaces what was known
	Label  string // number and title, by which people find the case again
	Brief  string // what other leads than its own are shown instead; "": Label
	Text   Text
	Lead   string
	Units  []string // that handled it
	Not    []string // that returned it, or from whom it was taken
	Copied []string // that were told of the answer, beside those who always are
	At     time.Time
}

// MemoryOptions set up a Memory. Resolve gives a unit's present ID: a renamed one's successor.
type MemoryOptions struct {
	Resolve  func(name string) (id string, ok bool)
	HalfLife time.Duration // after which a case counts half, because duties move; 3 years
	Max      int           // cases; 200,000
}

// Memory holds cases of the past and says who handled what is like a given text. It is safe for concurrent use; a nil
// Memory knows nothing.
type Memory struct {
	resolve  func(string) (string, bool)
	halfLife time.Duration
	index    *similar.Index

	mu    sync.RWMutex
	cases map[string]Case
}

// NewMemory makes an empty memory.
func NewMemory(o MemoryOptions) *Memory {
	if o.Resolve == nil {
		o.Resolve = func(name string) (string, bool) { return name, true }
	}
	if o.HalfLife <= 0 {
		o.HalfLife = 3 * 365 * 24 * time.Hour
	}
	return &Memory{resolve: o.Resolve, halfLife: o.HalfLife, index: similar.New(similar.Options{Max: o.Max}), cases: map[string]Case{}}
}

// Learn takes a case in. Its text is not kept, only what it is found by.
func (m *Memory) Learn(c Case) {
	if m == nil || c.ID == "" {
		return
	}
	text := c.Text.whole()
	c.Text = Text{}
	m.mu.Lock()
	defer m.mu.Unlock()
	if old, ok := m.cases[c.ID]; ok && old.At.After(c.At) {
		return
	}
	m.cases[c.ID] = c
	m.index.Add(c.ID, text)
	if len(m.cases) > m.index.Len()+slack {
		m.forget()
	}
}

// slack is how many cases may outlive their place in the index before they are swept out together.
const slack = 4096

func (m *Memory) forget() {
	for id := range m.cases {
		if !m.index.Has(id) {
			delete(m.cases, id)
		}
	}
}

// Len is how many cases are known.
func (m *Memory) Len() int {
	if m == nil {
		return 0
	}
	return m.index.Len()
}

// whole is what a case is found by. The heading says most; the title stands above all sections alike.
func (t Text) whole() string { return t.Heading + "\n" + t.Body + "\n" + t.Heading }

// What past cases weigh. A case counts by the square of its likeness: much that is a little alike says less than one
// that is the same.
const (
	neighbours   = 12
	leastLike    = 0.06
	learnedGain  = 3.0 // of a unit that handled every like case
	learnedPrior = 0.12
	leadShare    = 0.6 // of a case's lead: it knows the matter, but was no co-handler
	notGain      = -1.2
)

type neighbour struct {
	Case
	like   float64
	weight float64
}

// like lists the cases that are like a text, the best first.
func (m *Memory) like(t Text, now time.Time, except string) []neighbour {
	var out []neighbour
	for _, match := range m.index.Nearest(t.whole(), neighbours+1) {
		if match.ID == except || match.Score < leastLike {
			continue
		}
		m.mu.RLock()
		c, ok := m.cases[match.ID]
		m.mu.RUnlock()
		if !ok {
			continue
		}
		age := max(0, now.Sub(c.At))
		out = append(out, neighbour{c, match.Score, match.Score * match.Score * math.Exp2(-float64(age)/float64(m.halfLife))})
	}
	return out
}

// Recall says who handled cases like this text, for Context.Learned. lead is who asks: what it handled itself says
// nothing about co-handlers. except is the text's own case.
func (m *Memory) Recall(t Text, now time.Time, lead, except string) []Learned {
	if m == nil {
		return nil
	}
	list := m.like(t, now, except)
	total := learnedPrior
	for _, n := range list {
		total += n.weight
	}
	lead = m.id(lead)
	pro, against := tally{}, tally{}
	for _, n := range list {
		label := n.Label
		if n.Brief != "" && m.id(n.Lead) != lead {
			label = n.Brief
		}
		for _, u := range n.Not {
			against.add(m.id(u), n.weight, label)
		}
		for _, u := range n.Units {
			pro.add(m.id(u), n.weight, label)
		}
		if m.id(n.Lead) != lead && !slices.Contains(n.Units, n.Lead) {
			pro.add(m.id(n.Lead), n.weight*leadShare, label)
		}
	}
	out := pro.learned(learnedGain / total)
	return append(out, against.learned(notGain/total)...)
}

// Copied says who was told of the answer to cases like this text, the likeliest first.
func (m *Memory) Copied(t Text, now time.Time, lead, except string) []Learned {
	if m == nil {
		return nil
	}
	list := m.like(t, now, except)
	total := learnedPrior
	copied := tally{}
	for _, n := range list {
		total += n.weight
		for _, u := range n.Copied {
			copied.add(m.id(u), n.weight, n.Label)
		}
	}
	delete(copied, m.id(lead))
	return copied.learned(1 / total)
}

func (m *Memory) id(name string) string {
	if id, ok := m.resolve(name); ok {
		return id
	}
	return ""
}

// tally adds up what cases say about units; the likest case is the evidence.
type tally map[string]*vote

type vote struct {
	sum, best float64
	label     string
}

func (t tally) add(unit string, weight float64, label string) {
	if unit == "" || weight <= 0 {
		return
	}
	v := t[unit]
	if v == nil {
		v = &vote{}
		t[unit] = v
	}
	v.sum += weight
	if weight > v.best {
		v.best, v.label = weight, label
	}
}

func (t tally) learned(scale float64) []Learned {
	out := make([]Learned, 0, len(t))
	for unit, v := range t {
		out = append(out, Learned{Unit: unit, Word: v.label, Gain: v.sum * scale})
	}
	slices.SortFunc(out, func(a, b Learned) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Gain), math.Abs(a.Gain)), cmp.Compare(a.Unit, b.Unit))
	})
	return out
}
