package split

// paragraphsAsk finds in which ways paragraphs ask for something.
func (x *describer) paragraphsAsk() {
	n := len(x.passages)
	x.laterAsks, x.ended = make([]int, n), make([]asking, n)
	later, behind := 0, asking(0)
	for i := n - 1; i >= 0; i-- {
		p := &x.passages[i]
		x.laterAsks[i], x.ended[i] = later, behind
		behind |= p.asks
		if p.form != formSentence {
			if behind&plainAsks != 0 && p.style == 0 {
				later++
			}
			behind = 0
		}
	}
}

// What a span between two numbers of one style holds.
const (
	spanLabel uint8 = 1 << iota // a label of suggestions
	spanList                    // numbers of another style
	spanProblem
)

// spanTopics finds what stands between each number and the next one of its style.
func (x *describer) spanTopics() {
	x.spans = make([]uint8, len(x.passages))
	type last struct {
		style numbering
		at    int
	}
	var open []last
	for i := range x.passages {
		p := &x.passages[i]
		var has uint8
		switch {
		case p.part && p.class == classSuggest || p.words&wordsAnnounce != 0:
			has = spanLabel
		case p.part && p.class == classBackground:
			has = spanProblem
		}
		if p.style == 0 && has == 0 {
			continue
		}
		own := -1
		for k, o := range open {
			x.spans[o.at] |= has
			if o.style == p.style {
				own = k
			} else if p.style != 0 {
				x.spans[o.at] |= spanList
			}
		}
		switch {
		case p.style == 0:
		case own >= 0:
			open[own].at = i
		default:
			open = append(open, last{p.style, i})
		}
	}
}

// listWords counts the items of a list by what they say.
type listWords struct {
	items, asks, acts, problems int
	announced                   bool
}

// listTopics finds what the items of each list say, and counts labels and headlines.
func (x *describer) listTopics() {
	x.lists = make([]listWords, len(x.items))
	labels, headlines := 0, 0
	for i := range x.passages {
		p := &x.passages[i]
		if p.part && p.class == classSuggest && len(x.d.src[p.a:p.b]) <= longestLabelPassage {
			labels++
		}
		if p.style == 0 && p.form == formHeadline {
			headlines++
		}
		if p.chain == 0 {
			continue
		}
		l := &x.lists[p.chain]
		if l.items == 0 && i > 0 {
			above := &x.passages[i-1]
			l.announced = above.class == classSuggest || above.words&wordsAnnounce != 0
		}
		l.items++
		l.asks += bit((p.asks|x.ended[i])&plainAsks != 0, 1)
		l.acts += bit(p.words&wordsAct != 0, 1)
		l.problems += bit(p.words&wordsBackground != 0, 1)
	}
	x.labels, x.headlines = size(labels), size(headlines)
}

// longestLabelPassage bounds, in bytes, a passage that is no more than a label.
const longestLabelPassage = 12 * hanSize

// requests adds in which ways the passage and its paragraph ask for something.
func (x *describer) requests(i int) {
	p := &x.passages[i]
	for k := range ways {
		if p.asks&(1<<k) != 0 {
			x.fact(featAsks, k)
		}
		if p.form != formSentence && x.ended[i]&(1<<k) != 0 {
			x.fact(featParagraphAsks, k)
		}
	}
	if p.form != formSentence && (x.ended[i]|p.asks)&plainAsks == 0 {
		x.fact(featParagraphAsks, 99)
	}
	place := int(p.form)*2 + bit(p.style != 0, 1)
	x.fact(featLabels, x.labels*8+place)
	x.fact(featHeadlines, x.headlines*8+place)
	if p.form == formHeadline && i+1 < len(x.passages) {
		next := x.passages[i+1].asks | x.ended[i+1]
		x.fact(featNextParagraphAsks, bit(next&plainAsks != 0, 1))
	}
	later := size(min(x.laterAsks[i], 3))
	x.fact(featLaterAsks, later)
	x.fact(featLaterAsksForm, later*int(forms)+int(p.form)+100*bit(p.style != 0, 1))
	if p.style != 0 {
		x.fact(featSpan, int(x.spans[i]))
		x.fact(featSpanRelation, int(x.spans[i])*int(relations)+int(p.rel))
	}
}
