package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	invisible "huiban/integrations/internal/plain"
)

// maxCoordinate is beyond any page, in points.
const maxCoordinate = 1e6

// page is one page in points, from its upper left corner.
type page struct {
	width, height float64
	pieces        []piece
}

// piece is text that a reader found in one place.
type piece struct {
	x0, y0, x1, y1 float64
	text           string
}

// add keeps a piece of text, in plain characters.
func (p *page) add(w piece) {
	w.text = strings.TrimSpace(plain(w.text))
	if w.text == "" || w.y1 <= w.y0 || w.x1 < w.x0 {
		return
	}
	p.pieces = append(p.pieces, w)
}

// line is one printed line.
type line struct {
	x0, y0, x1, y1 float64
	em             float64   // width of a Chinese character
	text           string    // its cells, parted by tabs
	cells          []float64 // where each cell begins
	top, bottom    float64   // of the page: y as a share of its height
	sheet          float64   // width of the page
	pieces         []piece
	form           bool // a row of a form: a paragraph of its own
}

// lines puts pieces that stand side by side together, from the top down.
func (p page) lines() []line {
	slices.SortStableFunc(p.pieces, func(a, b piece) int { return cmp.Compare(a.y0+a.y1, b.y0+b.y1) })
	var out []line
	for i := 0; i < len(p.pieces); {
		end, y0, y1 := i+1, p.pieces[i].y0, p.pieces[i].y1
		for end < len(p.pieces) && overlap(y0, y1, p.pieces[end]) {
			y1 = max(y1, min(p.pieces[end].y1, y0+1.5*(y1-y0)))
			end++
		}
		out = append(out, p.line(p.pieces[i:end]))
		i = end
	}
	return out
}

// overlap reports whether w shares at least half of its height, or of the line's, with the line.
func overlap(y0, y1 float64, w piece) bool {
	shared := min(y1, w.y1) - max(y0, w.y0)
	return shared*2 >= min(y1-y0, w.y1-w.y0)
}

// Gaps between pieces, in characters.
const (
	spaceGap   = 0.22 // a space between Chinese characters
	mixedGap   = 0.4  // a space between one and a digit or letter; less is how programs set these off
	wordGap    = 0.1  // a space between words
	cellGap    = 1.4  // another cell
	minCellGap = 0.3  // another cell where a column is known to begin
)

func (p page) line(ps []piece) line {
	slices.SortStableFunc(ps, func(a, b piece) int { return cmp.Compare(a.x0, b.x0) })
	ps = withoutNoteMarks(ps)
	l := line{x0: ps[0].x0, y0: ps[0].y0, y1: ps[0].y1, em: emOf(ps), cells: []float64{ps[0].x0}, sheet: p.width, pieces: ps}
	var b strings.Builder
	for i, w := range ps {
		if i > 0 {
			gap := (w.x0 - l.x1) / l.em
			if gap >= cellGap {
				l.cells = append(l.cells, w.x0)
			}
			b.WriteString(between(ps[i-1].text, w.text, gap))
		}
		b.WriteString(w.text)
		l.x1, l.y0, l.y1 = max(l.x1, w.x1), min(l.y0, w.y0), max(l.y1, w.y1)
	}
	l.text = b.String()
	if p.height > 0 {
		l.top, l.bottom = l.y0/p.height, 1-l.y1/p.height
	}
	return l
}

// cutAt is the part of a line before the piece that begins at x; ok is false when none does, or the line begins there.
func (l line) cutAt(x float64) (before string, ok bool) {
	for i, w := range l.pieces {
		if i > 0 && near(w.x0, x, 0.6*l.em) && w.x0-l.pieces[i-1].x1 > minCellGap*l.em {
			return page{}.line(l.pieces[:i]).text, true
		}
	}
	return "", false
}

// behind is the part of a line that begins at x, where cutAt parts it.
func (l line) behind(x float64) line {
	for i, w := range l.pieces {
		if i > 0 && near(w.x0, x, 0.6*l.em) && w.x0-l.pieces[i-1].x1 > minCellGap*l.em {
			rest := page{width: l.sheet}.line(l.pieces[i:])
			rest.x0, rest.y0, rest.y1, rest.top, rest.bottom = x, l.y0, l.y1, l.top, l.bottom
			return rest
		}
	}
	return l
}

// between is the white space for a gap.
func between(before, after string, gap float64) string {
	a, _ := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	switch {
	case gap >= cellGap:
		return "\t"
	case gap >= mixedGap, gap >= spaceGap && !latin(a) && !latin(b), gap >= wordGap && latin(a) && latin(b):
		return " "
	}
	return ""
}

func latin(r rune) bool { return r > ' ' && r < 0x250 }

// emOf is the width of a Chinese character in a line: the median over its pieces, or by the height when it has none.
func emOf(ps []piece) float64 {
	var widths []float64
	for _, w := range ps {
		n, wide := 0, 0
		for _, r := range w.text {
			n++
			if unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60 {
				wide++
			}
		}
		if wide == n && w.x1 > w.x0 {
			widths = append(widths, (w.x1-w.x0)/float64(n))
		}
	}
	tall := 0.0
	for _, w := range ps {
		tall = max(tall, w.y1-w.y0)
	}
	if len(widths) == 0 {
		return max(tall*0.75, 1)
	}
	slices.Sort(widths)
	return max(min(widths[len(widths)/2], 2*tall), 1)
}

// plain puts the usual characters for those that PDF programs take from the fonts: radicals that look like whole
// characters, ligatures, compatibility forms.
func plain(s string) string {
	if strings.IndexFunc(s, unusual) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == utf8.RuneError || r < ' ' || r >= 0x7f && r < 0xa0 || invisible.Invisible(r):
		case r >= symbolFont && r <= symbolFont+0xff:
			b.WriteString(symbol(r))
		case r == '\u3000' || r == '\u00a0':
			b.WriteByte(' ')
		case r >= 0x2e80 && r <= 0x2eff:
			b.WriteRune(radical(r))
		case unusual(r):
			b.WriteString(norm.NFKC.String(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// symbolFont is where fonts of signs have theirs, outside of Unicode.
const symbolFont = 0xf000

// symbol is a sign of Wingdings; what is neither box nor tick is a bullet.
func symbol(r rune) string {
	switch r - symbolFont {
	case 0xfe:
		return "☑"
	case 0xfd, 0x78:
		return "☒"
	case 0xa8, 0x6f, 0x71, 0xa3:
		return "□"
	case 0xfc, 0x52:
		return "√"
	case 0x20:
		return " "
	}
	return "•"
}

func unusual(r rune) bool {
	return r < ' ' || r >= symbolFont && r <= symbolFont+0xff || r >= 0x7f && r <= 0xa0 || r == 0x3000 || r == utf8.RuneError || invisible.Invisible(r) ||
		r >= 0x2e80 && r <= 0x2fdf || r >= 0xf900 && r <= 0xfaff || r >= 0xfb00 && r <= 0xfb06
}

// radical is the character that a radical of the supplement stands for; Unicode itself gives it for two of them only.
func radical(r rune) rune {
	const from = "⺀⺁⺈⺌⺍⺕⺟⺠⺬⺮⺶⺷⺼⻁⻄⻅⻆⻉⻋⻌⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰"
	const to = "冫厂刀小小彐母民示竹羊羊月虎西见角贝车辶长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙"
	at := 0
	for _, f := range from {
		if f == r {
			return []rune(to)[at]
		}
		at++
	}
	if s := norm.NFKC.String(string(r)); s != "" {
		r, _ = utf8.DecodeRuneInString(s)
	}
	return r
}

func near(a, b, within float64) bool { return math.Abs(a-b) <= within }
