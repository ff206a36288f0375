package docx

import "unicode/utf8"

// The letter form's measures (GB/T 9704-2012, 10.1), in millimetres unless named otherwise.
const (
	pageWidth     = 210.0
	pageHeight    = 297.0
	marginTop     = 37.0
	marginBottom  = 35.0
	marginLeft    = 28.0
	marginRight   = 26.0
	letterheadTop = 30.0
	lineGap       = 4.0  // letterhead to the first double line
	lineFoot      = 20.0 // second double line to the page's lower edge
	lineWidth     = 170.0
	thick, thin   = 0.7, 0.25 // strokes of a double line
	between       = 0.45      // white between its strokes

	linesPerPage = 22
	charsPerLine = 28

	size2 = 22.0 // points: 2号
	size3 = 16.0 // 3号
	size4 = 14.0 // 4号

	textWidth  = pageWidth - marginLeft - marginRight
	textHeight = pageHeight - marginTop - marginBottom
	mmPerPoint = 25.4 / 72
)

// twips converts millimetres to twentieths of a point, Word's unit for paragraphs and pages.
func twips(mm float64) int { return int(mm*1440/25.4 + 0.5) }

// emu converts millimetres to English metric units, the unit of drawings.
func emu(mm float64) int { return int(mm*36000 + 0.5) }

// points converts points to twips.
func points(pt float64) int { return int(pt*20 + 0.5) }

// ems is the width of s in characters of full width; Latin letters and digits count half.
func ems(s string) float64 {
	w := 0.0
	for _, r := range s {
		w += em(r)
	}
	return w
}

func em(r rune) float64 {
	if r < utf8.RuneSelf || r == '·' {
		return 0.5
	}
	return 1
}

// letterheadSize is the largest type in points, in halves, that keeps the name on one line of the text block.
func letterheadSize(name string) float64 {
	const largest, smallest = 48.0, 10.0
	w := ems(name)
	if w == 0 {
		return largest
	}
	fit := textWidth / mmPerPoint / w
	fit = float64(int(fit*2)) / 2
	return min(largest, max(smallest, fit))
}

// capHeight is the part of the type size that Chinese characters ink. They stand on the lower fifth of a line of exact
// height, which for the letterhead is lineHeight sizes, so that capRise of a size stays white above them.
const (
	capHeight  = 0.92
	lineHeight = 1.2
	capRise    = 0.8*lineHeight - 0.843
)

// firstLine is the upper edge of the first double line, from the page's top, below a letterhead of one or more lines.
func firstLine(names []string) float64 {
	pt := letterheadSize(longestOf(names))
	return letterheadTop + pt*(capHeight+lineHeight*float64(max(0, len(names)-1)))*mmPerPoint + lineGap
}

func doubleLine() float64 { return thick + between + thin }
