package split

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// feature is a kind of thing that a passage is known by. The weights of its values are learned from
// the labelled papers: a kind that is added, removed or moved calls for learning them anew.
type feature uint64

const (
	featBias feature = iota
	featBegins
	featBeginsBare // without connectors
	featEnds
	featSign // the last sign
	featPair // two characters that stand side by side
	featLength
	featDigits
	featForm
	featBlank // a blank line above
	featMore  // the paragraph goes on behind it
	featStyle
	featStyleForm
	featMarkedForm
	featRelation
	featCount // of numbers of its style
	featOrder // which of the styles of the body
	featOrderRelation
	featAlike          // how many passages without a number begin alike
	featAlikeParagraph // of them, paragraphs
	featExtraParagraph // more paragraphs than below any number before
	featExtraSentence
	featBeyond // in such a paragraph
	featDepth
	featItems
	featClass
	featPart
	featUnder
	featUnderStyle
	featWords
	featPlace
	featLastOfBody
	featTail
	featBefore
	featBeforeForm
	featBeforeStyle
	featBeforeWords
	featBeforeWordsForm
	featBehind
	featBehindForm
	featAsks          // what the passage asks with
	featParagraphAsks // what its paragraph asks with, behind its first passage
	featLaterAsks     // how many paragraphs below ask for something
	featLaterAsksForm
	featSpan // what stands between a number and the next of its style
	featSpanRelation
	featListAsks // how many items of its list ask for something, and so on, in quarters
	featListActs
	featListProblems
	featListAnnounced // its list stands right below an announcement
	featLabels        // how many labels of suggestions there are
	featHeadlines     // how many headlines without numbers
	featNextParagraphAsks
	featQuiet // it asks for nothing
	featuresEnd
)

// ground is the last announcement above a passage.
type ground uint8

const (
	groundNone ground = iota
	groundSuggestions
	groundBackground
	groundHeading // a heading that speaks of problems
)

// wordKinds is what the word lists say of a passage.
type wordKinds uint16

const (
	wordsSuggest wordKinds = 1 << iota
	wordsSuggestLoosely
	wordsAct
	wordsBackground
	wordsCourtesy
	wordsLeave
	wordsClose
	wordsContinue
	wordsAnnounce
)

// asking is in which ways a passage asks for something.
type asking uint16

// ways are words that one asks with, by what they say.
var ways = []*words{
	wordsOf("建议 提议 呼吁 倡议"),
	wordsOf("请 恳请 烦请 盼请"),
	wordsOf("希望 盼望 期望 盼"),
	wordsOf("应 须 要 必须 应当 应该 务必 尽快"),
	wordsOf("不妨 最好 可以 可由 可将 可把 可在 能不能 能否 是否可"),
	wordsOf("由 让"),
	wordsOf("把 将 对 在 给"),
}

// The first ways ask by themselves, wherever they stand.
const (
	plainWays        = 5
	plainAsks asking = 1<<plainWays - 1
)

const hashSeed = 14695981039346656037

func hashed(h uint64, r rune) uint64 { return (h ^ uint64(r)) * 1099511628211 }

// describer finds the features of passages.
type describer struct {
	d        *document
	passages []passage
	text     []rune // of all passages
	runes    []rune // of the passage at hand
	w        *weights
	sum      roleSums    // of the weights of the passage at hand
	keys     []uint32    // of the passages, without weights
	seen     [256]uint64 // pairs of characters of the passage at hand, by their hash
	stamp    uint64

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
		u := &passages[i]
		x.read(u)
		x.say(u)
		if u.form == formParagraph && len(x.runes) <= longestHeadline && x.headline(i) {
			u.form = formHeadline
		}
		if u.style != 0 {
			x.styles[x.style(u.style)].count++
		} else if len(x.runes) >= 2 {
			h := x.firstTwo()
			if x.alike[h]++; u.form != formSentence {
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

// read takes the characters of a passage behind its mark, without white space and with signs of full width.
func (x *describer) read(u *passage) {
	u.from = len(x.text)
	for i := u.text; i < u.b; {
		if startsHan(x.d.src[i]) {
			x.text = append(x.text, han(x.d.src[i:]))
			i += hanSize
			continue
		}
		r, size := decode(x.d.src[i:])
		if !isBlank(r) {
			x.text = append(x.text, fullWidth(x.d.signAt(i, r)))
		}
		i += size
	}
	u.to = len(x.text)
	x.runes = x.text[u.from:u.to]
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

// word adds a feature that is one of very many: words, by their hash.
func (x *describer) word(f feature, h uint64) {
	h = (hashSeed^uint64(f))*1099511628211 + h*0xff51afd7ed558ccd
	key := uint32(h * 0x9e3779b97f4a7c15 >> 32)
	if key < firstWord {
		key += firstWord
	}
	if x.w == nil {
		x.keys = append(x.keys, key)
		return
	}
	x.w.add(key, &x.sum)
}

// fact adds a feature with one of few values.
func (x *describer) fact(f feature, value int) {
	key := uint32(f)*factValues + uint32(value)
	if x.w == nil {
		x.keys = append(x.keys, key)
		return
	}
	for r, v := range x.w.facts[key] {
		x.sum[r] += int32(v)
	}
}

// The keys of facts stand below those of words.
const (
	factValues = 512
	firstWord  = uint32(featuresEnd) * factValues
)

// signIndex tells the signs that a passage may end with.
func signIndex(r rune) int { return strings.IndexRune(passageSigns, r) + 1 }

// size puts a number into one of a few classes.
func size(n int) int {
	if n < 4 {
		return n
	}
	return min(bits.Len(uint(n)), 8) + 1
}

// waysAndLeave are the ways of asking that are looked for anywhere, and then the words of leave-taking.
var waysAndLeave = taggedOf(append(slices.Clone(ways[:plainWays]), leaveWords)...)

// say finds what the word lists know of a passage, and in which ways it asks.
func (x *describer) say(u *passage) {
	s := squeeze(x.d.src[u.text:u.b])
	bare := strings.TrimRight(s, "：:。")
	plain := withoutConnectors(s)
	if len(plain) < len(s) {
		u.plain = cut(plain, 3)
	}
	suggest, loosely := suggests(plain)
	found := waysAndLeave.in(s)
	u.asks = asking(found) & plainAsks
	for k, w := range ways[plainWays:] {
		if w.begins(s) {
			u.asks |= 1 << (plainWays + k)
		}
	}
	leave := len(s) <= longestLeave && (courtesies.begins(s) || found&(1<<plainWays) != 0) // of the whole paper
	for _, k := range [...]struct {
		kind wordKinds
		is   bool
	}{
		{wordsSuggest, suggest}, {wordsSuggestLoosely, suggest || loosely}, {wordsAct, isAction(s)},
		{wordsBackground, isBackground(opening(s))}, {wordsCourtesy, isCourtesy(s)}, {wordsLeave, leave},
		{wordsClose, isClosing(s)}, {wordsContinue, continues(s)}, {wordsAnnounce, announcesSuggestions(bare) || mayAnnounce(bare)},
	} {
		if k.is {
			u.words |= k.kind
		}
	}
}

// passage adds the features of passage i.
func (x *describer) passage(i, tail int) {
	u := &x.passages[i]
	x.runes = x.text[u.from:u.to]
	x.fact(featBias, 0)
	x.lexical(u)
	x.shape(i)
	x.numbers(u)
	x.requests(i)
	x.surroundings(u)
	x.neighbours(i, tail)
}

// numerals are what cnDigit knows.
var numerals = wordsOf("一 二 三 四 五 六 七 八 九 十 壹 贰 叁 肆 伍 陆 柒 捌 玖 拾")

// lexical adds what the passage says.
func (x *describer) lexical(u *passage) {
	h := uint64(hashSeed)
	for n, r := range x.runes[:min(4, len(x.runes))] {
		h = hashed(h, r)
		x.word(featBegins, h+uint64(n))
	}
	h = hashSeed
	for _, r := range u.plain {
		h = hashed(h, fullWidth(r))
		x.word(featBeginsBare, h)
	}
	x.fact(featSign, signIndex(x.last()))
	words := x.runes
	for len(words) > 0 && strings.ContainsRune("。；！？”）", words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	h = hashSeed
	for n := 1; n <= min(4, len(words)); n++ {
		if h = hashed(h, words[len(words)-n]); n > 1 {
			x.word(featEnds, h)
		}
	}
	x.stamp++
	digits := 0
	for k, r := range words {
		if r == '0' || numerals.has(r) && cnDigit(r) > 0 {
			digits++
		}
		if k == 0 {
			continue
		}
		h := hashed(hashed(hashSeed, words[k-1]), r)
		if at := &x.seen[h*0x9e3779b97f4a7c15>>56]; *at != h^x.stamp {
			*at = h ^ x.stamp
			x.word(featPair, h)
		}
	}
	x.fact(featLength, size(len(x.runes)))
	x.fact(featDigits, size(digits))
	for w := u.words; w != 0; w &= w - 1 {
		x.fact(featWords, bits.TrailingZeros16(uint16(w)))
	}
}

// shape adds how the passage stands on the page.
func (x *describer) shape(i int) {
	u := &x.passages[i]
	x.fact(featForm, int(u.form))
	if u.form != formSentence {
		if i > 0 && x.d.blankBetween(x.passages[i-1].b, u.a) {
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
func (x *describer) numbers(u *passage) {
	x.fact(featStyle, u.style.index())
	if u.style == 0 {
		x.unnumbered(u)
		return
	}
	x.fact(featMarkedForm, int(u.form))
	x.fact(featRelation, int(u.rel))
	order := x.style(u.style)
	x.fact(featCount, size(x.styles[order].count))
	x.fact(featOrder, size(order))
	x.fact(featOrderRelation, size(order)*int(relations)+int(u.rel))
	if u.chain > 0 {
		x.fact(featDepth, min(u.depth, 15))
		x.fact(featItems, size(x.items[u.chain]))
		l := x.lists[u.chain]
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

func (x *describer) unnumbered(u *passage) {
	if len(x.runes) >= 2 {
		h := x.firstTwo()
		x.fact(featAlike, size(int(x.alike[h])))
		if u.form != formSentence {
			x.fact(featAlikeParagraph, size(int(x.alikeParagraphs[h])))
		}
	}
	if !x.marked {
		return
	}
	if u.form != formSentence {
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

// paragraphsAsk finds in which ways paragraphs ask for something.
func (x *describer) paragraphsAsk() {
	n := len(x.passages)
	x.laterAsks, x.ended = make([]int, n), make([]asking, n)
	later, behind := 0, asking(0)
	for i := n - 1; i >= 0; i-- {
		u := &x.passages[i]
		x.laterAsks[i], x.ended[i] = later, behind
		behind |= u.asks
		if u.form != formSentence {
			if behind&plainAsks != 0 && u.style == 0 {
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
		u := &x.passages[i]
		var has uint8
		switch {
		case u.part && u.class == classSuggest || u.words&wordsAnnounce != 0:
			has = spanLabel
		case u.part && u.class == classBackground:
			has = spanProblem
		}
		if u.style == 0 && has == 0 {
			continue
		}
		own := -1
		for k, o := range open {
			x.spans[o.at] |= has
			if o.style == u.style {
				own = k
			} else if u.style != 0 {
				x.spans[o.at] |= spanList
			}
		}
		switch {
		case u.style == 0:
		case own >= 0:
			open[own].at = i
		default:
			open = append(open, last{u.style, i})
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
		u := &x.passages[i]
		if u.part && u.class == classSuggest && len(x.d.src[u.a:u.b]) <= longestLabelPassage {
			labels++
		}
		if u.style == 0 && u.form == formHeadline {
			headlines++
		}
		if u.chain == 0 {
			continue
		}
		l := &x.lists[u.chain]
		if l.items == 0 && i > 0 {
			above := &x.passages[i-1]
			l.announced = above.class == classSuggest || above.words&wordsAnnounce != 0
		}
		l.items++
		l.asks += bit((u.asks|x.ended[i])&plainAsks != 0, 1)
		l.acts += bit(u.words&wordsAct != 0, 1)
		l.problems += bit(u.words&wordsBackground != 0, 1)
	}
	x.labels, x.headlines = size(labels), size(headlines)
}

// longestLabelPassage bounds, in bytes, a passage that is no more than a label.
const longestLabelPassage = 12 * hanSize

// requests adds in which ways the passage and its paragraph ask for something.
func (x *describer) requests(i int) {
	u := &x.passages[i]
	for k := range ways {
		if u.asks&(1<<k) != 0 {
			x.fact(featAsks, k)
		}
		if u.form != formSentence && x.ended[i]&(1<<k) != 0 {
			x.fact(featParagraphAsks, k)
		}
	}
	if u.form != formSentence && (x.ended[i]|u.asks)&plainAsks == 0 {
		x.fact(featParagraphAsks, 99)
	}
	place := int(u.form)*2 + bit(u.style != 0, 1)
	x.fact(featLabels, x.labels*8+place)
	x.fact(featHeadlines, x.headlines*8+place)
	if u.form == formHeadline && i+1 < len(x.passages) {
		next := x.passages[i+1].asks | x.ended[i+1]
		x.fact(featNextParagraphAsks, bit(next&plainAsks != 0, 1))
	}
	later := size(min(x.laterAsks[i], 3))
	x.fact(featLaterAsks, later)
	x.fact(featLaterAsksForm, later*int(forms)+int(u.form)+100*bit(u.style != 0, 1))
	if u.style != 0 {
		x.fact(featSpan, int(x.spans[i]))
		x.fact(featSpanRelation, int(x.spans[i])*int(relations)+int(u.rel))
	}
}

// surroundings adds under which announcement the passage stands.
func (x *describer) surroundings(u *passage) {
	if u.class != noClass || u.chain > 0 {
		x.fact(featClass, int(u.class))
	}
	if u.part {
		x.fact(featPart, int(u.class))
	}
	switch {
	case u.class == classSuggest, u.style != 0 && u.words&wordsAnnounce != 0 && u.b-u.text <= longestHeading*hanSize:
		x.ground = groundSuggestions
	case u.class == classBackground && u.part:
		x.ground = groundBackground
	case u.chain > 0 && u.form == formHeadline && u.words&wordsBackground != 0:
		x.ground = groundHeading
	}
	u.under = x.ground
	x.fact(featUnder, int(x.ground))
	style := u.style.index()
	if style == 0 {
		style = shapedIndex + 1 + int(u.form)
	}
	x.fact(featUnderStyle, style*8+int(x.ground))
}

// neighbours adds what stands before and behind the passage.
func (x *describer) neighbours(i, tail int) {
	u := &x.passages[i]
	if u.a >= tail {
		x.fact(featTail, 0)
	}
	last := i+1 == len(x.passages) || x.passages[i+1].a >= tail
	if last {
		x.fact(featLastOfBody, 0)
	}
	if u.asks&plainAsks == 0 && u.words&wordsAct == 0 {
		x.fact(featQuiet, bit(last, 4)+int(u.form))
	}
	if i+1 < len(x.passages) {
		next := &x.passages[i+1]
		paragraph := 0
		if next.form != formSentence {
			paragraph = 1
		}
		x.fact(featBehind, next.style.index()*2+paragraph)
		x.fact(featBehindForm, int(u.form)*2+paragraph)
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
	x.fact(featBeforeForm, before*int(forms)+int(u.form))
	x.fact(featBeforeStyle, above.style.index())
	for _, w := range [...]wordKinds{wordsSuggestLoosely, wordsAct, wordsAnnounce} {
		if above.words&w != 0 {
			k := bits.TrailingZeros16(uint16(w))
			x.fact(featBeforeWords, k)
			x.fact(featBeforeWordsForm, k*int(forms)+int(u.form))
		}
	}
}
