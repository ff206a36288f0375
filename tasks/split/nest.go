package split

// openLists are the lists of one style that may go on, the innermost last.
type openLists []int

// link joins marks into chains and drops those that belong to none.
func (o *outline) link(found []node) []node {
	var open [styles][2]openLists // inside lines and at their start
	o.chains = make([]chain, 1, 8)
	for i := range found {
		n := &found[i]
		if n.style == stylePart {
			continue
		}
		own, other := &open[n.style][0], &open[n.style][1]
		if n.line {
			own, other = other, own
		}
		c := o.pick(n, own, other)
		if c == 0 && n.line {
			c = o.kin(found[i:], &open)
		}
		if c == 0 {
			continue
		}
		if c == len(o.chains) {
			o.chains = append(o.chains, chain{style: n.style, noun: n.noun, begin: i, line: n.line})
			if *own = append(*own, c); len(*own) > mostOpen {
				*own = (*own)[1:]
			}
			if n.num == next {
				n.num = 1
			}
		}
		ch := &o.chains[c]
		if bullets := open[styleBullet][1]; n.line && n.style != styleBullet && len(bullets) > 0 && ch.items > 0 && ch.begin < o.chains[bullets[0]].begin {
			open[styleBullet][1] = nil // the list around the bullets goes on
		}
		if n.num == next {
			n.num = ch.last + 1
		}
		if ch.items > 0 && n.num != ch.last+1 {
			o.gap = true
		}
		n.chain, ch.last, ch.end, ch.sep = c, n.num, n.start, n.sep
		ch.inner = ch.inner || !n.line
		ch.items++
	}
	kept := found[:0]
	for _, n := range found {
		if n.style == stylePart || n.chain > 0 && o.real(n.chain) {
			kept = append(kept, n)
		}
	}
	return kept
}

// alike are the styles that people mix in one list: 1. 2、 3）
var alike = [styles][]style{
	styleDot: {styleParen}, styleParen: {styleDot}, styleCnDun: {styleCnParen, styleOrdinal}, styleCnParen: {styleCnDun, styleOrdinal},
	styleOrdinal: {styleCnDun, styleCnParen}, styleBare: {styleDot}, styleBareCn: {styleCnDun},
}

// kin returns the list of an alike style that the first of nodes goes on with, when
// it has none of its own and the list has no such number further on.
func (o *outline) kin(nodes []node, open *[styles][2]openLists) int {
	n := &nodes[0]
	for _, s := range alike[n.style] {
		lists := open[s][1]
		if len(lists) == 0 || n.num < 2 || o.chains[lists[len(lists)-1]].last+1 != n.num {
			continue
		}
		if goesOn(nodes[1:], mark{style: s, num: n.num}) {
			continue
		}
		n.style = s
		return lists[len(lists)-1]
	}
	return 0
}

// goesOn reports whether a mark stands among nodes before its list begins anew.
func goesOn(nodes []node, m mark) bool {
	for _, n := range nodes {
		if n.style == m.style && n.line {
			return n.num == m.num
		}
	}
	return false
}

// mostOpen bounds how deep lists of one style may stand inside one another.
const mostOpen = 4

// pick chooses the chain that a mark continues, a new one, or none (0). A chain that
// is continued closes those that were opened inside it.
func (o *outline) pick(n *node, own, other *openLists) int {
	fresh := len(o.chains)
	if n.num == 1 || n.num == next && len(*own) == 0 && n.line {
		return fresh
	}
	in, out := o.follows(n, *own), -1
	if n.num != next {
		out = o.follows(n, *other)
	}
	// Inside a line the list that was heard of last goes on; at a line's start one of lines.
	if in >= 0 && (out < 0 || n.line || o.chains[(*own)[in]].end > o.chains[(*other)[out]].end) {
		*own = (*own)[:in+1]
		return (*own)[in]
	}
	if out >= 0 {
		*other = (*other)[:out+1]
		return (*other)[out]
	}
	if n.num == next || !n.line {
		return 0
	}
	if len(*own) == 0 {
		if n.num == 2 && n.style != styleBare && n.style != styleBareCn && n.style != styleCounted {
			return fresh
		}
		return 0
	}
	c := (*own)[len(*own)-1]
	if last := o.chains[c].last; o.chains[c].noun != n.noun {
		return 0
	} else if last == n.num || last+2 == n.num {
		return c
	}
	return 0
}

// follows returns the index of the list that goes on with n, or -1: of several the one
// whose last item was parted off by the same sign, else the innermost.
func (o *outline) follows(n *node, lists openLists) int {
	found := -1
	for k := len(lists) - 1; k >= 0; k-- {
		ch := &o.chains[lists[k]]
		if n.num != next && ch.last+1 != n.num || ch.noun != n.noun {
			continue
		}
		if ch.sep == n.sep {
			return k
		}
		if found < 0 {
			found = k
		}
	}
	return found
}

func (o *outline) real(c int) bool {
	ch := o.chains[c]
	return ch.items > 1 || ch.line && !ch.style.weak()
}

// nest gives each node its depth: a list stands below another when it lies
// between two items of it, or behind its last one and has the lower rank.
func (o *outline) nest(d *document, found []node) {
	var stack []int
	summary := 0 // the end of a summary: what it announces stands in full below
	o.nodes = make([]node, 0, len(found))
	for k, n := range found {
		if n.class == classSummary {
			summary = o.end
			for _, m := range found[k+1:] {
				if m.line && !m.leadIn && (m.style == stylePart || m.style == styleNamed || m.style == styleCnDun) {
					summary = m.start
					break
				}
			}
		} else if n.start < summary && summary < o.end {
			continue
		}
		if n.style == stylePart {
			n.depth = len(stack)
			if !o.opens(n, stack) && !o.turns(d, n, found[k+1:]) {
				o.inner = append(o.inner, n)
				continue
			}
			if !n.leadIn {
				stack = stack[:0]
				n.depth = 0
			}
			o.nodes = append(o.nodes, n)
			continue
		}
		stack = o.place(d, n, stack)
		n.depth = len(stack)
		if ch := &o.chains[n.chain]; !ch.other {
			ch.other = !isBackground(clause(d.src[n.text:], 40))
		}
		o.nodes = append(o.nodes, n)
	}
}

// place returns the stack of lists with the node's list on top. A list that
// begins right below the heading of the suggestions stands below it, however it is
// numbered.
func (o *outline) place(d *document, n node, stack []int) []int {
	for i, c := range stack {
		if c == n.chain {
			return stack[:i+1]
		}
	}
	if last := o.lastItem(); n.line && last != nil && last.line && len(stack) > 0 && last.chain == stack[len(stack)-1] {
		if l := d.lines[d.lineAt(last.text)]; last.text < l.b && announces(d.src[last.text:l.b]) {
			return append(stack, n.chain)
		}
	}
	for len(stack) > 0 {
		top := o.chains[stack[len(stack)-1]]
		between := top.end > n.start
		lower := rank[top.style] < rank[n.style] || o.below[top.style]&(1<<n.style) != 0
		if between || lower && (top.line || !n.line) {
			o.below[top.style] |= 1 << n.style
			break
		}
		stack = stack[:len(stack)-1]
	}
	return append(stack, n.chain)
}

// lastItem returns the last numbered node so far.
func (o *outline) lastItem() *node {
	for i := len(o.nodes) - 1; i >= 0; i-- {
		if o.nodes[i].style != stylePart {
			return &o.nodes[i]
		}
	}
	return nil
}

// turns reports whether an announcement at the end of a line turns a list that goes on
// from problems to suggestions: the list's next item follows at once, and no other
// sentence does the same.
func (o *outline) turns(d *document, n node, rest []node) bool {
	if n.class != classSuggest || len(rest) == 0 {
		return false
	}
	l := d.lines[d.lineAt(n.start)]
	if n.text < l.b || !rest[0].line || rest[0].num < 2 || d.skipBlank(n.text, 200) != rest[0].start {
		return false
	}
	for _, others := range [][]node{o.inner, rest} {
		for _, m := range others {
			if m.style == stylePart && m.class == classSuggest {
				return false
			}
		}
	}
	return true
}

// opens reports whether a part begins here. Inside a list that goes on it does
// not, unless all its items so far are background; nor in the last item of a
// list whose earlier items had such parts of their own.
func (o *outline) opens(n node, stack []int) bool {
	for _, c := range stack {
		ch := &o.chains[c]
		if !ch.line {
			continue
		}
		inside := ch.end > n.start && !(n.leadIn && !ch.other)
		if inside || ch.parts {
			ch.parts = ch.parts || n.class == classSuggest
			return false
		}
	}
	return true
}
