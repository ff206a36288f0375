package tasks

import (
	"context"
	"strings"
	"sync"
	"time"

	"huiban/tasks/route"
	"huiban/tasks/similar"
)

// Experience is what this process knows of past cases. It is filled from lessons and asked when a paper is registered.
// It is safe for concurrent use; a nil Experience knows nothing.
type Experience struct {
	sections *route.Memory
	papers   *similar.Index

	mu     sync.RWMutex
	labels map[string]Likeness // by proposal
}

// Likeness is an earlier paper that is like another one.
type Likeness struct {
	Proposal string
	Number   string
	Title    string
	Lead     string
	At       time.Time
	Score    float64  // 1 is the same text
	Words    []string // that both have
}

// TooClose is the score from which two papers are likely one matter, to be handled together (并案).
const TooClose = 0.8

// leastLike is the score below which an earlier paper is not worth showing.
const leastLike = 0.3

// Letter reports whether the earlier paper is a past letter, of which there is no proposal to open.
func (l Likeness) Letter() bool { return strings.HasPrefix(l.Proposal, LetterPrefix) }

// NewExperience makes an empty one. A case counts half after halfLife.
func NewExperience(d *Directory, halfLife time.Duration) *Experience {
	resolve := func(name string) (string, bool) {
		u, err := d.Resolve(name)
		return u.ID, err == nil
	}
	return &Experience{sections: route.NewMemory(route.MemoryOptions{Resolve: resolve, HalfLife: halfLife}),
		papers: similar.New(similar.Options{Features: 80}), labels: map[string]Likeness{}}
}

// Take learns from one lesson.
func (x *Experience) Take(l Lesson) {
	if x == nil {
		return
	}
	if l.Section != 0 {
		x.sections.Learn(l.routed())
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if old, ok := x.labels[l.Proposal]; ok && old.At.After(l.At) {
		return
	}
	x.labels[l.Proposal] = Likeness{Proposal: l.Proposal, Number: l.Number, Title: l.Title, Lead: l.Lead, At: l.At}
	x.papers.Add(l.Proposal, l.Text)
	if len(x.labels) > x.papers.Len()+slack {
		for id := range x.labels {
			if !x.papers.Has(id) {
				delete(x.labels, id)
			}
		}
	}
}

// slack is how many papers may outlive their place in the index before they are swept out together.
const slack = 4096

// Len is how many sections are known.
func (x *Experience) Len() int {
	if x == nil {
		return 0
	}
	return x.sections.Len()
}

// Similar lists up to k earlier papers that are like p, the likest first.
func (x *Experience) Similar(p *Proposal, k int) []Likeness {
	if x == nil {
		return nil
	}
	var list []Likeness
	for _, m := range x.papers.Query(p.gist(), k+1) {
		x.mu.RLock()
		l, ok := x.labels[m.ID]
		x.mu.RUnlock()
		if !ok || m.ID == p.ID || m.Score < leastLike || len(list) == k {
			continue
		}
		l.Score, l.Words = m.Score, m.Words
		list = append(list, l)
	}
	return list
}

// recall is what past cases say about a section.
func (x *Experience) recall(p *Proposal, s Section, now time.Time) []route.Learned {
	if x == nil {
		return nil
	}
	return x.sections.Recall(route.Text{Heading: s.Heading, Body: s.Text, Title: p.Head.Title}, now, p.Lead, lessonID(p.ID, s.ID))
}

// AlsoCopied lists units that were told of the answers to like sections and are neither asked nor told here yet.
func (x *Experience) AlsoCopied(c *City, p *Proposal, now time.Time) []route.Learned {
	if x == nil {
		return nil
	}
	here := map[string]bool{p.Lead: true}
	for _, list := range [][]string{p.Contributors(), p.Informed(), c.Rules.Standing[p.Head.Kind]} {
		for _, id := range list {
			here[id] = true
		}
	}
	var out []route.Learned
	for _, s := range p.Sections {
		t := route.Text{Heading: s.Heading, Body: s.Text, Title: p.Head.Title}
		for _, l := range x.sections.Copied(t, now, p.Lead, lessonID(p.ID, s.ID)) {
			if !here[l.Unit] && l.Gain >= usuallyCopied {
				here[l.Unit] = true
				out = append(out, l)
			}
		}
	}
	return out
}

// usuallyCopied is the share of the like cases, weighed by their likeness, from which a copy is usual.
const usuallyCopied = 0.4

// lessonsAtOnce is how many lessons are read in one go.
const lessonsAtOnce = 500

// Follow takes lessons in until ctx ends: all there are, then what is new, looked for at every tick. failed hears of
// errors; reading goes on at the next tick.
func (x *Experience) Follow(ctx context.Context, from Lessons, tick <-chan time.Time, failed func(error)) {
	cursor := ""
	for {
		next, err := x.CatchUp(ctx, from, cursor)
		if cursor = next; err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick:
		}
	}
}

// CatchUp takes in all lessons after the cursor and returns where to go on.
func (x *Experience) CatchUp(ctx context.Context, from Lessons, cursor string) (string, error) {
	for {
		lessons, next, err := from.LessonsSince(ctx, cursor, lessonsAtOnce)
		if err != nil || len(lessons) == 0 {
			return cursor, err
		}
		for _, l := range lessons {
			x.Take(l)
		}
		cursor = next
	}
}
