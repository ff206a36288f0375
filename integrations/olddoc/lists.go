package olddoc

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// Bounds of the lists of a file.
const (
	maxLists    = 4000
	levelsAList = 9
)

// formats are the number formats by their codes ([MS-OSHARED] 2.2.1.3).
var formats = map[byte]string{
	0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 6: "cardinalText", 7: "ordinalText",
	0x0A: "ideographDigital", 0x0B: "japaneseCounting", 0x0E: "decimalFullWidth", 0x0F: "decimalHalfWidth", 0x11: "japaneseDigitalTenThousand",
	0x12: "decimalEnclosedCircle", 0x13: "decimalFullWidth2", 0x16: "decimalZero", 0x17: "bullet", 0x1A: "decimalEnclosedFullstop",
	0x1B: "decimalEnclosedParen", 0x1C: "decimalEnclosedCircleChinese", 0x1D: "ideographEnclosedCircle", 0x1E: "ideographTraditional",
	0x1F: "ideographZodiac", 0x21: "taiwaneseCounting", 0x22: "ideographLegalTraditional", 0x23: "taiwaneseCountingThousand",
	0x24: "taiwaneseDigital", 0x25: "chineseCounting", 0x26: "chineseLegalSimplified", 0x27: "chineseCountingThousand",
	0x39: "numberInDash", 0xFF: "none",
}

// listTables writes the file's lists as WordprocessingML: its lists with their levels, and the uses of them.
func listTables(table []byte, lists, listsLen, uses, usesLen uint32) string {
	var abstract, nums strings.Builder
	ids := map[uint32]int{}
	b := cut(table, lists, listsLen)
	const entry = 28
	count := min(u16(b, 0), maxLists)
	rest := table[min(uint64(lists)+uint64(listsLen), uint64(len(table))):]
	for i := range count {
		def := cut(b, uint32(2+entry*i), entry)
		if def == nil {
			break
		}
		ids[u32(def, 0)] = i
		fmt.Fprintf(&abstract, `<w:abstractNum w:abstractNumId="%d">`, i)
		n := levelsAList
		if def[26]&1 != 0 {
			n = 1
		}
		for level := range n {
			var xml string
			if xml, rest = levelXML(rest, level); xml == "" {
				return ""
			}
			abstract.WriteString(xml)
		}
		abstract.WriteString(`</w:abstractNum>`)
	}
	writeUses(&nums, cut(table, uses, usesLen), ids)
	return abstract.String() + nums.String()
}

// levelXML reads one level and returns what follows it; "" when b does not hold one.
func levelXML(b []byte, level int) (string, []byte) {
	const fixed = 28
	if len(b) < fixed {
		return "", nil
	}
	start, code, flags, follow, restart := u32(b, 0), b[4], b[5], b[15], b[26]
	at := fixed + int(b[24]) + int(b[25])
	text := cut(b, uint32(at+2), uint32(2*u16(b, at)))
	if text == nil {
		return "", nil
	}
	format := formats[code]
	if format == "" {
		format = "decimal"
	}
	var x strings.Builder
	fmt.Fprintf(&x, `<w:lvl w:ilvl="%d"><w:start w:val="%d"/><w:numFmt w:val="%s"/>`, level, int32(start), format)
	if flags&8 != 0 {
		fmt.Fprintf(&x, `<w:lvlRestart w:val="%d"/>`, restart)
	}
	if flags&4 != 0 {
		x.WriteString(`<w:isLgl/>`)
	}
	fmt.Fprintf(&x, `<w:suff w:val="%s"/><w:lvlText w:val="`, [...]string{"tab", "space", "nothing"}[min(int(follow), 2)])
	var units []uint16
	for i := 0; i+2 <= len(text); i += 2 {
		if u := u16(text, i); u < levelsAList {
			units = append(units, '%', uint16('1'+u))
		} else {
			units = append(units, uint16(u))
		}
	}
	x.WriteString(escaped(string(utf16.Decode(units))))
	x.WriteString(`"/></w:lvl>`)
	return x.String(), b[at+2+len(text):]
}

// writeUses writes the uses of the lists, with their own starts and levels.
func writeUses(out *strings.Builder, b []byte, ids map[uint32]int) {
	const entry = 16
	count := int(min(u32(b, 0), maxLists))
	rest := cut(b, uint32(4+entry*count), uint32(max(0, len(b)-4-entry*count)))
	for i := range count {
		use := cut(b, uint32(4+entry*i), entry)
		if use == nil {
			return
		}
		id, ok := ids[u32(use, 0)]
		if !ok {
			id = maxLists
		}
		fmt.Fprintf(out, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>`, i+1, id)
		rest = rest[min(4, len(rest)):]
		for range use[12] {
			if len(rest) < 8 {
				break
			}
			start, flags := u32(rest, 0), u32(rest, 4)
			rest = rest[8:]
			fmt.Fprintf(out, `<w:lvlOverride w:ilvl="%d">`, flags&0xF)
			if flags&0x10 != 0 && flags&0x20 == 0 {
				fmt.Fprintf(out, `<w:startOverride w:val="%d"/>`, int32(start))
			}
			if flags&0x20 != 0 {
				var xml string
				xml, rest = levelXML(rest, int(flags&0xF))
				out.WriteString(xml)
			}
			out.WriteString(`</w:lvlOverride>`)
		}
		out.WriteString(`</w:num>`)
	}
}
