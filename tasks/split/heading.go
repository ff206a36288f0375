package split

import (
	"strings"
	"unicode/utf8"
)

// longestName is the length, in characters, of a heading in front of its text on one line,
// longestClauses of one that holds a comma: a longer one is a sentence like any other.
const (
	longestName    = longestDerived
	longestClauses = 21
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
	if n > longestHeading || last == '，' || last == ',' || last == '、' || commas(line) > 1 || d.firstStop(item{text: it.text, end: end - 1}) >= 0 && last != '。' {
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
	if d.full(d.lines[i]) && !d.lines[i+1].blank() {
		return 0
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
	if _, _, marked := d.markAt(i + 1); marked {
		return false
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
			r, _ := utf8.DecodeRuneInString(d.src[d.lines[j].a:])
			return r
		}
	}
	return 0
}

// runIn returns where a heading ends that stands at the beginning of the paragraph, before a full
// stop, a colon, a question mark, a dash or a gap, and where the text goes on.
func (d *document) runIn(it item) (end, rest int) {
	n := 0
	for i := it.text; i < it.end && n <= longestName; n++ {
		r, size := utf8.DecodeRuneInString(d.src[i:])
		switch sign := d.signAt(i, r); sign {
		case '\n':
			line := d.lineAt(i)
			if !d.goesOn(line, it.end) {
				return 0, 0
			}
			i = d.nextLine(line)
			n--
			continue
		case '；', ';', '！', '!':
			return 0, 0
		case '。', '：', ':', '？', '?':
			if sign == ':' && digit(lastRune(d.src[:i])) >= 0 && digit(firstRune(d.src[i+size:])) >= 0 {
				break // 7:30
			}
			if allBlank(d.src[i+size:it.end]) || !heads(d.src[it.text:i], n, !allBlank(d.src[it.start:it.text])) {
				return 0, 0
			}
			return i, i + size
		case '—', ' ', '\t', '\u3000':
			if width := gap(d.src[it.text:i], d.src[i:it.end], n); width > 0 {
				return i, i + width
			}
		}
		i += size
	}
	return 0, 0
}

// nextLine returns where the next line behind line i begins that holds text.
func (d *document) nextLine(i int) int {
	for i++; i < len(d.lines); i++ {
		if !d.lines[i].blank() {
			return d.lines[i].a
		}
	}
	return len(d.src)
}

// heads reports whether the n characters before a full stop, a colon or a question mark are a heading, and not
// a sentence of the text. Without a number before it only a sentence of one clause may be one.
func heads(head string, n int, numbered bool) bool {
	switch commas(head) {
	case 0:
		return n > 0
	case 1:
		return n <= longestClauses && (numbered || isAction(head) && !strict.begins(head))
	}
	return false
}

// gap returns how long the dash or the white space is with which rest begins, if it parts the n characters of head from the
// text as a heading, and 0 if not.
func gap(head, rest string, n int) int {
	if n < 2 || hasSign(head, "，,、") || !isHan(lastRune(head)) {
		return 0
	}
	text := strings.TrimLeft(rest, " \t\u3000")
	if dashed, ok := strings.CutPrefix(text, "——"); ok && n <= longestClauses {
		sentence, _, _ := strings.Cut(dashed, "。")
		if allBlank(dashed) || strings.Contains(sentence, "——") {
			return 0
		}
		return len(rest) - len(dashed)
	}
	width := len(rest) - len(text)
	switch {
	case !isHan(firstRune(text)):
		return 0
	case width > 1 && n <= longestClauses:
		return width
	case n < 4 || !isAction(head):
		return 0
	}
	if i := indexSign(text, "，,。：:；;"); i >= 0 && i <= (longestClauses-n)*hanSize && strings.ContainsAny(text[i:i+hanSize], "。：") {
		return 0 // 开展数据 治理。
	}
	return width
}

func trimHeading(s string) string {
	s = strings.Trim(s, " 。；;：:，,、．.…*#？?")
	if strings.HasPrefix(s, "【") {
		s = strings.Trim(s, "【】")
	}
	return s
}

// firstStop returns the offset behind the first full stop of an item, or -1.
func (d *document) firstStop(it item) int {
	for at := it.text; at < it.end; {
		i := indexSign(d.src[at:it.end], "。.")
		if i < 0 {
			break
		}
		r, size := utf8.DecodeRuneInString(d.src[at+i:])
		if d.signAt(at+i, r) == '。' {
			return at + i + size
		}
		at += i + size
	}
	return -1
}

// fullStop reports whether the point at i ends a Chinese sentence.
func fullStop(src string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(src[:i])
	if !isHan(before) && !strings.ContainsRune("）)”》%", before) {
		return false
	}
	after, _ := utf8.DecodeRuneInString(src[i+1:])
	return i+1 == len(src) || isHan(after) || isBlank(after) || digit(after) >= 0 || strings.ContainsRune("（(“《①②③④⑤", after)
}

// signAt returns the sign r at offset i, a full stop of half width as one of full width.
func (d *document) signAt(i int, r rune) rune {
	if r == '.' && fullStop(d.src, i) {
		return '。'
	}
	return r
}
