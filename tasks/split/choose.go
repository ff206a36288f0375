package split

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// item is a section before its text is made.
type item struct {
	start, text, end int
	reason           Reason
}

type reading struct {
	sections []item
	end      int // where the last section may at most end
	many     bool
}

func (r *reading) clip(end int) {
	for i := range r.sections {
		r.sections[i].end = min(r.sections[i].end, end)
	}
}

// part is a stretch of nodes [from, to) and of the source [lo, hi).
type part struct {
	from, to int
	lo, hi   int
}

// choose finds the sections, and another reading where one is nearly as likely.
func (d *document) choose(o *outline) (reading, *reading) {
	var items, other []item
	if p, ok := o.suggestions(d); ok {
		items, other = d.collect(o, p, true)
		items = d.siblings(o, p.from-1, items)
	} else {
		items, other = d.collect(o, o.whole(), false)
	}
	main := limit(items)
	if len(other) == 0 {
		return main, nil
	}
	alt := limit(other)
	return main, &alt
}

// whole is the body without the label above it: 内容：
func (o *outline) whole() part {
	p := part{0, len(o.nodes), o.body, o.end}
	for p.from < len(o.nodes) && o.nodes[p.from].class == classBody {
		p.lo = o.nodes[p.from].text
		p.from++
	}
	return p
}

func limit(items []item) reading {
	r := reading{sections: items}
	if len(items) > MaxSections {
		items[MaxSections-1].end = items[len(items)-1].end
		r.sections, r.many = items[:MaxSections], true
	}
	if n := len(r.sections); n > 0 {
		r.end = r.sections[n-1].end
	}
	return r
}

// suggestions finds the part that holds the suggestions by its announcement.
func (o *outline) suggestions(d *document) (part, bool) {
	for i, n := range o.nodes {
		switch {
		case n.style == stylePart && n.class == classSuggest && !n.leadIn,
			n.class == classBody && i > 0 && o.nodes[i-1].class == classBackground && o.nodes[i-1].style == stylePart: // 问题：… 建议内容：…
			return o.under(d, i, o.partEnd(i)), true
		case n.style == stylePart && n.class == classSuggest:
			return o.under(d, i, o.leadEnd(i)), true
		case n.style != stylePart && n.line && o.heads(d, i):
			return o.under(d, i, o.after(i)), true
		}
	}
	return part{}, false
}

// collect returns the sections of a part: the items of its highest list, or what
// its words tell. Told says that the part was announced as suggestions.
func (d *document) collect(o *outline, p part, told bool) (items, other []item) {
	top := o.top(p)
	switch {
	case len(top) == 0,
		told && !o.nodes[top[0]].line && d.paragraphsAround(o, p, top),
		told && d.headed(o, p, top):
		return d.sense(p, told)
	case told && o.nodes[top[0]].line && o.nodes[top[0]].num == 2:
		items = d.unnumberedFirst(o, top[0], p)
	case !told:
		top = d.likeliest(o, top)
		if at, ok := d.outside(o, top, p); ok {
			items, other = d.sense(part{lo: at, hi: p.hi}, true)
			return d.withoutAfterthoughts(items), other
		}
	}
	if k := slices.IndexFunc(top, func(i int) bool { return o.heads(d, i) }); k >= 0 {
		return d.collectBelow(o, p, top[k:], items)
	}
	suggesting := d.suggesting(o, top, p, told)
	if !told {
		if items, other := d.lone(o, top, suggesting, p); items != nil {
			return items, other
		}
		if each := d.topics(o, suggesting, p); each != nil {
			return each, nil
		}
	}
	for _, i := range suggesting {
		items = append(items, d.item(o, i, p, told))
	}
	if len(items) == 0 {
		last := top[len(top)-1]
		return d.sense(part{last + 1, last + 1, o.nodes[last].text, p.hi}, told)
	}
	return items, nil
}

// collectBelow returns the sections of a list whose first item is the heading of the
// suggestions: those below it, and the items behind it that are none of politeness.
func (d *document) collectBelow(o *outline, p part, top []int, items []item) ([]item, []item) {
	below := o.under(d, top[0], min(o.after(top[0]), p.to))
	below.hi = min(below.hi, p.hi)
	in, other := d.collect(o, below, true)
	items = append(items, in...)
	for _, i := range top[1:] {
		if s := clause(d.src[o.nodes[i].text:], 40); !isCourtesy(s) && !isBackground(s) {
			items = append(items, d.item(o, i, p, true))
		}
	}
	return items, other
}

// suggesting returns the items of a list that are neither politeness nor, where nothing
// said that the list suggests, background. A list of problems each of which suggests
// something counts whole.
func (d *document) suggesting(o *outline, top []int, p part, told bool) []int {
	var out, set []int
	for _, i := range top {
		s := clause(d.src[o.nodes[i].text:], 40)
		if isCourtesy(s) || !told && isBackground(s) && !strings.HasPrefix(s, "关于") && o.nodes[i].style != styleNamed {
			set = append(set, i)
			continue
		}
		out = append(out, i)
	}
	switch {
	case len(out) == 0 && d.suggestEach(o, top, p):
		return top
	case told || len(out) == 0:
		return out
	}
	return d.withProblems(o, out, set, p)
}

// withProblems returns the suggesting items, with those between them whose heading
// speaks of a problem and whose text of what to do: 二、保障不足。…应当…
func (d *document) withProblems(o *outline, out, set []int, p part) []int {
	first, last := out[0], out[len(out)-1]
	for _, i := range set {
		if isCourtesy(clause(d.src[o.nodes[i].text:], 40)) {
			continue
		}
		between := i > first && i < last // elsewhere it must say 建议
		if d.wishesIn(o, i, p, between) {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// lone returns the list below the only item that is no background, and the item itself
// as another reading.
func (d *document) lone(o *outline, top, suggesting []int, p part) (items, other []item) {
	if len(suggesting) != 1 || len(top) < 2 {
		return nil, nil
	}
	i := suggesting[0]
	to := min(o.after(i), p.to)
	in := part{i + 1, to, o.nodes[i].text, min(o.offset(to), p.hi)}
	if len(o.top(in)) < 2 {
		return nil, nil
	}
	items, _ = d.collect(o, in, true)
	return items, []item{d.item(o, i, p, false)}
}

// top returns the nodes of a part's highest level.
func (o *outline) top(p part) (top []int) {
	depth := int(^uint(0) >> 1)
	for i := p.from; i < p.to; i++ {
		n := o.nodes[i]
		if n.style == stylePart {
			continue
		}
		if n.depth < depth {
			depth, top = n.depth, top[:0]
		}
		if n.depth == depth {
			top = append(top, i)
		}
	}
	return top
}

// likeliest keeps the one list of several on a level that reads most like
// suggestions, the last of equals.
func (d *document) likeliest(o *outline, top []int) []int {
	best, bestScore := top, -1
	for from := 0; from < len(top); {
		to, score := from, 0
		for ; to < len(top) && o.nodes[top[to]].chain == o.nodes[top[from]].chain; to++ {
			n := o.nodes[top[to]]
			if s := clause(d.src[n.text:], 40); n.style == styleNamed || isAction(s) || announcesSuggestions(s) {
				score++
			}
		}
		if score = score * 100 / (to - from); score >= bestScore {
			best, bestScore = top[from:to], score
		}
		from = to
	}
	return best
}

func (d *document) item(o *outline, i int, p part, told bool) item {
	n := o.nodes[i]
	it := item{start: n.start, text: n.text, end: min(o.offset(o.after(i)), p.hi), reason: ReasonNumbered}
	if o.after(i) > p.to {
		it.end = p.hi
	}
	if j := o.after(i); j < p.to && o.nodes[j].line && o.nodes[j].chain != n.chain {
		it.end = d.beforeCaption(it, o.nodes[j].start)
	}
	it.end = d.beforeProblem(it)
	switch {
	case o.chains[n.chain].inner:
		it.reason = ReasonInline
	case told:
		it.reason = ReasonListed
	}
	return it
}

// beforeProblem returns where an item ends before the next numbered problem: 问题二：…
func (d *document) beforeProblem(it item) int {
	for i := d.lineAt(it.text) + 1; i < len(d.lines) && d.lines[i].start < it.end; i++ {
		l := d.lines[i]
		w := problems.prefix(d.src[l.a:l.b])
		if w == "" {
			continue
		}
		rest := strings.TrimPrefix(d.src[l.a+len(w):l.b], "之")
		n, end := readCn(rest, 0)
		if n == 0 {
			n, end = readAr(rest, 0)
		}
		if r, _ := utf8.DecodeRuneInString(rest[end:]); n > 0 && (r == '：' || r == ':' || r == '、' || r == '，') {
			return l.start
		}
	}
	return it.end
}

var problems = wordsOf("问题 现状 原因 困难 不足 短板 堵点 难点 情况")

// beforeCaption returns where an item ends when the next list, at start, has a
// short line above it that says what it is about.
func (d *document) beforeCaption(it item, start int) int {
	for i := d.lineAt(start) - 1; i >= 0 && d.lines[i].start > it.text; i-- {
		l := d.lines[i]
		if l.blank() {
			continue
		}
		if last := lastRune(d.text(l)); l.runes <= 20 && (last == '：' || last == ':') {
			return l.start
		}
		break
	}
	return it.end
}
