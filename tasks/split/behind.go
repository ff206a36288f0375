package split

import (
	"cmp"
	"strings"
)

// behindNumber returns where the text of an item begins. Of a section that no list told, the
// number may still stand before it, or one of a sort that no list has.
func (d *document) behindNumber(it item) int {
	at := d.skipBlank(it.start, 200)
	if at < it.text || at >= it.end || it.reason == ReasonWhole {
		return it.text
	}
	if end := numberEnd(d.src[at:it.end]); end > 0 {
		return at + end
	}
	return cmp.Or(d.behindTorn(at, it.end), it.text)
}

// longestNumber is the length, in bytes, of the longest number that is looked for on two lines.
const longestNumber = 12

// behindTorn returns where the text begins behind a number that a line break divides, or 0.
func (d *document) behindTorn(at, end int) int {
	i := d.lineAt(at)
	if d.width == 0 || d.lines[i].b >= end || d.lines[i].b-at > longestNumber || i+1 == len(d.lines) {
		return 0
	}
	first, second := d.src[at:d.lines[i].b], d.lines[i+1]
	text := numberEnd(first+d.src[second.a:min(second.b, end)]) - len(first)
	if text < 0 {
		return 0
	}
	return second.a + text
}

// leadIns count sections without a number.
var leadIns = wordsOf("头一条， 头一件， 头一桩， 头一样， 又次， 再其次， 末一条， 末一件，")

// numberEnd returns where the text begins behind the number at the beginning of s, or 0.
func numberEnd(s string) int {
	if m, end, ok := parseMark(s, 0, true); ok && end < len(s) {
		switch m.style {
		case styleCounted, styleBare, styleBareCn:
		case styleSequence:
			if lastRune(s[:end]) == '，' {
				return end
			}
		default:
			return end
		}
	}
	if w := leadIns.prefix(s); w != "" {
		return len(s) - len(strings.TrimPrefix(s[len(w):], "是"))
	}
	digits := strings.TrimLeft(s, "0123456789")
	points := strings.TrimLeft(s, "0123456789.")
	letters := strings.TrimLeft(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	roman := strings.TrimLeft(s, "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ")
	dots := strings.TrimLeft(s, "·・‧∙‣→√✓✔◦□")
	cell := digits
	if n, end := readCn(s, 0); n > 0 {
		cell = s[end:]
	}
	if text, ok := strings.CutPrefix(strings.TrimLeft(cell, " \u3000"), "|"); ok && len(cell) < len(s) {
		return textBehind(s, text)
	}
	switch {
	case len(points) < len(digits) && len(digits) < len(s) && isSpace(firstRune(points)):
		return textBehind(s, points) // 3.1
	case len(roman) < len(s), len(dots) < len(s):
		return textBehind(s, strings.TrimLeft(roman[len(roman)-min(len(roman), len(dots)):], "、.．"))
	case len(letters) == len(s)-1 && digit(firstRune(letters)) > 0 && strings.ContainsRune(" 、.．：", firstRune(letters[1:])):
		return textBehind(s, strings.TrimLeft(letters[1:], "、.．："))
	}
	return 0
}

// textBehind returns where rest, an ending of s, has its first character, or 0 where it begins with no Chinese one.
func textBehind(s, rest string) int {
	rest = strings.TrimLeft(rest, " \t\u3000")
	if rest == "" || !isHan(firstRune(rest)) && !strings.ContainsRune("“《【", firstRune(rest)) {
		return 0
	}
	return len(s) - len(rest)
}

func firstRune(s string) rune {
	r, _ := decode(s)
	return r
}
