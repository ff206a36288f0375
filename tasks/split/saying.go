package split

import (
	"math/bits"
	"slices"
	"strings"
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

// waysAndLeave are the ways of asking that are looked for anywhere, and then the words of leave-taking.
var waysAndLeave = taggedOf(append(slices.Clone(ways[:plainWays]), leaveWords)...)

// say finds what the word lists know of a passage whose text is s, and in which ways it asks.
func (x *describer) say(p *passage, s string) {
	bare := withoutSign(s)
	plain := withoutConnectors(s)
	if len(plain) < len(s) {
		p.plain = cut(plain, 3)
	}
	suggest, loosely := suggests(plain)
	found := waysAndLeave.in(s)
	p.asks = asking(found) & plainAsks
	for k, w := range ways[plainWays:] {
		if w.begins(s) {
			p.asks |= 1 << (plainWays + k)
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
			p.words |= k.kind
		}
	}
}

// withoutSign returns s without the colon or full stop at its end.
func withoutSign(s string) string {
	for _, sign := range [...]string{"：", "。", ":"} {
		if bare, ok := strings.CutSuffix(s, sign); ok {
			return bare
		}
	}
	return s
}

// numerals are what cnDigit knows.
var numerals = wordsOf("一 二 三 四 五 六 七 八 九 十 壹 贰 叁 肆 伍 陆 柒 捌 玖 拾")

// lexical adds what the passage says.
func (x *describer) lexical(p *passage) {
	h := uint64(hashSeed)
	for n, r := range x.runes[:min(4, len(x.runes))] {
		h = hashed(h, r)
		x.word(featBegins, h+uint64(n))
	}
	h = hashSeed
	for _, r := range p.plain {
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
	digits := 0
	for k, r := range words {
		if r == '0' || numerals.has(r) && cnDigit(r) > 0 {
			digits++
		}
		if k > 0 {
			x.word(featPair, uint64(words[k-1])<<32|uint64(r))
		}
	}
	x.fact(featLength, size(len(x.runes)))
	x.fact(featDigits, size(digits))
	for w := p.words; w != 0; w &= w - 1 {
		x.fact(featWords, bits.TrailingZeros16(uint16(w)))
	}
}
