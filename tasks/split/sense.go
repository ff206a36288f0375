package split

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// sense divides a part without numbering by its words.
func (d *document) sense(p part, told bool) (items, other []item) {
	paras := d.paragraphs(p.lo, p.hi)
	for len(paras) > 1 && takesLeave(squeeze(d.src[paras[len(paras)-1].a:paras[len(paras)-1].b])) {
		p.hi = paras[len(paras)-1].a
		paras = paras[:len(paras)-1]
	}
	if len(paras) == 0 || isCourtesy(squeeze(cut(d.src[paras[0].a:paras[0].b], 12))) && len(paras) == 1 {
		return nil, nil
	}
	first := paras[0].a
	if !told {
		at, ok := d.firstSuggestion(paras)
		if !ok {
			if starts := d.lastHeadings(paras); starts != nil {
				return d.between(starts, p.hi, ReasonParagraph), []item{{first, first, p.hi, ReasonWhole}}
			}
			return []item{{first, first, p.hi, ReasonWhole}}, nil
		}
		items, other = d.sense(part{lo: at, hi: p.hi}, true)
		for i := range items {
			items[i].reason = ReasonSense
		}
		return d.withoutAfterthoughts(items), other
	}
	for len(paras) > 1 && looksAround(squeeze(cut(d.src[paras[0].a:paras[0].b], 12))) {
		paras = paras[1:]
		first = paras[0].a
	}
	if n := len(paras); n > 1 && d.suggestions(paras[0]) > 1 && !slices.ContainsFunc(paras[1:], d.goesOnSuggesting) {
		p.hi = paras[1].a // what follows closes the paper
		paras = paras[:1]
	}
	starts, reason := d.starts(paras)
	whole := []item{{first, first, p.hi, ReasonOnly}}
	if len(starts) < 2 {
		return whole, nil
	}
	return d.between(starts, p.hi, reason), whole
}

// between makes items that go from one start to the next.
func (d *document) between(starts []int, end int, reason Reason) []item {
	items := make([]item, len(starts))
	for k, at := range starts {
		items[k] = item{at, at, end, reason}
		if k > 0 {
			items[k-1].end = at
		}
	}
	return items
}

// fewestHeadings is how many headings there must be to divide a paper by them alone.
const fewestHeadings = 3

// lastHeadings returns where the headings stand that divide the last paragraphs of a
// paper, each with text below it and none of it about problems; nil when there are few.
func (d *document) lastHeadings(paras []paragraph) (starts []int) {
	for k, p := range paras {
		s := squeeze(d.src[p.a:p.b])
		switch {
		case !p.heading || isCourtesy(s):
		case k+1 == len(paras) || paras[k+1].heading || isBackground(s):
			starts = nil
		default:
			starts = append(starts, p.a)
		}
	}
	if len(starts) < fewestHeadings || starts[0] == paras[0].a {
		return nil
	}
	return starts
}

// withoutAfterthoughts drops the paragraphs at the end that suggest nothing, where
// nothing but the words tells what is a suggestion.
func (d *document) withoutAfterthoughts(items []item) []item {
	for n := len(items); n > 1; n-- {
		s := squeeze(cut(d.src[items[n-1].start:items[n-1].end], 24))
		if suggests(s, true) || isAction(withoutConnectors(s)) {
			break
		}
		items = items[:n-1]
	}
	return items
}

// starts returns where the suggestions begin in a part that has nothing else:
// at its headings, its paragraphs, or the sentences of its only paragraph.
func (d *document) starts(paras []paragraph) (starts []int, r Reason) {
	for k, p := range paras {
		if _, _, marked := d.markAt(d.lineAt(p.a)); p.heading && !marked && k+1 < len(paras) {
			starts = append(starts, p.a)
		}
	}
	if len(starts) > 1 && starts[0] == paras[0].a {
		return starts, ReasonParagraph
	}
	if starts = d.addressed(paras); starts != nil {
		return starts, ReasonParagraph
	}
	for k, p := range paras {
		if k == 0 || d.holdsSuggestion(p) {
			starts = append(starts, p.a)
		}
	}
	if len(starts) > 1 && suggests(squeeze(cut(d.src[paras[0].a:paras[0].b], 24)), false) {
		if len(paras) == 2 && d.suggestions(paras[0])+d.suggestions(paras[1]) > 2 {
			return d.suggestingSentences(paras), ReasonSense // one paragraph that a page broke
		}
		return starts, ReasonParagraph
	}
	starts = starts[:0]
	for k, p := range paras {
		if k == 0 || !continues(squeeze(cut(d.src[p.a:p.b], 8))) {
			starts = append(starts, p.a)
		}
	}
	if len(starts) > 1 {
		return starts, ReasonParagraph
	}
	if starts = d.flattened(paras[0]); len(starts) > 1 {
		return starts, ReasonParagraph
	}
	starts = starts[:0]
	d.sentences(paras[0], func(at int, s string) bool {
		if suggests(s, true) {
			starts = append(starts, at)
		}
		return true
	})
	if len(starts) > 0 {
		starts[0] = paras[0].a
	}
	return starts, ReasonSense
}

// suggestingSentences returns where the sentences begin that start by suggesting something.
func (d *document) suggestingSentences(paras []paragraph) (starts []int) {
	for _, p := range paras {
		d.sentences(p, func(at int, s string) bool {
			if suggests(s, false) {
				starts = append(starts, at)
			}
			return true
		})
	}
	return starts
}

// suggestions counts the sentences of a paragraph that begin by suggesting something.
func (d *document) suggestions(p paragraph) (n int) {
	d.sentences(p, func(_ int, s string) bool {
		if suggests(s, false) {
			n++
		}
		return true
	})
	return n
}

// holdsSuggestion also takes a first sentence that comes to it behind a comma: 对…，建议….
func (d *document) holdsSuggestion(p paragraph) bool {
	if d.suggestions(p) > 0 {
		return true
	}
	first := d.src[p.a:p.b]
	if i := indexSign(first, "。"); i > 0 {
		first = first[:i]
	}
	return strings.Contains(first, "，建议") || strings.Contains(first, ",建议")
}

// goesOnSuggesting reports whether a paragraph may belong to the suggestions above it.
func (d *document) goesOnSuggesting(p paragraph) bool {
	s := squeeze(cut(d.src[p.a:p.b], 24))
	return d.holdsSuggestion(p) || isAction(s) || continues(s) || suggests(s, true)
}

// addressed returns the paragraphs when each says first whom it is for: 教育部门：…
func (d *document) addressed(paras []paragraph) (starts []int) {
	for _, p := range paras {
		i := indexSign(cut(d.src[p.a:p.b], longestAddressee), "：:，。；、")
		if i <= 0 || !addressees.of(squeeze(d.src[p.a:p.a+i])) || strings.HasPrefix(d.src[p.a+i:], "，") || strings.HasPrefix(d.src[p.a+i:], "。") {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(d.src[p.a+i:]); r == '：' || r == ':' {
			starts = append(starts, p.a)
		}
	}
	if len(starts) < 2 || starts[0] != paras[0].a {
		return nil
	}
	return starts
}

// longestAddressee bounds, in characters, whom a paragraph is for.
const longestAddressee = 16

var addressees = endingsOf("部门 局 委 办 厅 妇联 团委 工会 残联 单位 政府 街道 乡镇 公司 企业 学校 医院 社区 法院 检察院 方面")

// flattened returns where the paragraphs begin that were joined to one with a space
// between them, as when a page is copied.
func (d *document) flattened(p paragraph) []int {
	starts := []int{p.a}
	for i := p.a; i < p.b; {
		r, size := utf8.DecodeRuneInString(d.src[i:])
		r = d.signAt(i, r)
		i += size
		if r == '。' && i < p.b && isSpace(rune(d.src[i])) {
			starts = append(starts, d.skipBlank(i, 24))
		}
	}
	return starts
}

// firstSuggestion returns where the first sentence begins that suggests something, or
// else the first that comes to it behind a comma.
func (d *document) firstSuggestion(paras []paragraph) (int, bool) {
	found := -1
	for _, p := range paras {
		d.sentences(p, func(at int, s string) bool {
			if suggests(s, false) {
				found = at
			}
			return found < 0
		})
		if found >= 0 {
			return found, true
		}
	}
	for _, p := range paras {
		from := p.a
		for at := p.a; at < p.b; {
			i := indexSign(d.src[at:p.b], "。；;！？，,.")
			if i < 0 {
				break
			}
			r, size := utf8.DecodeRuneInString(d.src[at+i:])
			if r == '.' && !fullStop(d.src, at+i) {
				at += i + size
				continue
			}
			at += i + size
			if r != '，' && r != ',' {
				from = at
			} else if asks.begins(d.src[d.skipBlank(at, 24):]) {
				if !reasons.begins(d.src[d.skipBlank(from, 24):]) {
					from = at
				}
				return d.skipBlank(from, 24), true
			}
		}
	}
	return 0, false
}

// What a clause begins with that asks for something, and a sentence that gives the
// reason before it asks.
var (
	asks    = wordsOf("建议 恳请 请求 希望 呼吁 特建议 为此 因此建议")
	reasons = wordsOf("为 鉴于 针对 考虑到 结合 随着")
)

// sentences calls yield with the offset and the first characters of each sentence.
func (d *document) sentences(p paragraph, yield func(at int, s string) bool) {
	fresh := true
	for i := p.a; i < p.b; {
		if !fresh && startsHan(d.src[i]) {
			i += hanSize
			continue
		}
		r, size := utf8.DecodeRuneInString(d.src[i:])
		switch {
		case isBlank(r):
		case fresh:
			fresh = false
			if !yield(i, squeeze(cut(d.src[i:p.b], 24))) {
				return
			}
		}
		if r = d.signAt(i, r); r == '。' || r == '；' || r == ';' || r == '！' || r == '？' {
			fresh = true
		}
		i += size
	}
}

var connectors = wordsOf("我认为， 我认为, 我们认为， 我们认为, 笔者认为， 笔者认为, 本人认为， 本人认为, 同时 另外 此外 还 并 再者 最后 其次 首先 为此 因此 综上所述 综上 鉴于此 鉴于以上情况 对此 基于此 基于以上 所以 我们 我 本人 特 也 一方面 另一方面 ， ,")

func withoutConnectors(s string) string {
	for {
		c := connectors.prefix(s)
		if c == "" {
			return s
		}
		s = s[len(c):]
	}
}

// suggests reports whether a sentence begins by suggesting something.
func suggests(s string, loose bool) bool {
	s = withoutConnectors(s)
	if looksAround(s) {
		return false
	}
	if strict.begins(s) {
		return true
	}
	return loose && (strings.HasPrefix(s, "应") || strings.HasPrefix(s, "要")) && !strings.HasPrefix(s, "要求") && !strings.HasPrefix(s, "应用")
}

// strict are words that a suggestion begins with, and hardly anything else.
var strict = wordsOf("建议 希望 呼吁 提议 应当 应该 应尽快 请求 亟需 恳请 提请")

// continues reports whether a paragraph carries on the one before it.
func continues(s string) bool {
	for _, w := range []string{"例如", "比如", "目前", "据", "其中", "这", "该", "因此", "只有", "通过", "此举", "从而", "如此", "对此", "当前", "具体"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// paragraphsAround reports whether a part whose only list stands inside a
// paragraph has other paragraphs that suggest something: then the list is theirs. One
// behind it may be no more than a last request.
func (d *document) paragraphsAround(o *outline, p part, top []int) bool {
	first, last := o.nodes[top[0]].start, o.nodes[top[len(top)-1]].start
	behind := 0
	for q := range d.eachParagraph(p.lo, p.hi) {
		if s := squeeze(cut(d.src[q.a:q.b], 24)); isCourtesy(s) || !suggests(s, true) && !isAction(s) {
			continue
		}
		switch {
		case q.b <= first:
			return true
		case q.a > last:
			behind++
		}
	}
	return behind > 1
}
