package pdf

import (
	"regexp"
	"unicode/utf8"
)

var noteMark = regexp.MustCompile(`^(?:\d{1,2}|[ivx]{1,5}|[①-⑳]|\[\d{1,2}\]|〔\d{1,2}〕)$`)

// smallShare is how high a raised number may be, as a share of the text beside it.
const smallShare = 0.75

// withoutNoteMarks drops the small raised numbers behind Chinese text that point to footnotes: people do not read them as
// a part of the sentence. Behind letters and digits they are powers and stay.
func withoutNoteMarks(ps []piece) []piece {
	var out []piece
	for i, w := range ps {
		if i > 0 && noteMark.MatchString(w.text) && raised(ps[i-1], w) {
			if out == nil {
				out = append(out, ps[:i]...)
			}
			out[len(out)-1].x1 = w.x1 // what follows stands beside the text
			continue
		}
		if out != nil {
			out = append(out, w)
		}
	}
	if out == nil {
		return ps
	}
	return out
}

func raised(before, w piece) bool {
	last, _ := utf8.DecodeLastRuneInString(before.text)
	height := before.y1 - before.y0
	return !latin(last) && w.y1-w.y0 <= smallShare*height && w.y1 <= before.y1-0.25*height && w.x0-before.x1 <= 0.3*height
}
