package docx

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

var (
	errMalformed = errors.New("docx: malformed XML")
	errDeep      = errors.New("docx: elements nested too deeply")
)

// scanner reads the XML of an office document: UTF-8, no document type. It goes by local names, for programs name the
// prefixes as they like, and holds one tag at a time. encoding/xml does the same at a tenth of the speed.
type scanner struct {
	r     *bufio.Reader
	tag   []byte // of the last start tag: name and attributes
	name  []byte // local name of the last tag
	empty bool   // the last start tag closed itself: its end comes next
	open  []byte // names of the open elements, each followed by NUL
	depth int
	long  []byte // a tag longer than the reader's buffer
}

type token int

const (
	tokenEOF token = iota
	tokenStart
	tokenEnd
)

func newScanner(r io.Reader) *scanner { return &scanner{r: bufio.NewReaderSize(r, 64<<10)} }

// next goes to the next tag, passing what text lies before it to text (nil: dropped).
func (s *scanner) next(text func([]byte)) (token, error) {
	if s.empty {
		s.empty = false
		return tokenEnd, s.pop(s.name)
	}
	for {
		err := s.chars(text)
		if errors.Is(err, io.EOF) {
			if s.depth > 0 {
				return tokenEOF, io.ErrUnexpectedEOF
			}
			return tokenEOF, nil
		}
		if err != nil {
			return tokenEOF, err
		}
		tag, err := s.readTag()
		if err != nil {
			return tokenEOF, err
		}
		switch {
		case len(tag) == 0:
			return tokenEOF, errMalformed
		case tag[0] == '?':
		case tag[0] == '!':
			if err := s.declaration(tag, text); err != nil {
				return tokenEOF, err
			}
		case tag[0] == '/':
			s.name = local(bytes.TrimRight(tag[1:], " \t\r\n"))
			return tokenEnd, s.pop(s.name)
		default:
			return tokenStart, s.push(tag)
		}
	}
}

func (s *scanner) push(tag []byte) error {
	if tag[len(tag)-1] == '/' {
		s.empty = true
		tag = tag[:len(tag)-1]
	}
	s.tag = tag
	end := bytes.IndexAny(tag, " \t\r\n")
	if end < 0 {
		end = len(tag)
	}
	s.name = local(tag[:end])
	if len(s.name) == 0 {
		return errMalformed
	}
	if s.depth++; s.depth > maxDepth {
		return errDeep
	}
	s.open = append(append(s.open, s.name...), 0)
	return nil
}

func (s *scanner) pop(name []byte) error {
	if s.depth == 0 {
		return errMalformed
	}
	at := bytes.LastIndexByte(s.open[:len(s.open)-1], 0) + 1
	if !bytes.Equal(s.open[at:len(s.open)-1], name) {
		return errMalformed
	}
	s.open = s.open[:at]
	s.depth--
	return nil
}

func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// chars reads up to and including the next '<'. Entities are never cut: a piece that ends inside one is held back.
func (s *scanner) chars(text func([]byte)) error {
	var held []byte
	for {
		piece, err := s.r.ReadSlice('<')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
		more := err != nil
		if !more {
			piece = piece[:len(piece)-1]
		}
		if text == nil {
			if !more {
				return nil
			}
			continue
		}
		if held != nil {
			piece = append(held, piece...)
			held = nil
		}
		if more {
			if i := bytes.LastIndexByte(piece, '&'); i >= len(piece)-12 && i >= 0 {
				held = bytes.Clone(piece[i:])
				piece = piece[:i]
			}
		}
		if len(piece) > 0 {
			text(piece)
		}
		if !more {
			return nil
		}
	}
}

// readTag reads up to the '>' that ends the tag: one in quotes does not.
func (s *scanner) readTag() ([]byte, error) {
	piece, err := s.r.ReadSlice('>')
	quote := quoting(0, piece)
	if err == nil && quote == 0 {
		return piece[:len(piece)-1], nil
	}
	s.long = append(s.long[:0], piece...)
	for errors.Is(err, bufio.ErrBufferFull) || err == nil && quote != 0 {
		if len(s.long) > maxTag {
			return nil, errMalformed
		}
		piece, err = s.r.ReadSlice('>')
		s.long = append(s.long, piece...)
		if s.long[0] != '!' {
			quote = quoting(quote, piece)
		}
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, err
	}
	return s.long[:len(s.long)-1], nil
}

// quoting is the quotation mark that is open after piece of a tag, when quote was open before it; 0 for none.
// Declarations have no quotes that count.
func quoting(quote byte, piece []byte) byte {
	if quote == 0 && len(piece) > 0 && piece[0] == '!' {
		return 0
	}
	for {
		var i int
		if quote == 0 {
			i = bytes.IndexAny(piece, `"'`)
		} else {
			i = bytes.IndexByte(piece, quote)
		}
		if i < 0 {
			return quote
		}
		if quote == 0 {
			quote = piece[i]
		} else {
			quote = 0
		}
		piece = piece[i+1:]
	}
}

// declaration passes over a comment and hands on the text of a CDATA section; a document type is refused.
func (s *scanner) declaration(tag []byte, text func([]byte)) error {
	var closing, body []byte
	switch {
	case bytes.HasPrefix(tag, []byte("!--")):
		closing, body = []byte("--"), tag[3:]
	case bytes.HasPrefix(tag, []byte("![CDATA[")):
		closing, body = []byte("]]"), tag[8:]
	default:
		return errMalformed
	}
	cdata := closing[0] == ']'
	body = bytes.Clone(body)
	for !bytes.HasSuffix(body, closing) {
		body = append(body, '>')
		for {
			piece, err := s.r.ReadSlice('>')
			if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
				return io.ErrUnexpectedEOF
			}
			body = append(body, piece...)
			if len(body) > maxTag {
				return errMalformed
			}
			if err == nil {
				break
			}
		}
		body = body[:len(body)-1]
	}
	if cdata && text != nil {
		text(bytes.ReplaceAll(body[:len(body)-2], []byte("&"), []byte("&amp;")))
	}
	return nil
}

// skip goes past the end of the element just opened.
func (s *scanner) skip() error { return s.each(func() error { return s.skip() }) }

// each calls f at the start of every child of the element just opened; f consumes the child.
func (s *scanner) each(f func() error) error {
	for {
		t, err := s.next(nil)
		switch {
		case err != nil:
			return err
		case t == tokenEnd:
			return nil
		case t == tokenEOF:
			return io.ErrUnexpectedEOF
		}
		if err := f(); err != nil {
			return err
		}
	}
}

// root opens the document element and checks its name.
func (s *scanner) root(name string) error {
	t, err := s.next(nil)
	if err != nil {
		return err
	}
	if t != tokenStart || string(s.name) != name {
		return fmt.Errorf("%w: no %s", errMalformed, name)
	}
	return nil
}
