package pdf

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"

	"huiban/tasks"
)

// Bounds of what is read.
const (
	MaxFile   = 20 << 20 // bytes of the file
	MaxPages  = 400
	MaxTime   = 20 * time.Second
	maxOutput = 64 << 20  // bytes that pdftotext may write
	maxMemory = 1 << 30   // bytes of its address space
	maxPieces = 1_000_000 // pieces of text in a file
	magicIn   = 1024      // the head of a file that must name its format
)

// Document is what a PDF file says, in reading order.
type Document struct {
	Paragraphs []string
	Pages      int
}

// Text is the document as plain text, a line a paragraph.
func (d Document) Text() string {
	if len(d.Paragraphs) == 0 {
		return ""
	}
	return strings.Join(d.Paragraphs, "\n") + "\n"
}

// Is reports whether b begins like a PDF file.
func Is(b []byte) bool { return bytes.Contains(b[:min(len(b), magicIn)], []byte("%PDF-")) }

// Read reads a PDF file. Its errors are refusals: error.file_empty, error.file_too_large, error.file_pages,
// error.file_encrypted, error.file_damaged, error.file_bomb, error.file_slow, error.file_scanned, error.file_garbled.
func Read(ctx context.Context, b []byte) (Document, error) {
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		return ReadBuiltIn(ctx, b)
	}
	return read(ctx, b, func(ctx context.Context) ([]page, error) { return poppler(ctx, program, b) })
}

// ReadBuiltIn is Read without any installed program. It knows fewer fonts and repairs less.
func ReadBuiltIn(ctx context.Context, b []byte) (Document, error) {
	return read(ctx, b, func(ctx context.Context) ([]page, error) { return builtIn(ctx, b) })
}

func read(ctx context.Context, b []byte, pages func(context.Context) ([]page, error)) (Document, error) {
	switch {
	case len(b) == 0:
		return Document{}, refuse("error.file_empty", nil)
	case len(b) > MaxFile:
		return Document{}, tasks.Refuse(tasks.TooLarge, "error.file_too_large", "Max", MaxFile>>20)
	case !Is(b):
		return Document{}, refuse("error.file_damaged", nil)
	}
	ctx, cancel := context.WithTimeout(ctx, MaxTime)
	defer cancel()
	ps, err := pages(ctx)
	if err != nil {
		return Document{}, refusal(ctx, err)
	}
	if len(ps) > MaxPages {
		return Document{}, tasks.Refuse(tasks.TooLarge, "error.file_pages", "Max", MaxPages)
	}
	lines := make([][]line, len(ps))
	for i, p := range ps {
		lines[i] = p.lines()
	}
	if err := readable(lines); err != nil {
		return Document{}, err
	}
	return Document{Paragraphs: paragraphs(inColumns(withoutFurniture(lines))), Pages: len(ps)}, nil
}

func refuse(message string, cause error) *tasks.Error {
	e := tasks.Refuse(tasks.Invalid, message)
	e.Err = cause
	return e
}

// refusal makes whatever a reader failed with a refusal that its sender can act on.
func refusal(ctx context.Context, err error) error {
	if e, ok := errors.AsType[*tasks.Error](err); ok {
		return e
	}
	if ctx.Err() != nil {
		return refuse("error.file_slow", err)
	}
	return refuse("error.file_damaged", err)
}
