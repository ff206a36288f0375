package docx

import (
	"io"
	"sort"
	"strings"
)

// Bounds of the files that a document takes its text from.
const (
	maxChunks = 50
	maxChunk  = 10 << 20 // bytes
)

// chunk is a whole file that the document shows in one place. Web systems that export .docx put all of their text into
// one, as HTML.
type chunk struct {
	position int
	name     string
	body     []byte
}

// Resolve puts the text of the files that the document holds in their places; read is given each as it is. A document
// that shows none of them stays as it is. Without any text it is refused as empty.
func (d *Document) Resolve(read func([]byte) (string, error)) error {
	for _, c := range d.chunks {
		text, err := read(c.body)
		if err != nil {
			return err
		}
		var own []Paragraph
		for _, l := range strings.Split(text, "\n") {
			if strings.TrimSpace(l) != "" {
				own = append(own, Paragraph{Text: l, Position: c.position})
			}
		}
		at := sort.Search(len(d.Paragraphs), func(i int) bool { return d.Paragraphs[i].Position > c.position })
		d.Paragraphs = append(d.Paragraphs[:at:at], append(own, d.Paragraphs[at:]...)...)
	}
	d.chunks = nil
	if len(d.Paragraphs) == 0 {
		return refuse("error.file_empty")
	}
	return nil
}

// altChunk keeps the file that stands here.
func (w *walker) altChunk() error {
	id, _ := w.s.attr("id")
	w.position++
	if name := w.archive.chunks[id]; name != "" && len(w.chunks) < maxChunks {
		w.chunks = append(w.chunks, chunk{position: w.position, name: name})
	}
	return w.s.skip()
}

// load reads what the document holds, when all else is read.
func (c *chunk) load(a *archive) error {
	return a.unpack(c.name, func(r io.Reader) error {
		var err error
		if c.body, err = io.ReadAll(io.LimitReader(r, maxChunk+1)); err == nil && len(c.body) > maxChunk {
			err = errBound
		}
		return err
	})
}
