package route

import (
	"strings"
	"unicode/utf8"
)

// bigram is two characters that follow one another.
type bigram [2]rune

// Words that the text may have in other words: 商协会成立党支部 for 商协会党建.
const (
	nearFrom  = 4   // characters, shorter words must be met exactly
	nearShare = 0.6 // of the word's pairs of characters
	nearGain  = 0.4 // against an exact match
)

func pairs(text string, yield func(bigram)) {
	var prev rune
	for _, r := range text {
		if !letter(r) {
			prev = 0
			continue
		}
		if prev != 0 {
			yield(bigram{prev, r})
		}
		prev = r
	}
}

func letter(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// index enters a long duty by its bigrams.
func (r *Router) index(w *word) {
	if len(w.owners) == 0 || w.owners[0].kind != KindDuty || length(w.text) < nearFrom {
		return
	}
	seen := map[bigram]bool{}
	pairs(w.text, func(b bigram) {
		if !seen[b] {
			seen[b] = true
			r.bigrams[b] = append(r.bigrams[b], len(r.long))
		}
	})
	w.bigrams = len(seen)
	r.long = append(r.long, w)
}

// near calls yield with the words of which the text has most, but not in one piece.
func (r *Router) near(text string, yield func(w *word, share float64)) {
	seen := map[bigram]bool{}
	counts := map[int]int{}
	pairs(text, func(b bigram) {
		if list := r.bigrams[b]; len(list) > 0 && !seen[b] {
			seen[b] = true
			for _, i := range list {
				counts[i]++
			}
		}
	})
	for i, n := range counts {
		w := r.long[i]
		if share := float64(n) / float64(w.bigrams); share >= nearShare {
			yield(w, share)
		}
	}
}

// listed is a unit that stands abbreviated in a list.
type listed struct {
	unit int
	word string
}

// lists finds units that are named by their stem: 住建、城管、水利等部门, 交警部门, 公安机关,
// or before a whole name: 住建、城管和市水务局.
func (r *Router) lists(text string, named []span) (out []listed) {
	for at := 0; ; {
		i, mark := firstOf(text[at:], "部门", "等单位", "机关")
		if i < 0 {
			break
		}
		i += at
		at = i + len(mark)
		before := text[:i]
		for again := true; again; {
			again = false
			for _, w := range []string{"等", "有关", "相关", "职能", "主管", "行政", "各", "多个", "几个", "管理", "监管"} {
				// 市场监管 is a stem itself.
				if rest, ok := strings.CutSuffix(before, w); ok && r.stemBefore(before) == "" {
					before, again = rest, true
				}
			}
		}
		out = r.backward(before, out)
	}
	for _, s := range named {
		if before, ok := cutSeparator(text[:s.start]); ok {
			out = r.backward(before, out)
		}
	}
	return out
}

// firstOf finds the first of some words.
func firstOf(text string, words ...string) (at int, word string) {
	at = -1
	for _, w := range words {
		if i := strings.Index(text, w); i >= 0 && (at < 0 || i < at) {
			at, word = i, w
		}
	}
	return at, word
}

// backward reads a list of stems from its end.
func (r *Router) backward(before string, out []listed) []listed {
	for range 12 {
		stem := r.stemBefore(before)
		if stem == "" {
			return out
		}
		if i := r.stems[stem]; i >= 0 {
			out = append(out, listed{i, stem})
		}
		rest, ok := cutSeparator(strings.TrimSuffix(strings.TrimSuffix(before, stem), "市"))
		if !ok {
			return out
		}
		before = rest
	}
	return out
}

// stemBefore returns the longest stem that a text ends with, at most seven
// characters.
func (r *Router) stemBefore(text string) (stem string) {
	i := len(text)
	for n := 1; n <= 7 && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:i])
		i -= size
		if _, ok := r.stems[text[i:]]; ok {
			stem = text[i:]
		}
	}
	return stem
}

func cutSeparator(s string) (string, bool) {
	for _, sep := range []string{"、", "以及", "和", "及", "与", "，"} {
		if rest, ok := strings.CutSuffix(s, sep); ok {
			return rest, true
		}
	}
	return s, false
}
