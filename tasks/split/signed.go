package split

import (
	"strings"
	"unicode/utf8"
)

// Where a paper says without a label who hands it in, in lines with text.
const (
	mostBeside   = 3   // below the title
	mostFoot     = 8   // above the end
	longestShort = 40  // characters of a line of names
	longestIntro = 900 // bytes of the body in which people introduce themselves
)

// signature is what a line of names says.
type signature struct {
	names  []string
	others string // 等2名代表
	member bool   // calls somebody 委员
	deputy bool   // calls somebody 代表
}

// unlabelled looks for the proposers where no label names them: beside the title, in the
// first words of the body, at the foot.
func (h *head) unlabelled(d *document) {
	if len(h.Proposers) > 0 {
		return
	}
	s, ok := d.besideTitle(cmpOr(h.Title, h.candidate))
	if !ok && h.signed == "" {
		if s, ok = introduction(d.src[h.body:min(len(d.src), h.body+longestIntro)]); !ok {
			s, ok = d.foot()
		}
	}
	if !ok {
		return
	}
	h.Proposers, h.Others = s.names, cmpOr(h.Others, s.others)
	h.deputy = h.deputy || s.deputy
	h.member = h.member || s.member
}

// besideTitle reads the lines next to the title.
func (d *document) besideTitle(title string) (signature, bool) {
	at := d.titleAt(title)
	if at < 0 {
		return signature{}, false
	}
	for i, n := at+1, 0; i < len(d.lines) && n < mostBeside; i++ {
		l := d.lines[i]
		if l.blank() {
			continue
		}
		if c, _ := d.labelAt(l.a); c != noClass && c < classBody {
			continue
		}
		n++
		if s, ok := signedLine(d.text(l)); ok {
			return s, true
		}
		if l.runes > longestShort || hasSign(d.text(l), "。；") || partHeading(squeeze(d.text(l))) != noClass {
			break
		}
	}
	for i := at - 1; i >= 0; i-- {
		if l := d.lines[i]; !l.blank() {
			s, ok := signedLine(d.text(l))
			return s, ok && (s.member || s.deputy || !organWords.in(d.text(l)))
		}
	}
	return signature{}, false
}

// titleAt returns the line on which the title ends, or -1.
func (d *document) titleAt(title string) int {
	if title = squeeze(title); title == "" {
		return -1
	}
	rest, n := "", 0
	for i, l := range d.lines {
		if l.blank() {
			continue
		}
		if n++; n > mostAbove {
			break
		}
		s := squeeze(d.text(l))
		if strings.Contains(s, title) {
			return i
		}
		if rest == "" && len(s) >= 6*hanSize && strings.Contains(title, s) {
			rest = title // it is broken over lines
		}
		if rest != "" && strings.HasSuffix(title, s) {
			return i
		}
	}
	return -1
}

// signedLine reads a line that is nothing but who hands the paper in: 云素素  教育界,
// （城关代表团）, 第三组  聂松年委员, 麻某、石某等2名代表提出：.
func signedLine(line string) (s signature, ok bool) {
	if utf8.RuneCountInString(line) > longestShort+longestTitle {
		return s, false
	}
	line = strings.TrimFunc(line, func(r rune) bool { return isBlank(r) || strings.ContainsRune("—-–", r) })
	if isRemark(line) {
		line = strings.Trim(line, "（）()")
	}
	for _, how := range []string{"联名", "建议", "提案"} {
		if rest, ok := strings.CutSuffix(line, how); ok && (strings.HasSuffix(rest, "委员") || strings.HasSuffix(rest, "代表")) {
			line = rest // 闵某、车某委员联名, 单某代表建议
		}
	}
	if post := strings.TrimRight(line, "：:"); len(post) < len(line) && posted.begins(line) && withoutPost(post) != post {
		line = post // 代表冉某：
	}
	if told := strings.TrimRight(line, "：:）)"); strings.HasSuffix(told, "提出") || strings.HasSuffix(told, "提") {
		line = strings.TrimSuffix(strings.TrimSuffix(told, "出"), "提")
	} else if strings.HasSuffix(line, "：") || strings.HasSuffix(line, ":") {
		return s, false // whom it is written to
	}
	if s, ok := speaker(line); ok {
		return s, true
	}
	line = dropBrackets(line)
	if before, after, cut := strings.Cut(strings.ReplaceAll(line, ":", "："), "："); cut {
		if !strings.HasSuffix(before, "委员") && !strings.HasSuffix(before, "代表") {
			return s, false
		}
		line = before + " " + after
	}
	if utf8.RuneCountInString(line) > longestShort || hasSign(line, "。；！？《》“”>") {
		return s, false
	}
	said := signers.prefix(line) // 提案人岑某，电话…
	line = line[len(said):]
	s.deputy, s.member = strings.Contains(line, "代表"), isMember(line)
	if party(squeeze(line)) {
		s.names = []string{squeeze(line)}
		return s, true
	}
	return s, s.read(line, said != "")
}

// posted begin a line of somebody who says what he is before his name.
var posted = wordsOf("代表 委员 人大代表 政协委员")

// speaker reads who speaks from what stands in brackets behind the occasion:
// ——在分组审议时的发言（人大代表 麻某，乡卫生院护士）.
func speaker(line string) (s signature, ok bool) {
	i := strings.LastIndexAny(line, "（(")
	if i <= 0 || !strings.HasSuffix(line[:i], "发言") {
		return s, false
	}
	who := strings.Trim(line[i:], "（）()")
	if k := indexSign(who, "，,"); k >= 0 {
		who = who[:k]
	}
	s.deputy, s.member = strings.Contains(who, "代表"), isMember(who)
	return s, s.read(who, false)
}

// isMember reports whether a line calls somebody a member of the CPPCC.
func isMember(line string) bool {
	return strings.Contains(strings.ReplaceAll(line, "委员会", ""), "委员") || strings.Contains(line, "界别")
}

// signers begin a line of names without a sign behind them.
var signers = wordsOf("提案人 提案者 建议人 领衔代表")

// read takes the names from a line; words that say nothing about them make it no such line,
// unless somebody is called a member, a deputy or, said, a proposer.
func (s *signature) read(line string, post bool) bool {
	strange := 0
	for tok, listed := range nameTokens(line) {
		k := len(s.names) - 1
		name := withoutPost(tok)
		if before, after, ok := strings.Cut(tok, "等"); ok && personal(before) && strings.Trim(after, "0123456789一二三四五六七八九十人名位委员代表") == "" {
			name, s.others, post = before, "等"+after, true
		}
		switch {
		case utf8.RuneCountInString(tok) == 1 && k >= 0 && utf8.RuneCountInString(s.names[k]) == 1:
			s.names[k] += tok // 戴  云
		case utf8.RuneCountInString(tok) == 1 && surname(tok):
			s.names = append(s.names, tok)
		case name != tok:
			s.names, post = append(s.names, name), true
		case sessionIn(tok) != "", callings.of(tok), strings.HasSuffix(tok, "代表"), strings.HasSuffix(tok, "组"):
			post = post || strings.HasSuffix(tok, "委员") || strings.HasSuffix(tok, "代表")
		case listed && party(tok), k < 0 && isBody(tok):
			s.names = append(s.names, tok)
		case personal(tok):
			s.names = append(s.names, tok)
		case places.of(tok), party(tok):
		default:
			strange++
		}
	}
	return len(s.names) > 0 && (strange == 0 || post) && utf8.RuneCountInString(s.names[len(s.names)-1]) > 1
}

// places is how words end that say where somebody is from.
var places = endingsOf("村 社区 街道 镇 乡 大队 公司 学校 中学 小学 一中 二中 三中 四中 五中 六中 医院 大学 学院 合作社 老百姓 护理部 门诊部 门诊 研究院 设计院 研究所 事务所 卫生院 幼儿园 图书馆 文化馆 博物馆 服务中心 集团 银行 车间 工厂 书店")

// foot reads a name in the last lines: beside or above a date, far to the right, in brackets
// behind the last sentence.
func (d *document) foot() (signature, bool) {
	dated := false
	for i, n := len(d.lines)-1, 0; i > 0 && n < mostFoot; i-- {
		l := d.lines[i]
		if l.blank() {
			continue
		}
		n++
		text := d.text(l)
		if strings.HasSuffix(text, "）") || strings.HasSuffix(text, ")") {
			if k := strings.LastIndexAny(text, "（("); k > 0 && endsSentence(lastRune(text[:k])) && party(strings.Trim(text[k:], "（）()")) {
				return signature{names: []string{strings.Trim(text[k:], "（）()")}}, true
			}
		}
		if l.runes > longestShort || hasSign(text, "。；！？") {
			break
		}
		name := text
		for _, label := range []string{"签名", "签字"} {
			name = strings.TrimLeft(strings.TrimPrefix(name, label), "：: ")
		}
		if k := indexNumeral(name); k >= 0 && (phoneLike(name[k:]) || isDate(squeeze(name[k:]))) {
			name, dated = strings.TrimFunc(name[:k], isBlank), true
		}
		if name == "" {
			continue
		}
		if isDay(squeeze(name)) {
			dated = true
			continue
		}
		s, ok := signedLine(name)
		if ok && (dated || s.deputy || s.member || name != text || d.indented(l) || d.greeted(i)) {
			return s, true
		}
		dated = false
	}
	return signature{}, false
}

// indexNumeral returns where a date or a telephone number may begin, or -1.
func indexNumeral(s string) int {
	return strings.IndexFunc(s, func(r rune) bool { return isDigit(r) || r == '二' })
}

// isDate recognises a date, perhaps without its day or in the old calendar.
func isDate(s string) bool {
	date, rest := dateIn(s)
	return date != "" && rest == "" || isMonth(s)
}

// isDay recognises a date without its year: 十一月六日, 二月初九.
func isDay(s string) bool {
	month, day, ok := strings.Cut(s, "月")
	day = strings.TrimPrefix(strings.TrimRight(day, "日号夜晨晚"), "初")
	if month == "腊" || month == "正" || month == "冬" {
		month = "一"
	}
	other := func(r rune) bool { return !numeral(r) }
	return ok && month != "" && day != "" && len(s) <= 8*hanSize && strings.IndexFunc(month+day, other) < 0
}

// greeted reports whether the line above line i is the last word of a letter.
func (d *document) greeted(i int) bool {
	for i--; i > 0; i-- {
		if l := d.lines[i]; !l.blank() {
			return greetings.begins(squeeze(d.text(l))) && l.runes <= longestShort/2
		}
	}
	return false
}

// greetings are what stands above a name at the end of a letter.
var greetings = wordsOf("敬礼 此致敬礼 春祺 春安 夏安 夏祺 秋安 秋祺 冬安 冬祺 近安 时祺 时安 安康 编安 政安 政祺 公安 大安 祝您 祝各位 祝工作 祝领导 工作顺利 顺颂 顺祝 谨此 谢谢 致敬 敬上")

// indented reports whether a line stands far to the right, as a signature does.
func (d *document) indented(l line) bool {
	return utf8.RuneCountInString(d.src[l.start:l.a]) >= farRight
}

// farRight is an indent, in spaces of any width, that is no paragraph's.
const farRight = 6
