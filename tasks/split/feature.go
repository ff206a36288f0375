package split

import (
	"math/bits"
	"strings"
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
	_ // free: the places of the others stand in weights.bin
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

const hashSeed = 14695981039346656037

func hashed(h uint64, r rune) uint64 { return (h ^ uint64(r)) * 1099511628211 }

// word adds a feature that is one of very many: words, by their hash.
func (x *describer) word(f feature, h uint64) {
	key := uint32((h + uint64(f)<<24) * 0x9e3779b97f4a7c15 >> 32)
	if key < firstWord {
		key += firstWord
	}
	if x.w == nil {
		x.keys = append(x.keys, key)
		return
	}
	if x.w.knows(key) {
		x.w.add(key, &x.sum)
	}
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
