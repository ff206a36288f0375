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
