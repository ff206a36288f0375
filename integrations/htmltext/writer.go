package htmltext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"huiban/integrations/internal/plain"
)

// writer collects what a page shows, line by line.
type writer struct {
	lines []string
	line  strings.Builder
	gap   string // white space not yet written: "", " " or "\n"
	pre   int    // preformatted elements around
	lists []*list
	first string // the number that the next text begins with

	sheet    *sheet
	counters counters
}

// unseen are the elements whose content is no text of the page.
var unseen = map[atom.Atom]bool{
	atom.Head: true, atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Nav: true, atom.Svg: true,
	atom.Iframe: true, atom.Object: true, atom.Button: true, atom.Select: true, atom.Datalist: true, atom.Canvas: true, atom.Audio: true,
	atom.Video: true, atom.Map: true, atom.Rt: true, atom.Rp: true, atom.Del: true, atom.Math: true, atom.Input: true,
}

// blocks are the elements that stand on lines of their own.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Header: true, atom.Footer: true, atom.Main: true,
	atom.Aside: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Ul: true,
	atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Caption: true, atom.Blockquote: true, atom.Address: true, atom.Figure: true,
	atom.Figcaption: true, atom.Form: true, atom.Fieldset: true, atom.Legend: true, atom.Center: true, atom.Hr: true,
	atom.Details: true, atom.Summary: true, atom.Hgroup: true, atom.Body: true, atom.Textarea: true, atom.Menu: true,
}

func (w *writer) children(n *html.Node) {
	mark := len(w.counters.undo)
	if n.Type == html.ElementNode && w.sheet != nil {
		w.write(w.before(n))
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
	w.counters.leave(mark)
}

func (w *writer) node(n *html.Node) {
	if n.Type == html.ElementNode && w.sheet != nil {
		w.count(n)
	}
	switch {
	case n.Type == html.TextNode:
		w.write(n.Data)
	case n.Type != html.ElementNode && n.Type != html.DocumentNode || unseen[n.DataAtom] || w.hides(n):
	case n.DataAtom == atom.Br:
		w.end()
	case n.DataAtom == atom.Table:
		w.table(n)
	case n.DataAtom == atom.Ol:
		w.list(n, newList(n, w.sheet))
	case n.DataAtom == atom.Ul:
		w.list(n, &list{})
	case n.DataAtom == atom.Li:
		w.item(n)
	case n.DataAtom == atom.Pre:
		w.pre++
		w.block(n)
		w.pre--
	case blocks[n.DataAtom]:
		w.block(n)
	default:
		w.children(n)
	}
}

func (w *writer) block(n *html.Node) {
	w.end()
	w.children(n)
	w.end()
}

// hides reports whether an element is left out, by itself or by the style sheets.
func (w *writer) hides(n *html.Node) bool {
	return hidden(n) || w.sheet != nil && n.Type == html.ElementNode && w.sheet.of(n, "display", "") == "none"
}

// hidden reports whether a browser leaves an element out.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			s := strings.ToLower(strings.ReplaceAll(a.Val, " ", ""))
			if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") || strings.Contains(s, "mso-hide:all") {
				return true
			}
		}
	}
	return false
}

// write adds text. White space counts as one space, and as none where a line of the source ends between Chinese
// characters.
func (w *writer) write(s string) {
	for _, r := range s {
		switch {
		case w.pre > 0 && r == '\n':
			w.end()
		case r == '\n' || r == '\r':
			w.gap = "\n"
		case r == '\t' && w.pre > 0:
			w.put('\t')
		case unicode.IsSpace(r):
			if w.gap == "" {
				w.gap = " "
			}
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError || plain.Invisible(r):
		default:
			w.put(r)
		}
	}
}

func (w *writer) put(r rune) {
	if w.line.Len() > 0 && w.gap != "" {
		last, _ := utf8.DecodeLastRuneInString(w.line.String())
		if w.gap == " " || !wideRune(last) || !wideRune(r) {
			w.line.WriteByte(' ')
		}
	}
	w.gap = ""
	w.line.WriteRune(r)
}

// wideRune reports whether r is a Chinese character or sign, which no space sets off from the next.
func wideRune(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60 || r == '“' || r == '”' || r == '…' || r == '—'
}

// end ends the line.
func (w *writer) end() {
	w.gap = ""
	s := strings.TrimSpace(w.line.String())
	w.line.Reset()
	if s == "" {
		return
	}
	if w.first != "" && !marked(s) {
		if s[0] < utf8.RuneSelf && w.first[len(w.first)-1] == '.' {
			s = " " + s
		}
		s = w.first + s
	}
	w.first = ""
	w.lines = append(w.lines, s)
}

func (w *writer) text() string {
	w.end()
	if len(w.lines) == 0 {
		return ""
	}
	return strings.Join(w.lines, "\n") + "\n"
}
