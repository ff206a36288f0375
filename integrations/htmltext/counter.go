package htmltext

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// counters are the numbers that style sheets count with, and what is to be undone at the end of an element.
type counters struct {
	now  map[string]int
	undo []counted
}

type counted struct {
	name string
	n    int
	set  bool
}

// count resets and raises the counters that an element's rules name.
func (w *writer) count(n *html.Node) {
	for i, name := range pairsOf(w.sheet.of(n, "counter-reset", "")) {
		if w.counters.now == nil {
			w.counters.now = map[string]int{}
		}
		if i >= maxCounters || len(w.counters.undo) > maxSheet {
			break
		}
		old, set := w.counters.now[name.name]
		w.counters.undo = append(w.counters.undo, counted{name.name, old, set})
		w.counters.now[name.name] = name.n
	}
	raise := w.sheet.of(n, "counter-increment", "")
	if raise == "" {
		raise = w.sheet.of(n, "counter-increment", ":before")
	}
	for i, name := range pairsOf(raise) {
		if i >= maxCounters {
			break
		}
		if w.counters.now == nil {
			w.counters.now = map[string]int{}
		}
		if !name.set {
			name.n = 1
		}
		w.counters.now[name.name] += name.n
	}
}

// leave takes back the counters that the children of an element have reset.
func (c *counters) leave(mark int) {
	for len(c.undo) > mark {
		last := c.undo[len(c.undo)-1]
		c.undo = c.undo[:len(c.undo)-1]
		if last.set {
			c.now[last.name] = last.n
		} else {
			delete(c.now, last.name)
		}
	}
}

// pairsOf reads names, each with a number behind it or not.
func pairsOf(value string) []counted {
	var out []counted
	for _, f := range strings.Fields(value) {
		n, err := strconv.Atoi(f)
		switch {
		case err == nil && len(out) > 0 && n > -1_000_000 && n < 1_000_000:
			out[len(out)-1].n, out[len(out)-1].set = n, true
		case err != nil && f != "none" && f != "inherit":
			out = append(out, counted{name: f})
		}
	}
	return out
}

var content = regexp.MustCompile(`"([^"]*)"|'([^']*)'|counters?\(\s*([\w-]+)\s*(?:,\s*"[^"]*"\s*)?(?:,\s*([\w-]+)\s*)?\)`)

// before is what the rules put before an element's text.
func (w *writer) before(n *html.Node) string {
	var b strings.Builder
	for _, m := range content.FindAllStringSubmatch(w.sheet.of(n, "content", ":before"), -1) {
		if m[3] == "" {
			b.WriteString(m[1] + m[2])
			continue
		}
		l := list{kind: "1", next: w.counters.now[m[3]]}
		l.style("list-style:" + m[4])
		b.WriteString(strings.TrimRight(l.number(), "、."))
	}
	s := b.String()
	if strings.ContainsAny(s, `\`) || len(s) > 100 {
		return "" // signs of icon fonts
	}
	return s
}
