package docx

import (
	"fmt"
	"strings"
)

const drawingNS = ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
	` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
	` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
	` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"` +
	` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
	` xmlns:v="urn:schemas-microsoft-com:vml"`

// The header's distance puts the class mark above the letterhead; the footer's puts the dashes of the page number 7 mm
// below the text block.
const (
	headerTop  = 16.0
	footerFoot = marginBottom - 7 - size4*mmPerPoint/2
)

// sectionXML is the page: size, margins, grid, and which header and footer stands where. A4's width in twips is
// 11906, whatever rounding makes of 210 mm. The grid is of lines only: LibreOffice gives two cells to every character
// wider than a cell of linesAndChars, and 28 characters of size 3 are wider than the text block; charFit makes them fit.
func sectionXML() string {
	return `<w:sectPr><w:headerReference w:type="first" r:id="rId4"/>` +
		`<w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="even" r:id="rId6"/><w:footerReference w:type="first" r:id="rId7"/>` +
		fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d"/>`, twips(pageWidth), twips(pageHeight)) +
		fmt.Sprintf(`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
			twips(marginTop), twips(marginRight), twips(marginBottom), twips(marginLeft), twips(headerTop), twips(footerFoot)) +
		fmt.Sprintf(`<w:titlePg/><w:docGrid w:type="lines" w:linePitch="%d"/></w:sectPr>`, linePitch())
}

// firstHeaderXML carries what stands on the first page only: the class mark and both double lines, which are fixed to
// the page so that no text moves them.
func firstHeaderXML(class string, top float64) string {
	foot := pageHeight - lineFoot
	var b strings.Builder
	b.WriteString(declaration + `<w:hdr ` + wordNS + drawingNS + `><w:p><w:pPr><w:pStyle w:val="ClassMark"/></w:pPr>`)
	b.WriteString(stroke(1, top, thick) + stroke(2, top+thick+between, thin))
	b.WriteString(stroke(3, foot-doubleLine(), thin) + stroke(4, foot-thick, thick))
	run(&b, nil, class, false)
	b.WriteString(`</w:p></w:hdr>`)
	return b.String()
}

// stroke is a filled rectangle, red, as wide as the double lines and centred on the page. A line with a compound
// outline would be one shape, but LibreOffice draws it as a single stroke. The VML twin is for Word 2007.
func stroke(id int, top, height float64) string {
	shape := fmt.Sprintf(`<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="%d" behindDoc="1" locked="1" layoutInCell="1" allowOverlap="1">`, id) +
		`<wp:simplePos x="0" y="0"/>` +
		fmt.Sprintf(`<wp:positionH relativeFrom="page"><wp:posOffset>%d</wp:posOffset></wp:positionH>`, emu((pageWidth-lineWidth)/2)) +
		fmt.Sprintf(`<wp:positionV relativeFrom="page"><wp:posOffset>%d</wp:posOffset></wp:positionV>`, emu(top)) +
		fmt.Sprintf(`<wp:extent cx="%d" cy="%d"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="%d" name="line%d"/><wp:cNvGraphicFramePr/>`, emu(lineWidth), emu(height), id, id) +
		`<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr>` +
		fmt.Sprintf(`<a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm>`, emu(lineWidth), emu(height)) +
		`<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill><a:ln><a:noFill/></a:ln>` +
		`</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>`
	vml := fmt.Sprintf(`<v:rect style="position:absolute;margin-left:%.2fmm;margin-top:%.2fmm;width:%.2fmm;height:%.2fmm;z-index:-%d;mso-position-horizontal-relative:page;mso-position-vertical-relative:page" fillcolor="red" stroked="f"/>`,
		(pageWidth-lineWidth)/2, top, lineWidth, height, id)
	return `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>` + shape + `</w:drawing></mc:Choice><mc:Fallback><w:pict>` + vml + `</w:pict></mc:Fallback></mc:AlternateContent></w:r>`
}

// footerXML is the page number — 1 — one character from the side named.
func footerXML(side string) string {
	const dash = `<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`
	return declaration + `<w:ftr ` + wordNS + `><w:p><w:pPr><w:pStyle w:val="Footer"/>` +
		fmt.Sprintf(`<w:ind w:%sChars="100" w:%s="%d"/><w:jc w:val="%s"/></w:pPr>`, side, side, points(size4), side) +
		fmt.Sprintf(dash, "— ") + `<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>` + fmt.Sprintf(dash, " —") + `</w:p></w:ftr>`
}

func firstFooterXML() string {
	return declaration + `<w:ftr ` + wordNS + `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p></w:ftr>`
}
