package docx

import (
	"errors"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"huiban/integrations/internal/readertest"
)

// What stands around the text is none of it: page headers and footers, comments, the glossary.
func TestReadsTheTextOnly(t *testing.T) {
	t.Parallel()
	other := func(root string) string { return `<w:` + root + ` ` + wordNS + `>` + p("旁") + `</w:` + root + `>` }
	doc, err := Read(pack(t, p("文")+`<w:sectPr><w:headerReference/><w:footerReference/></w:sectPr>`, "word/header1.xml", other("hdr"), "word/footer1.xml", other("ftr"),
		"word/comments.xml", `<w:comments `+wordNS+`><w:comment w:id="0">`+p("旁")+`</w:comment></w:comments>`, "word/glossary/document.xml", other("glossaryDocument")))
	if err != nil || doc.Text() != "文\n" {
		t.Errorf("%q, %v", doc.Text(), err)
	}
}

func TestEncodingsOfXML(t *testing.T) {
	t.Parallel()
	main := func(declared string) string {
		return `<?xml version="1.0" encoding="` + declared + `"?><w:document ` + wordNS + `><w:body>` + p("关于养老的提案") + `</w:body></w:document>`
	}
	for name, part := range map[string][]byte{
		"UTF-8":                 []byte(main("UTF-8")),
		"UTF-8 with mark":       append([]byte("\xEF\xBB\xBF"), main("UTF-8")...),
		"UTF-16LE with mark":    encodedXML(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), main("UTF-16")),
		"UTF-16BE with mark":    encodedXML(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), main("UTF-16")),
		"UTF-16LE without mark": encodedXML(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), main("UTF-16")),
		"UTF-16BE without mark": encodedXML(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), main("UTF-16")),
		"GB2312":                encodedXML(t, simplifiedchinese.GB18030, main("gb2312")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, err := Read(zipOf(t, "word/document.xml", string(part)))
			if err != nil || doc.Text() != "关于养老的提案\n" {
				t.Errorf("%q, %v", doc.Text(), err)
			}
		})
	}
}

func encodedXML(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Parts are found by what the document says of them, wherever they lie.
func TestPartsElsewhere(t *testing.T) {
	t.Parallel()
	const rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	b := packed(t,
		"_rels/.rels", rels+`<Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/text/main.xml"/></Relationships>`,
		"text/_rels/main.xml.rels", rels+`<Relationship Id="b" Type="x/numbering" Target="lists1.xml"/><Relationship Id="c" Type="x/footnotes" Target="/notes.xml"/>`+
			`<Relationship Id="d" Type="x/styles" Target="http://a.test/styles.xml" TargetMode="External"/></Relationships>`,
		"text/main.xml", `<w:document `+wordNS+`><w:body>`+item(1, 0, "甲")+`<w:p><w:r><w:t>乙</w:t><w:footnoteReference w:id="1"/></w:r></w:p></w:body></w:document>`,
		"text/lists1.xml", numberingXML, "notes.xml", `<w:footnotes `+wordNS+`><w:footnote w:id="1">`+p("注")+`</w:footnote></w:footnotes>`)
	doc, err := Read(b)
	if err != nil || doc.Text() != "一、甲\n乙\n注\n" {
		t.Errorf("%q, %v", doc.Text(), err)
	}
}

// What stands in files of its own comes where the document shows it.
func TestChunks(t *testing.T) {
	t.Parallel()
	const rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c1" Type="x/aFChunk" Target="a.htm"/><Relationship Id="c2" Type="x/aFChunk" Target="gone.htm"/></Relationships>`
	file := func(body string) []byte {
		return pack(t, body, "word/_rels/document.xml.rels", rels, "word/a.htm", "<p>")
	}
	for name, tt := range map[string]struct{ body, text, want string }{
		"between":     {p("甲") + `<w:altChunk r:id="c1"/>` + p("乙"), "子\n\n丑\n", "甲\n子\n丑\n乙\n"},
		"alone":       {`<w:altChunk r:id="c1"/>`, "子", "子\n"},
		"not there":   {p("甲") + `<w:altChunk r:id="c2"/><w:altChunk r:id="c3"/>`, "子", "甲\n"},
		"in a cell":   {`<w:tbl><w:tr><w:tc>` + p("甲") + `<w:altChunk r:id="c1"/>` + p("乙") + `</w:tc></w:tr></w:tbl>`, "子", "甲\n子\n乙\n"},
		"without any": {p("甲"), "子", "甲\n"},
	} {
		doc, err := Read(file(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		err = doc.Resolve(func(b []byte) (string, error) {
			if string(b) != "<p>" {
				t.Errorf("%s: given %q", name, b)
			}
			return tt.text, nil
		})
		if err != nil || doc.Text() != tt.want {
			t.Errorf("%s: %q, %v; want %q", name, doc.Text(), err, tt.want)
		}
	}
	doc, err := Read(file(`<w:altChunk r:id="c1"/>`))
	if err != nil {
		t.Fatal(err)
	}
	fault := errors.New("fault")
	if err := doc.Resolve(func([]byte) (string, error) { return "", fault }); !errors.Is(err, fault) {
		t.Errorf("%v", err)
	}
	if err := doc.Resolve(func([]byte) (string, error) { return " ", nil }); readertest.Message(err) != "error.file_empty" {
		t.Errorf("%v", err)
	}
}
