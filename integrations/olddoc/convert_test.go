package olddoc

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"huiban/integrations/internal/readertest"
)

// rich is RTF as an office saves it under the name of a .doc file: GBK text, automatic numbers.
const rich = `{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}` +
	`{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc37\levelnfcn37\levelfollow0\levelstartat1{\leveltext\'02\'00\'a1\'a2;}{\levelnumbers\'01;}}\listid7}}` +
	`{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}}` +
	`\pard\plain\f0 \'d4\'f6\'c9\'e8\u22825?\'c7\'c5\par\pard\ls1\ilvl0 \'bd\'a8\'d2\'e9\par}`

func TestConverts(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		rich: true, "\xEF\xBB\xBF" + rich: true, "提案": false, "": false, `<?xml version="1.0"?><html>`: false,
		`<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="x">`: true,
		"<?xml version='1.0'?>\n<pkg:package xmlns:pkg='x'>":                                          true,
	} {
		if got := Converts([]byte(in)); got != want {
			t.Errorf("%.40q: %t, want %t", in, got, want)
		}
	}
}

func TestConvertRTF(t *testing.T) {
	t.Parallel()
	readertest.Program(t, "soffice")
	b, err := Convert(t.Context(), []byte(rich))
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for part, want := range map[string]string{"word/document.xml": "增设天桥", "word/numbering.xml": "%1、"} {
		f, err := z.Open(part)
		if err != nil {
			t.Fatal(err)
		}
		xml, err := io.ReadAll(f)
		if err != nil || !strings.Contains(string(xml), want) {
			t.Errorf("no %q in %s: %v", want, part, err)
		}
	}
}

// Without the office program RTF is not for the programs that read .doc.
func TestRTFIsNotRead(t *testing.T) {
	t.Parallel()
	if _, err := Read(t.Context(), []byte(rich)); readertest.Message(err) != "error.file_damaged" {
		t.Errorf("%v", err)
	}
}
