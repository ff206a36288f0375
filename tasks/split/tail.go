package split

import (
	"strings"
	"unicode/utf8"
)

// proseAgain is how much running text, in characters, behind a line that may be the
// tail says that it was none.
const proseAgain = 80

// tail returns where the lines begin, at the end of the text, that belong to no
// suggestion: signatures, dates, contacts, an office's remarks, courtesy, attachments.
func (d *document) tail(body int) int {
	first := d.lineAt(body)
	if first < len(d.lines) && d.lines[first].start < body {
		first++
	}
	stop, limit := d.attached(first)
	end := limit
	prose := 0
	names := -1 // the line above, when it holds nothing but names
	labelled := 0
	for i := d.lastResumed(first, stop) + 1; i < stop; i++ {
		l := d.lines[i]
		if l.blank() || l.start < labelled {
			continue
		}
		var isTail bool
		isTail, labelled = d.tailLine(l, body)
		above := names
		names = -1
		switch {
		case isTail && end == limit:
			if end, prose = l.start, 0; above >= 0 {
				end = d.lines[above].start
			}
		case isTail:
		case end == limit:
			if d.isSigned(i) {
				names = i
			}
		case endsSentence(lastRune(d.text(l))) || l.runes > longestHeading:
			if prose += l.runes; prose > proseAgain {
				end = limit
			}
		}
	}
	if end == limit {
		end = d.labelled(body, end)
	}
	if end > body {
		end = d.signature(first, end)
	}
	return end
}

// signature returns where a body's name begins that stands alone on the last line
// before end, or end.
func (d *document) signature(first, end int) int {
	i := d.lineAt(end - 1)
	for i > first && (i >= len(d.lines) || d.lines[i].blank() || d.lines[i].start >= end) {
		i--
	}
	if i <= first || d.lines[i].end > end {
		return end
	}
	l := d.lines[i]
	s := squeeze(d.text(l))
	above := i - 1
	for above > first && d.lines[above].blank() {
		above--
	}
	if l.runes > longestSigned/hanSize || len(s) < 5*hanSize || !organs.of(s) || !endsSentence(lastRune(d.text(d.lines[above]))) {
		return end
	}
	if strings.IndexFunc(s, func(r rune) bool { return !isHan(r) }) >= 0 || isAction(s) {
		return end
	}
	return l.start
}

// organs is how the names of bodies end that sign a paper.
var organs = endingsOf("委员会 市委会 县委会 区委会 支部 支社 总支 小组 代表团 联合会 商会 总商会 协会 学会 研究会 工作委员会 办公室")

// labelled returns where labels begin that follow the last sentence on its line, or end.
func (d *document) labelled(body, end int) int {
	i := min(d.lineAt(max(end-1, body)), len(d.lines)-1)
	for i > 0 && d.lines[i].blank() && d.lines[i].start > body {
		i--
	}
	if i < 0 {
		return end
	}
	from := max(d.lines[i].a, body)
	for at := from; at < end; {
		stop, c, _ := d.nextLabel(at, min(d.lines[i].b, end))
		if c == noClass {
			return end
		}
		if stop > from && endsSentence(lastRune(strings.TrimRightFunc(d.src[from:stop], isBlank))) {
			return stop
		}
		at = stop + 1
	}
	return end
}

// attached returns the line and the offset at which the attachments begin behind the
// text, or the end of both.
func (d *document) attached(first int) (line, end int) {
	above := 0
	for i := first; i < len(d.lines); i++ {
		l := d.lines[i]
		if above > longestTail && l.runes <= longestTail && strings.HasPrefix(d.src[l.a:], "附") && isAttachment(squeeze(d.text(l))) {
			return i, l.start
		}
		above += l.runes
	}
	return len(d.lines), len(d.src)
}

// lastResumed returns the last line of [first, stop) that begins a part or an item of
// the body: the tail begins behind it.
func (d *document) lastResumed(first, stop int) int {
	for i := stop - 1; i >= first; i-- {
		l := d.lines[i]
		if l.blank() || d.carried(i) || !d.resumes(l) {
			continue
		}
		if i > first {
			if c, end := d.labelAt(d.lines[i-1].a); c != noClass && c < classBody && end > l.a {
				continue // the second half of a label: 审查 / 意见：
			}
		}
		return i
	}
	return first - 1
}

// resumes reports whether a line begins a part or an item of the body.
func (d *document) resumes(l line) bool {
	if m, text, ok := parseMark(d.src, l.a, true); ok && text < l.b && m.style != styleBullet {
		return true
	}
	c, _ := d.labelAt(l.a)
	return c >= classBody || c == classCause || l.runes <= 24 && partHeading(squeeze(d.text(l))) != noClass
}

// wishedInBody reports whether the units wished for are named more than once:
// then they are named by suggestion, and the last one's are no tail.
func (d *document) wishedInBody(body int) bool {
	if d.wished == nil {
		n := 0
		for i := d.lineAt(body); i < len(d.lines) && n < 2; i++ {
			if c, _ := d.labelAt(d.lines[i].a); c == classWished {
				n++
			}
		}
		several := n > 1
		d.wished = &several
	}
	return *d.wished
}

// longestTail is the length, in characters, up to which a line may be a signature,
// politeness, or part of the page.
const longestTail = 60

// tailLine reports whether a line stands behind the suggestions, and where a label ends that is broken over lines.
func (d *document) tailLine(l line, body int) (isTail bool, labelled int) {
	if c, end := d.labelAt(l.a); c == classWished && d.wishedInBody(body) {
		return false, 0
	} else if c != noClass && c < classBody {
		return true, end
	}
	if c, _ := d.likeLabel(l); c != noClass && c != classTitle && c != classWished {
		return true, 0
	}
	if isFurniture(d.text(l)) {
		return true, 0
	}
	if l.runes > longestTail {
		return false, 0
	}
	s := squeeze(d.text(l))
	date, rest := dateIn(s)
	if isRemark(s) && strings.Contains(s, "填写") {
		return true, 0 // （以下由提案委填写）
	}
	return date != "" && rest == "" || s == "--" || isMonth(s) || isCourtesy(s) || askWords.in(s) ||
		isOffice(d.text(l)) || isSignature(s, d.text(l)), 0
}

// isMonth recognises a date without a day: 2023年2月.
func isMonth(s string) bool {
	year, month, ok := strings.Cut(strings.TrimSuffix(s, "月"), "年")
	if ok && utf8.RuneCountInString(year) == 4 && strings.HasPrefix(year, "二") && len(month) <= 3*hanSize && strings.HasSuffix(s, "月") {
		return strings.IndexFunc(year+month, func(r rune) bool { return !strings.ContainsRune(chinese+"○", r) }) < 0
	}
	return ok && strings.HasSuffix(s, "月") && len(year) == 4 && allDigits(year) && len(month) <= 2 && allDigits(month)
}

// isSigned reports whether line i holds nothing but names: a signature, when the line
// below is of the tail.
func (d *document) isSigned(i int) bool {
	l := d.lines[i]
	return l.runes <= longestSigned/hanSize && l.runes >= 2 && nameLine(d.text(l)) && strings.IndexFunc(squeeze(d.text(l)), func(r rune) bool { return !isHan(r) && r != '、' }) < 0
}

// isAttachment recognises the line above an attachment: 附件：…
func isAttachment(s string) bool {
	for _, w := range []string{"附件", "附表", "附图", "附：", "附:"} {
		rest, ok := strings.CutPrefix(s, w)
		if !ok {
			continue
		}
		r, _ := decode(rest)
		if strings.HasPrefix(strings.TrimLeft(rest, "：:"), "无") {
			return false
		}
		return strings.HasPrefix(w, "附：") || w == "附:" || rest == "" || r == '：' || r == ':' || digit(r) >= 0 || cnDigit(r) > 0
	}
	return false
}

var officeEnds = endingsOf("审查结果 审查意见 交办意见 办理意见 拟办意见 审核意见 处理意见 批示 签名 签章 盖章 签字 主办单位 协办单位 会办单位 承办单位 办理单位 签名附页 附页 建议回复 办理情况 答复情况 立案情况 提案委意见 单位意见 联系人 联系电话 电话 手机 地址 邮编 邮箱 联系方式")

// isOffice recognises the label of what an office writes below a paper, or of an
// address: 市政府办公室交办意见：…
func isOffice(s string) bool {
	i := indexSign(s, "：:|\t")
	if i < 0 {
		return false
	}
	label := squeeze(s[:i])
	if len(label) > 16*hanSize {
		return false
	}
	return officeEnds.of(label)
}

// isSignature recognises who signed: a body that hands in proposals, or anyone with a seal.
func isSignature(s, line string) bool {
	if inner := strings.Trim(s, "（）()"); len(inner) < len(s) {
		for _, w := range []string{"执笔", "供稿", "撰稿", "撰写"} {
			if strings.HasSuffix(inner, w) {
				return true
			}
		}
		s = inner
	}
	for _, w := range []string{"（盖章）", "(盖章)", "（章）", "(章)", "（签名）", "(签名)", "（签章）", "(签章)", "（印章）", "(印章)", "（公章）", "(公章)"} {
		if name, ok := strings.CutSuffix(s, w); ok {
			return !hasSign(name, "。；，：")
		}
	}
	if i := strings.LastIndex(line, "20"); i > 0 && len(s) <= longestSigned && strings.HasSuffix(s, "月") && !hasSign(s, "。；，：") {
		return nameLine(line[:i]) || party(squeeze(line[:i]))
	}
	return party(s)
}

// longestSigned bounds, in bytes, a name with a month.
const longestSigned = 30 * hanSize
