package split

import (
	"strings"
	"unicode/utf8"
)

// words is a set of words that a text is searched for in one pass.
type words struct {
	filter [64]uint64 // the low bits of the first characters: most texts have none of them
	by     map[rune][]string
}

// wordsOf makes a set of words with spaces between them; of two that begin alike the
// one listed first is found.
func wordsOf(list string) *words {
	w := &words{by: map[rune][]string{}}
	for word := range strings.FieldsSeq(list) {
		r, _ := utf8.DecodeRuneInString(word)
		w.by[r] = append(w.by[r], word)
		w.filter[r>>6&63] |= 1 << (r & 63)
	}
	return w
}

// prefix returns the word of the set that s begins with, or "".
func (w *words) prefix(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	if w.filter[r>>6&63]&(1<<(r&63)) == 0 {
		return ""
	}
	for _, word := range w.by[r] {
		if strings.HasPrefix(s, word) {
			return word
		}
	}
	return ""
}

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
			_, size = utf8.DecodeRuneInString(s[i:])
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
