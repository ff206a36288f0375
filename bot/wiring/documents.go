package wiring

import (
	"io"
	"path"
	"strings"

	"huiban/integrations/docx"
	"huiban/integrations/textfile"
	"huiban/tasks"
	"huiban/tasks/letter"
)

// documents picks the reader by what a file is, not by what it is called.
type documents struct{}

// Read returns the text of a .docx or plain text file; anything else is refused with what to do instead.
func (documents) Read(name string, body []byte) (string, error) {
	switch {
	case len(body) == 0:
		return "", tasks.Refuse(tasks.Invalid, "error.file_empty")
	case docx.Is(body) || strings.EqualFold(path.Ext(name), ".docx"):
		doc, err := docx.Read(body)
		if err != nil {
			return "", err
		}
		if text := doc.Text(); strings.TrimSpace(text) != "" {
			return text, nil
		}
		return "", tasks.Refuse(tasks.Invalid, "error.file_empty")
	case strings.HasPrefix(string(body[:min(len(body), 5)]), "%PDF-"):
		return "", tasks.Refuse(tasks.Invalid, "error.file_pdf")
	}
	return textfile.Read(body)
}

// WriteLetter writes the letter as .docx.
func (documents) WriteLetter(w io.Writer, l letter.Letter) error { return docx.Write(w, l) }
