package split

import (
	"strings"
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
