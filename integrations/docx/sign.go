package docx

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"huiban/integrations/internal/plain"
)

// symbol reads the boxes and ticks of forms, which are characters of a font of their own.
func (w *walker) symbol() error {
	font, _ := w.s.attr("font")
	char, _ := w.s.attr("char")
	return w.sign(symbols[strings.ToLower(font)+" "+strings.ToLower(char)])
}

var symbols = map[string]string{
	"wingdings f0fe": "☑", "wingdings f0fd": "☒", "wingdings f0a8": "□", "wingdings f06f": "□", "wingdings f0fc": "√", "wingdings f0fb": "×",
	"wingdings 2 f052": "☑", "wingdings 2 f054": "☒", "wingdings 2 f0a3": "□", "wingdings 2 f050": "√", "wingdings 2 f04f": "×",
}

// fontSigns are the same signs as text of such a font, and the usual bullets.
var fontSigns = strings.NewReplacer("\uf0fe", "☑", "\uf052", "☑", "\uf0fd", "☒", "\uf054", "☒", "\uf0a8", "□", "\uf06f", "□", "\uf0a3", "□", "\uf0fc", "√",
	"\uf0fb", "×", "\uf06c", bulletSign, "\uf06e", bulletSign, "\uf075", bulletSign, "\uf076", bulletSign, "\uf077", bulletSign, "\uf0a7", bulletSign, "\uf0b7", bulletSign, "\uf0d8", bulletSign)

// readable is s with plain characters for the signs of fonts and without what does not show.
func readable(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r >= 0xf020 && r <= 0xf0ff }) >= 0 {
		s = fontSigns.Replace(s)
	}
	if strings.IndexFunc(s, plain.Invisible) >= 0 {
		s = strings.Map(func(r rune) rune {
			if plain.Invisible(r) {
				return -1
			}
			return r
		}, s)
	}
	return s
}

// gap is what must stand between a number and its text so that 1.1 and 2020年 do not run together.
func gap(number, suffix, text string) string {
	last, _ := utf8.DecodeLastRuneInString(number)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \t"))
	alnum := func(r rune) bool { return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }
	if number == bulletSign {
		return " "
	}
	if suffix == "nothing" && !alnum(last) {
		return ""
	}
	if alnum(last) || (last == '.' || last == ')') && alnum(first) || suffix == "space" && last < utf8.RuneSelf {
		return " "
	}
	return ""
}

// bulletSign stands for all bullets: most are characters of a font of their own.
const bulletSign = "•"

// ownMark is an item's mark typed by hand behind a bullet.
var ownMark = regexp.MustCompile(`^\s*(?:[一二三四五六七八九十]{1,3}(?:[、．.]|是)|第[一二三四五六七八九十]{1,3}[，、,]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、．.）)]|[①-⑳•●■◆])`)

// pageBreak stands in a paragraph until its end is known: it may part a sentence or a title from what follows.
const pageBreak = "\f"

var (
	running = regexp.MustCompile(`[，。；][^，。；]{4,}$|[，。；]\S{0,3}$`)
	ending  = regexp.MustCompile(`[。！？；：!?;:…][”’」』）)》]*$`)
)

// overPages joins the sentences that a page break parts, and makes lines of what else it does.
func overPages(s string) string {
	if !strings.Contains(s, pageBreak) {
		return s
	}
	parts := strings.Split(s, pageBreak)
	out := parts[0]
	for _, next := range parts[1:] {
		last := strings.TrimRight(out[strings.LastIndexByte(out, '\n')+1:], " \t")
		first, _ := utf8.DecodeRuneInString(next)
		goesOn := running.MatchString(last) && !ending.MatchString(last) && !ownMark.MatchString(next) &&
			(unicode.Is(unicode.Han, first) || unicode.IsDigit(first) || strings.ContainsRune("，。；、：）”》", first))
		if !goesOn && strings.TrimSpace(out) != "" && strings.TrimSpace(next) != "" {
			out += "\n"
		}
		out += next
	}
	return out
}
