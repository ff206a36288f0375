package textfile

import (
	"regexp"
	"strings"
)

var (
	tableRule = regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$`)
	ruleLine  = regexp.MustCompile(`^\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$`)
	fence     = regexp.MustCompile("^\\s*(?:```|~~~)")
	quoted    = regexp.MustCompile(`^\s*(?:>\s?)+`)
	image     = regexp.MustCompile(`!\[([^\]\n]*)\]\([^)\n]*\)`)
	link      = regexp.MustCompile(`\[([^\]\n]+)\]\([^)\n]*\)`)
	strong    = regexp.MustCompile(`(\*\*|__)([^\s*_](?:[^*_\n]*[^\s*_])?)(\*\*|__)`)
	emphasis  = regexp.MustCompile(`(^|[^\\*])\*([^\s*](?:[^*\n]*[^\s*])?)\*`)
	code      = regexp.MustCompile("`+([^`\n]+)`+")
	escaped   = regexp.MustCompile("\\\\([\\\\`*_{}\\[\\]()#+.!|>~-])")
	htmlBreak = regexp.MustCompile(`(?i)<br\s*/?>`)
)

// Markdown drops from a text the signs of Markdown that no reader of the page sees: emphasis, links' addresses, rules,
// quotation marks of lines, the frames of tables and code. Signs of headings and lists stay: they tell the parts.
func Markdown(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for l := range strings.Lines(s) {
		l = strings.TrimRight(l, "\n")
		switch {
		case tableRule.MatchString(l) && strings.Contains(l, "|"), ruleLine.MatchString(l), fence.MatchString(l):
			continue
		}
		b.WriteString(plainLine(l))
		b.WriteByte('\n')
	}
	return b.String()
}

func plainLine(l string) string {
	l = quoted.ReplaceAllString(l, "")
	if t := strings.TrimSpace(l); len(t) > 2 && t[0] == '|' && t[len(t)-1] == '|' {
		l = strings.TrimSpace(t[1 : len(t)-1])
	}
	if !strings.ContainsAny(l, "*_`[\\<") {
		return l
	}
	l = image.ReplaceAllString(l, "$1")
	l = link.ReplaceAllString(l, "$1")
	l = strong.ReplaceAllString(l, "$2")
	l = emphasis.ReplaceAllString(l, "$1$2")
	l = code.ReplaceAllString(l, "$1")
	l = htmlBreak.ReplaceAllString(l, " ")
	return escaped.ReplaceAllString(l, "$1")
}
