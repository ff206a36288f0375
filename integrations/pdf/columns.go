package pdf

import "slices"

// What makes a page one of two columns.
const (
	minGutter    = 1.0 // width between the columns, in characters
	minColumn    = 8.0 // width of a column, in characters
	minPairs     = 6   // lines that stand side by side
	middleFrom   = 0.3 // where the gutter may lie, as a share of the sheet
	middleTo     = 0.7
	flushShare   = 0.6 // of a column's lines that begin at its left edge, or end at its right
	columnWidest = 1.6 // how much wider one column may be than the other
)

// inColumns puts the lines of pages with two columns into their order: what stands above the columns, the left column,
// the right one, what stands below. Each becomes a page of its own, and the right column moves to where the left one is.
func inColumns(pages [][]line) [][]line {
	found := make([]columns, len(pages))
	var first *columns
	for i, ls := range pages {
		if c, ok := columnsOf(ls); ok {
			if found[i] = c; first == nil {
				first = &found[i]
			}
		}
	}
	if first == nil {
		return pages
	}
	var out [][]line
	for i, ls := range pages {
		switch {
		case found[i].gutter > 0:
			out = append(out, found[i].split(ls)...)
		case first.fits(ls):
			out = append(out, first.split(ls)...)
		default:
			out = append(out, ls)
		}
	}
	return out
}

// fits reports whether a page of few lines goes on with the columns of another.
func (c *columns) fits(ls []line) bool {
	for _, l := range ls {
		a, b, ok := c.halves(l)
		if !ok || a != nil && a[0].x0 < c.left-l.em || b != nil && b[0].x0 < c.right-l.em {
			return false
		}
	}
	return true
}

// columns are where the columns of a page stand.
type columns struct {
	gutter          float64
	left, leftEnd   float64
	right, rightEnd float64
}

// columnsOf finds the columns of a page: a gap that many lines share, with running text on both sides.
func columnsOf(ls []line) (columns, bool) {
	if len(ls) < minPairs || len(ls) > maxFormLines {
		return columns{}, false
	}
	type gap struct{ from, to float64 }
	var gaps []gap
	for _, l := range ls {
		for i := 1; i < len(l.pieces); i++ {
			if a, b := l.pieces[i-1].x1, l.pieces[i].x0; b-a >= minGutter*l.em && b > middleFrom*l.sheet && a < middleTo*l.sheet {
				gaps = append(gaps, gap{a, b})
			}
		}
	}
	if len(gaps) < minPairs || len(gaps) > 2*maxFormLines {
		return columns{}, false
	}
	var c columns
	most := 0
	for _, g := range gaps {
		x, n := (g.from+g.to)/2, 0
		for _, other := range gaps {
			if other.from < x && x < other.to {
				n++
			}
		}
		if n > most {
			c.gutter, most = x, n
		}
	}
	if most < minPairs || c.gutter < middleFrom*ls[0].sheet || c.gutter > middleTo*ls[0].sheet {
		return columns{}, false
	}
	return c, c.measure(ls)
}

// measure finds the edges of both columns and reports whether they hold running text.
func (c *columns) measure(ls []line) bool {
	var lefts, rights []line
	for _, l := range ls {
		if a, b, ok := c.halves(l); ok {
			if a != nil {
				lefts = append(lefts, page{}.line(a))
			}
			if b != nil {
				rights = append(rights, page{}.line(b))
			}
		}
	}
	if len(lefts) < minPairs || len(rights) < minPairs {
		return false
	}
	var sound [2]bool
	for i, half := range [][]line{lefts, rights} {
		from, to := half[0].x0, half[0].x1
		for _, l := range half {
			from, to = min(from, l.x0), max(to, l.x1)
		}
		begin, full := 0, 0
		for _, l := range half {
			if l.x0 <= from+l.em {
				begin++
			}
			if l.x1 >= to-1.5*l.em {
				full++
			}
		}
		sound[i] = float64(begin) >= flushShare*float64(len(half)) && float64(full) >= flushShare*float64(len(half))
		if i == 0 {
			c.left, c.leftEnd = from, to
		} else {
			c.right, c.rightEnd = from, to
		}
	}
	c.gutter = max(c.gutter, c.right-0.2*lefts[0].em) // signs may hang over the left column's edge
	a, b := c.leftEnd-c.left, c.rightEnd-c.right
	return sound[0] && sound[1] && min(a, b) >= minColumn*lefts[0].em && a <= columnWidest*b && b <= columnWidest*a
}

// halves parts a line at the gutter; ok is false when text crosses it.
func (c *columns) halves(l line) (left, right []piece, ok bool) {
	for i, w := range l.pieces {
		switch {
		case w.x1 <= c.gutter:
			left = l.pieces[:i+1]
		case w.x0 < c.gutter:
			return nil, nil, false
		default:
			return left, l.pieces[i:], true
		}
	}
	return left, nil, true
}

func (c *columns) split(ls []line) [][]line {
	var out [][]line
	var whole, left, right []line
	flush := func(groups ...*[]line) {
		for _, g := range groups {
			if len(*g) > 0 {
				out = append(out, *g)
				*g = nil
			}
		}
	}
	for _, l := range ls {
		a, b, ok := c.halves(l)
		if !ok {
			flush(&left, &right)
			whole = append(whole, l)
			continue
		}
		flush(&whole)
		if a != nil {
			left = append(left, c.half(a, l, 0))
		}
		if b != nil {
			right = append(right, c.half(b, l, c.left-c.right))
		}
	}
	flush(&whole, &left, &right)
	return out
}

// half is a part of a line as a line of a sheet that is as wide as a column.
func (c *columns) half(ps []piece, of line, dx float64) line {
	ps = slices.Clone(ps)
	for i := range ps {
		ps[i].x0 += dx
		ps[i].x1 += dx
	}
	l := page{}.line(ps)
	l.top, l.bottom, l.sheet = of.top, of.bottom, c.left+c.leftEnd
	return l
}
