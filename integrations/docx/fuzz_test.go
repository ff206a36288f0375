package docx

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"huiban/integrations/internal/readertest"
)

func FuzzRead(f *testing.F) {
	f.Add(written(f, sample()))
	f.Add(pack(f, p("甲")+`<w:tbl>`+tr(tc("案由"), tc("乙"))+`</w:tbl>`, "word/numbering.xml", numberingXML))
	f.Add([]byte("PK\x03\x04"))
	f.Add(oleMagic)
	f.Fuzz(func(t *testing.T, b []byte) {
		doc, err := Read(b)
		if err != nil && strings.HasPrefix(readertest.Message(err), "fault") {
			t.Fatalf("not a refusal: %v", err)
		}
		if err == nil {
			err = doc.Resolve(func(b []byte) (string, error) { return string(b), nil })
		}
		if err == nil && doc.Text() == "" {
			t.Fatal("neither text nor refusal")
		}
	})
}

// FuzzXML goes straight at the XML, which the archive's checksums keep FuzzRead from.
func FuzzXML(f *testing.F) {
	f.Add(p("甲"), numberingXML)
	f.Add(`<w:tbl>`+tr(tc("案由"), tc("乙"))+`</w:tbl><!-- > --><![CDATA[x]]>`, `<w:numbering/>`)
	f.Add(`<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>&#x;&amp</w:t></w:r></w:p>`, numberingXML)
	f.Add(p("目录")+para(char("begin"), `<w:r><w:instrText> TOC </w:instrText></w:r>`, char("separate"), run1("一"))+para(char("end"))+para(complexField(`EQ \o\ac(○,3)`, "")), numberingXML)
	f.Add(`<w:tbl>`+tr(tc("提案人"), tc("姓名"), tc("电话"))+tr(tc(""), tc("甲"), tc(""))+`</w:tbl><w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr><w:r><w:t>子</w:t><w:br w:type="page"/><w:t>丑</w:t></w:r></w:p><w:altChunk r:id="c1"/>`, numberingXML)
	f.Add(para(`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/></w:ddList></w:ffData></w:fldChar></w:r>`)+item(1, 0, "甲"), numberingXML)
	f.Fuzz(func(t *testing.T, body, numbers string) {
		doc, err := Read(pack(t, body, "word/numbering.xml", numbers))
		if err != nil && strings.HasPrefix(readertest.Message(err), "fault") {
			t.Fatalf("not a refusal: %v", err)
		}
		if err == nil {
			err = doc.Resolve(func(b []byte) (string, error) { return string(b), nil })
		}
		if err == nil && doc.Text() == "" {
			t.Fatal("neither text nor refusal")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	text := noisyText(120)
	r := rand.New(rand.NewPCG(5, 6))
	var body strings.Builder
	for body.Len() < 11<<20 {
		runes := []rune(text)
		r.Shuffle(len(runes), func(i, j int) { runes[i], runes[j] = runes[j], runes[i] })
		fmt.Fprintf(&body, `<w:p w:rsidR="%08X"><w:pPr><w:ind w:firstLine="640"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>%s</w:t></w:r></w:p>`, r.Uint32(), string(runes))
	}
	file := pack(b, body.String())
	b.ReportMetric(float64(len(file))/(1<<20), "MB/file")
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(file); err != nil {
			b.Fatal(err)
		}
	}
}
