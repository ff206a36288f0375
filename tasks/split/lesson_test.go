package split

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

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

func lessons(t testing.TB, dirs ...string) (out []lesson) {
	for _, dir := range dirs {
		for _, l := range labelledIn(t, dir) {
			if x := lessonOf(l); len(x.passages) > 0 {
				out = append(out, x)
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
