package docx

import (
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
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
