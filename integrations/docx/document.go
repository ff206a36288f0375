package docx

// Document is what a Word file says, in reading order.
type Document struct {
	Paragraphs []Paragraph
	widths     map[Cell]int // cells of a row, its column zero
	chunks     []chunk
}

// Paragraph is one paragraph that holds text.
type Paragraph struct {
	Text     string // with its automatic number; line breaks inside are \n
	Number   string // the automatic number at the beginning of Text: 一、
	Level    int    // 1 to 9 for headings and list items, 0 for running text
	Cell     Cell   // where in a table; zero outside
	Position int    // ordinal in the file from 1, blank paragraphs counted
	Note     bool   // a footnote or endnote
}

// Cell is a place in a table, each from 1. A table inside a cell counts as that cell's text, the rows of a form in it as
// lines.
type Cell struct{ Table, Row, Column int }

// Read reads a .docx file. Its errors are refusals: error.file_empty, error.file_too_large, error.file_not_docx,
// error.file_old_doc, error.file_encrypted, error.file_bomb, error.file_damaged. A document without any text is refused
// as empty, unless it holds files whose text Resolve may give.
func Read(b []byte) (Document, error) { return read(b, false) }

func read(b []byte, converted bool) (Document, error) {
	a, err := open(b)
	if err != nil {
		return Document{}, err
	}
	w, err := newWalker(a, converted)
	if err != nil {
		return Document{}, err
	}
	if err := a.scan(a.main, w.body("document")); err != nil {
		return Document{}, err
	}
	for _, notes := range []string{"footnotes", "endnotes"} {
		if len(w.cited[notes]) > 0 {
			w.note = notes
			if err := a.scan(a.part(notes), w.body(notes)); err != nil {
				return Document{}, err
			}
		}
	}
	for i := range w.chunks {
		if err := w.chunks[i].load(a); err != nil {
			return Document{}, err
		}
	}
	doc := Document{Paragraphs: filled(w.out), widths: w.widths, chunks: w.chunks}
	if len(doc.Paragraphs) == 0 && len(doc.chunks) == 0 {
		return Document{}, refuse("error.file_empty")
	}
	return doc, nil
}

func newWalker(a *archive, converted bool) (*walker, error) {
	if err := a.findParts(); err != nil {
		return nil, err
	}
	st, err := readStyles(a)
	if err != nil {
		return nil, err
	}
	n, err := readNumbering(a, st)
	if err != nil {
		return nil, err
	}
	w := &walker{archive: a, styles: st, counter: newCounter(n), widths: map[Cell]int{}}
	if converted {
		w.counter.mend = newMender()
		n.withSigns()
	}
	return w, nil
}
