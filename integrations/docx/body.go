package docx

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"huiban/tasks/letter"
)

// bodyXML is the letter's text in the order of letter.Letter.Text, which reading it back must give.
func bodyXML(l letter.Letter) string {
	var b strings.Builder
	b.WriteString(declaration + `<w:document ` + wordNS + drawingNS + `><w:body>`)
	writeHead(&b, l)
	writeParagraphs(&b, l)
	writeSignature(&b, l)
	writeNotes(&b, l)
	writeCopyList(&b, l.CopyList)
	b.WriteString(sectionXML() + `</w:body></w:document>`)
	return b.String()
}

// writeParagraphs keeps the last paragraph with what follows it, so that no page has a signature without text.
func writeParagraphs(b *strings.Builder, l letter.Letter) {
	type line struct {
		kind letter.ParagraphKind
		text string
	}
	var all []line
	for _, p := range l.Body {
		for _, text := range lines(p.Text) {
			all = append(all, line{p.Kind, text})
		}
	}
	followed := len(lines(l.Signature+"\n"+l.Date+"\n"+l.Contact+"\n"+l.Disclosure+"\n"+l.CopyList)) > 0
	for i, p := range all {
		props := ""
		if followed && i == len(all)-1 {
			props = `<w:keepNext/>`
		}
		writeBody(b, p.kind, props, p.text)
	}
}

// paragraph writes one paragraph; props follow the style in the schema's order.
func paragraph(b *strings.Builder, style, props, text string) {
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + props + `</w:pPr>`)
	runs(b, nil, text)
	b.WriteString(`</w:p>`)
}

func writeHead(b *strings.Builder, l letter.Letter) {
	writeLetterhead(b, lines(l.Letterhead))
	for _, line := range lines(l.Number) {
		paragraph(b, "DocumentNumber", "", line)
	}
	for i, line := range lines(l.Title) {
		writeTitle(b, line, i == 0)
	}
	for _, line := range lines(l.Salutation) {
		paragraph(b, "MainRecipient", "", line)
	}
}

// writeTitle indents the title on both sides to the width at which it wraps well; half a character is spare for
// digits wider than reckoned.
func writeTitle(b *strings.Builder, line string, first bool) {
	props := ""
	if first {
		props = fmt.Sprintf(`<w:spacing w:beforeLines="200" w:before="%d" w:line="%d" w:lineRule="exact"/>`, 2*linePitch(), points(size2+12))
	}
	if w := titleWidth(line); w < titleEms {
		side := points((textWidth/mmPerPoint - (w+0.4)*size2) / 2)
		props += fmt.Sprintf(`<w:ind w:left="%d" w:right="%d"/>`, side, side)
	}
	paragraph(b, "Title", props, line)
}

// writeLetterhead sets the name into a frame fixed to the page. The frame reaches down to where the text may begin,
// 7/8 of a size-3 character below the double line, and so pushes the text there.
func writeLetterhead(b *strings.Builder, names []string) {
	pt := letterheadSize(longestOf(names))
	top := letterheadTop - pt*capRise*mmPerPoint
	end := firstLine(names) + doubleLine() + size3*7/8*mmPerPoint
	frame := fmt.Sprintf(`<w:framePr w:w="%d" w:h="%d" w:hRule="exact" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page" w:xAlign="center" w:y="%d"/>`,
		twips(lineWidth), twips(end-top), twips(top))
	for _, line := range names {
		b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Letterhead"/>` + frame + fmt.Sprintf(`<w:spacing w:line="%d" w:lineRule="exact"/>`, points(pt*lineHeight)) + `</w:pPr>`)
		b.WriteString(`<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>` + size(pt) + `</w:rPr>`)
		chars(b, line)
		b.WriteString(`</w:r></w:p>`)
	}
}

func longestOf(names []string) string {
	longest := ""
	for _, n := range names {
		if ems(n) > ems(longest) {
			longest = n
		}
	}
	return longest
}

var (
	level1 = regexp.MustCompile(`^[一二三四五六七八九十百]{1,4}、`)
	level2 = regexp.MustCompile(`^[（(][一二三四五六七八九十百]{1,4}[）)]`)
)

// headingMax is the length in characters beyond which a numbered sentence is running text.
const headingMax = 60

// writeBody sets a heading in its own face, be it a whole paragraph or the first sentence of one.
func writeBody(b *strings.Builder, kind letter.ParagraphKind, props, line string) {
	style, f := "Heading1", &hei
	switch {
	case level2.MatchString(line):
		style, f = "Heading2", &kai
	case kind != letter.Heading && !level1.MatchString(line):
		writeText(b, kind, props, line)
		return
	}
	end := strings.IndexRune(line, '。')
	if end >= 0 {
		end += len("。")
	}
	switch {
	case kind == letter.Heading, end == len(line) && utf8.RuneCountInString(line) <= headingMax,
		end < 0 && utf8.RuneCountInString(line) <= headingMax:
		paragraph(b, style, "", line)
	case end > 0 && utf8.RuneCountInString(line[:end]) <= headingMax:
		b.WriteString(`<w:p><w:pPr><w:pStyle w:val="BodyText"/>` + props + `</w:pPr>`)
		runs(b, f, line[:end])
		runs(b, nil, line[end:])
		b.WriteString(`</w:p>`)
	default:
		writeText(b, kind, props, line)
	}
}

func writeText(b *strings.Builder, kind letter.ParagraphKind, props, line string) {
	if kind != letter.Gap {
		paragraph(b, "BodyText", props, line)
		return
	}
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="BodyText"/>` + props + `</w:pPr>`)
	run(b, nil, line, true)
	b.WriteString(`</w:p>`)
}
