package split

import (
	"strings"
	"unicode/utf8"
)

// siblings appends what stands beside the numbered heading i of the suggestions
// and behind it, unless it is background or courtesy.
func (d *document) siblings(o *outline, i int, items []item) []item {
	head := o.nodes[i]
	if head.style == stylePart {
		return items
	}
	for j := o.after(i); j < len(o.nodes) && o.nodes[j].chain == head.chain; j = o.after(j) {
		s := clause(d.src[o.nodes[j].text:], 40)
		in := o.under(d, j, o.after(j))
		switch {
		case isBackground(s) || isCourtesy(s):
		case o.heads(d, j), strings.HasSuffix(s, "措施") && len(o.top(in)) > 1:
			more, _ := d.collect(o, in, true)
			items = append(items, more...)
		case isAction(s) || len(o.top(in)) > 0 || d.asksIn(o, j, in) || d.wishesIn(o, j, in, true):
			items = append(items, d.item(o, j, part{j, o.after(j), head.start, o.end}, false))
		}
	}
	return items
}

// outside returns where the suggestions begin beside a list that makes none: before a
// list inside a line, or in a paragraph behind the last item.
func (d *document) outside(o *outline, top []int, p part) (int, bool) {
	first, last := o.nodes[top[0]], o.nodes[top[len(top)-1]]
	for k, i := range top {
		if s := clause(d.src[o.nodes[i].text:], 40); o.nodes[i].style == styleNamed || isAction(s) || suggests(s, true) || announcesSuggestions(s) {
			return 0, false
		}
		if k+1 < len(top) && first.line {
			if _, ok := d.firstSuggestion(d.paragraphs(o.nodes[i].text, o.nodes[top[k+1]].start)); ok {
				return 0, false
			}
		}
	}
	if !first.line {
		at, ok := d.firstSuggestion(d.paragraphs(p.lo, first.start))
		return at, ok && strings.Contains(d.src[at:first.start], "。") && !intentions.in(d.opening(first.start))
	}
	for k, q := range d.paragraphs(last.text, min(o.offset(o.after(top[len(top)-1])), p.hi)) {
		if k > 0 && suggests(squeeze(cut(d.src[q.a:q.b], 24)), false) {
			return q.a, true
		}
	}
	return 0, false
}

// intentions are words of a sentence whose list says what is to be done.
var intentions = wordsOf("建议 应 要 需 措施 方面 工作")

// opening returns the sentence that is open at offset at.
func (d *document) opening(at int) string {
	from := d.lines[d.lineAt(at)].a
	if i := strings.LastIndexAny(d.src[from:at], "。！？"); i >= 0 {
		from += i
	}
	return d.src[from:at]
}

// headed reports whether a part is divided by headings without numbers, below which
// its lists begin anew.
func (d *document) headed(o *outline, p part, top []int) bool {
	lists := 0
	for k, i := range top {
		if k == 0 || o.nodes[i].chain != o.nodes[top[k-1]].chain {
			lists++
		}
	}
	if lists < 2 || !o.nodes[top[0]].line {
		return false
	}
	paras := d.paragraphs(p.lo, p.hi)
	headings := 0
	for _, q := range paras {
		if _, _, marked := d.markAt(d.lineAt(q.a)); q.heading && !marked {
			headings++
		}
	}
	_, _, marked := d.markAt(d.lineAt(paras[0].a))
	return headings >= lists && paras[0].heading && !marked
}

// topics returns the suggestions of a list of topics each of which has its own list
// of them behind its own account of problems.
func (d *document) topics(o *outline, topics []int, p part) (items []item) {
	if len(topics) < 2 {
		return nil
	}
	for _, i := range topics {
		to := min(o.after(i), p.to)
		in := part{i + 1, to, 0, min(o.offset(to), p.hi)}
		for _, n := range o.inner {
			if n.class == classSuggest && n.start > o.nodes[i].start && n.start < in.hi {
				in.lo = n.text
			}
		}
		for in.from < in.to && o.nodes[in.from].start < in.lo {
			in.from++
		}
		if in.lo == 0 || len(o.top(in)) < 2 {
			return nil
		}
		more, _ := d.collect(o, in, true)
		items = append(items, more...)
	}
	return items
}

// unnumberedFirst returns the text above a list that begins with its second item.
func (d *document) unnumberedFirst(o *outline, second int, p part) []item {
	paras := d.paragraphs(p.lo, o.nodes[second].start)
	if len(paras) == 0 || utf8.RuneCountInString(d.src[paras[0].a:paras[0].b]) < shortestBroken || !endsSentence(lastRune(d.src[paras[0].a:paras[0].b])) {
		return nil
	}
	return []item{{paras[0].a, paras[0].a, o.nodes[second].start, ReasonParagraph}}
}

// suggestEach reports whether every item of a list of problems suggests something too,
// or says at least what somebody should do.
func (d *document) suggestEach(o *outline, top []int, p part) bool {
	if len(top) < 2 {
		return false
	}
	for _, i := range top {
		if !d.wishesIn(o, i, p, true) && !d.asksIn(o, i, p) {
			return false
		}
	}
	return true
}

// asksIn reports whether a paragraph of item i says what somebody should do.
func (d *document) asksIn(o *outline, i int, p part) bool {
	for q := range d.eachParagraph(o.nodes[i].text, min(o.offset(o.after(i)), p.hi)) {
		if d.asks(q) {
			return true
		}
	}
	return false
}

// wishesIn reports whether a sentence of item i says what is to be done. Loose takes 应…
// and 要… for it too.
func (d *document) wishesIn(o *outline, i int, p part, loose bool) bool {
	found := false
	for q := range d.eachParagraph(o.nodes[i].text, min(o.offset(o.after(i)), p.hi)) {
		d.sentences(q, func(_ int, s string) bool {
			found = suggests(s, loose)
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

// answers reports whether the list that begins with n answers a list of problems, though
// its numbers are of a lower rank: nothing announced the first as suggestions, none of its
// items has a list or a second paragraph or says what to do, and a paragraph stands
// between the two lists.
func (o *outline) answers(d *document, problems chain, n node) bool {
	if problems.items < 2 || !problems.line || problems.inner || !n.line || n.num != 1 || o.below[problems.style] != 0 {
		return false
	}
	above := -1
	for i, m := range o.nodes {
		if m.style == stylePart && m.class == classSuggest {
			return false
		}
		if m.chain == 0 || o.chains[m.chain].begin != problems.begin {
			continue
		}
		if above >= 0 && d.acts(o.nodes[above].text, m.start, 1) {
			return false
		}
		above = i
	}
	return above >= 0 && !d.acts(o.nodes[above].text, n.start, 2)
}

// acts reports whether a sentence of [lo, hi) says what to do, or the stretch has not as
// many paragraphs as are wanted.
func (d *document) acts(lo, hi, want int) bool {
	paras := d.paragraphs(lo, hi)
	if len(paras) != want {
		return true
	}
	found := mayAnnounce(clause(d.src[lo:], 40))
	d.sentences(paras[0], func(_ int, s string) bool {
		found = found || isAction(withoutConnectors(s)) || suggests(s, true)
		return !found
	})
	return found || d.asks(paras[0])
}
