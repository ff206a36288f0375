package split

import (
	"slices"
	"strings"
)

// laterLabels reads what the head leaves out from labels that stand below the reasons.
func (h *head) laterLabels(d *document) {
	unsigned := len(h.Proposers) == 0
	for i, n := d.lineAt(h.body), 0; i < len(d.lines) && n < mostAbove; i++ {
		l := d.lines[i]
		if l.blank() || l.a < h.body {
			continue
		}
		n++
		c, end := d.labelAt(l.a)
		if l.runes > longestTitle || end > l.b || end <= l.a {
			continue
		}
		switch {
		case c == classTitle && h.Title == "", c == classNumber && h.Number == "", c == classProposer && unsigned:
			h.value(c, d.src[end:l.b])
		}
	}
}

// finish settles what needs the whole head: its kind, contacts inside other
// fields, a number or session that stands in the title.
func (h *head) finish(d *document) {
	h.laterLabels(d)
	region := cut(d.src[:h.body], 4000)
	for _, s := range h.tail[:min(len(h.tail), 20)] {
		region += cut(d.src[s.Start:s.End], 200)
	}
	s := squeeze(region)
	switch {
	case proposalWords.in(s):
		h.Kind = KindProposal
	case suggestionWords.in(s):
		h.Kind = KindSuggestion
	case strings.Contains(s, "提案"):
		h.Kind = KindProposal
	case slices.ContainsFunc(h.Proposers, func(p string) bool { return strings.HasSuffix(p, "代表团") || strings.HasSuffix(p, "代表小组") }):
		h.Kind = KindSuggestion
	}
	told := ""
	if h.Session == "" || h.Kind == "" {
		told = h.occasion(d)
	}
	if h.Session = cmpOr(h.Session, h.met); h.Session == "" {
		h.Session = d.sessionAtFoot()
	}
	if h.Title == "" {
		h.Title = cmpOr(d.laterTitle(h.body), tidy(h.candidate))
	}
	h.unlabelled(d)
	if len(h.Proposers) == 0 {
		h.names(cmpOr(h.signed, cmpOr(h.circle, h.author)))
	}
	for _, names := range h.seconders {
		if h.Kind == KindSuggestion {
			h.names(names) // a deputy who seconds a suggestion makes it with the others
		} else {
			h.Others = cmpOr(h.Others, "等")
		}
	}
	if h.Kind == "" {
		h.Kind = h.kindOf(s + told)
	}
	if h.Kind == "" {
		h.Kind = kindTold(told)
	}
	if h.Kind == "" {
		h.Kind = said(cut(d.src[h.body:], longestTold))
	}
	for _, part := range append([]Span{{0, h.body}}, h.tail...) {
		for at := part.Start; ; {
			a, b, ok := phoneIn(d.src[:part.End], at)
			if !ok {
				break
			}
			h.Contacts = append(h.Contacts, Span{a, b})
			at = b
		}
	}
}

// kindOf tells the kind by the title and by what the people are called who hand it in.
func (h *head) kindOf(region string) Kind {
	if h.Title != "" {
		region = strings.Replace(region, squeeze(h.Title), "", 1) // which may speak of anybody
	}
	members, deputies := isMember(region), strings.Contains(region, "代表")
	switch {
	case strings.HasSuffix(h.Title, "提案"), members && !deputies:
		return KindProposal
	case h.deputy && !h.member, deputies && !members:
		return KindSuggestion
	case h.member && !h.deputy, slices.ContainsFunc(h.Proposers, party):
		return KindProposal
	}
	return ""
}

// longestTold bounds, in characters, the beginning of a text in which somebody says who he is.
const longestTold = 300

// kindTold tells the kind by the meeting that a speech was given at, or by who is written to.
func kindTold(s string) Kind {
	members := strings.Contains(s, "政协") || strings.Contains(s, "各位委员")
	deputies := strings.Contains(s, "人大") || strings.Contains(s, "各位代表") || strings.Contains(s, "代表团") || strings.Contains(s, "人民代表大会")
	switch {
	case members && !deputies:
		return KindProposal
	case deputies && !members:
		return KindSuggestion
	}
	return ""
}

// sessionAtFoot returns the session that stands in brackets on one of the last lines.
func (d *document) sessionAtFoot() string {
	for i, n := len(d.lines)-1, 0; i > 0 && n < 3; i-- {
		l := d.lines[i]
		if l.blank() {
			continue
		}
		n++
		if s := squeeze(cut(d.text(l), longestShort)); isRemark(s) && strings.Contains(s, "届") {
			return sessionIn(s)
		}
	}
	return ""
}
