package similar

import (
	"cmp"
	"math"
	"slices"
)

// pair codes two neighbouring characters without loss: Chinese characters, digits and Latin letters have a number each.
type pair uint32

const (
	firstHan = 0x4e00
	lastHan  = 0x9fff
	alphabet = lastHan - firstHan + 1 + 10 + 26
)

// number places a character in the alphabet; capitals are small letters.
func number(r rune) (uint32, bool) {
	switch {
	case r >= firstHan && r <= lastHan:
		return uint32(r - firstHan), true
	case r >= '0' && r <= '9':
		return uint32(lastHan-firstHan+1) + uint32(r-'0'), true
	case r >= 'a' && r <= 'z':
		return uint32(lastHan-firstHan+11) + uint32(r-'a'), true
	case r >= 'A' && r <= 'Z':
		return uint32(lastHan-firstHan+11) + uint32(r-'A'), true
	}
	return 0, false
}

// pairs calls yield for every pair of a text; fresh says that it does not continue the one before. White space does
// not part characters: pasted text has it anywhere.
func pairs(text string, yield func(p pair, a, b rune, fresh bool)) {
	var prev rune
	var have uint32
	fresh := true
	for _, r := range text {
		if r == ' ' || r == '\n' || r == '\r' || r == '\t' || r == '\u3000' {
			continue
		}
		n, ok := number(r)
		if !ok {
			prev, fresh = 0, true
			continue
		}
		if prev != 0 {
			yield(pair(have*alphabet+n), prev, r, fresh)
			fresh = false
		}
		prev, have = r, n
	}
}

func count(text string) map[pair]int {
	counts := make(map[pair]int, len(text)/4)
	pairs(text, func(p pair, _, _ rune, _ bool) { counts[p]++ })
	return counts
}

func slot(p pair) uint32 { return uint32(p) * 2654435769 >> (32 - 18) }

// weighed is a pair of a text with what it weighs in the index and how much it tells of the text.
type weighed struct {
	pair   pair
	weight float64
	tells  float64
}

// ranked lists the pairs of a text, those that tell most of it first.
func (x *Index) ranked(counts map[pair]int) []weighed {
	list := make([]weighed, 0, len(counts))
	for p, k := range counts {
		w := weighed{pair: p, weight: x.weight(p)}
		if w.tells = w.weight; k > 1 {
			w.tells *= 1 + math.Log(float64(k))
		}
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b weighed) int { return cmp.Or(cmp.Compare(b.tells, a.tells), cmp.Compare(a.pair, b.pair)) })
	return list
}

// inOrder returns the pairs of a list in order, with their squared weights, and the sum of these.
func inOrder(list []weighed) (kept []pair, squares []float32, mass float32) {
	slices.SortFunc(list, func(a, b weighed) int { return cmp.Compare(a.pair, b.pair) })
	kept, squares = make([]pair, len(list)), make([]float32, len(list))
	sum := 0.0
	for i, w := range list {
		kept[i], squares[i] = w.pair, float32(w.weight*w.weight)
		sum += w.weight * w.weight
	}
	return kept, squares, float32(sum)
}

// Turns of official language that say nothing about a topic. They let the first texts of an index be compared sensibly.
const turns = `建议我市进一步加强完善推进落实加大力度开展工作提高水平促进发展建设管理服务相关有关部门单位情况问题目前近年来
由于存在不足积极研究制定措施实施方案机制体系建立健全统筹协调联动组织领导指导支持鼓励引导推动实现保障提升优化充分发挥作用
重点项目资金投入政策规定要求标准规范程序责任监督检查考核评估群众需求社会各界人民政府委员代表提案答复办理感谢关心收悉现将如下
通过对于以及并且同时其中按照根据结合实际下一步继续将会已经能够可以应当全市我们他们一是二是三是四是五是第一第二第三一个一些等方面`

// What the prior counts as: so many texts, of which so many have each of the turns.
const (
	priorTexts = 100
	priorSeen  = 40
)

func (x *Index) prior() {
	x.texts = priorTexts
	for p := range count(turns) {
		x.seen[slot(p)] = priorSeen
	}
}
