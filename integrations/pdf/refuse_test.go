package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"huiban/integrations/internal/readertest"
)

// assemble makes a PDF file of its objects, numbered from 1; the first is the catalog.
func assemble(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, at)
	return b.Bytes()
}

func stream(dict, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(content), content)
}

func flate(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}

// sheets is a file of n pages that all have one content.
func sheets(n int, content string) []byte {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", content, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"}
	kids := ""
	for i := range n {
		kids += fmt.Sprintf("%d 0 R ", len(objects)+1)
		objects = append(objects, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 %d] /Resources << /Font << /F 4 0 R >> >> /Contents 3 0 R >>", 842+i%2))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", n, kids)
	return assemble(objects...)
}

func drawn(text string) string {
	return stream("", "BT /F 5 Tf 72 700 Td ("+text+") Tj ET")
}

type reader struct {
	name string
	read func(context.Context, []byte) (Document, error)
}

func readers() []reader { return []reader{{"pdftotext", Read}, {"built-in", ReadBuiltIn}} }

func TestRefusals(t *testing.T) {
	t.Parallel()
	whole := stored(t, "single")
	for _, tt := range []struct {
		name, want string
		in         []byte
	}{
		{"nothing", "error.file_empty", nil},
		{"30 MB", "error.file_too_large", make([]byte, 30<<20)},
		{"no PDF", "error.file_damaged", []byte("关于养老的提案")},
		{"head only", "error.file_damaged", []byte("%PDF-1.7\n")},
		{"half a file", "error.file_damaged", whole[:len(whole)/4]},
		{"pictures", "error.file_scanned", sheets(3, stream("", "q 100 0 0 100 0 0 cm Q"))},
		{"a scanner's name", "error.file_scanned", sheets(2, drawn("Scanned by CamScanner"))},
		{"signs for letters", "error.file_garbled", sheets(1, drawn(`!"#$%&'*+,-./:;<=>?@[]^_{|}~0123456789!"#$%&'*+,-./:;<=>?@`))},
		{"consonants", "error.file_garbled", sheets(1, drawn(strings.Repeat("xkcd brtz ", 20)))},
		{"password", "error.file_encrypted", stored(t, "locked")},
		{"many pages", "error.file_pages", sheets(MaxPages+1, drawn("Page"))},
	} {
		for _, r := range readers() {
			t.Run(tt.name+"/"+r.name, func(t *testing.T) {
				t.Parallel()
				if r.name == "pdftotext" {
					readertest.Program(t, r.name)
				}
				_, err := r.read(t.Context(), tt.in)
				if got := readertest.Message(err); got != tt.want {
					t.Errorf("got %q (%v), want %q", got, err, tt.want)
				}
			})
		}
	}
}

func TestForeignText(t *testing.T) {
	t.Parallel()
	text := "The bridge over the road near the primary school should be built before the end of the year by the bureau in charge of public works and roads."
	for _, r := range readers() {
		if r.name == "pdftotext" {
			readertest.Program(t, r.name)
		}
		doc, err := r.read(t.Context(), sheets(1, drawn(text)))
		if err != nil || !strings.HasPrefix(doc.Text(), "The bridge over the road") {
			t.Errorf("%s: %q, %v", r.name, doc.Text(), err)
		}
	}
}

// What would take the process's stack or memory never reaches the library.
func TestScreen(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		in   []byte
	}{
		{"nested arrays", sheets(1, stream("", strings.Repeat("[", 5_000_000)))},
		{"nested arrays, packed", sheets(1, stream("/Filter /FlateDecode", flate(strings.Repeat("[", 5_000_000))))},
		{"nested dictionaries in the file", []byte("%PDF-1.4\n" + strings.Repeat("<<", 2_000_000))},
		{"unpacked without end", sheets(1, stream("/Filter /FlateDecode", flate(strings.Repeat("0 ", 100<<20))))},
		{"packed twice", sheets(1, stream("/Filter [/FlateDecode /FlateDecode]", flate(flate("[[["))))},
		{"a huge table", []byte("%PDF-1.4\nxref\n0 4000000000\ntrailer\n<< /Size 4000000000 >>\nstartxref\n9\n%%EOF\n")},
		{"a huge stream of references", []byte("%PDF-1.4\n1 0 obj\n<< /Type /XRef /Size 900000000 /W [1 2 1] >>\nstream\n\nendstream\nendobj\nstartxref\n9\n%%EOF\n")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if err := screen(tt.in); err == nil {
				t.Error("let through")
			}
		})
	}
	for name := range papers() {
		if err := screen(stored(t, name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Files that go round in circles end with the context.
func TestCircles(t *testing.T) {
	t.Parallel()
	for name, in := range map[string][]byte{
		"pages": assemble("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 5 /Kids [2 0 R] >>"),
		"parents": assemble("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [3 0 R] >>",
			"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>", stream("", "BT /F 1 Tf (a) Tj ET")),
		"tables": []byte("%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"),
		"a form that draws itself": assemble("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
			"<< /Type /Page /Resources << /XObject << /X 4 0 R >> >> /Contents 4 0 R >>",
			stream("/Subtype /Form /Resources << /XObject << /X 4 0 R >> >>", "/X Do /X Do")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
			defer cancel()
			if _, err := ReadBuiltIn(ctx, in); err == nil || strings.HasPrefix(readertest.Message(err), "fault") {
				t.Errorf("got %v, want a refusal", err)
			}
		})
	}
}

// Damage anywhere in a file is a refusal or changes its text; it never panics.
func TestDamage(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	whole := stored(t, "single")
	for range 300 {
		b := bytes.Clone(whole)
		switch r.IntN(3) {
		case 0:
			b = b[:r.IntN(len(b))]
		case 1:
			for range 1 + r.IntN(50) {
				b[r.IntN(len(b))] = byte(r.IntN(256))
			}
		default:
			at := r.IntN(len(b))
			b = append(b[:at:at], b[min(len(b), at+r.IntN(500)):]...)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		if _, err := ReadBuiltIn(ctx, b); strings.HasPrefix(readertest.Message(err), "fault") {
			t.Errorf("not a refusal: %v", err)
		}
		cancel()
	}
}

// script puts a program of a few lines in pdftotext's place.
func script(t *testing.T, lines string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "pdftotext"), []byte("#!/bin/sh\n"+lines), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
}

func TestProgramsThatFail(t *testing.T) {
	t.Setenv("HUIBAN_SECRET", "xoxb-1")
	file := stored(t, "single")
	for _, tt := range []struct{ name, lines, want string }{
		{"exit", "exit 1", "error.file_damaged"},
		{"password", "echo 'Command Line Error: Incorrect password' >&2; exit 1", "error.file_encrypted"},
		{"nothing", "exit 0", "error.file_scanned"},
		{"endless", "while :; do echo '<word xMin=\"1\" yMin=\"1\" xMax=\"2\" yMax=\"2\">0123456789012345678901234567890123456789012345678901234567890123456789</word>'; done", "error.file_bomb"},
		{"environment kept from it", `test -z "$HUIBAN_SECRET" && exit 0; exit 1`, "error.file_scanned"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			script(t, tt.lines)
			_, err := Read(t.Context(), file)
			if got := readertest.Message(err); got != tt.want {
				t.Errorf("got %q (%v), want %q", got, err, tt.want)
			}
		})
	}
	script(t, "exec /bin/sleep 600")
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := Read(ctx, file); readertest.Message(err) != "error.file_slow" {
		t.Errorf("got %v", err)
	}
}

func TestNoProgram(t *testing.T) {
	file, want := stored(t, "single"), papers()["single"].want()
	t.Setenv("PATH", t.TempDir())
	doc, err := Read(t.Context(), file)
	if err != nil || doc.Text() != want {
		t.Errorf("%q, %v", doc.Text(), err)
	}
}
