package pdf

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"regexp"
	"strconv"
)

// Bounds that keep the library from what recover does not catch: a stack or a memory that overflows.
const (
	maxUnpacked = 128 << 20 // bytes of all streams together
	maxNesting  = 20_000    // arrays and dictionaries, as they look to one who does not know strings
	maxObjects  = 1_000_000
)

var (
	errScreen = errors.New("pdf: beyond the bounds of the built-in reader")
	encrypted = regexp.MustCompile(`/Encrypt\s*(?:<<|\d+\s+\d+\s+R)`)
	sized     = regexp.MustCompile(`/(?:Size|Count|Columns|Colors|N|First)\s*(\d{5,})`)
	subtable  = regexp.MustCompile(`(?:^|[\r\n])\s*(\d{5,})\s+(\d+)\s*[\r\n]|(?:^|[\r\n])\s*\d+\s+(\d{7,})\s*[\r\n]`)
	lists     = regexp.MustCompile(`/(?:Index|W)\s*\[([^\[\]]*)\]`)
	longRun   = regexp.MustCompile(`\d{7,}`)
	filters   = regexp.MustCompile(`/Filter\s*\[\s*/\w+\s*/(?:FlateDecode|Fl|LZW)`)
)

// screen refuses what the library cannot be trusted with.
func screen(b []byte) error {
	if encrypted.Match(b) {
		return refuse("error.file_encrypted", nil)
	}
	for _, m := range sized.FindAllSubmatch(b, -1) {
		if n, err := strconv.Atoi(string(m[1])); err != nil || n > maxObjects {
			return errScreen
		}
	}
	for _, m := range lists.FindAllSubmatch(b, -1) {
		if longRun.Match(m[1]) {
			return errScreen
		}
	}
	for _, m := range subtable.FindAllSubmatch(b, -1) {
		if n, err := strconv.Atoi(string(append(m[1], m[3]...))); err != nil || n > maxObjects && len(m[1]) != 10 {
			return errScreen
		}
	}
	if filters.Match(b) || bytes.Contains(b, []byte("ASCII85Decode")) || nesting(b) > maxNesting {
		return errScreen
	}
	return screenStreams(b)
}

var streamMark = []byte("stream")

// screenStreams unpacks every stream once, to see how much comes out and how deep it nests.
func screenStreams(b []byte) error {
	left := int64(maxUnpacked)
	for rest := b; ; {
		i := bytes.Index(rest, streamMark)
		if i < 0 {
			return nil
		}
		rest = bytes.TrimLeft(rest[i+len(streamMark):], "\r\n")
		if len(rest) < 2 || rest[0]&0x0f != 8 || (uint(rest[0])<<8|uint(rest[1]))%31 != 0 {
			continue
		}
		z, err := zlib.NewReader(bytes.NewReader(rest))
		if err != nil {
			continue
		}
		var d depth
		n, _ := io.Copy(&d, io.LimitReader(z, left+1))
		if left -= n; left < 0 {
			return tooMuch()
		}
		if d.most > maxNesting || d.ascii85 {
			return errScreen
		}
	}
}

func nesting(b []byte) int {
	var d depth
	_, _ = d.Write(b)
	return d.most
}

// depth counts how deep brackets nest in what is written to it.
type depth struct {
	now, most int
	ascii85   bool
}

func (d *depth) Write(p []byte) (int, error) {
	for _, c := range p {
		switch c {
		case '[', '<':
			if d.now++; d.now > d.most {
				d.most = d.now
			}
		case ']', '>':
			d.now = max(0, d.now-1)
		}
	}
	d.ascii85 = d.ascii85 || bytes.Contains(p, []byte("/ASCII85Decode"))
	return len(p), nil
}
