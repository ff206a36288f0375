package split

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// untitled takes the first line that could not be placed as the title when it
// looks like one and no better was found.
func (h *head) untitled(d *document, pending int, sure *int) {
	if h.Title != "" || pending < *sure || pending < 0 || pending >= len(d.lines) {
		return
	}
	l := d.lines[pending]
	if !titleLike(d.text(l)) || l.runes >= d.width && d.width > 0 {
		return
	}
	if rest := d.lines[pending+1:]; !slices.ContainsFunc(rest, func(l line) bool { return !l.blank() }) {
		return
	}
	h.Title, *sure = tidy(d.text(l)), pending+1
}

// letterTitle recognises the title of a letter or a speech with a colon in it, above a
// greeting or a remark: 致市领导：说说我们这条老街.
func (d *document) letterTitle(i int) bool {
	text := d.text(d.lines[i])
	before, after, ok := strings.Cut(text, "：")
	if !ok {
		before, after, ok = strings.Cut(text, "——")
	}
	if !ok || utf8.RuneCountInString(before) < 4 || utf8.RuneCountInString(after) < 4 || !titleLike(before+after) {
		return false
	}
	for _, l := range d.lines[:i] {
		if !l.blank() {
			return false
		}
	}
	for _, l := range d.lines[i+1:] {
		if !l.blank() {
			below := d.text(l)
			return l.runes <= longestShort && (strings.HasSuffix(below, "：") || isRemark(below) || strings.HasPrefix(below, "——"))
		}
	}
	return false
}

var pageWords = wordsOf("首页 当前位置 您的位置 你的位置 批示 提案表 登记表 用纸")

// titleLike reports whether a line may be a title that does not say so.
func titleLike(line string) bool {
	n := utf8.RuneCountInString(line)
	return n >= 5 && n <= 45 && !hasSign(line, "。；;！：:>》|") && !pageWords.in(line)
}

// beforeTitle reads a number or session that stands on the title's line, and
// returns what is left of it.
func (h *head) beforeTitle(s string) string {
	i := strings.Index(s, "关于")
	if i <= 0 || hasSign(s[:i], "。；，") || !titleEnd(s) {
		return s
	}
	number, session := numberIn(s[:i], false), sessionIn(s[:i])
	if number == "" && session == "" {
		return s
	}
	h.Number, h.Session = cmpOr(h.Number, number), cmpOr(h.Session, session)
	return s[i:]
}

// titleLine takes line i, with the next one if it is broken, as the title.
func (h *head) titleLine(d *document, i int, s string) int {
	for next := i + 1; next <= i+3; next++ {
		t, who := withoutName(strings.Trim(s, "《》“”\""))
		if len(t) > longestTitle*hanSize || hasSign(t, "。；：") {
			return i
		}
		if titleEnd(t) && (strings.HasPrefix(t, "关于") || next == i+1 && utf8.RuneCountInString(t) >= 8 && strings.Contains(t, "的")) {
			h.Title = cmpOr(h.Title, withGap(d.src[d.lines[i].a:d.lines[next-1].b], t))
			if who != "" && len(h.Proposers) == 0 {
				h.names(who)
			}
			return next
		}
		if !strings.HasPrefix(t, "关于") || next >= len(d.lines) {
			return i
		}
		s += squeeze(d.text(d.lines[next]))
	}
	return i
}

// withoutName parts a title from the marks and names around it: 樊某：关于…的建议,
// 关于…的建议（张某）, 【百姓提案37】关于…的提案.
func withoutName(s string) (title, who string) {
	for strings.HasPrefix(s, "【") || strings.HasPrefix(s, "[") {
		i := strings.IndexAny(s, "】]")
		if i < 0 {
			break
		}
		_, size := decode(s[i:])
		s = s[i+size:]
	}
	if i := indexSign(s, "：:"); i > 0 {
		if who := nameAfterTitle(s[:i]); who != "" {
			_, size := decode(s[i:])
			return s[i+size:], who
		}
	}
	if i := strings.Index(s, "关于"); i > 0 && party(s[:i]) {
		return s[i:], s[:i] // 市妇联关于…的提案
	}
	name, ok := lastBrackets(s)
	if name = withoutPost(name); ok && personal(name) {
		return s[:strings.LastIndexAny(s, "（(")], name
	}
	return s, ""
}

// withGap returns a title without white space as raw has it, with the one gap that
// parts it in two: 关于深化产教融合 推动职业教育发展的提案. Where there are more it is letter-spaced.
func withGap(raw, title string) string {
	if !hasBlank(raw) {
		return title
	}
	at, gaps, i := 0, 0, 0 // of the gap; i is how much of the title was met
	blank, broken := false, false
	for _, r := range raw {
		if isBlank(r) {
			blank, broken = i > 0, broken || isBreak(r)
			continue
		}
		if !strings.HasPrefix(title[i:], string(r)) {
			if i == len(title) {
				break
			}
			i, gaps, blank, broken = 0, 0, false, false // what stands before the title
			continue
		}
		if blank && !broken && i < len(title) {
			at, gaps = i, gaps+1
		}
		blank, broken = false, false
		i += utf8.RuneLen(r)
		if i == len(title) {
			break
		}
	}
	if gaps != 1 || i < len(title) || at < shortestHalf*hanSize || len(title)-at < shortestHalf*hanSize {
		return title
	}
	return title[:at] + " " + title[at:]
}

// shortestHalf is the length, in characters, of what a gap in a title may part from it.
const shortestHalf = 5

func titleEnd(s string) bool {
	if strings.HasSuffix(s, "号）") || strings.HasSuffix(s, "号)") {
		if i := strings.LastIndexAny(s, "（("); i > 0 {
			s = s[:i]
		}
	}
	for _, w := range []string{"提案", "建议", "议案", "意见"} {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// causeIsTitle decides what stands behind 案由: a title is short and no sentence.
func (h *head) causeIsTitle(d *document, at int) bool {
	s := squeeze(d.text(d.lines[min(d.lineAt(d.skipBlank(at, 200)), len(d.lines)-1)]))
	if i := indexSign(s, "：:"); i >= 0 && i < 24 {
		_, w := decode(s[i:])
		s = s[i+w:]
	}
	s = strings.Trim(s, "《》“”")
	if h.Title != "" && !titleEnd(s) {
		return false
	}
	n := utf8.RuneCountInString(s)
	return n > 0 && n <= longestTitle && (titleEnd(s) || strings.HasPrefix(s, "关于") && !hasSign(s, "。；") || n <= 40 && !hasSign(s, "。；，,"))
}

// mostAbove is the number of lines among which a title is looked for below a greeting.
const mostAbove = 20

// laterTitle returns a title that stands alone on a line below other text.
func (d *document) laterTitle(body int) string {
	for i, n := d.lineAt(body), 0; i < len(d.lines) && n < mostAbove; i++ {
		l := d.lines[i]
		if l.blank() {
			continue
		}
		n++
		s, _ := withoutName(squeeze(d.text(l)))
		if l.runes <= longestTitle && strings.HasPrefix(s, "关于") && titleEnd(s) && !hasSign(s, "。；：，") {
			return s
		}
	}
	return ""
}
