package split

import (
	"strings"
	"unicode/utf8"
)

// longestWord bounds, in bytes, how far the end of a word is looked for: more than a title.
const longestWord = 2 * longestTitle * hanSize

// pasted reads a head that stands on one line with the text behind it, parted by
// spaces or by nothing but its labels, and returns where the body begins.
func (h *head) pasted(d *document, i int) int {
	l := d.lines[i]
	at := l.a
	for at < l.b {
		end := min(l.b, at+longestWord)
		if k := indexBlank(d.src[at:end]); k >= 0 {
			end = at + k
		}
		c, value := d.labelAt(at)
		if c != noClass && value <= l.b {
			stop := d.anyLabel(value, l.b)
			if c >= classBody || stop < 0 && end < value || c == classCause && (stop < 0 || utf8.RuneCountInString(d.src[value:stop]) > longestTitle) {
				return at
			}
			if stop < 0 || end > value && hasSign(d.src[value:stop], "。") {
				stop = end
			}
			if c == classNumber {
				stop = max(min(stop, end), value) // 建议编号:建0071 关于…
			}
			h.value(c, d.src[value:stop])
			if c == classContact {
				h.Contacts = append(h.Contacts, Span{at, stop})
			}
			at = d.skipBlank(stop, 200)
			continue
		}
		switch s := d.src[at:end]; {
		case end == l.b || utf8.RuneCountInString(s) > longestTitle:
			return at
		case h.Title == "" && strings.HasPrefix(s, "关于") && titleEnd(s):
			h.Title = s
		case h.Title != "" && len(h.Proposers) == 0 && personal(s):
			h.names(s)
		case h.Title != "" && len(h.Proposers) == 0 && h.pastedName(s):
		case !h.official(s):
			return at
		}
		at = d.skipBlank(end, 200)
	}
	return at
}

// pastedName reads a name behind a post and a colon: 市人大代表:姚某某.
func (h *head) pastedName(s string) bool {
	i := indexSign(s, "：:")
	if i <= 0 || !strings.HasSuffix(s[:i], "代表") && !strings.HasSuffix(s[:i], "委员") {
		return false
	}
	_, size := decode(s[i:])
	name := s[i+size:]
	if !personal(name) {
		return false
	}
	h.names(name)
	h.deputy, h.member = strings.HasSuffix(s[:i], "代表"), strings.HasSuffix(s[:i], "委员")
	return true
}

// anyLabel returns where the next label with a colon begins in [at, limit), or -1.
// One of at least three characters needs no space before it.
func (d *document) anyLabel(at, limit int) int {
	spaced := true
	for j := at; j < limit; {
		r, size := decode(d.src[j:])
		if isBlank(r) || r == '。' || r == '；' || r == '，' {
			spaced = true
		} else if _, labelled := labels[r]; labelled {
			c, end := d.labelAt(j)
			if c != noClass && end <= limit && hasSign(d.src[j:end], "：:") && (spaced || end-j > 3*hanSize && !hasBlank(d.src[j:end])) {
				return j
			}
			spaced = false
		} else {
			spaced = false
		}
		j += size
	}
	return -1
}
