package route

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
		if seen[b] {
			return
		}
		seen[b] = true
		at, ok := r.bigrams[b]
		if !ok {
			at = len(r.holders)
			r.bigrams[b] = at
			r.holders = append(r.holders, nil)
		}
		r.holders[at] = append(r.holders[at], len(r.long))
	})
	w.bigrams = len(seen)
	r.long = append(r.long, w)
}

// near calls yield with the words of which the text has most, but not in one piece.
func (r *Router) near(text string, yield func(w *word, share float64)) {
	seen := make([]bool, len(r.holders))
	counts := make([]int16, len(r.long))
	pairs(text, func(b bigram) {
		if at, ok := r.bigrams[b]; ok && !seen[at] {
			seen[at] = true
			for _, i := range r.holders[at] {
				counts[i]++
			}
		}
	})
	for i, n := range counts {
		if n == 0 {
			continue
		}
		if share := float64(n) / float64(r.long[i].bigrams); share >= nearShare {
			yield(r.long[i], share)
		}
	}
}
