package olddoc

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"huiban/integrations/internal/plain"
	"huiban/integrations/internal/program"
	"huiban/tasks"
)

// Bounds of what is read.
const (
	MaxFile   = 20 << 20 // bytes of the file
	maxOutput = 32 << 20 // bytes of what a program makes
	textTime  = 15 * time.Second
	wholeTime = 40 * time.Second // the office program may start slowly
	maxMemory = 256 << 20        // bytes of address space that antiword and catdoc may take
)

var magic = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")

// Is reports whether b is a Word file of the old kind.
func Is(b []byte) bool {
	return bytes.HasPrefix(b, magic) && bytes.Contains(b, wideName("WordDocument"))
}

func wideName(ascii string) []byte {
	var out []byte
	for _, c := range []byte(ascii) {
		out = append(out, c, 0)
	}
	return out
}

// Read returns the text of b as antiword or catdoc give it, a line a paragraph, the rows of a form as "label：value". Its
// errors are refusals: error.file_empty, error.file_too_large, error.file_encrypted, error.file_damaged,
// error.file_slow, and error.file_old_doc when neither program is there.
func Read(ctx context.Context, b []byte) (string, error) {
	if err := check(b); err != nil {
		return "", err
	}
	if !Is(b) {
		return "", refuse("error.file_damaged", nil)
	}
	ctx, cancel := context.WithTimeout(ctx, textTime)
	defer cancel()
	dir, err := keep(b, name)
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	var last error = refuse("error.file_old_doc", nil)
	for _, r := range []struct {
		program string
		args    []string
		tidy    func(string) string
	}{
		{"antiword", []string{"-m", "UTF-8.txt", "-w", "0", name}, withoutGrid},
		{"catdoc", []string{"-d", "utf-8", "-w", name}, func(s string) string { return s }},
	} {
		path, err := exec.LookPath(r.program)
		if err != nil {
			continue
		}
		out, err := run(ctx, dir, path, r.args, maxMemory)
		if err != nil {
			last = failed(ctx, err)
			continue
		}
		if r.program == "catdoc" && !complete(b, string(out)) {
			last = refuse("error.file_old_doc", nil)
			continue
		}
		text := withForms(withoutPageFields(r.tidy(clean(string(out)))))
		if strings.TrimSpace(text) == "" {
			last = refuse("error.file_empty", nil)
			continue
		}
		return text, nil
	}
	return "", last
}

func check(b []byte) error {
	switch {
	case len(b) == 0:
		return refuse("error.file_empty", nil)
	case len(b) > MaxFile:
		return tasks.Refuse(tasks.TooLarge, "error.file_too_large", "Max", MaxFile>>20)
	case !Is(b) && !Converts(b):
		return refuse("error.file_damaged", nil)
	case locked(b):
		return refuse("error.file_encrypted", nil)
	}
	return nil
}

// head finds the head of the text's stream, which begins with a sector ([MS-DOC] 2.5.2). Sectors of short streams are of
// 64 bytes.
func head(b []byte) ([]byte, bool) {
	const header, sector, size, ident, oldest, newest = 512, 64, 0x50, 0xA5EC, 0x65, 0x120
	for at := header; at+size <= len(b); at += sector {
		version := binary.LittleEndian.Uint16(b[at+2:])
		if binary.LittleEndian.Uint16(b[at:]) == ident && version >= oldest && version <= newest {
			return b[at : at+size], true
		}
	}
	return nil, false
}

// locked reports whether the file's head says that it is encrypted.
func locked(b []byte) bool {
	const flags, encrypted = 0x0A, 0x0100
	h, ok := head(b)
	return ok && binary.LittleEndian.Uint16(h[flags:])&encrypted != 0
}

// complete reports whether text is about as long as the file says. catdoc takes parts of some Chinese files for
// text of another encoding and says nothing.
func complete(b []byte, text string) bool {
	const length = 0x4C
	h, ok := head(b)
	if !ok {
		return false
	}
	want, got := int(binary.LittleEndian.Uint32(h[length:])), utf8.RuneCountInString(text)
	slack := 16 + want/100
	return got >= want-slack && got <= want+slack
}

func refuse(message string, cause error) *tasks.Error {
	e := tasks.Refuse(tasks.Invalid, message)
	e.Err = cause
	return e
}

// run starts a program in a folder of its own and returns what it wrote. memory 0 leaves its memory alone.
func run(ctx context.Context, dir, path string, args []string, memory uint64) ([]byte, error) {
	out, err := program.Command{
		Path: path, Args: args, Dir: dir, Env: []string{"HOME=" + dir, "TMPDIR=" + dir}, Memory: memory, MaxOutput: maxOutput,
	}.Output(ctx)
	if err != nil {
		return nil, fmt.Errorf("olddoc: %w", err)
	}
	return out, nil
}

func failed(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, program.ErrOutput):
		return tasks.Refuse(tasks.TooLarge, "error.file_bomb", "Max", maxOutput>>20)
	case ctx.Err() != nil:
		return refuse("error.file_slow", err)
	}
	return refuse("error.file_damaged", err)
}

// clean keeps valid characters and makes every line end \n.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r == '\f', r == '\v':
			return '\n'
		case r < ' ' && r != '\n' && r != '\t', r >= 0x7f && r < 0xa0, r == utf8.RuneError, plain.Invisible(r):
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// pageField is the page number of a footer, which the programs give as the field that it is.
var pageField = regexp.MustCompile(`^[^\p{L}]*PAGE\s+\d*[^\p{L}]*(?:NUMPAGES[^\p{L}]*)?$|^[第\s]*PAGE\s+\d*[^\p{L}]*页[\s共，]*(?:NUMPAGES\s*\d*\s*页)?\s*$`)

func withoutPageFields(s string) string {
	var b strings.Builder
	for l := range strings.Lines(s) {
		if !pageField.MatchString(strings.TrimSpace(l)) {
			b.WriteString(l)
		}
	}
	return b.String()
}

// withoutGrid undoes the way antiword draws tables: cells between bars, cut to lines of one width. A line whose first
// cell is blank goes on with the row above.
func withoutGrid(s string) string {
	var out []string
	var row []string
	flush := func() {
		if row != nil {
			out = append(out, strings.Join(row, "\t"))
		}
		row = nil
	}
	for _, l := range strings.Split(s, "\n") {
		if len(l) < 3 || l[0] != '|' || l[len(l)-1] != '|' {
			flush()
			if strings.TrimSpace(l) != "" {
				out = append(out, l)
			}
			continue
		}
		cells := strings.Split(l[1:len(l)-1], "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if row == nil || len(cells) != len(row) || cells[0] != "" {
			flush()
			row = cells
			continue
		}
		for i, c := range cells {
			row[i] += c
		}
	}
	flush()
	return strings.Join(out, "\n") + "\n"
}
