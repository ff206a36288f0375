package pdf

import (
	"context"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"huiban/integrations/internal/readertest"
)

// paper is a document to be printed: its lines are paragraphs, those beginning with # are titles, | parts the cells of
// a form's row, a line of --- begins a page.
type paper struct {
	header, footer string // # stands for the page's number, @ for their count
	size           int    // points; 16 when 0
	flush          bool   // paragraphs are not indented
	lines          []string
}

// flat is the paper as a flat OpenDocument file.
func (p paper) flat() string {
	size := p.size
	if size == 0 {
		size = 16
	}
	indent := fmt.Sprintf("%dpt", 2*size)
	if p.flush {
		indent = "0pt"
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"/><style:text-properties fo:font-size="%[1]dpt" style:font-size-asian="%[1]dpt" style:language-asian="zh" style:country-asian="CN"/></style:style></office:styles>
<office:automatic-styles>
<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin-top="20mm" fo:margin-bottom="20mm" fo:margin-left="28mm" fo:margin-right="26mm"/><style:header-style><style:header-footer-properties fo:min-height="12mm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="12mm"/></style:footer-style></style:page-layout>
<style:style style:name="B" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-indent="%[2]s"/></style:style>
<style:style style:name="N" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-indent="%[2]s" fo:break-before="page"/></style:style>
<style:style style:name="T" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="22pt" style:font-size-asian="22pt"/></style:style>
<style:style style:name="W" style:family="table"><style:table-properties style:width="156mm" table:align="left"/></style:style>
<style:style style:name="c1" style:family="table-column"><style:table-column-properties style:column-width="36mm"/></style:style>
<style:style style:name="c2" style:family="table-column"><style:table-column-properties style:column-width="120mm"/></style:style>
<style:style style:name="M" style:family="table-cell"><style:table-cell-properties style:vertical-align="middle" fo:padding="1.5mm" fo:border="0.5pt solid #000000"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">`, size, indent)
	for kind, s := range map[string]string{"header": p.header, "footer": p.footer} {
		if s != "" {
			s = strings.NewReplacer("#", `<text:page-number text:select-page="current">1</text:page-number>`, "@", `<text:page-count>1</text:page-count>`).Replace(html.EscapeString(s))
			fmt.Fprintf(&b, `<style:%[1]s><text:p text:style-name="Standard">%[2]s</text:p></style:%[1]s>`, kind, s)
		}
	}
	b.WriteString(`</style:master-page></office:master-styles><office:body><office:text>`)
	style, table := "B", false
	for _, l := range p.lines {
		cells := strings.Split(l, "|")
		if isRow := len(cells) > 1; isRow != table {
			table = isRow
			if table {
				b.WriteString(`<table:table table:style-name="W"><table:table-column table:style-name="c1"/><table:table-column table:style-name="c2"/>`)
			} else {
				b.WriteString(`</table:table>`)
			}
		}
		switch {
		case table:
			b.WriteString(`<table:table-row>`)
			for _, c := range cells {
				b.WriteString(`<table:table-cell table:style-name="M" office:value-type="string"><text:p text:style-name="Standard">` + html.EscapeString(c) + `</text:p></table:table-cell>`)
			}
			b.WriteString(`</table:table-row>`)
		case l == "---":
			style = "N"
		case strings.HasPrefix(l, "#"):
			b.WriteString(`<text:p text:style-name="T">` + html.EscapeString(l[1:]) + `</text:p>`)
		default:
			b.WriteString(`<text:p text:style-name="` + style + `">` + html.EscapeString(l) + `</text:p>`)
			style = "B"
		}
	}
	if table {
		b.WriteString(`</table:table>`)
	}
	b.WriteString(`</office:text></office:body></office:document>`)
	return b.String()
}

// print makes the paper a PDF file with the office program.
func (p paper) print(t testing.TB) []byte {
	t.Helper()
	soffice := readertest.Program(t, "soffice")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "paper.fodt"), []byte(p.flat()), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir, filepath.Join(dir, "paper.fodt"))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("soffice: %v: %s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "paper.pdf"))
	if err != nil {
		t.Fatalf("soffice made no file: %v: %s", err, out)
	}
	return b
}
