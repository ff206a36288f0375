package split

import (
	"strings"
	"unicode/utf8"
)

// What a clause begins with that says what somebody should do, what begins like it and
// says nothing of the kind, and what such a clause may hold behind its subject.
var (
	requests = wordsOf("请 希望 建议 盼 恳 求 望 呼吁 提议 应当 应该 应由 应将 应把 可由 可以由 能不能 能否 可否 不妨 不如 先求 想请 还请")
	others   = wordsOf("请假 请客 请了 请来 请示 请教了 请教过 请愿 请不 请问 请过 求助 求医 求学 求职 求人 求证 望着 望去 望见 望不 望到")
	duties   = wordsOf("应当 应该 应由 应将 应把")
	mays     = wordsOf("可 要 应 可以 还可以 也可以")
)

// asksFor reports whether a clause of s says what somebody should do. Loose also takes
// sentences that begin with 可 or 要.
func asksFor(s string, loose bool) bool {
	fresh := true
	for len(s) > 0 {
		i := indexSign(s, "。；;！？：:，,.")
		if i < 0 {
			i = len(s)
		}
		c := withoutConnectors(s[:i])
		if c != "" && !looksAround(c) {
			if requests.begins(c) && !others.begins(c) || duties.in(c) || loose && fresh && mays.begins(c) {
				return true
			}
		}
		if i == len(s) {
			break
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		fresh = r != '，' && r != ','
		s = s[i+size:]
	}
	return false
}

// untold returns the suggestions of a part without numbers that nothing known
// announces, by the form of its paragraphs: those for one unit each, those under a
// heading each, those behind a line with a colon, those that all ask for something.
func (d *document) untold(paras []paragraph, at, hi int) []item {
	if from, to := d.addressees(paras); to-from > 1 {
		return d.each(paras, from, to, hi)
	}
	if starts := d.lastHeadings(paras); starts != nil && at > starts[0] && !behindHeadings(paras, starts, at) {
		return d.between(starts, hi, ReasonParagraph)
	}
	if k := d.colonLine(paras, at); k > 0 {
		if from, to := d.asking(paras[k:]); from == 0 && to > 1 {
			return d.each(paras, k, k+to, hi)
		}
		if items, _ := d.sense(part{lo: paras[k].a, hi: hi}, true); len(items) > 1 {
			return items
		}
	}
	if len(paras) > fewestTopics {
		if from, to := d.asking(paras); from > 0 && to-from >= fewestTopics {
			return d.each(paras, from, to, hi)
		}
	}
	return nil
}

// behindHeadings reports whether the suggestions begin with a paragraph of their own,
// below the text that the last heading heads.
func behindHeadings(paras []paragraph, starts []int, at int) bool {
	for k := len(paras) - 1; k > 0 && paras[k].a > starts[len(starts)-1]; k-- {
		if paras[k].a == at {
			return !paras[k-1].heading
		}
	}
	return false
}

// fewestTopics is how many paragraphs there must be to take each for a suggestion
// because all of them ask for something.
const fewestTopics = 3

// each makes an item of every paragraph of [from, to).
func (d *document) each(paras []paragraph, from, to, hi int) []item {
	var starts []int
	for _, p := range paras[from:to] {
		starts = append(starts, p.a)
	}
	if to < len(paras) {
		hi = d.lines[d.lineAt(paras[to].a)].start
	}
	return d.between(starts, hi, ReasonParagraph)
}

// addressees returns the first paragraphs that follow one another and say first whom
// each is for: 市公安局：…
func (d *document) addressees(paras []paragraph) (from, to int) {
	for k, p := range paras {
		if d.addressee(p) && endsSentence(lastRune(d.src[p.a:p.b])) {
			if to < k || to == 0 {
				from = k
			}
			to = k + 1
		} else if to-from > 1 {
			break
		}
	}
	return from, to
}

// leads are what a line with a colon speaks of above paragraphs that ask for something,
// and reports how one ends above an account.
var (
	leads   = wordsOf("请 盼 望 求 愿 建议 事 做 办 帮 托 想法")
	reports = endingsOf("说 道 写道 发现 反映 表明 显示 认为 例子 案例")
)

// colonLine returns the index behind the last paragraph that leads in others with a
// colon, below an account, or 0. What is suggested must not begin before it.
func (d *document) colonLine(paras []paragraph, at int) int {
	account := false
	found := 0
	for k, p := range paras {
		if last := lastRune(d.src[p.a:p.b]); last != '：' && last != ':' {
			account = account || p.b-p.a > longestHeading*hanSize
			continue
		}
		s := squeeze(cut(d.src[p.a:p.b], 2*longestHeading+1))
		lead := strings.TrimRight(s, "：:")
		if account && len(s) <= 2*longestHeading*hanSize && leads.in(s) && !problemLeads.in(s) && !reports.of(lead) && !d.addressee(p) {
			found = k + 1
		}
	}
	if found == 0 || len(paras)-found < 2 || at < paras[found-1].a && at > paras[0].a {
		return 0
	}
	return found
}

// mostAfter is how many paragraphs may stand behind those that ask: farewell and names.
const mostAfter = 3

// asking returns the last paragraphs that follow one another and each ask for something.
// The first says something before it asks, as most do, or asks at once.
func (d *document) asking(paras []paragraph) (from, to int) {
	for to = len(paras); to > 0 && len(paras)-to <= mostAfter && !d.asks(paras[to-1]); to-- {
	}
	plain := 0
	for from = to; from > 0 && d.asks(paras[from-1]); from-- {
		if !suggests(squeeze(cut(d.src[paras[from-1].a:paras[from-1].b], 24)), true) {
			plain++
		}
	}
	if len(paras)-to > mostAfter || plain*2 < to-from {
		return 0, 0
	}
	return from, to
}

func (d *document) asks(p paragraph) bool {
	s := squeeze(d.src[p.a:p.b])
	return asksFor(s, false) && !takesLeave(s)
}

// firstRequest returns the first paragraph below another that begins by asking for something.
func (d *document) firstRequest(paras []paragraph) (int, bool) {
	for _, p := range paras[1:] {
		if s := squeeze(d.src[p.a:p.b]); asksFor(clause(s, 12), false) && !takesLeave(s) {
			return p.a, true
		}
	}
	return paras[0].a, false
}

// withoutEpilogue drops the paragraphs at the end that ask for nothing and are less than
// half as long as the shortest above them.
func (d *document) withoutEpilogue(paras []paragraph, hi int) ([]paragraph, int) {
	for n := len(paras); n > fewestTopics; n-- {
		last := paras[n-1]
		s := squeeze(d.src[last.a:last.b])
		if asksFor(s, true) || isAction(withoutConnectors(s)) || continues(s) {
			break
		}
		for _, p := range paras[:n-1] {
			if p.b-p.a < 2*(last.b-last.a) {
				return paras, hi
			}
		}
		hi = d.lines[d.lineAt(last.a)].start
		paras = paras[:n-1]
	}
	return paras, hi
}
