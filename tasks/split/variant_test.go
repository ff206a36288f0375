package split

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"
)

// variants are labelled papers as they arrive from other programs and shortened: the weights are
// learned from them too, so that they do not lean on how a text was typed.
func variants(l labelled) []labelled {
	h := fnv.New64a()
	h.Write([]byte(l.name))
	rng := rand.New(rand.NewPCG(h.Sum64(), 1))
	out := []labelled{shortened(l, rng)}
	switch rng.IntN(4) {
	case 0:
		out = append(out, l.changed(strings.NewReplacer("，", ",", "：", ":", "；", ";", "（", "(", "）", ")").Replace))
	case 1:
		out = append(out, l.withText(strings.ReplaceAll(strings.ReplaceAll(l.text, "\n\n", "\n"), "\n", "\n\n")))
	case 2:
		out = append(out, l.withText(strings.ReplaceAll(strings.ReplaceAll(l.text, "\n\n", "\n"), "\n", "\n　　")))
	case 3:
		out = append(out, l.withText(wrapped(l.text, 26+rng.IntN(16), "　　", "- %d -", "")))
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
