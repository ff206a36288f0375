package split

import (
	"slices"
	"strings"
)

// numbering is a style of numbers, or the shape of words with a number in them that nobody thought of before.
type numbering uint64

// shaped numberings follow the styles.
const shaped numbering = 1 << 32

// index is a small number for a numbering, the same for all shapes.
func (n numbering) index() int {
	if n >= shaped {
		return shapedIndex
	}
	return int(n)
}

const shapedIndex = 40

// longestShape bounds, in characters, the words before the number of a shape.
const longestShape = 3

// numberingAt returns the numbering that stands at offset at, the number, and where the
// text behind it begins; 0 when there is none.
func (d *document) numberingAt(at int, lineStart bool) (numbering, int, int) {
	if m, text, ok := parseMark(d.src, at, lineStart); ok {
		return numbering(m.style), m.num, text
	}
	if num, text, kind := d.letterAt(at, lineStart); num > 0 {
		return kind, num, text
	}
	h := uint64(hashSeed)
	for i, n := at, 0; n <= longestShape && i < len(d.src); n++ {
		r, size := decode(d.src[i:])
		num, end := 0, i
		if numerals.has(r) {
			num, end = readCn(d.src, i)
		} else if n > 0 && digit(r) >= 0 {
			num, end = readAr(d.src, i)
		}
		if num > 0 {
			r, size = decode(d.src[end:])
			if !isHan(r) && !strings.ContainsRune("：:、，,.）)】", r) {
				return 0, 0, at
			}
			return shaped | numbering(hashed(h, r)), num, end + size
		}
		if !isHan(r) || n == longestShape {
			return 0, 0, at
		}
		h = hashed(h, r)
		i += size
	}
	return 0, 0, at
}

// Kinds of letters that people number with.
const (
	numberingStems numbering = numbering(styles) + iota
	numberingSmall
	numberingLarge
	numberingRoman
	numberingThus // 一则
)

// letterAt recognises numbers that are letters: 甲、 a) B． ii) and 一则，
func (d *document) letterAt(at int, lineStart bool) (num, text int, kind numbering) {
	r, size := decode(d.src[at:])
	end := at + size
	switch stem := strings.IndexRune(stems, r); {
	case stem >= 0:
		num, kind = stem/hanSize+1, numberingStems
	case r == 'i' || r == 'v' || r == 'x':
		for end < len(d.src) && strings.IndexByte("ivx", d.src[end]) >= 0 && end-at < 4 {
			end++
		}
		if num = roman(d.src[at:end]); num > 0 {
			kind = numberingRoman
		}
	case r >= 'a' && r <= 'h':
		num, kind = int(r-'a')+1, numberingSmall
	case r >= 'A' && r <= 'H':
		num, kind = int(r-'A')+1, numberingLarge
	case r >= 'ａ' && r <= 'ｈ':
		num, kind = int(r-'ａ')+1, numberingSmall
	case r >= 'Ａ' && r <= 'Ｈ':
		num, kind = int(r-'Ａ')+1, numberingLarge
	default:
		if num, end = readCn(d.src, at); num == 0 || !strings.HasPrefix(d.src[end:], "则") {
			return 0, at, 0
		}
		end += hanSize
		kind = numberingThus
	}
	sign, size := decode(d.src[end:])
	if num == 0 || !strings.ContainsRune(")）.．、：，,", sign) || !lineStart && sign != ')' && sign != '）' && kind != numberingThus {
		return 0, at, 0
	}
	return num, d.skipBlank(end+size, 24), kind
}

const stems = "甲乙丙丁戊己庚辛"

// romans are the numbers that roman returns.
var romans = strings.Fields("i ii iii iv v vi vii viii ix x")

func roman(s string) int { return slices.Index(romans, s) + 1 }

// mostShapes bounds how many shapes of numbers a text may have.
const mostShapes = 256

// number gives the passages their numbers. A shape counts when it comes with 1 and with 2.
func (d *document) number(passages []passage, o *outline) {
	const one, two = 1, 2
	shapes := map[numbering]int{}
	for i := range passages {
		p := &passages[i]
		style, num, text := d.numberingAt(p.a, p.form != formSentence)
		if style == 0 || text > p.b {
			continue
		}
		if style >= shaped {
			if _, known := shapes[style]; !known && len(shapes) == mostShapes {
				continue
			}
			shapes[style] |= bit(num <= two, num)
		}
		p.style, p.num, p.text = style, num, text
	}
	for i := range passages {
		if p := &passages[i]; p.style >= shaped && shapes[p.style] != one|two {
			p.style, p.num, p.text = 0, 0, p.a
		}
	}
	o.describe(passages)
}
