package docx

import (
	"fmt"
	"strings"
)

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// charFit sets characters of size 3 a quarter of a point closer, so that charsPerLine of them fill the text block.
const charFit = `<w:spacing w:val="-5"/>`

// paragraphStyle is one entry of styles.xml; ppr and rpr are its properties in the schema's order.
type paragraphStyle struct{ id, name, ppr, rpr string }

func size(pt float64) string {
	return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, int(pt*2), int(pt*2))
}

// inChars indents by whole characters of the paragraph, with the twips of size 3 for programs that ignore them.
func inChars(attr string, n float64) string {
	return fmt.Sprintf(` w:%sChars="%d" w:%s="%d"`, attr, int(n*100), attr, points(n*size3))
}

func paragraphStyles() []paragraphStyle {
	pitch := linePitch()
	return []paragraphStyle{
		{"Letterhead", "发文机关标志", `<w:snapToGrid w:val="0"/><w:jc w:val="center"/>`, songTitle.xml() + `<w:color w:val="FF0000"/>`},
		{"ClassMark", "答复分类", `<w:snapToGrid w:val="0"/><w:jc w:val="right"/>`, hei.xml()},
		{"DocumentNumber", "发文字号", fmt.Sprintf(`<w:snapToGrid w:val="0"/><w:spacing w:line="%d" w:lineRule="exact"/><w:jc w:val="right"/>`, points(size3+4)), ""},
		{"Title", "Title", fmt.Sprintf(`<w:keepNext/><w:keepLines/><w:snapToGrid w:val="0"/><w:spacing w:line="%d" w:lineRule="exact"/><w:jc w:val="center"/>`, points(size2+12)), songTitle.xml() + `<w:spacing w:val="0"/>` + size(size2)},
		{"MainRecipient", "主送机关", fmt.Sprintf(`<w:keepNext/><w:spacing w:beforeLines="100" w:before="%d"/>`, pitch), ""},
		{"BodyText", "公文正文", `<w:ind` + inChars("firstLine", 2) + `/>`, ""},
		{"Heading1", "heading 1", `<w:keepNext/><w:ind` + inChars("firstLine", 2) + `/><w:outlineLvl w:val="0"/>`, hei.xml()},
		{"Heading2", "heading 2", `<w:keepNext/><w:ind` + inChars("firstLine", 2) + `/><w:outlineLvl w:val="1"/>`, kai.xml()},
		{"Signature", "发文机关署名", `<w:keepNext/><w:jc w:val="right"/>`, ""},
		{"IssueDate", "成文日期", `<w:jc w:val="right"/>`, ""},
		{"Note", "附注", `<w:ind` + inChars("firstLine", 2) + `/>`, ""},
		{"CopyList", "抄送机关", fmt.Sprintf(`<w:snapToGrid w:val="0"/><w:spacing w:line="%d" w:lineRule="exact"/>`, points(24)), size(size4)},
		{"Anchor", "版记锚点", `<w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/>`, size(1)},
		{"Footer", "footer", fmt.Sprintf(`<w:snapToGrid w:val="0"/><w:spacing w:line="%d" w:lineRule="exact"/>`, points(size4)), song.xml() + size(size4)},
	}
}

// linePitch is the grid's distance of lines in twips, rounded down so that the last line still fits.
func linePitch() int {
	mm := float64(textHeight / linesPerPage)
	return int(mm * 1440 / 25.4)
}

func stylesXML() string {
	var b strings.Builder
	b.WriteString(declaration + `<w:styles ` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr>`)
	b.WriteString(strings.Replace(fangsong.xml(), ` w:hint="eastAsia"`, "", 1) + size(size3) + `<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>`)
	b.WriteString(`</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:jc w:val="both"/></w:pPr><w:rPr>` + charFit + size(size3) + `</w:rPr></w:style>`)
	for _, s := range paragraphStyles() {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/>`, s.id, s.name)
		if s.ppr != "" {
			b.WriteString(`<w:pPr>` + s.ppr + `</w:pPr>`)
		}
		if s.rpr != "" {
			b.WriteString(`<w:rPr>` + s.rpr + `</w:rPr>`)
		}
		b.WriteString(`</w:style>`)
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}
