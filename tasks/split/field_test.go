package split

import (
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestNumberIn(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		line     string
		labelled bool
		want     string
	}{
		"a plain line":              {"第124302号", false, "124302"},
		"leading zeros":             {"提案第0021号", false, "0021"},
		"letters":                   {"DH0271", true, "DH0271"},
		"letters in a line":         {"第DH0271号提案", false, "DH0271"},
		"with a class number":       {"第4404号(教育类410号)", false, "第4404号(教育类410号)"},
		"behind a label":            {"第88号", true, "88"},
		"without 第":                 {"2024年15号提案", false, ""},
		"a policy":                  {"国发〔2020〕5号", false, ""},
		"a policy, with its label":  {"国发〔2020〕第5号", true, ""},
		"a session":                 {"十二届四次会议", false, ""},
		"a house":                   {"人民路18号", false, ""},
		"nothing behind the label":  {"", true, ""},
		"brackets without a number": {"第12号(重点提案)", false, "12"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := numberIn(tt.line, tt.labelled); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSessionAndDate(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"中山市政协十二届四次会议提案":      "中山市政协十二届四次会议",
		"第九届仁和区委员会第四次会议":      "第九届仁和区委员会第四次会议",
		"临江市第16届人民代表大会第2次会议":  "临江市第16届人民代表大会第2次会议",
		"政协第十三届中山市委员会第三次会议提案": "政协第十三届中山市委员会第三次会议",
		"市第十六届人大第二次会议建议":      "市第十六届人大第二次会议",
		"十二届四次会议":             "十二届四次会议",
		"2024年市政协八届三次全会提案":    "市政协八届三次全会",
		"第12号市政协八届三次会议":       "市政协八届三次会议",
		"党的十九届四中全会提出":         "",
		"届时再次":                "",
	} {
		if got := sessionIn(line); got != want {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}
	for line, want := range map[string][2]string{
		"2019年1月21日":  {"2019-01-21", ""},
		"日期2019-3-08": {"2019-03-08", "日期"},
		"2024/12/1":   {"2024-12-01", ""},
		"2019年13月1日":  {"", "2019年13月1日"},
		"总投资20245月":   {"", "总投资20245月"},
		"年月日":         {"", "年月日"},
		"12019年1月1日":  {"", "12019年1月1日"},
	} {
		if date, rest := dateIn(line); date != want[0] || rest != want[1] {
			t.Errorf("%s: got %q, %q", line, date, rest)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Head{
		"孙剑宏等":                {Proposers: []string{"孙剑宏"}, Others: "等"},
		"王燕    赵   历    欧阳文静": {Proposers: []string{"王燕", "赵历", "欧阳文静"}},
		"李一、张二(民建)，周立群委员等12名代表": {Proposers: []string{"李一", "张二", "周立群"}, Others: "等12名代表"},
		"海南代表团":   {Proposers: []string{"海南代表团"}},
		"民盟临江市委会": {Proposers: []string{"民盟临江市委会"}},
	} {
		var h head
		h.names(text)
		if diff := gocmp.Diff(want, h.Head); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

func TestUnits(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"市教育和体育局、市财政局":        {"市教育和体育局", "市财政局"},
		"市住房和城乡建设局和市公安局等有关单位": {"市住房和城乡建设局", "市公安局"},
		"区城管局,区市场监督管理局。":      {"区城管局", "区市场监督管理局"},
	} {
		if diff := gocmp.Diff(want, units(text)); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

func TestContactsStandApart(t *testing.T) {
	t.Parallel()
	r := Parse("关于修路的提案\n提案人：赵历（13800000000） 联系电话：0760-88886666\n建议：\n1.修路。\n2.补灯。\n联系人：钱某\n")
	covers(t, r)
	var got []string
	for _, c := range r.Head.Contacts {
		got = append(got, r.Source[c.Start:c.End])
	}
	want := []string{"13800000000", "联系电话：0760-88886666\n", "联系人：钱某\n"}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(r.Sections) != 2 || r.Sections[1].Text != "补灯。" {
		t.Errorf("sections: %+v", r.Sections)
	}
}

func TestOffsetsAreOfTheNormalisedSource(t *testing.T) {
	t.Parallel()
	r := Parse("cafe\u0301\n建议：\n1.开咖啡馆。\n2.种树。\n")
	covers(t, r)
	if len(r.Sections) != 2 || r.Source[r.Sections[1].Start:r.Sections[1].End] != "2.种树。\n" {
		t.Errorf("%+v", r.Sections)
	}
}

func TestManySections(t *testing.T) {
	t.Parallel()
	text := "建议：\n"
	for range MaxSections + 5 {
		text += "● 做一件事。\n"
	}
	r := Parse(text)
	covers(t, r)
	if len(r.Sections) != MaxSections || r.Warnings[len(r.Warnings)-1] != WarnManyParts {
		t.Errorf("%d sections, warnings %v", len(r.Sections), r.Warnings)
	}
}

func TestNormal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{
			"一", "龥", "。", "，", "—", "“", "\u3099", "か", "\u0301", "e", "\u2000", "\uf900", "\ufa0e", "①", "\xe4", "\xe4\xb8", "\xff", "〪", "ﾞ", "·", "\u00a0", "⑴", "■", "한", "각", "\u1100\u1161",
		})).Draw(t, "text"), "")
		if got, want := normal(s), norm.NFC.String(strings.ToValidUTF8(s, "�")); got != want {
			t.Fatalf("%q: got %q, want %q", s, got, want)
		}
	})
}
