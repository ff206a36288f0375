package olddoc

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// Characters with a meaning of their own.
const (
	charCell       = 0x07
	charTab        = 0x09
	charLine       = 0x0B
	charPage       = 0x0C
	charParagraph  = 0x0D
	charFieldBegin = 0x13
	charFieldMid   = 0x14
	charFieldEnd   = 0x15
	charHyphen     = 0x1E
)

// writer writes a Word file's text as WordprocessingML.
type writer struct {
	file  *word
	out   strings.Builder
	para  strings.Builder
	run   []uint16
	field []bool // the fields around: whether their result has begun

	table, row, cell bool
}

func (w *writer) story(from, to uint32) {
	w.file.each(from, to, w.char)
	if w.para.Len() > 0 || len(w.run) > 0 {
		w.end(newParaProps())
	}
	w.closeTable()
	w.field = nil
}

// full reports whether more was written than a file may give.
func (w *writer) full() bool { return w.out.Len()+w.para.Len() > maxOutput }

func (w *writer) char(c uint16, fc uint32) {
	if w.full() {
		return
	}
	switch c {
	case charParagraph, charCell:
		p, _ := w.file.propsAt(fc)
		w.mark(c, p)
		return
	case charPage:
		if p, end := w.file.propsAt(fc); end > fc && end <= fc+2 {
			w.mark(charParagraph, p)
			return
		}
	}
	if len(w.file.dropped) > 0 && find(w.file.dropped, fc) != nil {
		return
	}
	switch c {
	case charPage:
		w.element(`<w:br w:type="page"/>`)
	case charTab:
		w.element(`<w:tab/>`)
	case charLine:
		w.element(`<w:br/>`)
	case charHyphen:
		w.element(`<w:noBreakHyphen/>`)
	case charFieldBegin:
		w.element(`<w:fldChar w:fldCharType="begin"/>`)
		w.field = append(w.field, false)
	case charFieldMid:
		w.element(`<w:fldChar w:fldCharType="separate"/>`)
		if n := len(w.field); n > 0 {
			w.field[n-1] = true
		}
	case charFieldEnd:
		w.element(`<w:fldChar w:fldCharType="end"/>`)
		w.field = w.field[:max(0, len(w.field)-1)]
	default:
		if c >= ' ' {
			w.run = append(w.run, c)
		}
	}
}

// element writes the text so far and an element of a run.
func (w *writer) element(x string) {
	w.flush()
	w.para.WriteString("<w:r>" + x + "</w:r>")
}

func (w *writer) flush() {
	if len(w.run) == 0 {
		return
	}
	name := "t"
	if n := len(w.field); n > 0 && !w.field[n-1] {
		name = "instrText"
	}
	w.para.WriteString(`<w:r><w:` + name + ` xml:space="preserve">` + escaped(string(utf16.Decode(w.run))) + `</w:` + name + `></w:r>`)
	w.run = w.run[:0]
}

// mark ends a paragraph, and the cell or row that it is the last of.
func (w *writer) mark(c uint16, p paraProps) {
	if !p.inTable && p.depth == 0 {
		w.closeTable()
		w.end(p)
		return
	}
	if p.innerEnd || p.rowEnd {
		w.para.Reset()
		w.run = w.run[:0]
		if p.rowEnd && p.depth <= 1 {
			w.closeRow()
		}
		return
	}
	if !w.table {
		w.out.WriteString("<w:tbl>")
		w.table = true
	}
	if !w.row {
		w.out.WriteString("<w:tr>")
		w.row = true
	}
	if !w.cell {
		w.out.WriteString("<w:tc>")
		w.cell = true
	}
	w.end(p)
	if c == charCell {
		w.out.WriteString("</w:tc>")
		w.cell = false
	}
}

func (w *writer) closeRow() {
	if w.cell {
		w.out.WriteString("</w:tc>")
	}
	if w.row {
		w.out.WriteString("</w:tr>")
	}
	w.cell, w.row = false, false
}

func (w *writer) closeTable() {
	w.closeRow()
	if w.table {
		w.out.WriteString("</w:tbl>")
	}
	w.table = false
}

// end writes the paragraph.
func (w *writer) end(p paraProps) {
	w.flush()
	w.out.WriteString("<w:p><w:pPr>")
	if p.list > 0 {
		fmt.Fprintf(&w.out, `<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, max(0, p.level), p.list)
	}
	if p.outline >= 0 && p.outline < 9 {
		fmt.Fprintf(&w.out, `<w:outlineLvl w:val="%d"/>`, p.outline)
	}
	w.out.WriteString("</w:pPr>" + w.para.String() + "</w:p>")
	w.para.Reset()
}
