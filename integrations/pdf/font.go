package pdf

import (
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// font turns the codes of a string into text and widths.
type font struct {
	encoder pdf.TextEncoding
	scheme  scheme
	widths  map[int]float64 // by code, in sizes
	usual   float64
	simple  bool // codes of one byte with widths from the font
	texts   map[string]string
}

// scheme is how a font's codes stand in a string.
type scheme int

const (
	oneByte scheme = iota
	twoBytes
	utf16Codes
	gbkCodes
)

// maxCodes bounds what is kept of one font.
const maxCodes = 1 << 16

func (in *interpreter) fontOf(name string, resources pdf.Value) *font {
	v := resources.Key("Font").Key(name)
	key := name + " " + v.Key("BaseFont").Name() + " " + v.Key("FontDescriptor").Key("FontName").Name()
	if f := in.fonts[key]; f != nil {
		return f
	}
	f := &font{widths: map[int]float64{}, usual: 1, texts: map[string]string{}}
	lib := pdf.Font{V: v}
	if f.simple = v.Key("Subtype").Name() != "Type0"; f.simple {
		f.simpleWidths(v)
	} else {
		f.scheme = schemeOf(v.Key("Encoding").Name())
		f.compositeWidths(v.Key("DescendantFonts").Index(0))
	}
	f.encoder = lib.Encoder()
	in.fonts[key] = f
	return f
}

// schemeOf knows the character maps that Chinese programs name instead of embedding one.
func schemeOf(encoding string) scheme {
	switch {
	case strings.HasPrefix(encoding, "UniGB-UTF16"), strings.HasPrefix(encoding, "UniGB-UCS2"), strings.HasPrefix(encoding, "UniCNS-UTF16"), strings.HasPrefix(encoding, "UniCNS-UCS2"):
		return utf16Codes
	case strings.HasPrefix(encoding, "GBK"), strings.HasPrefix(encoding, "GB-EUC"):
		return gbkCodes
	}
	return twoBytes
}

func (f *font) simpleWidths(v pdf.Value) {
	first, ws := v.Key("FirstChar").Int64(), v.Key("Widths")
	f.usual = 0.5
	for i := range min(ws.Len(), 256) {
		f.widths[int(first)+i] = ws.Index(i).Float64() / 1000
	}
}

// compositeWidths reads the widths of a Chinese font: first [w w w] or first last w.
func (f *font) compositeWidths(v pdf.Value) {
	if dw := v.Key("DW"); !dw.IsNull() {
		f.usual = dw.Float64() / 1000
	}
	ws := elements(v.Key("W"))
	for i := 0; i+1 < len(ws) && len(f.widths) < maxCodes; {
		first := int(ws[i].Int64())
		if ws[i+1].Kind() == pdf.Array {
			for j, w := range elements(ws[i+1]) {
				f.widths[first+j] = w.Float64() / 1000
			}
			i += 2
			continue
		}
		if i+2 >= len(ws) {
			return
		}
		last, w := int(ws[i+1].Int64()), ws[i+2].Float64()/1000
		for code := first; code <= last && code-first < maxCodes; code++ {
			f.widths[code] = w
		}
		i += 3
	}
}

// codes cuts a string into the codes of its characters.
func (f *font) codes(raw string) []string {
	var out []string
	for i := 0; i < len(raw); {
		n := 1
		switch {
		case f.scheme == twoBytes, f.scheme == utf16Codes:
			n = 2
			if f.scheme == utf16Codes && raw[i] >= 0xd8 && raw[i] <= 0xdb {
				n = 4
			}
		case f.scheme == gbkCodes && raw[i] >= 0x81:
			n = 2
		}
		n = min(n, len(raw)-i)
		out = append(out, raw[i:i+n])
		i += n
	}
	return out
}

func (f *font) text(code string) string {
	if s, ok := f.texts[code]; ok {
		return s
	}
	s := ""
	switch f.scheme {
	case utf16Codes:
		var units []uint16
		for i := 0; i+1 < len(code); i += 2 {
			units = append(units, uint16(code[i])<<8|uint16(code[i+1]))
		}
		s = string(utf16.Decode(units))
	case gbkCodes:
		s, _ = simplifiedchinese.GB18030.NewDecoder().String(code)
	default:
		s = f.encoder.Decode(code)
	}
	s = strings.ToValidUTF8(s, "\ufffd")
	if len(f.texts) < maxCodes {
		f.texts[code] = s
	}
	return s
}

// width is a character's width in sizes. Named character maps number their glyphs otherwise than their codes: for them
// the usual widths are good enough.
func (f *font) width(code string) float64 {
	if f.scheme == utf16Codes || f.scheme == gbkCodes {
		if s := f.text(code); len(s) == 1 {
			return 0.5
		}
		return f.usual
	}
	n := 0
	for i := range len(code) {
		n = n<<8 | int(code[i])
	}
	if w, ok := f.widths[n]; ok {
		return w
	}
	return f.usual
}
