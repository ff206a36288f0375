package olddoc

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"huiban/tasks"
)

// Native makes a .docx file of what a Word 97 to 2003 file says: its paragraphs with their automatic numbers, its tables,
// footnotes and text boxes; not how it looks. It needs no program. What it does not know is refused as Convert refuses
// it.
func Native(b []byte) ([]byte, error) {
	if err := check(b); err != nil {
		return nil, err
	}
	f, err := openWord(b)
	if err != nil {
		return nil, refuse("error.file_old_doc", err)
	}
	w := &writer{file: f}
	at := uint32(0)
	for _, s := range f.stories {
		if s.kept {
			w.story(at, at+s.length)
		}
		at += s.length
	}
	if w.full() {
		return nil, tasks.Refuse(tasks.TooLarge, "error.file_bomb", "Max", maxOutput>>20)
	}
	const ns = `<?xml version="1.0" encoding="UTF-8"?><w:%s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range []struct{ name, root, content string }{
		{"word/document.xml", "document", "<w:body>" + w.out.String() + "</w:body>"}, {"word/numbering.xml", "numbering", f.lists},
	} {
		part, err := z.Create(p.name)
		if err == nil {
			_, err = io.WriteString(part, strings.Replace(ns, "%s", p.root, 1)+p.content+"</w:"+p.root+">")
		}
		if err != nil {
			return nil, refuse("error.file_old_doc", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, refuse("error.file_old_doc", err)
	}
	return out.Bytes(), nil
}

// word is an opened Word file ([MS-DOC]).
type word struct {
	main       []byte
	pieces     []textPiece
	paragraphs []span
	dropped    []span // hidden or deleted characters
	styles     []paraProps
	lists      string
	stories    []storyLength
}

// textPiece is text from one character position to another: where its bytes begin, and whether each is a character.
type textPiece struct {
	from, to, fc uint32
	single       bool
}

// storyLength is a part of the text and whether readers of the document see it in its pages.
type storyLength struct {
	length uint32
	kept   bool
}

// Offsets in the head of the main stream.
const (
	minVersion   = 0xC1 // of Word 97
	atLengths    = 0x4C
	atStyles     = 0xA2
	atCharacters = 0xFA
	atParagraphs = 0x102
	atPieces     = 0x1A2
	atLists      = 0x2E2
	atListUses   = 0x2EA
)

func openWord(b []byte) (*word, error) {
	c, err := openContainer(b)
	if err != nil {
		return nil, err
	}
	f := &word{main: c.stream("WordDocument")}
	if u16(f.main, 0) != 0xA5EC || u16(f.main, 2) < minVersion || len(f.main) < atListUses+8 {
		return nil, errStructure
	}
	table := c.stream("0Table")
	if u16(f.main, 0x0A)&0x200 != 0 {
		table = c.stream("1Table")
	}
	part := func(at int) []byte { return cut(table, u32(f.main, at), u32(f.main, at+4)) }
	whole := uint64(0)
	for i, kept := range []bool{true, true, false, false, false, true, true, false} { // text, footnotes, headers, macros, comments, endnotes, boxes, boxes of headers
		n := u32(f.main, atLengths+4*i)
		if whole += uint64(n); whole > uint64(len(f.main)) {
			return nil, errStructure
		}
		f.stories = append(f.stories, storyLength{n, kept})
	}
	if f.pieces = piecesOf(part(atPieces)); len(f.pieces) == 0 || f.pieces[len(f.pieces)-1].to < f.stories[0].length {
		return nil, errStructure
	}
	f.paragraphs = spans(f.main, part(atParagraphs), 13, paragraphModifiers)
	for _, s := range spans(f.main, part(atCharacters), 1, characterModifiers) {
		modify(s.props, func(op int, v []byte) {
			if (op == sprmDeleted || op == sprmHidden) && first(v) == 1 {
				f.dropped = append(f.dropped, s)
			}
		})
	}
	f.styles = stylesOf(part(atStyles))
	f.lists = listTables(table, u32(f.main, atLists), u32(f.main, atLists+4), u32(f.main, atListUses), u32(f.main, atListUses+4))
	return f, nil
}

// piecesOf finds the table of pieces behind the modifiers that stand before it.
func piecesOf(b []byte) []textPiece {
	for len(b) > 5 && b[0] == 1 {
		b = b[min(len(b), 3+u16(b, 1)):]
	}
	if len(b) < 5 || b[0] != 2 {
		return nil
	}
	t := cut(b, 5, u32(b, 1))
	n := (len(t) - 4) / 12
	var out []textPiece
	for i := range max(n, 0) {
		fc := u32(t, 4*(n+1)+8*i+2)
		p := textPiece{from: u32(t, 4*i), to: u32(t, 4*i+4), fc: fc & 0x3FFFFFFF, single: fc&0x40000000 != 0}
		if p.single {
			p.fc /= 2
		}
		if p.to < p.from || len(out) > 0 && p.from != out[len(out)-1].to {
			return nil
		}
		out = append(out, p)
	}
	return out
}

// each tells the characters between two positions, as UTF-16 units, with the byte of the main stream that each begins at.
func (f *word) each(from, to uint32, tell func(unit uint16, fc uint32)) {
	for _, p := range f.pieces {
		for cp := max(p.from, from); cp < min(p.to, to); cp++ {
			fc := p.fc + 2*(cp-p.from)
			if p.single {
				fc = p.fc + cp - p.from
				if uint64(fc) >= uint64(len(f.main)) {
					return
				}
				tell(uint16(charmap.Windows1252.DecodeByte(f.main[fc])), fc)
				continue
			}
			if uint64(fc)+2 > uint64(len(f.main)) {
				return
			}
			tell(uint16(u16(f.main, int(fc))), fc)
		}
	}
}

// propsAt is what the paragraph of a byte has, its style's included.
func (f *word) propsAt(fc uint32) (p paraProps, end uint32) {
	p = newParaProps()
	s := find(f.paragraphs, fc)
	if s == nil {
		return p, 0
	}
	if len(s.props) >= 2 {
		p.style = u16(s.props, 0)
		p.read(s.props[2:])
	}
	if p.style < len(f.styles) {
		p = p.over(f.styles[p.style])
	}
	return p, s.to
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder does not fail
	return b.String()
}
