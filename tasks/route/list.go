package route

import (
	"strings"
	"unicode/utf8"
)

// listed is a unit that stands abbreviated in a list.
type listed struct {
	unit int
	word string
}

// lists finds units that are named by their stem: 住建、城管、水利等部门, 交警部门, 公安机关, 由财政牵头, 会同公安、城管,
// or before a whole name: 住建、城管和市水务局.
func (r *Router) lists(text string, named []span) (out []listed) {
	for at := 0; ; {
		i, mark := firstOf(text[at:], "部门", "等单位", "机关", "牵头", "联合", "会同")
		if i < 0 {
			break
		}
		i += at
		at = i + len(mark)
		switch mark {
		case "会同", "联合":
			out = r.forward(text[at:], mark == "会同", out)
		}
		before, more := r.listEnd(text[:i])
		out = r.backward(before, more || mark == "等单位", out)
	}
	for _, s := range named {
		if before, ok := cutSeparator(text[:s.start]); ok {
			out = r.backward(before, false, out)
		}
	}
	return out
}

// listEnd cuts the words that stand between a list and 部门; more: the list is said to go on.
func (r *Router) listEnd(before string) (list string, more bool) {
	for again := true; again; {
		again = false
		for _, w := range []string{"等", "有关", "相关", "职能", "主管", "行政", "各", "多个", "几个", "管理", "监管"} {
			// 市场监管 is a stem itself.
			if rest, ok := strings.CutSuffix(before, w); ok && r.stemBefore(before) == "" {
				before, again = rest, true
				more = more || w == "等"
			}
		}
	}
	return before, more
}

// forward reads a list of stems from its beginning; a single one counts when alone is set.
func (r *Router) forward(after string, alone bool, out []listed) []listed {
	var found []listed
	for range 12 {
		after = strings.TrimLeft(after, "市县区")
		stem := r.stemAt(after)
		if stem == "" {
			break
		}
		if i := r.stems[stem]; i >= 0 {
			found = append(found, listed{i, stem})
		}
		rest, ok := strings.CutPrefix(after[len(stem):], "、")
		if !ok {
			break
		}
		after = rest
	}
	if len(found) > 1 || alone {
		out = append(out, found...)
	}
	return out
}

// stemAt returns the longest stem that a text begins with, at most seven characters.
func (r *Router) stemAt(text string) (stem string) {
	i := 0
	for n := 1; n <= 7 && i < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if _, ok := r.stems[text[:i]]; ok {
			stem = text[:i]
		}
	}
	return stem
}

// firstOf finds the first of some words.
func firstOf(text string, words ...string) (at int, word string) {
	at = -1
	for _, w := range words {
		if i := strings.Index(text, w); i >= 0 && (at < 0 || i < at) {
			at, word = i, w
		}
	}
	return at, word
}

// Items of a list that name no unit are passed over: 水务集团 in 交通、水务集团等部门.
const (
	mostStrange  = 2 // of one list
	strangeRunes = 8
)

// backward reads a list of stems from its end; strangers are passed over when more is set.
func (r *Router) backward(before string, more bool, out []listed) []listed {
	strange := 0
	for range 12 {
		stem := r.stemBefore(before)
		if stem == "" {
			at := strings.LastIndex(before, "、")
			if strange++; !more || at < 0 || strange > mostStrange || length(before[at:]) > strangeRunes+1 {
				return out
			}
			before = before[:at]
			continue
		}
		if i := r.stems[stem]; i >= 0 {
			out = append(out, listed{i, stem})
		}
		rest, ok := cutSeparator(strings.TrimRight(strings.TrimSuffix(before, stem), "市县区"))
		if !ok {
			return out
		}
		before = rest
	}
	return out
}

// stemBefore returns the longest stem that a text ends with, at most seven
// characters.
func (r *Router) stemBefore(text string) (stem string) {
	i := len(text)
	for n := 1; n <= 7 && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:i])
		i -= size
		if _, ok := r.stems[text[i:]]; ok {
			stem = text[i:]
		}
	}
	return stem
}

func cutSeparator(s string) (string, bool) {
	for _, sep := range []string{"、", "以及", "和", "及", "与", "，"} {
		if rest, ok := strings.CutSuffix(s, sep); ok {
			return rest, true
		}
	}
	return s, false
}
