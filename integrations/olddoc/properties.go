package olddoc

import "sort"

// Modifiers of paragraphs and characters that bear on text ([MS-DOC] 2.6).
const (
	sprmIstd       = 0x4600
	sprmLevel      = 0x260A
	sprmList       = 0x460B
	sprmInTable    = 0x2416
	sprmRowEnd     = 0x2417
	sprmDepth      = 0x6649
	sprmOutline    = 0x2640
	sprmInnerEnd   = 0x244C
	sprmDefTable   = 0xD608
	sprmChangeTabs = 0xC615
	sprmDeleted    = 0x0800
	sprmHidden     = 0x083C
)

// paraProps are what a paragraph has of its own or by its style; -1 leaves it to the style.
type paraProps struct {
	style, list, level, outline int
	inTable, rowEnd, innerEnd   bool
	depth                       int
}

func newParaProps() paraProps { return paraProps{list: -1, level: -1, outline: -1} }

// modify goes through modifiers and tells each with its operand.
func modify(b []byte, tell func(op int, operand []byte)) {
	for len(b) >= 2 {
		op := u16(b, 0)
		b = b[2:]
		n := [...]int{1, 1, 2, 4, 2, 2, 0, 3}[op>>13]
		if op>>13 == 6 {
			if len(b) == 0 {
				return
			}
			n = int(b[0])
			b = b[1:]
			switch {
			case op == sprmDefTable:
				n = max(0, n|int(first(b))<<8)
			case op == sprmChangeTabs && n == 255:
				return
			}
		}
		if n > len(b) {
			return
		}
		tell(op, b[:n])
		b = b[n:]
	}
}

func first(b []byte) byte {
	if len(b) == 0 {
		return 0
	}
	return b[0]
}

func (p *paraProps) read(b []byte) {
	modify(b, func(op int, v []byte) {
		switch op {
		case sprmIstd:
			p.style = u16(v, 0)
		case sprmLevel:
			p.level = int(first(v))
		case sprmList:
			p.list = u16(v, 0)
		case sprmInTable:
			p.inTable = first(v) == 1
		case sprmRowEnd:
			p.rowEnd = first(v) == 1
		case sprmInnerEnd:
			p.innerEnd = first(v) == 1
		case sprmDepth:
			p.depth = int(int32(u32(v, 0)))
		case sprmOutline:
			p.outline = int(first(v))
		}
	})
}

// span are the bytes of the main stream that modifiers hold for.
type span struct {
	from, to uint32
	props    []byte
}

// maxSpans is how many spans a file may have.
const maxSpans = 1_000_000

// spans reads the pages of modifiers that a table of the table stream lists; width is of an entry of such a page, read
// finds its modifiers by the entry's first byte.
func spans(main, list []byte, width int, read func(page []byte, at int) []byte) []span {
	const page = 512
	n := (len(list) - 4) / 8
	var out []span
	for i := range min(max(n, 0), len(main)/page) {
		if len(out) > maxSpans {
			return nil
		}
		p := cut(main, (u32(list, 4*(n+1)+4*i)&0x3FFFFF)*page, page)
		if p == nil {
			continue
		}
		runs := int(p[page-1])
		if 4*(runs+1)+width*runs > page {
			continue
		}
		for r := range runs {
			s := span{from: u32(p, 4*r), to: u32(p, 4*r+4)}
			if at := int(p[4*(runs+1)+width*r]) * 2; at > 0 {
				s.props = read(p, at)
			}
			out = append(out, s)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].from < out[j].from })
	return out
}

func paragraphModifiers(p []byte, at int) []byte {
	n, from := int(first(cut(p, uint32(at), 1)))*2-1, at+1
	if n < 0 {
		n, from = int(first(cut(p, uint32(at+1), 1)))*2, at+2
	}
	return cut(p, uint32(from), uint32(n))
}

func characterModifiers(p []byte, at int) []byte {
	return cut(p, uint32(at+1), uint32(first(cut(p, uint32(at), 1))))
}

// find is the span that holds a byte.
func find(spans []span, fc uint32) *span {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].from > fc }) - 1
	if i < 0 || fc >= spans[i].to {
		return nil
	}
	return &spans[i]
}

// stylesOf reads what the paragraph styles say of lists and outline levels, by their numbers, styles below included.
func stylesOf(b []byte) []paraProps {
	const maxStyles = 4096
	head := u16(b, 0)
	count, base := min(u16(b, 2), maxStyles), u16(b, 4)
	props, below := make([]paraProps, count), make([]int, count)
	at := 2 + head
	for i := range count {
		props[i], below[i] = newParaProps(), 0xFFF
		n := u16(b, at)
		std := cut(b, uint32(at+2), uint32(n))
		at += 2 + n
		if len(std) < 10 || u16(std, 2)&0xF != 1 {
			continue
		}
		below[i] = u16(std, 2) >> 4
		upx := base + 2 + 2*u16(std, base) + 2
		upx += upx & 1
		if own := cut(std, uint32(upx+2), uint32(u16(std, upx))); len(own) > 2 {
			props[i].read(own[2:])
		}
	}
	out := make([]paraProps, count)
	for i := range count {
		p := props[i]
		for up, depth := below[i], 0; up < count && depth < 20; up, depth = below[up], depth+1 {
			p = p.over(props[up])
		}
		out[i] = p
	}
	return out
}

// over is p with what it leaves open from the style below.
func (p paraProps) over(below paraProps) paraProps {
	if p.list < 0 {
		p.list = below.list
	}
	if p.level < 0 {
		p.level = below.level
	}
	if p.outline < 0 {
		p.outline = below.outline
	}
	return p
}
