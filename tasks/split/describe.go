package split

import (
	"strings"
	"unicode/utf8"
)

// describer finds the features of passages.
type describer struct {
	d        *document
	passages []passage
	text     []rune // of all passages
	runes    []rune // of the passage at hand
	w        *weights
	sum      roleSums // of the weights of the passage at hand
	keys     []uint32 // of the passages, without weights

	alike, alikeParagraphs [1 << alikeBits]uint16 // by the hash of the first two characters
	styles                 []styleCount
	items                  []int // by chain

	lists     []listWords // by chain
	labels    int
	headlines int
	laterAsks []int    // by passage: how many paragraphs below ask for something
	ended     []asking // by passage: in which ways its paragraph asks
	spans     []uint8  // by passage

	marked                        bool // some passage so far has a number
	paragraphs, sentences         int  // since the last number
	mostParagraphs, mostSentences int  // below any number before it
	ground                        ground
}

// described returns the passages of the text behind the head, and how well each role suits
// them by the weights. Without weights the passages keep their features.
func (d *document) described(h *head, o *outline, w *weights) ([]passage, []scores) {
	passages := d.passages(h.body, len(d.src), o)
	if len(passages) == 0 {
		return nil, nil
	}
	d.number(passages, o)
	relate(passages)
	return passages, d.describe(passages, o, w)
}

// describe finds the features of all passages.
func (d *document) describe(passages []passage, o *outline, w *weights) []scores {
	size := passages[len(passages)-1].b - passages[0].a
	x := &describer{
		text: make([]rune, 0, size/2),
		d:    d, passages: passages,
		w: w, items: make([]int, len(o.chains)),
	}
	for c := range o.chains {
		x.items[c] = o.chains[c].items
	}
	for i := range passages {
		p := &passages[i]
		text := d.src[p.text:p.b]
		if x.read(p) {
			text = squeeze(text)
		}
		x.say(p, text)
		if p.form == formParagraph && len(x.runes) <= longestHeadline && x.headline(i) {
			p.form = formHeadline
		}
		if p.style != 0 {
			x.styles[x.style(p.style)].count++
		} else if len(x.runes) >= 2 {
			h := x.firstTwo()
			if x.alike[h]++; p.form != formSentence {
				x.alikeParagraphs[h]++
			}
		}
	}
	x.paragraphsAsk()
	x.spanTopics()
	x.listTopics()
	out := make([]scores, len(passages))
	for i := range passages {
		from := len(x.keys)
		x.sum = roleSums{}
		x.passage(i, o.end)
		if w == nil {
			passages[i].keys = x.keys[from:len(x.keys):len(x.keys)]
			continue
		}
		out[i] = w.scores(&x.sum)
	}
	return out
}

// headline reports whether nothing ends passage i, or a question that is a paragraph of its own.
func (x *describer) headline(i int) bool {
	sign := x.last()
	if sign == '？' || sign == '?' || sign == '”' || sign == '）' {
		return i+1 == len(x.passages) || x.passages[i+1].form != formSentence
	}
	return !strings.ContainsRune(passageSigns, sign)
}

// longestHeadline bounds, in characters, a headline.
const longestHeadline = 25

// passageSigns are the signs that a passage may end with.
const passageSigns = "。；：！？;:，、”）"

// read takes the characters of a passage behind its mark, without white space and with signs of full width, and
// reports whether there was white space.
func (x *describer) read(p *passage) (blank bool) {
	p.from = len(x.text)
	for i := p.text; i < p.b; {
		if startsHan(x.d.src[i]) {
			x.text = append(x.text, han(x.d.src[i:]))
			i += hanSize
			continue
		}
		r, size := decode(x.d.src[i:])
		if isBlank(r) {
			blank = true
		} else {
			x.text = append(x.text, fullWidth(x.d.signAt(i, r)))
		}
		i += size
	}
	p.to = len(x.text)
	x.runes = x.text[p.from:p.to]
	return blank
}

// fullWidth returns the sign of full width for one of half width, and 0 for any figure.
func fullWidth(r rune) rune {
	if r >= utf8.RuneSelf {
		return r
	}
	switch r {
	case ',':
		return '，'
	case ';':
		return '；'
	case ':':
		return '：'
	case '!':
		return '！'
	case '?':
		return '？'
	case '(':
		return '（'
	case ')':
		return '）'
	}
	if r >= '0' && r <= '9' {
		return '0'
	}
	return r
}

func (x *describer) last() rune {
	if len(x.runes) == 0 {
		return 0
	}
	return x.runes[len(x.runes)-1]
}

// alikeBits is the logarithm of how many beginnings are told apart.
const alikeBits = 8

// firstTwo returns a number for the first two characters of the passage at hand.
func (x *describer) firstTwo() int {
	return int(hashed(hashed(hashSeed, x.runes[0]), x.runes[1]) * 0x9e3779b97f4a7c15 >> (64 - alikeBits))
}

// styleCount counts the passages that are numbered in a style.
type styleCount struct {
	style numbering
	count int
}

// style returns the place of a style among those of the body.
func (x *describer) style(n numbering) int {
	for k := range x.styles {
		if x.styles[k].style == n {
			return k
		}
	}
	x.styles = append(x.styles, styleCount{style: n})
	return len(x.styles) - 1
}

// passage adds the features of passage i.
func (x *describer) passage(i, tail int) {
	p := &x.passages[i]
	x.runes = x.text[p.from:p.to]
	x.fact(featBias, 0)
	x.lexical(p)
	x.shape(i)
	x.numbers(p)
	x.requests(i)
	x.surroundings(p)
	x.neighbours(i, tail)
}
