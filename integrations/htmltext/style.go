package htmltext

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of the style sheets that are heeded.
const (
	maxSheet    = 512 << 10 // bytes
	maxRules    = 2000
	maxCounters = 50
)

// sheet is what a page's own style sheets say of text: what is hidden, how lists count, what stands before an element.
// Selectors are names of elements, classes and ids; a rule whose selector is more than that is passed over.
type sheet struct {
	rules map[string][]rule // tag, .class, tag.class, #id, each with ::before behind it or not
	n     int
}

type rule struct{ property, value string }

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/|<!--|-->`)
	selector   = regexp.MustCompile(`^(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?(?:::?before)?$`)
	heeded     = regexp.MustCompile(`^(?:display|visibility|list-style|list-style-type|counter-reset|counter-increment|content)$`)
)

// sheetOf reads the style elements of a page.
func sheetOf(root *html.Node) *sheet {
	s := &sheet{rules: map[string][]rule{}}
	left := maxSheet
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.DataAtom == atom.Style && n.FirstChild != nil {
			css := n.FirstChild.Data
			if left -= len(css); left < 0 {
				break
			}
			s.read(cssComment.ReplaceAllString(css, ""))
		}
	}
	return s
}

// read takes the rules at the outermost level; what stands inside @media and the like is for other occasions.
func (s *sheet) read(css string) {
	for {
		at := strings.IndexAny(css, "{;")
		if at < 0 {
			return
		}
		head := strings.TrimSpace(css[:at])
		if css[at] == ';' {
			css = css[at+1:]
			continue
		}
		end := closing(css, at)
		body := css[at+1 : end]
		css = css[min(end+1, len(css)):]
		if !strings.HasPrefix(head, "@") {
			s.add(head, body)
		}
	}
}

// closing is where the bracket that opens at from is closed, or the end.
func closing(css string, from int) int {
	depth := 0
	for i := from; i < len(css); i++ {
		switch css[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(css)
}

func (s *sheet) add(head, body string) {
	var rules []rule
	for _, d := range declarations(body) {
		property, value, _ := strings.Cut(d, ":")
		if property = strings.ToLower(strings.TrimSpace(property)); heeded.MatchString(property) {
			rules = append(rules, rule{property, strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))})
		}
	}
	if len(rules) == 0 {
		return
	}
	for _, one := range strings.Split(head, ",") {
		one = strings.Replace(strings.TrimSpace(one), "::before", ":before", 1)
		name, pseudo, _ := strings.Cut(one, ":")
		if tag, rest, ok := cutAny(name, ".#"); ok {
			one = strings.ToLower(tag) + rest
		} else {
			one = strings.ToLower(name)
		}
		if pseudo != "" {
			one += ":" + pseudo
		}
		if s.n++; s.n > maxRules || one == "" || !selector.MatchString(one) {
			continue
		}
		s.rules[one] = append(s.rules[one], rules...)
	}
}

// cutAny parts s before the first of the signs.
func cutAny(s, signs string) (before, rest string, ok bool) {
	i := strings.IndexAny(s, signs)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i:], true
}

// declarations parts a rule at its semicolons, but for those in quotes.
func declarations(body string) []string {
	var out []string
	from, quote := 0, byte(0)
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == ';':
			out = append(out, body[from:i])
			from = i + 1
		}
	}
	return append(out, body[from:])
}

// of is the value of a property for an element, "" when no rule gives one: its id's goes before its class's, that before
// its name's.
func (s *sheet) of(n *html.Node, property, pseudo string) string {
	if s == nil || s.n == 0 {
		return ""
	}
	id, classes := "", ""
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			id = a.Val
		case "class":
			classes = a.Val
		}
	}
	var names []string
	if id != "" {
		names = append(names, n.Data+"#"+id, "#"+id)
	}
	for i, c := range strings.Fields(classes) {
		if i < 10 {
			names = append(names, n.Data+"."+c, "."+c)
		}
	}
	for _, name := range append(names, n.Data) {
		rules := s.rules[name+pseudo]
		for i := len(rules) - 1; i >= 0; i-- {
			if rules[i].property == property {
				return rules[i].value
			}
		}
	}
	return ""
}
