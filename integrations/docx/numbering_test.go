package docx

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// numberingXML holds the lists of a usual proposal: 一、（一）1. ① bullets, and a list of its own start.
var numberingXML = `<w:numbering ` + wordNS + `>` +
	`<w:abstractNum w:abstractNumId="0">` +
	lvl(0, "chineseCounting", "%1、", 1) + lvl(1, "chineseCounting", "（%2）", 1) + lvl(2, "decimal", "%3.", 1) + lvl(3, "decimalEnclosedCircle", "%4", 1) +
	`</w:abstractNum>` +
	`<w:abstractNum w:abstractNumId="1">` + lvl(0, "decimal", "%1", 1) + lvl(1, "decimal", "%1.%2", 1) + `</w:abstractNum>` +
	`<w:abstractNum w:abstractNumId="2">` + lvl(0, "bullet", "", 1) + `</w:abstractNum>` +
	`<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="H"/><w:suff w:val="space"/><w:lvlText w:val="第%1条"/></w:lvl>` + lvl(1, "decimal", "（%2）", 1) + `</w:abstractNum>` +
	`<w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="L"/></w:abstractNum>` +
	use(1, 0, "") + use(2, 1, "") + use(3, 2, "") + use(4, 3, "") +
	use(5, 0, `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>`) +
	use(6, 1, `<w:lvlOverride w:ilvl="0">`+lvl(0, "upperLetter", "%1)", 3)+`</w:lvlOverride>`) +
	use(7, 4, "") + `</w:numbering>`

func lvl(i int, format, text string, start int) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="%d"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl>`, i, start, format, text)
}

func use(id, abstract int, more string) string {
	return fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>`, id, abstract, more)
}

// item is a paragraph of list id at a level.
func item(id, level int, text string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>`, level, id, text)
}

func TestAutomaticNumbers(t *testing.T) {
	t.Parallel()
	styles := `<w:styles ` + wordNS + `>` +
		`<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`
	styled := func(id, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + id + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	tests := []struct{ name, body, want string }{
		{"levels begin anew", item(1, 0, "甲") + item(1, 1, "乙") + item(1, 1, "丙") + item(1, 2, "丁") + item(1, 3, "戊") + item(1, 0, "己") + item(1, 1, "庚"),
			"一、甲|（一）乙|（二）丙|1.丁|①戊|二、己|（一）庚"},
		{"running text between", item(1, 0, "甲") + p("文") + item(1, 0, "乙"), "一、甲|文|二、乙"},
		{"compound", item(2, 0, "甲") + item(2, 1, "乙") + item(2, 1, "2020年"), "1 甲|1.1 乙|1.2 2020年"},
		{"a level skipped", item(2, 1, "甲") + item(2, 0, "乙"), "1.1 甲|2 乙"},
		{"bullets", item(3, 0, "甲"), "甲"},
		{"start of its own", item(1, 0, "甲") + item(5, 0, "乙") + item(5, 0, "丙"), "一、甲|五、乙|六、丙"},
		{"level of its own", item(6, 0, "甲") + item(6, 0, "乙"), "C)甲|D)乙"},
		{"by style", styled("H", "甲") + styled("H2", "乙"), "第一条甲|第二条乙"},
		{"level of a style, list of the one below", styled("H", "甲") + styled("H3", "乙") + styled("H3", "丙"), "第一条甲|（1）乙|（2）丙"},
		{"list without level", styled("H", "甲") + `<w:p><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>`, "第一条甲|第二条乙"},
		{"taken off", `<w:p><w:pPr><w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>`, "甲"},
		{"by numbering style", item(7, 0, "甲") + item(7, 1, "乙"), "一、甲|（一）乙"},
		{"unknown list", item(99, 0, "甲") + item(1, 42, "乙"), "甲|乙"},
		{"blank item counts", item(1, 0, "甲") + item(1, 0, "") + item(1, 0, "乙"), "一、甲|三、乙"},
		{"old number in a change", `<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>`, "甲"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, err := Read(pack(t, tt.body, "word/numbering.xml", numberingXML, "word/styles.xml", styles))
			if err != nil {
				t.Fatal(err)
			}
			got := strings.ReplaceAll(strings.TrimSpace(doc.Text()), "\n", "|")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The styles of numbers that proposals have, each at an item past the first.
func TestStylesOfNumbers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ format, text, want string }{
		{"chineseCounting", "%1、", "二、甲"}, {"chineseCountingThousand", "（%1）", "（二）甲"}, {"japaneseCounting", "(%1)", "(二)甲"},
		{"taiwaneseCountingThousand", "%1、", "二、甲"}, {"decimal", "%1.", "2.甲"}, {"decimal", "%1、", "2、甲"}, {"decimal", "%1)", "2)甲"},
		{"decimal", "（%1）", "（2）甲"}, {"decimalEnclosedCircle", "%1", "②甲"}, {"decimalEnclosedCircleChinese", "%1", "②甲"},
		{"decimalEnclosedParen", "%1", "⑵甲"}, {"chineseCounting", "第%1条", "第二条甲"}, {"chineseCounting", "第%1，", "第二，甲"}, {"chineseCounting", "%1是", "二是甲"},
		{"upperLetter", "%1.", "B.甲"}, {"lowerLetter", "%1)", "b)甲"}, {"upperRoman", "%1.", "II.甲"}, {"lowerRoman", "(%1)", "(ii)甲"},
		{"decimalFullWidth", "%1．", "２．甲"}, {"ideographTraditional", "%1、", "乙、甲"}, {"chineseLegalSimplified", "%1、", "贰、甲"}, {"decimalZero", "%1.", "02.甲"},
	} {
		xml := `<w:numbering ` + wordNS + `><w:abstractNum w:abstractNumId="0">` + lvl(0, tt.format, tt.text, 1) + `</w:abstractNum>` + use(1, 0, "") + `</w:numbering>`
		doc, err := Read(pack(t, item(1, 0, "子")+item(1, 0, "甲"), "word/numbering.xml", xml))
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Paragraphs[1].Text; got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.format, tt.text, got, tt.want)
		}
	}
}

func TestOrdinal(t *testing.T) {
	t.Parallel()
	tests := []struct {
		format string
		n      int
		want   string
	}{
		{"decimal", 12, "12"}, {"unheardOf", 7, "7"}, {"ordinal", 1, "1st"}, {"ordinal", 12, "12th"}, {"ordinal", 23, "23rd"}, {"cardinalText", 2, "Two"}, {"ordinalText", 3, "Third"}, {"ordinalText", 13, "13"}, {"numberInDash", 2, "- 2 -"},
		{"ideographLegalTraditional", 3, "參"}, {"bullet", 1, ""}, {"none", 1, ""}, {"decimal", -1, "-1"},
		{"chineseCounting", 1, "一"}, {"chineseCounting", 10, "十"}, {"chineseCounting", 11, "十一"}, {"chineseCounting", 20, "二十"}, {"chineseCounting", 99, "九十九"},
		{"chineseCountingThousand", 101, "一百零一"}, {"chineseCountingThousand", 110, "一百一十"}, {"chineseCountingThousand", 1001, "一千零一"},
		{"chineseCountingThousand", 10500, "一万零五百"}, {"chineseCountingThousand", 12345, "一万二千三百四十五"}, {"chineseCountingThousand", 0, "零"},
		{"japaneseCounting", 15, "十五"}, {"japaneseCounting", 115, "百十五"}, {"japaneseCounting", 101, "百一"},
		{"chineseLegalSimplified", 15, "壹拾伍"}, {"ideographDigital", 10, "一〇"},
		{"ideographTraditional", 1, "甲"}, {"ideographTraditional", 11, "11"}, {"ideographZodiac", 12, "亥"}, {"ideographEnclosedCircle", 3, "㊂"},
		{"decimalEnclosedCircle", 1, "①"}, {"decimalEnclosedCircle", 20, "⑳"}, {"decimalEnclosedCircle", 21, "㉑"}, {"decimalEnclosedCircle", 36, "㊱"}, {"decimalEnclosedCircle", 50, "㊿"}, {"decimalEnclosedCircle", 51, "51"},
		{"decimalEnclosedParen", 2, "⑵"}, {"decimalEnclosedFullstop", 20, "⒛"},
		{"decimalFullWidth", 12, "１２"}, {"decimalZero", 3, "03"}, {"decimalZero", 13, "13"},
		{"upperLetter", 26, "Z"}, {"upperLetter", 27, "AA"}, {"lowerLetter", 3, "c"},
		{"upperRoman", 1994, "MCMXCIV"}, {"lowerRoman", 4, "iv"}, {"upperRoman", 0, "0"}, {"lowerLetter", 1_000_000, "1000000"},
	}
	for _, tt := range tests {
		if got := ordinal(tt.format, tt.n); got != tt.want {
			t.Errorf("%s %d: got %q, want %q", tt.format, tt.n, got, tt.want)
		}
	}
}

// The lists as LibreOffice makes them of a .doc file: one for the item that begins anew, one for those behind it.
func TestConverted(t *testing.T) {
	t.Parallel()
	var xml strings.Builder
	for id := 1; id <= 7; id++ {
		format, text := "chineseCounting", "%1、"
		if id == 6 {
			format, text = "decimal", "%1."
		}
		if id == 7 {
			format, text = "chineseCountingThousand", "%1?"
		}
		fmt.Fprintf(&xml, `<w:abstractNum w:abstractNumId="%d">%s%s</w:abstractNum>`, id, lvl(0, format, text, 1), lvl(1, "decimal", "（%2）", 1))
	}
	for id := 1; id <= 7; id++ {
		xml.WriteString(use(id, id, ""))
	}
	numbers := `<w:numbering ` + wordNS + `>` + xml.String() + `</w:numbering>`
	for _, tt := range []struct{ name, body, want string }{
		{"begun anew", item(1, 0, "甲") + item(1, 0, "乙") + item(4, 0, "丙") + p("文") + item(2, 0, "丁") + item(2, 0, "戊"), "一、甲|二、乙|一、丙|文|二、丁|三、戊"},
		{"with a level below", item(4, 0, "甲") + item(2, 1, "乙") + item(2, 0, "丙"), "一、甲|（1）乙|二、丙"},
		{"with another list below", item(4, 0, "甲") + item(6, 0, "乙") + item(2, 0, "丙"), "一、甲|1.乙|二、丙"},
		{"a sign lost", item(7, 0, "甲") + item(7, 0, "乙"), "一、甲|二、乙"},
		{"twice", item(4, 0, "甲") + item(2, 0, "乙") + item(5, 0, "丙") + item(3, 0, "丁"), "一、甲|二、乙|一、丙|二、丁"},
		{"lists of their own", item(1, 0, "甲") + item(1, 0, "乙") + item(2, 0, "丙") + item(2, 0, "丁"), "一、甲|二、乙|一、丙|二、丁"},
		{"under different headings", item(6, 0, "甲") + item(1, 0, "乙") + item(6, 0, "丙") + item(2, 0, "丁") + item(2, 0, "戊"), "1.甲|一、乙|2.丙|一、丁|二、戊"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, err := ReadConverted(pack(t, tt.body, "word/numbering.xml", numbers))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.ReplaceAll(strings.TrimSpace(doc.Text()), "\n", "|"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
