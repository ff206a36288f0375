package htmltext

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// list is a list being read; kind "" has no numbers.
type list struct {
	kind string // 1, a, A, i, I, or 一
	next int
	step int
}

func newList(n *html.Node, s *sheet) *list {
	l := &list{kind: "1", next: 1, step: 1}
	items := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.Data == "li" {
			items++
		}
	}
	l.style("list-style:" + s.of(n, "list-style", "") + " " + s.of(n, "list-style-type", ""))
	for _, a := range n.Attr {
		switch a.Key {
		case "reversed":
			l.next, l.step = items, -1
		case "type":
			switch a.Val {
			case "1", "a", "A", "i", "I":
				l.kind = a.Val
			}
		case "style":
			l.style(a.Val)
		}
	}
	if start, ok := integer(n, "start"); ok {
		l.next = start
	}
	return l
}

// style reads the kind of numbers from a style attribute.
func (l *list) style(s string) {
	s = strings.ToLower(s)
	_, value, ok := strings.Cut(s, "list-style")
	if !ok {
		return
	}
	value, _, _ = strings.Cut(value, ";")
	for _, k := range []struct{ name, kind string }{
		{"cjk-ideographic", "一"}, {"chinese-informal", "一"}, {"chinese-formal", "一"}, {"cjk-decimal", "一"}, {"japanese-informal", "一"}, {"lower-alpha", "a"}, {"lower-latin", "a"}, {"upper-alpha", "A"}, {"upper-latin", "A"},
		{"lower-roman", "i"}, {"upper-roman", "I"}, {"decimal", "1"}, {"none", ""}, {"disc", ""}, {"circle", ""}, {"square", ""},
	} {
		if strings.Contains(value, k.name) {
			l.kind = k.kind
			return
		}
	}
}

func integer(n *html.Node, key string) (int, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			v, err := strconv.Atoi(strings.TrimSpace(a.Val))
			return v, err == nil && v > -1_000_000 && v < 1_000_000
		}
	}
	return 0, false
}

func (w *writer) list(n *html.Node, l *list) {
	w.end()
	w.lists = append(w.lists, l)
	w.children(n)
	w.lists = w.lists[:len(w.lists)-1]
	w.end()
}

// item begins with its number; the number stands before the item's first text, and not at all before text that has one.
func (w *writer) item(n *html.Node) {
	w.end()
	w.first = ""
	if len(w.lists) > 0 {
		l := w.lists[len(w.lists)-1]
		if v, ok := integer(n, "value"); ok {
			l.next = v
		}
		if w.first = l.number(); strings.Contains(w.sheet.of(n, "list-style", "")+w.sheet.of(n, "list-style-type", ""), "none") {
			w.first = ""
		}
		l.next += l.step
	}
	w.children(n)
	w.end()
	w.first = ""
}

var ownMark = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、．.）)]|[①-⑳]|第[一二三四五六七八九十]{1,3}[，、条])`)

// marked reports whether an item's text brings its number along.
func marked(s string) bool { return ownMark.MatchString(s) }

// number is the next item's number as it is shown.
func (l *list) number() string {
	n := l.next
	switch {
	case l.kind == "":
		return ""
	case l.kind == "一" && n >= 1 && n <= 99:
		return chinese(n) + "、"
	case n >= 1 && n <= 26 && l.kind == "a":
		return string(rune('a'+n-1)) + "."
	case n >= 1 && n <= 26 && l.kind == "A":
		return string(rune('A'+n-1)) + "."
	case n >= 1 && n <= 3999 && l.kind == "i":
		return strings.ToLower(roman(n)) + "."
	case n >= 1 && n <= 3999 && l.kind == "I":
		return roman(n) + "."
	}
	return strconv.Itoa(n) + "."
}

// chinese writes n below a hundred.
func chinese(n int) string {
	digits := []rune("零一二三四五六七八九")
	switch {
	case n < 10:
		return string(digits[n])
	case n < 20 && n%10 == 0:
		return "十"
	case n < 20:
		return "十" + string(digits[n%10])
	case n%10 == 0:
		return string(digits[n/10]) + "十"
	}
	return string(digits[n/10]) + "十" + string(digits[n%10])
}

func roman(n int) string {
	var b strings.Builder
	for _, s := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= s.value; n -= s.value {
			b.WriteString(s.sign)
		}
	}
	return b.String()
}
