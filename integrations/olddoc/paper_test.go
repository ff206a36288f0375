package olddoc

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"huiban/integrations/internal/readertest"
)

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

func p(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func item(level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func row(cells ...string) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>` + p(c) + `</w:tc>`)
	}
	return `<w:tr>` + b.String() + `</w:tr>`
}

const longTitle = "关于在老旧小区加装电梯时统筹管线迁改、楼道照明和消防通道整治，避免反复开挖、减少扰民、确保安全的提案"

// paper is a Word file with a form and automatic numbers.
func paper(t testing.TB) []byte {
	t.Helper()
	lvl := func(i, format, text string) string {
		return `<w:lvl w:ilvl="` + i + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/></w:lvl>`
	}
	parts := []string{
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>`,
		"word/numbering.xml", `<w:numbering ` + wordNS + `><w:abstractNum w:abstractNumId="0">` + lvl("0", "chineseCounting", "%1、") + lvl("1", "chineseCounting", "（%2）") + `</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
		"word/document.xml", `<w:document ` + wordNS + `><w:body>` + p("政协提案表") + `<w:tbl><w:tblPr><w:tblW w:w="8000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>` +
			row("案号", "DH0271") + row("案由", longTitle) + `</w:tbl>` + item("0", "存在的问题") + p(strings.Repeat(sentence, 20)) +
			item("0", "有关建议") + item("1", "统一施工时序。") + item("1", "明确牵头单位。") + `</w:body></w:document>`,
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		f, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, `<?xml version="1.0" encoding="UTF-8"?>`+parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// saved is the paper as the office program saves it in the old format.
func saved(t testing.TB) []byte {
	t.Helper()
	soffice := readertest.Program(t, "soffice")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "paper.docx"), paper(t), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "doc", "--outdir", dir, filepath.Join(dir, "paper.docx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "paper.doc"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// stored is the paper as it lies in testdata, saved by LibreOffice 7.4.
func stored(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "paper.doc"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sentence is repeated, since antiword refuses files with little text.
const sentence = "电梯加装与管线迁改各自施工，同一条楼道一年内开挖三次。"

var wantText = "政协提案表\n案号：DH0271\n案由：" + longTitle + "\n存在的问题\n" + strings.Repeat(sentence, 20) + "\n有关建议\n统一施工时序。\n明确牵头单位。\n"
