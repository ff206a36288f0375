package docx

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// walker goes through a part and collects its paragraphs. The paragraphs of a text box follow the one that it is
// anchored in.
type walker struct {
	s        *scanner
	styles   *styles
	counter  *counter
	out      []Paragraph
	cur      *building
	carry    []byte // text of a paragraph whose mark was deleted
	cell     Cell
	tables   int
	nested   int // tables around
	hidden   bool
	note     string // the part of notes being read
	cited    map[string]map[string]bool
	position int
}

// building is the paragraph being read.
type building struct {
	text  []byte
	props paragraphProps
}

func (w *walker) body(root string) func(*scanner) error {
	return func(s *scanner) error {
		w.s = s
		if err := s.root(root); err != nil {
			return err
		}
		return s.each(w.node)
	}
}

func (w *walker) children() error { return w.s.each(w.node) }

// node reads the element just opened. Elements without a meaning of their own are passed through to their children.
func (w *walker) node() error {
	switch string(w.s.name) {
	case "p":
		return w.paragraph()
	case "r":
		defer func(hidden bool) { w.hidden = hidden }(w.hidden)
		return w.children()
	case "rPr":
		return w.s.each(func() error {
			if string(w.s.name) == "vanish" && w.s.on() {
				w.hidden = true
			}
			return w.s.skip()
		})
	case "pPr":
		if w.cur == nil {
			return w.s.skip()
		}
		return readProps(w.s, &w.cur.props)
	case "t":
		return w.text()
	case "tab", "ptab":
		return w.sign("\t")
	case "br", "cr":
		return w.sign("\n")
	case "noBreakHyphen":
		return w.sign("-")
	case "tbl":
		return w.table()
	case "tr":
		return w.row()
	case "tc":
		w.cell.Column++
		return w.children()
	case "sdt":
		return w.control()
	case "sym":
		return w.symbol()
	case "AlternateContent":
		return w.alternative()
	case "txbxContent":
		return w.box()
	case "footnoteReference":
		return w.cite("footnotes")
	case "endnoteReference":
		return w.cite("endnotes")
	case "footnote", "endnote":
		return w.noteBody()
	case "del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "sectPr",
		"tblPr", "tblGrid", "trPr", "tcPr", "docPr", "rubyPr", "fldData", "posOffset", "align":
		return w.s.skip()
	}
	return w.children()
}

func (w *walker) paragraph() error {
	if w.position++; w.position > maxParagraphs {
		return tooBig("error.file_bomb", MaxUnpacked)
	}
	outer := w.cur
	p := &building{text: w.carry, props: newProps()}
	w.cur, w.carry = p, nil
	at, position := len(w.out), w.position
	w.out = append(w.out, Paragraph{})
	if err := w.children(); err != nil {
		return err
	}
	w.cur = outer
	if p.props.deleted {
		w.carry = p.text
		return nil
	}
	w.out[at] = w.finish(p, position)
	return nil
}

// finish numbers a paragraph and finds its level.
func (w *walker) finish(p *building, position int) Paragraph {
	props, from := w.styles.resolve(p.props)
	out := Paragraph{Cell: w.cell, Position: position, Note: w.note != ""}
	if props.outline >= 0 && props.outline < levels {
		out.Level = props.outline + 1
	}
	text := string(p.text)
	if !utf8.Valid(p.text) {
		text = strings.ToValidUTF8(text, "")
	}
	if props.list != "" && props.list != "0" {
		if props.level < 0 {
			props.level = w.counter.levelOfStyle(props.list, from)
		}
		number, suffix := w.counter.next(props.list, props.level)
		if out.Level == 0 {
			out.Level = min(props.level, levels-1) + 1
		}
		if strings.TrimSpace(text) != "" && number != "" {
			out.Number = number
			text = number + gap(number, suffix, text) + strings.TrimLeft(text, " \t")
		}
	}
	out.Text = text
	return out
}

// gap is what must stand between a number and its text so that 1.1 and 2020年 do not run together.
func gap(number, suffix, text string) string {
	last, _ := utf8.DecodeLastRuneInString(number)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \t"))
	alnum := func(r rune) bool { return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }
	if suffix == "nothing" && !alnum(last) {
		return ""
	}
	if alnum(last) || (last == '.' || last == ')') && alnum(first) || suffix == "space" && last < utf8.RuneSelf {
		return " "
	}
	return ""
}

func (w *walker) sign(s string) error {
	if w.cur != nil && !w.hidden {
		w.cur.text = append(w.cur.text, s...)
	}
	return w.s.skip()
}

// text reads a w:t. Without xml:space="preserve" the spaces at both ends do not count; line ends inside are spaces.
func (w *walker) text() error {
	space, _ := w.s.attr("space")
	p := w.cur
	if w.hidden {
		p = nil
	}
	from := 0
	if p != nil {
		from = len(p.text)
	}
	var chars func([]byte)
	if p != nil {
		chars = func(raw []byte) { p.text = unescape(p.text, raw) }
	}
	for depth := 1; depth > 0; {
		t, err := w.s.next(chars)
		switch {
		case err != nil:
			return err
		case t == tokenStart:
			depth++
		default:
			depth--
		}
	}
	if p == nil {
		return nil
	}
	own := p.text[from:]
	for i, c := range own {
		if c == '\n' || c == '\r' {
			own[i] = ' '
		}
	}
	if space != "preserve" {
		own = bytes.Trim(own, " \t")
		p.text = append(p.text[:from], own...)
	}
	return nil
}

// control reads a content control; the prompt that one shows while it is empty is no text.
func (w *walker) control() error {
	prompt := false
	return w.s.each(func() error {
		switch string(w.s.name) {
		case "sdtPr":
			return w.s.each(func() error {
				if string(w.s.name) == "showingPlcHdr" && w.s.on() {
					prompt = true
				}
				return w.s.skip()
			})
		case "sdtContent":
			if prompt {
				return w.s.skip()
			}
			return w.children()
		}
		return w.s.skip()
	})
}

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

// alternative reads the first choice only; the fallback repeats it for older programs.
func (w *walker) alternative() error {
	chosen := false
	return w.s.each(func() error {
		name := string(w.s.name)
		if !chosen && (name == "Choice" || name == "Fallback") {
			chosen = true
			return w.children()
		}
		return w.s.skip()
	})
}

func (w *walker) box() error {
	cur, carry, hidden := w.cur, w.carry, w.hidden
	w.cur, w.carry, w.hidden = nil, nil, false
	err := w.children()
	w.cur, w.carry, w.hidden = cur, carry, hidden
	return err
}

func (w *walker) cite(notes string) error {
	id, _ := w.s.attr("id")
	if w.cited == nil {
		w.cited = map[string]map[string]bool{}
	}
	if w.cited[notes] == nil {
		w.cited[notes] = map[string]bool{}
	}
	if w.cur != nil && w.note == "" {
		w.cited[notes][id] = true
	}
	return w.s.skip()
}

func (w *walker) noteBody() error {
	id, _ := w.s.attr("id")
	if kind, ok := w.s.attr("type"); ok && kind != "normal" || !w.cited[w.note][id] {
		return w.s.skip()
	}
	return w.children()
}

// filled are the paragraphs that hold more than white space, in the place of ps.
func filled(ps []Paragraph) []Paragraph {
	out := ps[:0]
	for _, p := range ps {
		if strings.TrimSpace(p.Text) != "" {
			out = append(out, p)
		}
	}
	return out
}
