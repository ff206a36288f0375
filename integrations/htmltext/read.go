package htmltext

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	encodingunicode "golang.org/x/text/encoding/unicode"

	"huiban/tasks"
)

// Bounds of what is read.
const (
	MaxFile  = 10 << 20 // bytes of the file
	headSize = 4 << 10  // bytes that tell what a file is
)

var (
	beginning = regexp.MustCompile(`(?is)^\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6]|ul|ol|style|span|font|center|section|article|main)\b[^<]*>`)
	inHead    = regexp.MustCompile(`(?i)<html[\s>]`)
	metaName  = regexp.MustCompile(`(?i)<meta\s[^>]*?charset\s*=\s*["']?\s*([a-z0-9_-]+)|<\?xml[^>]*?encoding\s*=\s*["']([a-z0-9_-]+)`)
)

// Is reports whether b is HTML or a web archive, by how it begins.
func Is(b []byte) bool {
	if isArchive(b) {
		return true
	}
	head := b[:min(len(b), headSize)]
	if order, mark := wide(head); mark > 0 {
		text, err := encodingunicode.UTF16(order, encodingunicode.IgnoreBOM).NewDecoder().Bytes(head[mark : len(head)&^1])
		if err != nil {
			return false
		}
		head = text
	}
	head = bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF"))
	return beginning.Match(head) || bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) && inHead.Match(head)
}

// wide tells UTF-16 by its mark and how many bytes the mark has.
func wide(b []byte) (encodingunicode.Endianness, int) {
	switch {
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return encodingunicode.LittleEndian, 2
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return encodingunicode.BigEndian, 2
	}
	return encodingunicode.LittleEndian, 0
}

// Read returns the text of a page. Its errors are refusals: error.file_empty, error.file_too_large,
// error.file_not_text, error.file_damaged, error.file_format for a web archive without a page.
func Read(b []byte) (string, error) {
	switch {
	case len(b) == 0:
		return "", tasks.Refuse(tasks.Invalid, "error.file_empty")
	case len(b) > MaxFile:
		return "", tasks.Refuse(tasks.TooLarge, "error.file_too_large", "Max", MaxFile>>20)
	}
	if isArchive(b) {
		if b = firstPage(b); len(b) == 0 {
			return "", tasks.Refuse(tasks.Invalid, "error.file_format", "Format", "MHT")
		}
	}
	source, ok := decode(b)
	if !ok {
		return "", tasks.Refuse(tasks.Invalid, "error.file_not_text")
	}
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		e := tasks.Refuse(tasks.Invalid, "error.file_damaged")
		e.Err = err
		return "", e
	}
	text := textOf(root)
	if strings.TrimSpace(text) == "" {
		return "", tasks.Refuse(tasks.Invalid, "error.file_empty")
	}
	return text, nil
}

// textOf is the text of a page. A page that its style sheets hide for the most part is one that a program would show: it
// is read without them.
func textOf(root *html.Node) string {
	plain := &writer{}
	plain.children(root)
	text := plain.text()
	s := sheetOf(root)
	if len(s.rules) == 0 {
		return text
	}
	w := &writer{sheet: s}
	w.children(root)
	if styled := w.text(); len(styled)*2 >= len(text) {
		return styled
	}
	return text
}

// decode makes b UTF-8. A mark decides; then UTF-8 when b is that, for pages often claim what they are not; then what
// the page says; then GB18030.
func decode(b []byte) (string, bool) {
	if order, mark := wide(b); mark > 0 {
		return decoded(encodingunicode.UTF16(order, encodingunicode.IgnoreBOM), b[mark:])
	}
	b = bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))
	if utf8.Valid(b) {
		return string(b), true
	}
	if m := metaName.FindSubmatch(b[:min(len(b), headSize)]); m != nil {
		if e, name := charset.Lookup(string(append(m[1], m[2]...))); e != nil && name != "utf-8" && name != "gbk" {
			if s, ok := decoded(e, b); ok {
				return s, true
			}
		}
	}
	return decoded(simplifiedchinese.GB18030, b)
}

// maxBad is the share of characters, one in so many, that may be damaged.
const maxBad = 200

func decoded(e encoding.Encoding, b []byte) (string, bool) {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return "", false
	}
	bad := bytes.Count(out, []byte(string(utf8.RuneError)))
	return string(bytes.ReplaceAll(out, []byte(string(utf8.RuneError)), nil)), bad*maxBad <= utf8.RuneCount(out)
}
