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
	archive  *archive
	chunks   []chunk
	styles   *styles
	counter  *counter
	out      []Paragraph
	cur      *building
	carry    []byte // text of a paragraph whose mark was deleted
	cell     Cell
	tables   int
	inner    int          // tables in cells, so far
	nested   int          // tables around
	widths   map[Cell]int // cells of a row, its column zero
	fields   []field
	hidden   bool
	note     string // the part of notes being read
	cited    map[string]map[string]bool
	position int
}

// building is the paragraph being read.
type building struct {
	at    int // index among the paragraphs
	text  []byte
	props paragraphProps
}

func (w *walker) body(root string) func(*scanner) error {
	return func(s *scanner) error {
		w.s, w.fields = s, nil
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
		return w.s.each(w.runProp)
	case "pPr":
		if w.cur == nil {
			return w.s.skip()
		}
		return readProps(w.s, &w.cur.props)
	case "t":
		return w.text()
	case "tab", "ptab":
		return w.sign("\t")
	case "br":
		if kind, _ := w.s.attr("type"); kind == "page" || kind == "column" {
			return w.sign(pageBreak)
		}
		return w.sign("\n")
	case "cr":
		return w.sign("\n")
	case "fldChar":
		return w.fieldChar()
	case "instrText":
		return w.instruct()
	case "noBreakHyphen":
		return w.sign("-")
	case "tbl":
		return w.table()
	case "tr":
		return w.row()
	case "tc":
		return w.tableCell()
	case "sdt":
		return w.control()
	case "sym":
		return w.symbol()
	case "AlternateContent":
		return w.alternative()
	case "altChunk":
		return w.altChunk()
	case "txbxContent":
		return w.box()
	case "footnoteReference":
		return w.cite("footnotes")
	case "endnoteReference":
		return w.cite("endnotes")
	case "footnote", "endnote":
		return w.noteBody()
	case "del", "moveFrom", "delText", "delInstrText", "rt", "sectPr",
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
	at, position := len(w.out), w.position
	p := &building{at: at, text: w.carry, props: newProps()}
	w.cur, w.carry = p, nil
	w.out = append(w.out, Paragraph{})
	if err := w.children(); err != nil {
		return err
	}
	w.cur = outer
	switch {
	case p.props.deleted:
		w.carry = p.text
		return nil
	case p.props.runIn && len(p.text) > 0:
		w.carry = []byte(w.finish(p, position).Text)
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
	text = overPages(readable(text))
	blank := strings.TrimSpace(text) == ""
	if blank && props.hidden {
		return out // nobody sees it, and its number goes to the next
	}
	if props.list != "" && props.list != "0" {
		if props.level < 0 {
			props.level = w.counter.levelOfStyle(props.list, from)
		}
		number, suffix := w.counter.next(props.list, props.level)
		if out.Level == 0 {
			out.Level = min(props.level, levels-1) + 1
		}
		switch {
		case number == "", number == bulletSign && ownMark.MatchString(text):
		case blank:
			out.Number = number
		default:
			out.Number = number
			text = number + gap(number, suffix, text) + strings.TrimLeft(text, " \t")
		}
	}
	out.Text = text
	return out
}

// runProp reads whether a run is hidden, by itself or by its style.
func (w *walker) runProp() error {
	switch string(w.s.name) {
	case "rStyle":
		w.hidden = w.hidden || w.styles.hides(w.s.val())
	case "vanish":
		w.hidden = w.s.on()
	}
	return w.s.skip()
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

// alternative reads the first choice that holds text; the others repeat it for other programs.
func (w *walker) alternative() error {
	chosen := false
	return w.s.each(func() error {
		name := string(w.s.name)
		if chosen || name != "Choice" && name != "Fallback" {
			return w.s.skip()
		}
		paragraphs, chars := len(w.out), 0
		if w.cur != nil {
			chars = len(w.cur.text)
		}
		err := w.children()
		chosen = len(w.out) > paragraphs || w.cur != nil && len(w.cur.text) > chars
		return err
	})
}

func (w *walker) box() error {
	cur, carry, hidden := w.cur, w.carry, w.hidden
	w.cur, w.carry, w.hidden = nil, nil, false
	err := w.children()
	w.cur, w.carry, w.hidden = cur, carry, hidden
	return err
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
