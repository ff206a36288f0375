package split

import (
	"strings"
	"unicode/utf8"
)

// heads reports whether numbered node i is the heading of the suggestions.
func (o *outline) heads(d *document, i int) bool {
	n := o.nodes[i]
	s := clause(d.src[n.text:], 40)
	if procedures.in(s) {
		return false // 五、办理建议 behind the suggestions
	}
	if announcesSuggestions(s) {
		return true
	}
	if !mayAnnounce(s) || strings.HasPrefix(s, "关于") && o.oneOf(d, n) {
		return false
	}
	below := 0
	for j := i + 1; j < o.after(i); j++ {
		if m := o.nodes[j]; m.style != stylePart && m.line && m.depth == n.depth+1 {
			below++
		}
	}
	return below > 1
}

// oneOf reports whether a list has other items that are headed like n: 一、关于…的建议 二、关于…的建议.
func (o *outline) oneOf(d *document, n node) bool {
	for _, m := range o.nodes {
		if m.chain != n.chain || m.start == n.start || !strings.HasPrefix(d.src[m.text:], "关于") {
			continue
		}
		if mayAnnounce(clause(d.src[m.text:], 40)) {
			return true
		}
	}
	return false
}

// under returns the part below node i up to node to; a heading that only announces
// the suggestions is none of it.
func (o *outline) under(d *document, i, to int) part {
	n := o.nodes[i]
	p := part{i + 1, to, n.text, o.offset(to)}
	if n.style == stylePart || !n.line {
		return p
	}
	if l := d.lines[min(d.lineAt(n.text), len(d.lines)-1)]; n.text < l.b && announces(d.src[n.text:l.b]) {
		p.lo = min(l.b, p.hi)
	}
	return p
}

// announces reports whether a line that stands alone is the heading of suggestions.
func announces(line string) bool {
	s := strings.TrimRight(squeeze(line), "。：:")
	if strings.HasPrefix(s, "关于") {
		return false // one topic of several
	}
	return len(s) <= longestHeading*hanSize && !hasSign(s, "。；：") && (announcesSuggestions(s) || mayAnnounce(s))
}

// partEnd returns the node at which the part of node i ends. Suggestions that
// are announced again go on in it.
func (o *outline) partEnd(i int) int {
	for j := i + 1; j < len(o.nodes); j++ {
		if m := o.nodes[j]; m.style == stylePart && !m.leadIn && m.class != classSuggest {
			return j
		}
	}
	return len(o.nodes)
}

// leadEnd returns the node at which a part ends that a sentence announced: with
// the item that holds the sentence when the list begins inside it.
func (o *outline) leadEnd(i int) int {
	end := o.partEnd(i)
	depth := o.nodes[i].depth
	if j := i + 1; j < end && o.nodes[j].style != stylePart && o.nodes[j].depth <= depth {
		return end
	}
	for j := i + 1; j < end; j++ {
		if m := o.nodes[j]; m.style != stylePart && m.depth <= depth {
			return j
		}
	}
	return end
}

// What a sentence speaks of that leads in a list of suggestions or of problems.
var (
	suggestionLeads = wordsOf("建议 对策 实施意见")
	suggestionEnds  = endingsOf("措施 以下工作")
	countWords      = wordsOf("以下 如下 下列 几个方面 几方面 几点 几条 个方面")
	effortWords     = wordsOf("解决 请求 帮助 恳请 希望 着力 发力 入手 努力 推进 做起 改进 下功夫 着手 加以解决 提出 措施")
	joinedEfforts   = wordsOf("各尽其责 多管齐下 综合施策 齐抓共管 形成合力 协同发力")
	problemLeads    = wordsOf("问题 原因 困难 不足 情况 表现 隐患")
)

// announces reports whether the text [from, to) before the sign r says that
// suggestions, or an account of problems, follow.
func (d *document) announces(from, to int, r rune, at, end int) class {
	if to-from > 120 || to <= from {
		return noClass
	}
	ends := skip(d.src, at) >= end
	if !ends {
		_, _, ends = parseMark(d.src, skip(d.src, at), false)
	}
	if r == '。' && !ends {
		return noClass
	}
	s := squeeze(d.src[from:to])
	switch {
	case announcesSuggestions(s):
		if r != '。' || strings.ContainsAny(s, "下几") {
			return classSuggest
		}
	case !ends:
	case len(s) <= longestHeading*hanSize && joinedEfforts.in(s):
		return classSuggest
	case countWords.in(s) && !problemLeads.in(s) && (suggestionLeads.in(s) || effortWords.in(s)):
		return classSuggest
	case r == '。':
	case suggestionLeads.in(s) || suggestionEnds.of(s):
		return classSuggest
	case problemLeads.in(s):
		return classBackground
	}
	return noClass
}

// longestQuestion bounds, in characters, a question that a list answers.
const longestQuestion = 24

// asksWhat reports whether the question [from, to) at the start of a line that ends at
// end asks what is to be done, and a list on the next lines answers: 如何破题？
func (d *document) asksWhat(from, to, end int) bool {
	i := d.lineAt(from)
	if d.lines[i].a != from || utf8.RuneCountInString(d.src[from:to]) > longestQuestion || !questions.begins(d.src[from:to]) {
		return false
	}
	for i++; i < len(d.lines) && d.lines[i].blank(); i++ {
	}
	if i == len(d.lines) || problemLeads.in(d.src[to:end]) {
		return false
	}
	m, _, ok := d.markAt(i)
	return ok && (m.num == 1 || m.num == next)
}
