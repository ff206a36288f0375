package split

import "strings"

// selfWords stand before somebody's own name.
var (
	selfWords = []string{"我叫", "本人叫", "我是", "我系", "本人是", "本人系", "本人"}
	selves    = wordsOf("我叫 我是 我系 本人")
)

// introduction reads how people introduce themselves in the first words of a paper:
// 我叫白某某，…; 我是郁某某，在…; 市政协委员赵某某认为.
func introduction(text string) (s signature, ok bool) {
	if selves.in(text) {
		if s, ok := introduced(text); ok {
			return s, true
		}
	}
	text = cut(text, longestShort)
	for _, verb := range []string{"认为", "提出", "建议", "反映"} {
		before, _, found := strings.Cut(text, verb)
		if !found || hasSign(before, "，。；：、") {
			continue
		}
		before = squeeze(before)
		if name := withoutPost(before); name != before && personal(name) {
			s.names = []string{name}
			s.deputy, s.member = strings.Contains(before, "代表"), strings.Contains(before, "委员")
			return s, true
		}
	}
	return s, false
}

// introduced reads who speaks of himself by name.
func introduced(text string) (s signature, ok bool) {
	for _, word := range selfWords {
		i := strings.Index(text, word)
		if i < 0 || i > 0 && !strings.ContainsRune("。！？!?\n 　，,", lastRune(text[:i])) || strings.Count(text[:i], "“") > strings.Count(text[:i], "”") {
			continue // somebody else says so
		}
		rest := text[i+len(word):]
		k := indexSign(rest, "，。；,（(")
		if k < 0 || k > longestTitle {
			continue
		}
		name := nameBehind(rest[:k])
		if !personal(name) || name == rest[:k] && !strings.HasSuffix(word, "叫") && kinds.of(name) {
			continue
		}
		if end := indexSign(rest, "。！？\n"); end >= 0 {
			rest = rest[:end]
		}
		s.deputy = strings.Contains(rest, "人大代表")
		s.member = !s.deputy && (strings.Contains(rest, "委员") || strings.Contains(rest, "界别"))
		s.names = []string{name}
		return s, true
	}
	return s, false
}

// kinds is how short words end that say what somebody is and that may begin as a name does:
// 农民工, 司机, 党员.
var kinds = endingsOf("员 师 工 民 人 者 生 家 长 手 兵 医 机 商 农 友 户 妈 爸 婆 公 授 官 干 的 里 中 盲 聋")

// nameBehind returns the name behind what somebody says that he is: 康复老师臧某某,
// 妇联界别的阮某某.
func nameBehind(s string) string {
	if name := withoutPost(s); name != s {
		return name
	}
	for at := range s {
		before, name := s[:at], s[at:]
		if before != "" && personal(name) && (callings.of(before) || belongings.of(before)) {
			return name
		}
	}
	return s
}

var belongings = endingsOf("界别的 界的 支部的 党派的")

// occasion reads from the first lines of a speech or a letter where it was given or to whom
// it is written, and returns what tells the kind of paper.
func (h *head) occasion(d *document) string {
	told := ""
	for i, n := 0, 0; i < len(d.lines) && n < mostOpening; i++ {
		l := d.lines[i]
		if l.blank() {
			continue
		}
		text := d.text(l)
		if n++; l.runes > longestTitle/2 || !strings.Contains(text, "发言") && !strings.HasSuffix(text, "：") && !strings.HasSuffix(text, ":") {
			continue
		}
		switch s := squeeze(text); {
		case strings.Contains(s, "发言") && (strings.HasPrefix(s, "—") || isRemark(s) || strings.HasPrefix(s, "在")):
			h.met = cmpOr(h.met, sessionIn(strings.TrimLeft(s, "—（(")))
			told += s
		case (strings.HasSuffix(s, "：") || strings.HasSuffix(s, ":")) && l.start >= h.body && !hasSign(s, "。；"):
			told += s
		}
	}
	return told
}

// mostOpening is the number of lines with text in which a speech or letter says what it is.
const mostOpening = 6

// said tells the kind from what somebody says of himself: 我叫漆某某，做…，是市人大代表.
func said(text string) Kind {
	member, deputy := false, false
	for sentence := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("。！？；\n", r) }) {
		if i := strings.Index(sentence, "我"); i >= 0 && !strings.HasPrefix(sentence[i:], "我们") {
			member = member || calledSo(sentence, "政协委员")
			deputy = deputy || calledSo(sentence, "人大代表")
		}
	}
	switch {
	case deputy && !member:
		return KindSuggestion
	case member && !deputy:
		return KindProposal
	}
	return ""
}

// calledSo reports whether a sentence calls its speaker by a post: 是新当选的市人大代表.
func calledSo(sentence, post string) bool {
	before, _, ok := strings.Cut(sentence, post)
	if !ok {
		return false
	}
	if i := strings.LastIndexAny(before, "，,、"); i >= 0 {
		before = before[i:]
	}
	before = strings.TrimLeft(before, "，,、我也还又 ")
	return ownPosts.begins(before) && len(before) <= longestPost
}

// ownPosts begin what somebody says of himself.
var ownPosts = wordsOf("是 系 作为 当选 当了 担任 身为")

// longestPost bounds, in bytes, what stands there before the post.
const longestPost = 14 * hanSize
