package split

import "math/bits"

// ground is the last announcement above a passage.
type ground uint8

const (
	groundNone ground = iota
	groundSuggestions
	groundBackground
	groundHeading // a heading that speaks of problems
)

// shape adds how the passage stands on the page.
func (x *describer) shape(i int) {
	p := &x.passages[i]
	x.fact(featForm, int(p.form))
	if p.form != formSentence {
		if i > 0 && x.d.blankBetween(x.passages[i-1].b, p.a) {
			x.fact(featBlank, 0)
		}
		if i+1 < len(x.passages) && x.passages[i+1].form == formSentence {
			x.fact(featMore, 0)
		}
	}
	x.fact(featPlace, i*8/len(x.passages))
	if i == 0 {
		x.fact(featPlace, 8)
	}
	if i == len(x.passages)-1 {
		x.fact(featPlace, 9)
	}
}

// numbers adds what the passage's number says, or that it has none.
func (x *describer) numbers(p *passage) {
	x.fact(featStyle, p.style.index())
	if p.style == 0 {
		x.unnumbered(p)
		return
	}
	x.fact(featMarkedForm, int(p.form))
	x.fact(featRelation, int(p.rel))
	order := x.style(p.style)
	x.fact(featCount, size(x.styles[order].count))
	x.fact(featOrder, size(order))
	x.fact(featOrderRelation, size(order)*int(relations)+int(p.rel))
	if p.chain > 0 {
		x.fact(featDepth, min(p.depth, 15))
		x.fact(featItems, size(x.items[p.chain]))
		l := x.lists[p.chain]
		x.fact(featListAsks, l.asks*4/l.items)
		x.fact(featListActs, l.acts*4/l.items)
		x.fact(featListProblems, l.problems*4/l.items)
		x.fact(featListAnnounced, bit(l.announced, 1))
	}
	if x.marked {
		x.mostParagraphs, x.mostSentences = max(x.mostParagraphs, x.paragraphs), max(x.mostSentences, x.sentences)
	}
	x.paragraphs, x.sentences, x.marked = 0, 0, true
}

func (x *describer) unnumbered(p *passage) {
	if len(x.runes) >= 2 {
		h := x.firstTwo()
		x.fact(featAlike, size(int(x.alike[h])))
		if p.form != formSentence {
			x.fact(featAlikeParagraph, size(int(x.alikeParagraphs[h])))
		}
	}
	if !x.marked {
		return
	}
	if p.form != formSentence {
		if x.paragraphs++; x.paragraphs > x.mostParagraphs {
			x.fact(featExtraParagraph, 0)
		}
	}
	if x.sentences++; x.sentences > x.mostSentences {
		x.fact(featExtraSentence, 0)
	}
	if x.paragraphs > x.mostParagraphs {
		x.fact(featBeyond, 0)
	}
}

// surroundings adds under which announcement the passage stands.
func (x *describer) surroundings(p *passage) {
	if p.class != noClass || p.chain > 0 {
		x.fact(featClass, int(p.class))
	}
	if p.part {
		x.fact(featPart, int(p.class))
	}
	switch {
	case p.class == classSuggest, p.style != 0 && p.words&wordsAnnounce != 0 && p.b-p.text <= longestHeading*hanSize:
		x.ground = groundSuggestions
	case p.class == classBackground && p.part:
		x.ground = groundBackground
	case p.chain > 0 && p.form == formHeadline && p.words&wordsBackground != 0:
		x.ground = groundHeading
	}
	p.under = x.ground
	x.fact(featUnder, int(x.ground))
	style := p.style.index()
	if style == 0 {
		style = shapedIndex + 1 + int(p.form)
	}
	x.fact(featUnderStyle, style*8+int(x.ground))
}

// neighbours adds what stands before and behind the passage.
func (x *describer) neighbours(i, tail int) {
	p := &x.passages[i]
	if p.a >= tail {
		x.fact(featTail, 0)
	}
	last := i+1 == len(x.passages) || x.passages[i+1].a >= tail
	if last {
		x.fact(featLastOfBody, 0)
	}
	if p.asks&plainAsks == 0 && p.words&wordsAct == 0 {
		x.fact(featQuiet, bit(last, 4)+int(p.form))
	}
	if i+1 < len(x.passages) {
		next := &x.passages[i+1]
		paragraph := 0
		if next.form != formSentence {
			paragraph = 1
		}
		x.fact(featBehind, next.style.index()*2+paragraph)
		x.fact(featBehindForm, int(p.form)*2+paragraph)
	}
	if i == 0 {
		return
	}
	above := &x.passages[i-1]
	sign := fullWidth(lastRune(x.d.src[above.a:above.b]))
	if sign == '.' {
		sign = '。'
	}
	before := signIndex(sign)
	x.fact(featBefore, before)
	x.fact(featBeforeForm, before*int(forms)+int(p.form))
	x.fact(featBeforeStyle, above.style.index())
	for _, w := range [...]wordKinds{wordsSuggestLoosely, wordsAct, wordsAnnounce} {
		if above.words&w != 0 {
			k := bits.TrailingZeros16(uint16(w))
			x.fact(featBeforeWords, k)
			x.fact(featBeforeWordsForm, k*int(forms)+int(p.form))
		}
	}
}
