package split

import (
	"strings"
	"unicode/utf8"
)

// words is a set of words that a text is searched for in one pass.
type words struct {
	filter [64]uint64   // the low bits of the first characters: most texts have none of them
	by     [64][]string // by the last bits of the first character
}

// wordsOf makes a set of words with spaces between them; of two that begin alike the
// one listed first is found.
func wordsOf(list string) *words {
	w := &words{}
	for word := range strings.FieldsSeq(list) {
		r, _ := decode(word)
		w.by[r&63] = append(w.by[r&63], word)
		w.filter[r>>6&63] |= 1 << (r & 63)
	}
	return w
}

// prefix returns the word of the set that s begins with, or "".
func (w *words) prefix(s string) string {
	r, _ := decode(s)
	if !w.has(r) {
		return ""
	}
	for _, word := range w.by[r&63] {
		if strings.HasPrefix(s, word) {
			return word
		}
	}
	return ""
}

// has reports whether a word of the set may begin with r.
func (w *words) has(r rune) bool { return w.filter[r>>6&63]&(1<<(r&63)) != 0 }

func (w *words) begins(s string) bool { return w.prefix(s) != "" }

// in reports whether s holds a word of the set.
func (w *words) in(s string) bool {
	for i := 0; i < len(s); {
		b, size := s[i], 1
		switch {
		case b >= 0xe0 && b < 0xf0 && i+hanSize <= len(s):
			size = hanSize
			if w.filter[s[i+1]&63]&(1<<(s[i+2]&63)) != 0 && w.begins(s[i:]) {
				return true
			}
		case b < utf8.RuneSelf:
			if w.filter[b>>6]&(1<<(b&63)) != 0 && w.begins(s[i:]) {
				return true
			}
		default:
			_, size = decode(s[i:])
		}
		i += size
	}
	return false
}

// endings is a set of words that a text may end with.
type endings map[rune][]string

func endingsOf(list string) endings {
	e := endings{}
	for word := range strings.FieldsSeq(list) {
		e[lastRune(word)] = append(e[lastRune(word)], word)
	}
	return e
}

// of reports whether s ends with a word of the set.
func (e endings) of(s string) bool {
	for _, word := range e[lastRune(s)] {
		if strings.HasSuffix(s, word) {
			return true
		}
	}
	return false
}

// tagged are sets of words that a text is searched for together, each with a bit of its own.
type tagged struct {
	filter [64]uint64
	by     [64][]taggedWord
	all    uint16
}

type taggedWord struct {
	word string
	tag  uint16
}

// taggedOf makes one search of several sets; the first has the lowest bit.
func taggedOf(sets ...*words) *tagged {
	t := &tagged{}
	for k, w := range sets {
		t.all |= 1 << k
		for r, list := range w.by {
			for _, word := range list {
				t.by[r] = append(t.by[r], taggedWord{word, 1 << k})
			}
		}
		for i, bits := range w.filter {
			t.filter[i] |= bits
		}
	}
	return t
}

// in returns the bits of the sets of which s holds a word.
func (t *tagged) in(s string) (tags uint16) {
	for i := 0; i+hanSize <= len(s); {
		if b := s[i]; b < 0xe0 {
			i++
			continue
		}
		if t.filter[s[i+1]&63]&(1<<(s[i+2]&63)) != 0 {
			for _, w := range t.by[s[i+2]&63] {
				if tags&w.tag == 0 && strings.HasPrefix(s[i:], w.word) {
					if tags |= w.tag; tags == t.all {
						return tags
					}
				}
			}
		}
		i += hanSize
	}
	return tags
}
