package docx

import (
	"fmt"
	"strings"

	"huiban/tasks/letter"
)

// signatureFree is the distance of the date from the right edge, in characters of size 3.
const signatureFree = 4

// writeSignature puts the date four characters from the right and centres the signature over it. A signature so wide
// that it would cross the edge stands flush right, and the date is centred under it.
func writeSignature(b *strings.Builder, l letter.Letter) {
	names, dates := lines(l.Signature), lines(l.Date)
	widest, date := ems(longestOf(names)), ems(longestOf(dates))
	centre := signatureFree + date/2
	if len(dates) == 0 {
		centre = signatureFree + widest/2
	}
	centre = max(centre, widest/2)
	for i, name := range names {
		right(b, "Signature", centre-ems(name)/2, i == 0, name)
	}
	for i, d := range dates {
		right(b, "IssueDate", centre-ems(d)/2, i == 0 && len(names) == 0, d)
	}
}

func right(b *strings.Builder, style string, free float64, first bool, text string) {
	props := ""
	if first {
		props = fmt.Sprintf(`<w:spacing w:beforeLines="200" w:before="%d"/>`, 2*linePitch())
	}
	paragraph(b, style, props+`<w:ind`+inChars("right", max(0, free))+`/>`, text)
}

// writeNotes keeps the notes with the copy list, so that it does not stand alone on a page.
func writeNotes(b *strings.Builder, l letter.Letter) {
	props := ""
	if len(lines(l.CopyList)) > 0 {
		props = `<w:keepNext/>`
	}
	for _, line := range lines(l.Contact + "\n" + l.Disclosure) {
		paragraph(b, "Note", props, line)
	}
}

// writeCopyList puts the list into a frame at the foot of the page on which the text ends: one character free on both
// sides, further lines under the first name. A frame belongs to the paragraph after it, so one of no height follows.
func writeCopyList(b *strings.Builder, list string) {
	ls := lines(list)
	if len(ls) == 0 {
		return
	}
	const free = size4
	frame := fmt.Sprintf(`<w:framePr w:w="%d" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="center" w:yAlign="bottom"/>`, twips(textWidth))
	for _, line := range ls {
		hang := ems(label(line)) * size4
		paragraph(b, "CopyList", frame+fmt.Sprintf(`<w:ind w:left="%d" w:right="%d" w:hanging="%d"/>`, points(free+hang), points(free), points(hang)), line)
	}
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Anchor"/></w:pPr></w:p>`)
}

// label is what stands before the first name of a line of the copy list: 抄送：
func label(line string) string {
	for i, r := range line {
		if ems(line[:i]) > 6 {
			break
		}
		if r == '：' || r == ':' {
			return line[:i] + string(r)
		}
	}
	return ""
}
