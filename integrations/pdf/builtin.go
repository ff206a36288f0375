package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/ledongthuc/pdf"
)

// builtIn reads the file in this process. The library panics on many damaged files and goes round in circles on some:
// it runs in a goroutine of its own that ends, at the latest, when its input does, soon after the context.
func builtIn(ctx context.Context, b []byte) ([]page, error) {
	if err := screen(b); err != nil {
		return nil, err
	}
	type result struct {
		pages []page
		err   error
	}
	done := make(chan result, 1)
	go func() {
		ps, err := library(ctx, b)
		done <- result{ps, err}
	}()
	select {
	case r := <-done:
		return r.pages, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// input is the file until the context ends.
type input struct {
	ctx context.Context
	b   []byte
}

func (in input) ReadAt(p []byte, off int64) (int, error) {
	if err := in.ctx.Err(); err != nil {
		return 0, err
	}
	if off < 0 || off >= int64(len(in.b)) {
		return 0, io.EOF
	}
	n := copy(p, in.b[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func library(ctx context.Context, b []byte) (pages []page, err error) {
	defer func() {
		if r := recover(); r != nil {
			pages, err = nil, fmt.Errorf("pdf: %v", r)
		}
	}()
	r, err := pdf.NewReader(input{ctx, b}, int64(len(b)))
	if errors.Is(err, pdf.ErrInvalidPassword) {
		return nil, refuse("error.file_encrypted", err)
	}
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	n := r.NumPage()
	if n < 1 {
		return nil, errors.New("pdf: no pages")
	}
	pieces := 0
	for i := 1; i <= min(n, MaxPages+1); i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p := contentOf(r.Page(i))
		if pieces += len(p.pieces); pieces > maxPieces {
			return nil, tooMuch()
		}
		pages = append(pages, p)
	}
	return pages, nil
}

// contentOf reads the text of one page.
func contentOf(src pdf.Page) page {
	box := inherited(src.V, "MediaBox")
	p := page{width: 595, height: 842}
	left, bottom := 0.0, 0.0
	if box.Len() == 4 {
		left, bottom = box.Index(0).Float64(), box.Index(1).Float64()
		p.width, p.height = box.Index(2).Float64()-left, box.Index(3).Float64()-bottom
	}
	in := &interpreter{page: &p, left: left, top: bottom + p.height, fonts: map[string]*font{}}
	in.run(src.V.Key("Contents"), inherited(src.V, "Resources"), 0)
	return p
}

// inherited is a value of the page or of the nodes above it, of which there may be a circle.
func inherited(v pdf.Value, key string) pdf.Value {
	for range 32 {
		if found := v.Key(key); !found.IsNull() || v.IsNull() {
			return found
		}
		v = v.Key("Parent")
	}
	return pdf.Value{}
}
