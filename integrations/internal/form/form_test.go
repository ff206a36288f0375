package form

import (
	"strings"
	"testing"
)

func TestLabel(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, cell, want string
	}{
		{"plain", "案由", "案由"},
		{"spaced out, with a colon", "案　 由：", "案由"},
		{"broken over lines", "提案\n人", "提案人"},
		{"with brackets and a slash", "手机/电话（必填）:", "手机/电话（必填）"},
		{"a sentence", "建议增设。", ""},
		{"a colon within", "案由：增设", ""},
		{"a number", "021", ""},
		{"too long", strings.Repeat("案", labelMax+1), ""},
		{"nothing but a colon", "：", ""},
		{"empty", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got, ok := Label(tt.cell); got != tt.want || ok != (tt.want != "") {
				t.Errorf("Label(%q) = %q, %t, want %q", tt.cell, got, ok, tt.want)
			}
		})
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		rows [][]string
		want string
	}{
		{"nothing", nil, ""},
		{"a form", [][]string{{"编号", "021", "类别", "城建"}, {"案　由", "关于养老的提案"}, {"一、建议。\n二、措施。"}}, "编号：021|类别：城建|案由：关于养老的提案|一、建议。|二、措施。"},
		{"a form of like rows", [][]string{{"编号", "021", "类别", "城建"}, {"提案人", "方某", "电话", "151"}, {"单位", "某校", "邮编", "510"}},
			"编号：021|类别：城建|提案人：方某|电话：151|单位：某校|邮编：510"},
		{"a value left blank", [][]string{{"提案人", "方某", "电话", "", "邮编", "510"}}, "提案人：方某|电话：|邮编：510"},
		{"a group before labels", [][]string{{"提案人", "姓名", "方某", "性别", "男"}}, "提案人|姓名：方某|性别：男"},
		{"a group beside columns", [][]string{{"案由", "养老"}, {"提案人", "姓名", "单位", "电话"}, {"", "方某", "某校", "151"}, {"", "李某", "", "152"}, {"内容", "一、建议"}},
			"案由：养老|提案人|姓名：方某|单位：某校|电话：151|姓名：李某|电话：152|内容：一、建议"},
		{"a group over rows", [][]string{{"提案人", "姓名", "单位"}, {"方某", "某校"}, {"案由", "增设天桥。"}}, "提案人|姓名：方某|单位：某校|案由：增设天桥。"},
		{"columns of a form", [][]string{{"姓名", "单位"}, {"方某", "某校"}, {"内容"}}, "姓名：方某|单位：某校|内容"},
		{"data", [][]string{{"序号", "事项", "单位"}, {"1", "床位", "民政"}, {"2", "", "医保"}}, "序号\t事项\t单位|1\t床位\t民政|2\t\t医保"},
		{"data under two heads", [][]string{{"问题", "建议"}, {"道路破损。", "由市住建局\n修复。"}}, "问题\t建议|道路破损。\t由市住建局 修复。"},
		{"whole paragraphs under two heads", [][]string{{"问题", "建议"}, {"道路破损。", "一、查。\n二、修。\n三、管。\n四、评。"}}, "问题|建议|道路破损。|一、查。|二、修。|三、管。|四、评。"},
		{"numbered rows without a head", [][]string{{"1", "修复路面。"}, {"二、", "增设路灯。"}}, "1\t修复路面。|二、\t增设路灯。"},
		{"a label that is a numeral", [][]string{{"编号", "一"}, {"类别", "二"}}, "编号：一|类别：二"},
		{"blank rows", [][]string{{"", ""}, {" ", ""}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := strings.Join(Lines(tt.rows), "|"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
