package docx

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// face is a pair of fonts: one for Chinese characters, one for letters and digits.
type face struct{ east, latin string }

var (
	songTitle = face{"方正小标宋简体", "方正小标宋简体"}
	fangsong  = face{"仿宋_GB2312", "Times New Roman"}
	hei       = face{"黑体", "黑体"}
	kai       = face{"楷体_GB2312", "Times New Roman"}
	song      = face{"宋体", "宋体"}
)

func (f face) xml() string {
	return `<w:rFonts w:hint="eastAsia" w:ascii="` + f.latin + `" w:hAnsi="` + f.latin + `" w:eastAsia="` + f.east + `" w:cs="Times New Roman"/>`
}

// gapMark finds the places that a unit has yet to fill.
var gapMark = regexp.MustCompile(`【待[^】\n]{1,40}补充】`)

// runs writes text in one face (nil: the paragraph style's) with the gaps highlighted.
func runs(b *strings.Builder, f *face, text string) {
	at := 0
	for _, m := range gapMark.FindAllStringIndex(text, -1) {
		run(b, f, text[at:m[0]], false)
		run(b, f, text[m[0]:m[1]], true)
		at = m[1]
	}
	run(b, f, text[at:], false)
}

func run(b *strings.Builder, f *face, text string, marked bool) {
	if text == "" {
		return
	}
	b.WriteString(`<w:r><w:rPr>`)
	if f != nil {
		b.WriteString(f.xml())
	} else {
		b.WriteString(`<w:rFonts w:hint="eastAsia"/>`)
	}
	if marked {
		b.WriteString(`<w:highlight w:val="yellow"/>`)
	}
	b.WriteString(`</w:rPr>`)
	chars(b, text)
	b.WriteString(`</w:r>`)
}

// chars writes the text inside a run.
func chars(b *strings.Builder, text string) {
	for i, part := range strings.Split(text, "\t") {
		if i > 0 {
			b.WriteString(`<w:tab/>`)
		}
		if part != "" {
			b.WriteString(`<w:t xml:space="preserve">`)
			escape(b, part)
			b.WriteString(`</w:t>`)
		}
	}
}

// escape writes s as XML character data or attribute value, without the characters that XML 1.0 forbids.
func escape(b *strings.Builder, s string) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case legal(r) && (r != utf8.RuneError || n > 1):
			b.WriteString(s[i : i+n])
		}
		i += n
	}
}

func escaped(s string) string {
	var b strings.Builder
	escape(&b, s)
	return b.String()
}

// legal reports whether XML 1.0 allows r.
func legal(r rune) bool {
	return r == '\t' || r == '\n' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// clean drops what XML forbids and what does not show, and makes every line end a line feed.
func clean(s string) string {
	s = strings.ReplaceAll(readable(strings.ToValidUTF8(s, "")), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case !legal(r):
			return -1
		}
		return r
	}, s)
}

// lines are the paragraphs of a part of the letter; blank ones are left out, for the form makes its own distances.
func lines(s string) []string {
	var out []string
	for _, l := range strings.Split(clean(s), "\n") {
		if strings.TrimSpace(l) != "" {
			out = append(out, l)
		}
	}
	return out
}
