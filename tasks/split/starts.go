package split

import (
	"strings"
	"unicode/utf8"
)

// fewestHeadings is how many headings there must be to divide a paper by them alone.
const fewestHeadings = 3

// lastHeadings returns where the headings stand that divide the last paragraphs of a
// paper, each with text below it and none of it about problems; nil when there are few.
func (d *document) lastHeadings(paras []paragraph) (starts []int) {
	for k, p := range paras {
		if !p.heading {
			continue
		}
		switch s := squeeze(d.src[p.a:p.b]); {
		case isCourtesy(s):
		case k+1 == len(paras) || paras[k+1].heading || isBackground(s):
			starts = nil
		default:
			starts = append(starts, p.a)
		}
	}
	if len(starts) < fewestHeadings || starts[0] == paras[0].a {
		return nil
	}
	return starts
}

// starts returns where the suggestions begin in a part that has nothing else:
// at its headings, its paragraphs, or the sentences of its only paragraph.
func (d *document) starts(paras []paragraph) (starts []int, r Reason) {
	for k, p := range paras {
		if _, _, marked := d.markAt(d.lineAt(p.a)); p.heading && !marked && k+1 < len(paras) {
			starts = append(starts, p.a)
		}
	}
	if len(starts) > 1 && starts[0] == paras[0].a {
		return starts, ReasonParagraph
	}
	if starts = d.addressed(paras); starts != nil {
		return starts, ReasonParagraph
	}
	for k, p := range paras {
		if k == 0 || d.holdsSuggestion(p) {
			starts = append(starts, p.a)
		}
	}
	if len(starts) > 1 && suggests(squeeze(cut(d.src[paras[0].a:paras[0].b], 24)), false) {
		if len(paras) == 2 && d.suggestions(paras[0])+d.suggestions(paras[1]) > 2 {
			return d.suggestingSentences(paras), ReasonSense // one paragraph that a page broke
		}
		return starts, ReasonParagraph
	}
	starts = starts[:0]
	for k, p := range paras {
		if k == 0 || !continues(squeeze(cut(d.src[p.a:p.b], 8))) {
			starts = append(starts, p.a)
		}
	}
	if len(starts) > 1 {
		return starts, ReasonParagraph
	}
	if starts = d.flattened(paras[0]); len(starts) > 1 {
		return starts, ReasonParagraph
	}
	starts = starts[:0]
	d.sentences(paras[0], func(at int, s string) bool {
		if suggests(s, true) {
			starts = append(starts, at)
		}
		return true
	})
	if len(starts) > 0 {
		starts[0] = paras[0].a
	}
	return starts, ReasonSense
}

// suggestingSentences returns where the sentences begin that start by suggesting something.
func (d *document) suggestingSentences(paras []paragraph) (starts []int) {
	for _, p := range paras {
		d.sentences(p, func(at int, s string) bool {
			if suggests(s, false) {
				starts = append(starts, at)
			}
			return true
		})
	}
	return starts
}

// suggestions counts the sentences of a paragraph that begin by suggesting something.
func (d *document) suggestions(p paragraph) (n int) {
	d.sentences(p, func(_ int, s string) bool {
		if suggests(s, false) {
			n++
		}
		return true
	})
	return n
}

// holdsSuggestion also takes a first sentence that comes to it behind a comma: 对…，建议….
func (d *document) holdsSuggestion(p paragraph) bool {
	if d.suggestions(p) > 0 {
		return true
	}
	first := d.src[p.a:p.b]
	if i := indexSign(first, "。"); i > 0 {
		first = first[:i]
	}
	return strings.Contains(first, "，建议") || strings.Contains(first, ",建议")
}

// goesOnSuggesting reports whether a paragraph may belong to the suggestions above it.
func (d *document) goesOnSuggesting(p paragraph) bool {
	s := squeeze(cut(d.src[p.a:p.b], 24))
	return d.holdsSuggestion(p) || isAction(s) || continues(s) || suggests(s, true)
}

// addressed returns the paragraphs when each says first whom it is for: 教育部门：…
func (d *document) addressed(paras []paragraph) (starts []int) {
	for _, p := range paras {
		if d.addressee(p) {
			starts = append(starts, p.a)
		}
	}
	if len(starts) < 2 || starts[0] != paras[0].a {
		return nil
	}
	return starts
}

// addressee reports whether a paragraph says first whom it is for.
func (d *document) addressee(p paragraph) bool {
	i := indexSign(cut(d.src[p.a:p.b], longestAddressee), "：:，。；、")
	if i <= 0 || !addressees.of(squeeze(d.src[p.a:p.a+i])) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(d.src[p.a+i:])
	return r == '：' || r == ':'
}

// longestAddressee bounds, in characters, whom a paragraph is for.
const longestAddressee = 16

var addressees = endingsOf("部门 局 委 办 厅 妇联 团委 工会 残联 单位 政府 街道 乡镇 公司 企业 学校 医院 社区 法院 检察院 方面 所 站 中心 大队 集团 银行 村 镇 乡")

// flattened returns where the paragraphs begin that were joined to one with a space
// between them, as when a page is copied.
func (d *document) flattened(p paragraph) []int {
	starts := []int{p.a}
	for i := p.a; i < p.b; {
		r, size := utf8.DecodeRuneInString(d.src[i:])
		r = d.signAt(i, r)
		i += size
		if r == '。' && i < p.b && isSpace(rune(d.src[i])) {
			starts = append(starts, d.skipBlank(i, 24))
		}
	}
	return starts
}
