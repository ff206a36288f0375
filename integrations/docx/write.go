package docx

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"

	"huiban/tasks/letter"
)

type part struct{ name, content string }

// Write writes l as a .docx file: the same bytes for the same letter.
func Write(w io.Writer, l letter.Letter) error {
	z := zip.NewWriter(w)
	for _, p := range parts(l) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return fmt.Errorf("docx: begin %s: %w", p.name, err)
		}
		if _, err := io.WriteString(f, p.content); err != nil {
			return fmt.Errorf("docx: write %s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("docx: finish: %w", err)
	}
	return nil
}

func parts(l letter.Letter) []part {
	class := strings.TrimSpace(strings.ReplaceAll(clean(l.Class), "\n", " "))
	if class != "" && !strings.HasSuffix(class, "类") {
		class += "类"
	}
	return []part{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"docProps/core.xml", coreXML(l.Title)},
		{"word/document.xml", bodyXML(l)},
		{"word/styles.xml", stylesXML()},
		{"word/settings.xml", settings},
		{"word/fontTable.xml", fontTableXML()},
		{"word/header1.xml", firstHeaderXML(class, firstLine(lines(l.Letterhead)))},
		{"word/footer1.xml", footerXML("right")},
		{"word/footer2.xml", footerXML("left")},
		{"word/footer3.xml", firstFooterXML()},
		{"word/_rels/document.xml.rels", documentRels},
	}
}

const (
	wordType     = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
	relationship = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	relsNS       = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`

	contentTypes = declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + wordType + `document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + wordType + `styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="` + wordType + `settings+xml"/>` +
		`<Override PartName="/word/fontTable.xml" ContentType="` + wordType + `fontTable+xml"/>` +
		`<Override PartName="/word/header1.xml" ContentType="` + wordType + `header+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="` + wordType + `footer+xml"/>` +
		`<Override PartName="/word/footer2.xml" ContentType="` + wordType + `footer+xml"/>` +
		`<Override PartName="/word/footer3.xml" ContentType="` + wordType + `footer+xml"/></Types>`

	packageRels = declaration + `<Relationships ` + relsNS + `><Relationship Id="rId1" Type="` + relationship + `officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

	documentRels = declaration + `<Relationships ` + relsNS + `><Relationship Id="rId1" Type="` + relationship + `styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="` + relationship + `settings" Target="settings.xml"/><Relationship Id="rId3" Type="` + relationship + `fontTable" Target="fontTable.xml"/>` +
		`<Relationship Id="rId4" Type="` + relationship + `header" Target="header1.xml"/><Relationship Id="rId5" Type="` + relationship + `footer" Target="footer1.xml"/>` +
		`<Relationship Id="rId6" Type="` + relationship + `footer" Target="footer2.xml"/><Relationship Id="rId7" Type="` + relationship + `footer" Target="footer3.xml"/></Relationships>`

	// Odd and even pages differ; compatibility mode 15 keeps Word from laying the page out as Word 2003 did.
	settings = declaration + `<w:settings ` + wordNS + `><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val="579"/>` +
		`<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`
)

func coreXML(title string) string {
	return declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
		escaped(strings.Join(lines(title), "")) + `</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>`
}

// fontTableXML names what a machine without these faces may take instead.
func fontTableXML() string {
	var b strings.Builder
	b.WriteString(declaration + `<w:fonts ` + wordNS + `>`)
	for _, f := range []struct{ name, alt, family string }{
		{"Times New Roman", "Liberation Serif", "roman"},
		{fangsong.east, "仿宋", "modern"},
		{hei.east, "SimHei", "modern"},
		{kai.east, "楷体", "modern"},
		{song.east, "SimSun", "auto"},
		{songTitle.east, "小标宋体", "auto"},
	} {
		fmt.Fprintf(&b, `<w:font w:name="%s"><w:altName w:val="%s"/><w:family w:val="%s"/></w:font>`, f.name, f.alt, f.family)
	}
	b.WriteString(`</w:fonts>`)
	return b.String()
}
