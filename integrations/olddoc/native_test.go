package olddoc

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"huiban/integrations/internal/readertest"
	"huiban/tasks"
)

// partsOf unpacks what Native makes; each part must be sound XML.
func partsOf(t testing.TB, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		x, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(x))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		out[f.Name] = string(x)
	}
	return out
}

func TestNative(t *testing.T) {
	t.Parallel()
	b, err := Native(stored(t))
	if err != nil {
		t.Fatal(err)
	}
	parts := partsOf(t, b)
	for _, want := range []string{
		`<w:tbl><w:tr><w:tc><w:p><w:pPr></w:pPr><w:r><w:t xml:space="preserve">案号</w:t></w:r></w:p></w:tc><w:tc><w:p><w:pPr></w:pPr><w:r><w:t xml:space="preserve">DH0271</w:t></w:r></w:p></w:tc></w:tr>`,
		`<w:t xml:space="preserve">` + longTitle + `</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`,
		`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t xml:space="preserve">存在的问题</w:t>`,
		`<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t xml:space="preserve">统一施工时序。</w:t>`,
		strings.Repeat(sentence, 20),
	} {
		if !strings.Contains(parts["word/document.xml"], want) {
			t.Errorf("no %.300q", want)
		}
	}
	for _, want := range []string{`<w:lvlText w:val="%1、"/>`, `<w:lvlText w:val="（%2）"/>`, `<w:num w:numId="1"><w:abstractNumId w:val="0"/>`} {
		if !strings.Contains(parts["word/numbering.xml"], want) {
			t.Errorf("no %q in the lists", want)
		}
	}
}

func TestNativeRefuses(t *testing.T) {
	t.Parallel()
	old := bytes.Clone(stored(t))
	at := bytes.Index(old[512:], []byte{0xEC, 0xA5}) + 512
	binary.LittleEndian.PutUint16(old[at+2:], 0x65)
	for name, tt := range map[string]struct {
		in   []byte
		want string
	}{
		"nothing":   {nil, "error.file_empty"},
		"Word 95":   {old, "error.file_old_doc"},
		"truncated": {stored(t)[:2000], "error.file_damaged"},
		"RTF":       {[]byte(rich), "error.file_old_doc"},
	} {
		if _, err := Native(tt.in); readertest.Message(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

func TestModify(t *testing.T) {
	t.Parallel()
	p := newParaProps()
	p.read([]byte{0x0B, 0x46, 7, 0, 0x0A, 0x26, 2, 0x15, 0xC6, 3, 1, 2, 3, 0x08, 0xD6, 2, 0, 9, 0x16, 0x24, 1, 0x17, 0x24, 1, 0x49, 0x66, 1, 0, 0, 0, 0x40, 0x26, 4, 0xFF})
	if want := (paraProps{list: 7, level: 2, outline: 4, inTable: true, rowEnd: true, depth: 1}); p != want {
		t.Errorf("%+v, want %+v", p, want)
	}
}

// FuzzNative gives sound XML or a refusal, in little memory.
func FuzzNative(f *testing.F) {
	f.Add(stored(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		out, err := Native(b)
		if err != nil {
			if _, ok := errors.AsType[*tasks.Error](err); !ok {
				t.Fatal(err)
			}
			return
		}
		partsOf(t, out)
	})
}
