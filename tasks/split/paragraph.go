package split

import (
	"iter"
)

// paragraph is [a, b) without the white space around it.
type paragraph struct {
	a, b    int
	heading bool // a short line without punctuation, above the text it heads
}

// longestHeading is the length, in characters, up to which a line of its own
// may be a heading.
const longestHeading = 40

// eachParagraph rejoins the lines of [lo, hi).
func (d *document) eachParagraph(lo, hi int) iter.Seq[paragraph] {
	return func(yield func(paragraph) bool) {
		var p paragraph
		open := false
		for i := d.lineAt(lo); i < len(d.lines) && d.lines[i].start < hi; i++ {
			l := d.lines[i]
			a, b := max(l.a, lo), min(l.b, hi)
			if l.blank() || a >= b {
				continue
			}
			if a == lo {
				a = min(d.skipBlank(a, 200), b)
			}
			if a == b {
				continue
			}
			if !open {
				p = paragraph{a: a}
			}
			p.b = b
			if open = d.goesOn(i, hi); open {
				continue
			}
			p.heading = p.a >= l.start && (!endsSentence(lastRune(d.src[p.a:p.b])) || closesName(d.src[p.a:p.b])) && l.runes <= 25
			if !yield(p) {
				return
			}
		}
		if open {
			yield(p)
		}
	}
}

// goesOn reports whether the paragraph of line i goes on in the next line that
// holds text, perhaps behind a blank line or a page break.
func (d *document) goesOn(i, hi int) bool {
	l := d.lines[i]
	j := i + 1
	for j < len(d.lines) && d.lines[j].blank() {
		j++
	}
	if j == len(d.lines) || d.lines[j].a >= hi {
		return false
	}
	if _, _, ok := d.markAt(j); ok {
		return false
	}
	last := lastRune(d.text(l))
	full := d.full(l)
	indented := d.lines[j].a-d.lines[j].start >= 4
	switch {
	case last == '，' || last == '、' || last == ',' || last == '（' || last == '(' || last == '《' || last == '“':
		return true
	case d.tornAfter(i):
		return true
	case endsSentence(last):
		return full && j == i+1 && !indented && last != '：' && last != ':'
	case full:
		return !indented
	case j == i+1 && !indented && l.runes >= shortestBroken && hasSign(d.text(l), "，。；,;"):
		return !d.oneLiners(i)
	}
	return l.runes > longestHeading
}

// tornAfter reports whether the words of a sentence are torn apart behind line i. A
// short line may be a heading that ends like one: 引导社会力量参与.
func (d *document) tornAfter(i int) bool {
	l := d.lines[i]
	return carriesOn(lastRune(d.text(l)), d.firstBelow(i)) && (d.width > 0 || l.runes > 25 || hasSign(d.text(l), "，、；,;"))
}

// oneLiners reports whether line i and the one above are items of one line each, whose
// author puts no sign at their end.
func (d *document) oneLiners(i int) bool {
	if i == 0 {
		return false
	}
	_, _, marked := d.markAt(i)
	_, _, above := d.markAt(i - 1)
	return marked && above && !endsSentence(lastRune(d.text(d.lines[i-1])))
}

// shortestBroken is the length, in characters, from which a line may be one of a
// paragraph that somebody broke by hand.
const shortestBroken = 16

// carriesOn reports whether a line that begins with first must carry on the one
// that ends with last: the words of a sentence are torn apart there.
func carriesOn(last, first rune) bool {
	switch last {
	case '的', '和', '与', '及', '在', '对', '为', '将', '把', '由', '并', '或', '从', '向':
		return true
	}
	switch first {
	case '的', '了', '，', '。', '、', '；', '）', '”', '》':
		return true
	}
	return false
}

// blankBetween reports whether a blank line stands in [from, to).
func (d *document) blankBetween(from, to int) bool {
	for i := d.lineAt(from); i < len(d.lines) && d.lines[i].end <= to; i++ {
		if d.lines[i].blank() {
			return true
		}
	}
	return false
}
