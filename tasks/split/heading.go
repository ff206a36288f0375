package split

import (
	"strings"
	"unicode/utf8"
)

// heading returns the heading of an item and where its text goes on behind it; without
// one, "" and where the item's text begins.
func (d *document) heading(it item) (string, int) {
	end, rest := d.framed(it)
	if end == 0 {
		end = d.ownLines(it)
		rest = end
	}
	if end == 0 {
		end, rest = d.runIn(it)
	}
	if end == 0 {
		return "", it.text
	}
	if lead := d.leadIn(it.text, end); lead < end {
		end, rest = lead, lead
	}
	s := trimHeading(tidy(d.unbroken(paragraph{a: it.text, b: end})))
	if s == "" {
		return "", it.text
	}
	return s, rest
}

// framed finds a heading between 【 and 】, or in a cell of its own.
func (d *document) framed(it item) (end, rest int) {
	text := d.src[it.text:it.end]
	if inner, ok := strings.CutPrefix(text, "【"); ok {
		i := strings.Index(cut(inner, longestHeading), "】")
		if i <= 0 || allBlank(inner[i+len("】"):]) {
			return 0, 0
		}
		end = it.text + len("【") + i
		return end, end + len("】")
	}
	line, _, _ := strings.Cut(cut(text, longestHeading), "\n")
	if i := strings.IndexByte(line, '|'); i > 0 && !hasSign(line[:i], "，,。；：:") && !allBlank(text[i+1:]) {
		return it.text + i, it.text + i + 1
	}
	return 0, 0
}

// leads are what a bracket says behind a heading when it names who is to act.
var leads = wordsOf("牵头 负责 责任 主办 承办 配合 协办")

// leadIn returns where a bracket begins that names who is to act, at the end of the
// heading [from, end), or end. It belongs to the text: （市住建局牵头）.
func (d *document) leadIn(from, end int) int {
	s := strings.TrimRight(d.src[from:end], " \u3000。：:")
	if !strings.HasSuffix(s, "）") && !strings.HasSuffix(s, ")") {
		return end
	}
	i := max(strings.LastIndex(s, "（"), strings.LastIndex(s, "("))
	if i <= 0 || !leads.in(s[i:]) {
		return end
	}
	return from + i
}

// ownLines returns where the heading ends that stands on lines of its own
// above the text, or 0.
func (d *document) ownLines(it item) int {
	i := d.lineAt(it.text)
	if i == len(d.lines) || d.lines[i].b <= it.text || d.lines[i].b > it.end || d.beginsInside(it, i) {
		return 0
	}
	end := d.lines[i].b
	line := d.src[it.text:end]
	n := utf8.RuneCountInString(line)
	last := lastRune(line)
	switch {
	case n > longestHeading, commas(line) > 1, n > longestClauses && hasSign(strings.TrimRight(line, "：:"), "，,：:"):
		return 0
	case last == '，', last == ',', last == '、', d.firstStop(item{text: it.text, end: end - utf8.RuneLen(last)}) >= 0:
		return 0
	}
	more := !allBlank(d.src[end:it.end])
	if endsSentence(last) && !(more && closesName(line)) {
		switch {
		case !more:
		case (last == '。' || last == '：' || last == ':') && !hasSign(line, "，,"), last == '？', last == '?':
			return end
		}
		return 0
	}
	if i+1 == len(d.lines) {
		return end
	}
	if d.tornHeading(i, it.text) {
		return 0
	}
	if second := d.secondLine(it, i, n); second > 0 {
		return second
	}
	if !d.lines[i+1].blank() && (d.full(d.lines[i]) || n > longestClauses && d.lines[i+1].runes < n && d.lines[i+1].b >= it.end-hanSize) {
		return 0 // a sentence that ends in the line below
	}
	return end
}

// beginsInside reports whether an item begins behind a sentence on line i, so that nothing
// is known from where the line ends.
func (d *document) beginsInside(it item, i int) bool {
	l := d.lines[i]
	return it.start > l.a && hasSign(d.src[l.a:it.start], "，。；;")
}

// tornHeading reports whether the words of a sentence that begins at text are torn apart
// behind line i, so that the line is no heading.
func (d *document) tornHeading(i, text int) bool {
	l := d.lines[i]
	line := d.src[text:l.b]
	if !carriesOn(lastRune(line), d.firstBelow(i)) || wholeWords.of(line) && !carriesOn(0, d.firstBelow(i)) {
		return false
	}
	if _, _, marked := d.markAt(i + 1); marked || d.lines[i+1].a-d.lines[i+1].start >= max(4, l.a-l.start+1) {
		return false // another list, another paragraph
	}
	return d.width > 0 || l.runes > 25 || hasSign(line, "，、；,;")
}

// wholeWords end with a character that would otherwise carry a sentence on.
var wholeWords = endingsOf("参与 行为 作为 应对 存在 所在 内在 合并 自由 理由 缘由 事由 总和 温和 共和 普及 涉及 方向 导向 去向 流向 意向 定向 取向")

// secondLine returns where a heading ends that goes on in the line below line i, or 0; n is
// the number of its characters above.
func (d *document) secondLine(it item, i, n int) int {
	if i+2 >= len(d.lines) || d.lines[i+1].blank() || d.lines[i+1].b >= it.end {
		return 0
	}
	second, third := d.lines[i+1], d.lines[i+2]
	if _, _, marked := parseMark(d.src, second.a, true); marked || n+second.runes > longestHeading {
		return 0
	}
	if !d.full(d.lines[i]) && n < second.runes || commas(d.src[it.text:second.b]) > 1 || allBlank(d.src[second.b:it.end]) {
		return 0
	}
	hangs := third.a-third.start >= 4 && second.a-second.start < 4 // broken over two lines, above text with an indent
	switch {
	case third.blank() && !hasSign(d.text(second), "，。；："), hangs && !hasSign(d.text(second), "。；："):
		return second.b
	case openQuote(d.src[it.text:d.lines[i].b]) && !openQuote(d.src[it.text:second.b]) && second.runes < n && !hasSign(d.text(second), "，。；："):
		return second.b
	}
	return 0
}

// openQuote reports whether s ends within a quotation.
func openQuote(s string) bool {
	return strings.Count(s, `"`)%2 != 0 || strings.Count(s, "“") > strings.Count(s, "”")
}

// commas counts the commas of s.
func commas(s string) int { return strings.Count(s, "，") + strings.Count(s, ",") }

// closesName reports whether a line ends with a quoted name, and not with a quoted sentence: 打造“城市书房”.
func closesName(line string) bool {
	inner, quoted := strings.CutSuffix(line, "”")
	return quoted && !endsSentence(lastRune(inner)) && !hasSign(line, "。！？；") && len(line) <= longestHeading*hanSize
}

// firstBelow returns the first character of the next line that holds text.
func (d *document) firstBelow(i int) rune {
	for j := i + 1; j < len(d.lines); j++ {
		if !d.lines[j].blank() {
			r, _ := decode(d.src[d.lines[j].a:])
			return r
		}
	}
	return 0
}

func trimHeading(s string) string {
	s = strings.Trim(s, " 。；;：:，,、．.…*#？?")
	if strings.HasPrefix(s, "【") {
		s = strings.Trim(s, "【】")
	}
	return s
}
