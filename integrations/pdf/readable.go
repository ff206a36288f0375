package pdf

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// What a text must have to be trusted.
const (
	minPerPage  = 8    // characters a page on the average; scans bring none, or their program's name
	minForeign  = 100  // characters a page of a text without Chinese
	minGood     = 0.75 // share of characters that texts are made of
	minHan      = 0.15 // share of Chinese characters in a Chinese text
	minCommon   = 0.5  // share of common ones among them: 0.9 in simplified, 0.6 in traditional text, 0.2 by chance
	minVowels   = 0.25 // share of vowels among Latin letters: 0.38 in English
	maxVowels   = 0.55
	sampleRunes = 20_000
)

// tally is what a text is made of.
type tally struct{ all, good, han, common, letters, vowels int }

// readable refuses pages that hold pictures only, and text whose characters a font does not tell.
func readable(pages [][]line) error {
	t := count(pages)
	n := max(1, len(pages))
	if t.all < minPerPage*n {
		return refuse("error.file_scanned", nil)
	}
	share := func(part, of int) float64 { return float64(part) / float64(max(1, of)) }
	chinese := share(t.han, t.all) >= minHan
	switch {
	case share(t.good, t.all) < minGood, chinese && share(t.common, t.han) < minCommon:
		return refuse("error.file_garbled", nil)
	case chinese:
		return nil
	case t.all < minForeign*n && share(t.letters, t.all) > 0.5:
		return refuse("error.file_scanned", nil)
	case share(t.letters, t.all) < 0.5, share(t.vowels, t.letters) < minVowels, share(t.vowels, t.letters) > maxVowels:
		return refuse("error.file_garbled", nil)
	}
	return nil
}

func count(pages [][]line) tally {
	var t tally
	encoder := simplifiedchinese.GBK.NewEncoder()
	for _, ls := range pages {
		for _, l := range ls {
			for _, r := range l.text {
				if unicode.IsSpace(r) {
					continue
				}
				if t.all++; t.all > sampleRunes {
					continue
				}
				switch {
				case unicode.Is(unicode.Han, r):
					t.good++
					t.han++
					if pair, err := encoder.String(string(r)); err == nil && firstLevel(pair) {
						t.common++
					}
				case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
					t.good++
					t.letters++
					switch r | 0x20 {
					case 'a', 'e', 'i', 'o', 'u':
						t.vowels++
					}
				case usual(r):
					t.good++
				}
			}
		}
	}
	if t.all > sampleRunes {
		t.all = sampleRunes
	}
	return t
}

// firstLevel reports whether a GBK pair is among the 3,755 characters of GB 2312's first level.
func firstLevel(pair string) bool {
	return len(pair) == 2 && pair[0] >= 0xB0 && pair[0] <= 0xD7 && pair[1] >= 0xA1
}

// usual are digits, punctuation and signs that Chinese texts hold.
func usual(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r > ' '
	case r >= 0x2000 && r <= 0x27bf, r >= 0x3000 && r <= 0x303f, r >= 0x3200 && r <= 0x33ff, r >= 0xff00 && r <= 0xffe6,
		r == '·', r == '×', r == '÷', r == '±', r == '°', r == '§', r == '©', r == '®':
		return true
	}
	return false
}
