package wiring

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"huiban/integrations/docx"
	"huiban/integrations/htmltext"
	"huiban/integrations/olddoc"
	"huiban/integrations/pdf"
	"huiban/integrations/textfile"
	"huiban/tasks"
	"huiban/tasks/letter"
)

// documents picks the reader by what a file is, not by what it is called.
type documents struct{}

// Read returns the text of a file; what cannot be read is refused with what to do instead. The readers bound their own
// time as well, and refuse what takes longer; a file is not to blame when ctx ends.
func (documents) Read(ctx context.Context, name string, body []byte) (string, error) {
	text, err := read(ctx, body)
	if ctx.Err() != nil {
		return "", fmt.Errorf("read: %w", context.Cause(ctx))
	}
	if e, ok := errors.AsType[*tasks.Error](err); ok && e.Message == "error.file_not_text" {
		return "", byName(name, e)
	}
	if err != nil {
		return "", err
	}
	if ext := strings.ToLower(path.Ext(name)); ext == ".md" || ext == ".markdown" {
		text = textfile.Markdown(text) // text is Markdown only because its writer says so
	}
	if strings.TrimSpace(text) == "" {
		return "", tasks.Refuse(tasks.Invalid, "error.file_empty")
	}
	return text, nil
}

func read(ctx context.Context, body []byte) (string, error) {
	if len(body) == 0 {
		return "", tasks.Refuse(tasks.Invalid, "error.file_empty")
	}
	if pdf.Is(body) {
		doc, err := pdf.Read(ctx, body)
		return doc.Text(), err
	}
	if olddoc.Is(body) {
		return readOld(ctx, body)
	}
	if err := foreign(body); err != nil {
		if olddoc.Converts(body) {
			if text, ok := converted(ctx, body); ok {
				return text, nil
			}
		}
		return "", err
	}
	switch {
	case docx.Is(body):
		doc, err := docx.Read(body)
		if err == nil {
			err = doc.Resolve(readPart)
		}
		return doc.Text(), err
	case htmltext.Is(body):
		return htmltext.Read(body)
	}
	return textfile.Read(body)
}

// readPart reads a file that stands inside another.
func readPart(body []byte) (string, error) {
	switch {
	case htmltext.Is(body):
		return htmltext.Read(body)
	case docx.Is(body):
		doc, err := docx.Read(body)
		return doc.Text(), err
	}
	return textfile.Read(body)
}

// readOld prefers the ways that keep automatic numbers.
func readOld(ctx context.Context, body []byte) (string, error) {
	if text, ok := converted(ctx, body); ok {
		return text, nil
	}
	if made, err := olddoc.Native(body); err == nil {
		if doc, err := docx.ReadConverted(made); err == nil {
			return doc.Text(), nil
		}
	}
	return olddoc.Read(ctx, body)
}

// converted reads what the office program makes of a file, where there is one.
func converted(ctx context.Context, body []byte) (string, bool) {
	made, err := olddoc.Convert(ctx, body)
	if err != nil {
		return "", false
	}
	doc, err := docx.ReadConverted(made)
	return doc.Text(), err == nil
}

// byName finds better words for a file that is no text, by what its sender took it for.
func byName(name string, refused *tasks.Error) *tasks.Error {
	message := refused.Message
	switch strings.ToLower(path.Ext(name)) {
	case ".docx":
		message = "error.file_not_docx"
	case ".doc", ".wps", ".pdf":
		message = "error.file_damaged"
	case ".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".heic":
		message = "error.file_image"
	}
	e := tasks.Refuse(refused.Code, message)
	e.Err = refused
	return e
}

// WriteLetter writes the letter as .docx.
func (documents) WriteLetter(w io.Writer, l letter.Letter) error { return docx.Write(w, l) }
