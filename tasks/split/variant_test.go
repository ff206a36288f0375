package split

import (
	"hash/fnv"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// variants are labelled papers as they arrive from other programs and shortened: the weights are
// learned from them too, so that they do not lean on how a text was typed.
func variants(l labelled) []labelled {
	h := fnv.New64a()
	h.Write([]byte(l.name))
	rng := rand.New(rand.NewPCG(h.Sum64(), 1))
	page := pages[rng.IntN(len(pages))]
	out := []labelled{shortened(l, rng), l.withText(wrapped(l.text, page.width, page.indent, page.foot, page.head))}
	switch rng.IntN(3) {
	case 0:
		out = append(out, l.changed(strings.NewReplacer("，", ",", "：", ":", "；", ";", "（", "(", "）", ")").Replace))
	case 1:
		out = append(out, l.withText(strings.ReplaceAll(strings.ReplaceAll(l.text, "\n\n", "\n"), "\n", "\n\n")))
	case 2:
		out = append(out, l.withText(strings.ReplaceAll(strings.ReplaceAll(l.text, "\n\n", "\n"), "\n", "\n　　")))
	}
	return out
}

func (l labelled) withText(text string) labelled {
	l.text = text
	return l
}

// changed applies change to the text and to the labels.
func (l labelled) changed(change func(string) string) labelled {
	l.text = change(l.text)
	sections := l.Sections
	l.Sections = nil
	for _, s := range sections {
		s.First, s.Last = change(s.First), change(s.Last)
		l.Sections = append(l.Sections, s)
	}
	return l
}

// shortened takes half of the passages out that no label begins or ends.
func shortened(l labelled, rng *rand.Rand) labelled {
	x := lessonOf(l)
	if x.roles == nil {
		return l
	}
	var b strings.Builder
	at := 0
	for i := range x.passages {
		p := &x.passages[i]
		lastInside := x.roles[i] == roleInside && (i+1 == len(x.roles) || x.roles[i+1] != roleInside)
		if begins(x.roles[i]) || lastInside || p.style != 0 || p.part || rng.IntN(2) == 0 {
			continue
		}
		b.WriteString(x.src[at:p.a])
		at = p.b
	}
	b.WriteString(x.src[at:])
	return l.withText(b.String())
}

var fixtureSection = regexp.MustCompile(`^\d+\. (.*?)( \(derived\))? — [a-z]+ [0-9.]+$`)

// lessonOfFixture takes the sections that the golden part of a fixture tells.
func lessonOfFixture(t testing.TB, file string) lesson {
	t.Helper()
	in, want := read(t, file)
	want, _, _ = strings.Cut(want, "\nor\n")
	src, passages := cutUp(in)
	var starts, ends []int
	at, heading := 0, ""
	var text []string
	take := func() {
		if text == nil {
			return
		}
		first := heading
		if first == "" {
			first = cut(text[0], 12)
		}
		a, _ := find(src, at, first)
		last := text[len(text)-1]
		_, b := find(src, max(a, 0), last)
		if a < 0 || b < 0 {
			t.Fatalf("%s: %q … %q is not there", file, first, last)
		}
		starts, ends = append(starts, a), append(ends, b)
		at, text = b, nil
	}
	for line := range strings.SplitSeq(want, "\n") {
		if m := fixtureSection.FindStringSubmatch(line); m != nil {
			take()
			if heading = m[1]; m[2] != "" {
				heading = ""
			}
		} else if s, ok := strings.CutPrefix(line, "   "); ok {
			text = append(text, s)
		}
	}
	take()
	for i := range passages { // a heading stands behind its mark, a text before its sign
		for k := range starts {
			if p := passages[i]; p.a <= starts[k] && starts[k] < p.b {
				starts[k] = p.a
			}
			if p := passages[i]; p.a < ends[k] && ends[k] < p.b {
				ends[k] = p.b
			}
		}
	}
	return lesson{name: file, hand: "fixture", src: src, passages: passages, roles: rolesOf(passages, starts, ends)}
}

// lessonOfStructure takes the sections of one of structures; they follow one another.
func lessonOfStructure(t testing.TB, name, text string, begin []string, end string) lesson {
	t.Helper()
	src, passages := cutUp(text)
	var starts, ends []int
	at := passages[0].a
	for _, s := range begin {
		a, b := find(src, at, s)
		if a < 0 {
			t.Fatalf("%s: %q is not there", name, s)
		}
		if len(starts) > 0 {
			ends = append(ends, a)
		}
		starts, at = append(starts, a), b
	}
	_, b := find(src, starts[len(starts)-1], end)
	return lesson{name: name, hand: "structure", src: src, passages: passages, roles: rolesOf(passages, starts, append(ends, b))}
}
