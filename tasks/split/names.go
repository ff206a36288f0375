package split

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// nameLine reports whether a line holds nothing but names.
func nameLine(s string) bool {
	for tok := range strings.FieldsFuncSeq(s, nameBreak) {
		if n := utf8.RuneCountInString(tok); n > 4 {
			return false
		}
		for _, r := range tok {
			if !isHan(r) && r != '·' {
				return false
			}
		}
	}
	return true
}

func nameBreak(r rune) bool {
	switch r {
	case '、', '，', ',', '；', ';', '/', '|', '。':
		return true
	}
	return isBlank(r)
}

// names reads proposers: 赵  历 is one letter-spaced name, 等5人 is no name.
func (h *head) names(v string) {
	open, person, described := false, false, false
	for tok, listed := range nameTokens(dropBrackets(v)) {
		if i := strings.LastIndex(tok, "等"); i >= 0 && strings.Trim(tok[i+len("等"):], "0123456789一二三四五六七八九十人名位委员代表") == "" {
			h.Others = cmpOr(h.Others, tok[i:])
			tok = tok[:i]
		}
		if strings.HasPrefix(tok, "_") || strings.HasSuffix(tok, "_") {
			tok = strings.Trim(tok, "_") // the line of a form
		}
		if name := withoutPost(tok); name != tok {
			tok, person = name, true
		}
		n := utf8.RuneCountInString(tok)
		if n > 3 && !strings.HasSuffix(tok, "代表团") {
			tok = strings.TrimSuffix(strings.TrimSuffix(tok, "委员"), "代表")
			n = utf8.RuneCountInString(tok)
		}
		switch {
		case tok == "男", tok == "女":
			return // what follows describes the person
		case described && listed && !personal(tok) && !party(tok):
			continue // 市一中教师、合唱团指导
		case n == 0, tok == "无", tok == "无党派人士", isLabel(tok), strings.ContainsAny(tok, "0123456789:：*@_"), strings.IndexFunc(tok, isHan) < 0, person && describes(tok, listed):
			open, described = false, person && describes(tok, listed)
			continue
		case n == 1 && open:
			h.Proposers[len(h.Proposers)-1] += tok
			open = false
			continue
		}
		person, described = person || personal(tok), false
		if slices.Contains(h.Proposers, tok) && n > 1 {
			open = false
			continue // signed once more at the end
		}
		h.Proposers = append(h.Proposers, tok)
		open = n == 1
	}
}

// nameTokens yields what stands between the signs of a list of names, and whether
// a 、 parts it from another: 谢某、民建支部 are two, 谢某  民建支部 may be one.
func nameTokens(s string) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		listed := false
		for s != "" {
			i := strings.IndexFunc(s, nameBreak)
			if i < 0 {
				i = len(s)
			}
			tok := s[:i]
			s = s[i:]
			gap := len(s) - len(strings.TrimLeftFunc(s, nameBreak))
			comma := strings.Contains(s[:gap], "、")
			if tok != "" && !yield(tok, listed || comma) {
				return
			}
			listed, s = comma, s[gap:]
		}
	}
}

func dropBrackets(s string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch r {
		case '（', '(':
			depth++
			return ' '
		case '）', ')':
			depth = max(0, depth-1)
			return -1
		}
		if depth > 0 {
			return -1
		}
		return r
	}, s)
}
