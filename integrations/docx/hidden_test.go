package docx

import (
	"strings"
	"testing"
)

// What nobody sees has neither text nor number.
func TestHidden(t *testing.T) {
	t.Parallel()
	styles := `<w:styles ` + wordNS + `><w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>` +
		`<w:style w:type="character" w:styleId="H2"><w:basedOn w:val="H"/></w:style><w:style w:type="character" w:styleId="V"><w:basedOn w:val="H"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style></w:styles>`
	styled := func(style, more string) string {
		return para(run1("前"), `<w:r><w:rPr><w:rStyle w:val="`+style+`"/>`+more+`</w:rPr><w:t>中</w:t></w:r>`, run1("后"))
	}
	numbered := func(mark, text string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr>` + mark + `</w:rPr></w:pPr>` + text + `</w:p>`
	}
	hiddenRun := `<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>`
	for _, tt := range []struct{ name, body, want string }{
		{"by style", styled("H2", ""), "前后"},
		{"by style, but shown", styled("H2", `<w:vanish w:val="0"/>`), "前中后"},
		{"shown by style", styled("V", ""), "前中后"},
		{"on the web only", styled("", `<w:webHidden/>`), "前中后"},
		{"a paragraph is not counted", item(1, 0, "甲") + numbered(`<w:vanish/>`, hiddenRun) + item(1, 0, "乙"), "一、甲|二、乙"},
		{"a shown mark is counted", item(1, 0, "甲") + numbered("", hiddenRun) + item(1, 0, "乙"), "一、甲|三、乙"},
		{"a heading on the line of its text", numbered(`<w:vanish/><w:specVanish/>`, run1("加强巡查。")) + p("每日两次。"), "一、加强巡查。每日两次。"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, err := Read(pack(t, tt.body, "word/styles.xml", styles, "word/numbering.xml", numberingXML))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.ReplaceAll(strings.TrimSpace(doc.Text()), "\n", "|"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestBulletsAndCells(t *testing.T) {
	t.Parallel()
	bullets := strings.Replace(numberingXML, `</w:numbering>`, use(8, 5, "")+`</w:numbering>`, 1)
	bullets = strings.Replace(bullets, `<w:num `, `<w:abstractNum w:abstractNumId="5">`+lvl(0, "bullet", "\uf06c", 1)+`</w:abstractNum><w:num `, 1)
	numberCell := `<w:tc>` + item(1, 0, "") + `</w:tc>`
	for _, tt := range []struct{ name, body, want string }{
		{"a bullet", item(8, 0, "甲") + item(8, 0, "乙"), "• 甲|• 乙"},
		{"a mark of its own behind a bullet", item(8, 0, "一是甲") + item(8, 0, "（2）乙"), "一是甲|（2）乙"},
		{"numbers alone in their cells", `<w:tbl>` + tr(tc("序号"), tc("事项"), tc("单位")) + tr(numberCell, tc("修路"), tc("住建")) + tr(numberCell, tc(""), tc("城管")) + `</w:tbl>`,
			"序号\t事项\t单位|一、\t修路\t住建|二、\t\t城管"},
		{"a blank item behind text in a cell", `<w:tbl>` + tr(`<w:tc>`+item(1, 0, "甲")+item(1, 0, "")+`</w:tc>`) + `</w:tbl>`, "一、甲"},
		{"a value left blank", `<w:tbl>` + tr(tc("提案人"), tc("方某"), tc("电话"), tc(""), tc("邮编"), tc("510000")) + `</w:tbl>`, "提案人：方某|电话：|邮编：510000"},
		{"a group of proposers", `<w:tbl>` + tr(tc("提案人"), tc("姓名"), tc("电话")) + tr(tc(""), tc("方某"), tc("151")) + tr(tc(""), tc("李某"), tc("")) + tr(tc("案由"), tc("增设天桥。")) + `</w:tbl>`,
			"提案人|姓名：方某|电话：151|姓名：李某|案由：增设天桥。"},
		{"blank cells of a table in a cell", `<w:tbl>` + tr(`<w:tc><w:tbl>`+tr(tc("电话"), tc(""), tc("邮编"), tc("51"))+`</w:tbl></w:tc>`) + `</w:tbl>`, "电话：|邮编：51"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, err := Read(pack(t, tt.body, "word/numbering.xml", bullets))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.ReplaceAll(strings.TrimSpace(doc.Text()), "\n", "|"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
