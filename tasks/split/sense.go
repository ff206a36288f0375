package split

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// sense divides a part without numbering by its words.
func (d *document) sense(p part, told bool) (items, other []item) {
	paras := d.paragraphs(p.lo, p.hi)
	for n := len(paras); n > 1; n-- {
		last, above := paras[n-1], paras[n-2]
		name := last.heading && !above.heading && endsSentence(lastRune(d.src[above.a:above.b])) // heads nothing
		if !name && !takesLeave(squeeze(d.src[last.a:last.b])) {
			break
		}
		p.hi, paras = last.a, paras[:n-1]
	}
	if len(paras) == 0 || isCourtesy(squeeze(cut(d.src[paras[0].a:paras[0].b], 12))) && len(paras) == 1 {
		return nil, nil
	}
	first := paras[0].a
	if !told {
		at, ok := d.firstSuggestion(paras)
		if items = d.untold(paras, at, p.hi); items != nil {
			return items, []item{{first, first, p.hi, ReasonWhole}}
		}
		if !ok {
			if starts := d.lastHeadings(paras); starts != nil {
				return d.between(starts, p.hi, ReasonParagraph), []item{{first, first, p.hi, ReasonWhole}}
			}
			if first, ok = d.firstRequest(paras); ok {
				return d.sense(part{lo: first, hi: p.hi}, true)
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
	paras, p.hi = d.withoutEpilogue(paras, p.hi)
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

var connectors = wordsOf("我认为， 我认为, 我们认为， 我们认为, 笔者认为， 笔者认为, 本人认为， 本人认为, 同时 另外 此外 还 并 谨 再者 最后 其次 首先 为此 因此 综上所述 综上 鉴于此 鉴于以上情况 对此 基于此 基于以上 所以 我们 我 本人 特 也 一方面 另一方面 ， ,")

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
