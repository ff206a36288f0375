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
		name := withoutPost(rest[:k])
		if !personal(name) || !strings.HasSuffix(word, "叫") && kinds.of(name) {
			continue
		}
		if end := indexSign(rest, "。！？\n"); end >= 0 {
			rest = rest[:end]
		}
		s.deputy = strings.Contains(rest, "人大代表")
		s.member = !s.deputy && strings.Contains(rest, "委员")
		s.names = []string{name}
		return s, true
	}
	return s, false
}

// kinds is how short words end that say what somebody is and that may begin as a name does:
// 农民工, 司机, 党员.
var kinds = endingsOf("员 师 工 民 人 者 生 家 长 手 兵 医 机 商 农 友 户 妈 爸 婆 公 授 官 干 的 里 中 盲 聋")
