package split

import (
	"strings"
	"unicode/utf8"
)

// announces reports whether a line that stands alone is the heading of suggestions.
func announces(line string) bool {
	s := strings.TrimRight(squeeze(line), "。：:")
	if strings.HasPrefix(s, "关于") {
		return false // one topic of several
	}
	return len(s) <= longestHeading*hanSize && !hasSign(s, "。；：") && (announcesSuggestions(s) || mayAnnounce(s))
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
