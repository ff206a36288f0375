package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"huiban/tasks"
)

// Bounds of what is read. They hold for what is really unpacked, whatever the archive's directory says.
const (
	MaxFile       = 20 << 20 // bytes of the file
	MaxUnpacked   = 64 << 20 // bytes of all parts together
	maxRatio      = 200      // unpacked to packed, for parts over ratioFrom
	ratioFrom     = 1 << 20
	maxEntries    = 2000
	maxDepth      = 256 // nested elements
	maxParagraphs = 200_000
	maxTag        = 256 << 10 // bytes of one tag
)

var (
	zipMagic = []byte("PK\x03\x04")
	oleMagic = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
)

// errBound is what a reader of a part returns when the part grows beyond the bounds.
var errBound = errors.New("docx: unpacked beyond the bounds")

// Is reports whether b begins like something that Read should judge: a zip archive, or the container of old and of
// encrypted Word files, for which Read has a better answer than "not a text".
func Is(b []byte) bool { return bytes.HasPrefix(b, zipMagic) || bytes.HasPrefix(b, oleMagic) }

func refuse(message string) *tasks.Error { return tasks.Refuse(tasks.Invalid, message) }

func damaged(err error) error {
	e := refuse("error.file_damaged")
	if errors.Is(err, errBound) {
		e = tooBig("error.file_bomb", MaxUnpacked)
	}
	e.Err = err
	return e
}

func tooBig(message string, limit int) *tasks.Error {
	return tasks.Refuse(tasks.TooLarge, message, "Max", limit>>20)
}

// archive is an opened .docx. budget is what may still be unpacked.
type archive struct {
	files  map[string]*zip.File
	budget int64
	main   string            // the document's part
	others map[string]string // parts that belong to it, by kind
	chunks map[string]string // files whose text it takes, by the relationship's id
}

func open(b []byte) (*archive, error) {
	switch {
	case len(b) == 0:
		return nil, refuse("error.file_empty")
	case len(b) > MaxFile:
		return nil, tooBig("error.file_too_large", MaxFile)
	case bytes.HasPrefix(b, oleMagic):
		return nil, refuse(oleMessage(b))
	case !bytes.HasPrefix(b, zipMagic):
		return nil, refuse("error.file_not_docx")
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, damaged(err)
	}
	if len(z.File) > maxEntries {
		return nil, tooBig("error.file_bomb", MaxUnpacked)
	}
	a := &archive{files: make(map[string]*zip.File, len(z.File)), budget: MaxUnpacked}
	var total uint64
	for _, f := range z.File {
		total += min(f.UncompressedSize64, MaxUnpacked+1)
		if total > MaxUnpacked || f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/maxRatio > f.CompressedSize64 {
			return nil, tooBig("error.file_bomb", MaxUnpacked)
		}
		a.files[partName(f.Name)] = f
	}
	return a, nil
}

// oleMessage tells an encrypted .docx from a Word 97 file: the names in the container's directory are UTF-16.
func oleMessage(b []byte) string {
	switch {
	case bytes.Contains(b, utf16("EncryptedPackage")):
		return "error.file_encrypted"
	case bytes.Contains(b, utf16("WordDocument")):
		return "error.file_old_doc"
	}
	return "error.file_not_docx"
}

func utf16(ascii string) []byte {
	var out []byte
	for _, c := range []byte(ascii) {
		out = append(out, c, 0)
	}
	return out
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

func (a *archive) has(name string) bool { return a.files[partName(name)] != nil }

// scan opens a part for reading and runs f on it; an absent part is nothing.
func (a *archive) scan(name string, f func(*scanner) error) error {
	return a.unpack(name, func(r io.Reader) error { return f(newScanner(inUTF8(r))) })
}

// unpack runs f on the bytes of a part, within the bounds; an absent part is nothing.
func (a *archive) unpack(name string, f func(io.Reader) error) error {
	file := a.files[partName(name)]
	if file == nil {
		return nil
	}
	if file.Flags&1 != 0 {
		return refuse("error.file_encrypted")
	}
	r, err := file.Open()
	if err != nil {
		return damaged(err)
	}
	defer r.Close()
	allowed := a.budget
	if packed := int64(min(file.CompressedSize64, MaxFile)); packed > 0 {
		allowed = min(allowed, max(ratioFrom, packed*maxRatio))
	}
	bounded := &boundedReader{r: r, left: allowed}
	err = f(bounded)
	a.budget -= allowed - bounded.left
	if err != nil {
		if e, ok := errors.AsType[*tasks.Error](err); ok {
			return e
		}
		return damaged(err)
	}
	return nil
}

// boundedReader is an io.LimitReader that says when the limit was the end.
type boundedReader struct {
	r    io.Reader
	left int64
}

func (b *boundedReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		var one [1]byte
		if n, _ := b.r.Read(one[:]); n > 0 {
			return 0, errBound
		}
		return 0, io.EOF
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}
