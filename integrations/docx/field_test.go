package docx

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func char(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }

func run1(text string) string { return `<w:r><w:t>` + text + `</w:t></w:r>` }

// complexField is a field with its result, runs of its own.
func complexField(instruction, result string) string {
	s := char("begin") + `<w:r><w:instrText>` + instruction + `</w:instrText></w:r>`
	if result != "" {
		s += char("separate") + result
	}
	return s + char("end")
}

func para(runs ...string) string { return `<w:p>` + strings.Join(runs, "") + `</w:p>` }

func TestFields(t *testing.T) {
	t.Parallel()
	entry := func(text string) string {
		return `<w:hyperlink>` + run1(text) + `<w:r><w:tab/></w:r>` + complexField(`PAGEREF _Toc1 \h`, run1("1")) + `</w:hyperlink>`
	}
	begin := char("begin") + `<w:r><w:instrText> TOC \o "1-3" </w:instrText></w:r>` + char("separate")
	for _, tt := range []struct{ name, body, want string }{
		{"a link", para(run1("见"), complexField(`HYPERLINK "http://a.test"`, run1("公告")), run1("。")), "见公告。"},
		{"a ring", para(complexField(`EQ \o\ac(○,3)`, ""), run1("甲"), complexField(`eq \o \ac(○，12)`, ""), run1("乙"), complexField(`EQ \o\ac(○,急)`, "")), "③甲⑫乙急"},
		{"small characters above", para(complexField(`EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(yin),音)`, ""), run1("节")), "音节"},
		{"a fraction", para(run1("约"), complexField(`EQ \f(1,2)`, ""), run1("。")), "约。"},
		{"contents", p("题") + p("目　录") + para(begin, entry("一、现状")) + para(entry("二、建议")) + para(char("end")) + p("一、现状"), "题|一、现状"},
		{"contents in one paragraph", para(run1("前"), begin, entry("一、现状"), char("end"), run1("后")), "前后"},
		{"contents without end", para(begin, entry("一、现状")) + p("二、建议"), "一、现状\t1|二、建议"},
		{"contents in a control", `<w:sdt><w:sdtContent>` + p("目录") + para(begin, entry("一、现状")) + para(char("end")) + `</w:sdtContent></w:sdt>` + p("文"), "文"},
		{"a box ticked", para(`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>`, char("end"), run1("公开")), "☑公开"},
		{"a box", para(`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>`, char("end"), run1("公开")), "□公开"},
		{"a choice", para(`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="提案"/><w:listEntry w:val="建议"/></w:ddList></w:ffData></w:fldChar></w:r>`, char("end")), "建议"},
		{"ends without beginnings", para(char("end"), char("separate"), run1("甲"), char("end")), "甲"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, err := Read(pack(t, tt.body))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, strings.ReplaceAll(strings.TrimSpace(doc.Text()), "\n", "|")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPageBreaks(t *testing.T) {
	t.Parallel()
	const br = `</w:t><w:br w:type="page"/><w:t>`
	for in, want := range map[string]string{
		"全市设站点三十个，其中" + br + "城区二十个。":    "全市设站点三十个，其中城区二十个。",
		"全市设站点三十个。" + br + "其中城区二十个。":    "全市设站点三十个。|其中城区二十个。",
		"关于增设站点的提案" + br + "提案人：方某":      "关于增设站点的提案|提案人：方某",
		"站点不足，布局不均" + br + "二、建议":        "站点不足，布局不均|二、建议",
		br + "新的一页" + br:                 "新的一页",
		"站点不足，布局不均" + br + br + "，需要增设。": "站点不足，布局不均，需要增设。",
	} {
		doc, err := Read(pack(t, p(in)))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.ReplaceAll(strings.TrimSpace(doc.Text()), "\n", "|"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
