package textfile

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"huiban/integrations/internal/plain"
	"huiban/tasks"
)

// MaxFile is how many bytes a file may have.
const MaxFile = 20 << 20

// Read returns the text of a file. Its errors are refusals: error.file_empty, error.file_too_large,
// error.file_not_text.
func Read(b []byte) (string, error) {
	switch {
	case len(b) == 0:
		return "", tasks.Refuse(tasks.Invalid, "error.file_empty")
	case len(b) > MaxFile:
		return "", tasks.Refuse(tasks.TooLarge, "error.file_too_large", "Max", MaxFile>>20)
	case isOther(b):
		return "", tasks.Refuse(tasks.Invalid, "error.file_not_text")
	}
	text, ok := decode(b)
	if !ok {
		return "", tasks.Refuse(tasks.Invalid, "error.file_not_text")
	}
	text, dropped := clean(text)
	if dropped > maxControls && dropped*controlShare > len(text) {
		return "", tasks.Refuse(tasks.Invalid, "error.file_not_text")
	}
	if strings.TrimSpace(text) == "" {
		return "", tasks.Refuse(tasks.Invalid, "error.file_empty")
	}
	return text, nil
}

// A text may hold a few control characters; beyond maxControls, one in controlShare bytes makes it binary.
const (
	maxControls  = 4
	controlShare = 100
)

// isOther knows formats by their first bytes that might pass for text.
func isOther(b []byte) bool {
	for _, magic := range []string{"%PDF-", `{\rtf`, "PK\x03\x04", "\xD0\xCF\x11\xE0", "\x89PNG", "GIF8"} {
		if bytes.HasPrefix(b, []byte(magic)) {
			return true
		}
	}
	return false
}

// clean makes every line end \n, drops control characters and byte order marks, and counts the controls.
func clean(s string) (string, int) {
	dropped := 0
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if c := s[i]; c >= 0x20 && c < 0x7F || c == '\n' || c == '\t' {
			b.WriteByte(c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r':
			if i+1 == len(s) || s[i+1] != '\n' {
				b.WriteByte('\n')
			}
		case r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
			b.WriteByte('\n')
		case r < 0x20, r >= 0x7F && r < 0xA0:
			dropped++
		case plain.Invisible(r):
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String(), dropped
}
