package lettertext

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"huiban/tasks/split"
)

const formal = `临江市民政局文件
签发人：高志远
临民函〔2024〕18号　　　　　　　　　　　B类

临江市民政局关于市政协十四届三次会议
第0117号提案的答复

方志远、民盟临江市委会：
　　你们提出的《关于完善社区养老服务的提案》（第0117号）收悉。经商市住房和城乡建设局、市财政局，现答复如下：
　　一、关于“增加养老用房”的建议
　　近年来，我局会同市自然资源局和市住建局开展清查。依据《关于养老服务设施的通知》（临政办〔2021〕3号），已回收用房二十处。
　　二、关于提高床位补贴的建议
　　市财政局每年安排资金两千万元。
　　三、关于“加强护理人员培训，稳定
护理队伍”的建议
　　市人力资源和社会保障局将技能培训列入年度计划。一是扩大规模；二是提高补贴。
　　感谢你们对民政工作的关心。

　　　　　　　　　　　　　　　　临江市民政局
　　　　　　　　　　　　　　　　2024年6月3日

　　（联系人：卢平，联系电话：0755-8800001）
　　（此件公开发布）

抄送：市政府办公室、市政协提案委，市委、市政府督查局，市住建局，
　　　市财政局（2份），市人社局。
临江市民政局办公室　　　　　　　　　2024年6月4日印发
`

func TestFormalLetter(t *testing.T) {
	t.Parallel()
	want := Facts{
		Title: "临江市民政局关于市政协十四届三次会议第0117号提案的答复", DocNo: "临民函〔2024〕18号", Addressee: "方志远、民盟临江市委会",
		Date: "2024-06-03", Lead: "临江市民政局", LeadFrom: FromSignature, Kind: split.KindProposal, Session: "市政协十四届三次会议",
		ProposalNo: "0117", ProposalTitle: "关于完善社区养老服务的提案",
		Sections: []Section{
			{Heading: "一、关于“增加养老用房”的建议", Quoted: "增加养老用房", Departments: []string{"市自然资源局", "市住建局"}},
			{Heading: "二、关于提高床位补贴的建议", Quoted: "提高床位补贴", Departments: []string{"市财政局"}},
			{Heading: "三、关于“加强护理人员培训，稳定护理队伍”的建议", Quoted: "加强护理人员培训，稳定护理队伍", Departments: []string{"市人力资源和社会保障局"}},
		},
		Departments: []string{"市住房和城乡建设局", "市财政局", "市自然资源局", "市人力资源和社会保障局"},
		CopyList:    []string{"市政府办公室", "市政协提案委", "市委、市政府督查局", "市住建局", "市财政局（2份）", "市人社局"},
		Contacts:    []Contact{{"卢平", "0755-8800001"}}, Disclosure: "此件公开发布", Class: "B", Signer: "高志远",
	}
	got := Letter(formal)
	for i := range got.Sections {
		if got.Sections[i].Text == "" {
			t.Errorf("section %d has no text", i+1)
		}
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Section{}, "Text")); diff != "" {
		t.Error(diff)
	}
}

func TestForms(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text string
		want map[string]string
	}{
		"a date in words, two who sign": {
			"关于市十七届人大二次会议第45号建议的答复\n王强代表：\n您提出的关于修缮老剧院的建议收悉，现答复如下：\n已列入计划。\n临江市文化广电旅游局\n临江市财政局\n二〇二四年十月二十一日\n",
			map[string]string{"lead": "临江市文化广电旅游局", "date": "2024-10-21", "kind": "人大建议", "no": "45", "paper": "关于修缮老剧院的建议", "to": "王强代表"},
		},
		"two numbers": {
			"对十四届全国人大二次会议第5120号（医疗卫生类233号）建议的答复\n汪洁代表：\n您提出的《关于完善儿科诊疗的建议》收悉，现答复如下：\n正在办理。\n2024年7月1日\n",
			map[string]string{"no": "第5120号(医疗卫生类233号)", "session": "十四届全国人大二次会议", "title": "对十四届全国人大二次会议第5120号（医疗卫生类233号）建议的答复"},
		},
		"a policy's number in the text is none of the letter's": {
			"关于道路照明提案的复函\n韩梅委员：\n您提出的“关于增设路灯的提案”收悉。按照临政〔2023〕9号文件，答复如下：\n已装。\n临江市城市管理局\n2024年3月5日\n",
			map[string]string{"doc": "", "no": "", "lead": "临江市城市管理局", "paper": "关于增设路灯的提案"},
		},
		"a party as addressee": {
			"临江市司法局关于政协第十四届临江市委员会第三次会议第9号提案的答复\n民建临江市委会：\n贵委提出的《关于规范调解的提案》收悉。现答复如下：\n一、规范程序。已出台办法。\n二、培训人员。每年两期。\n特此函复。\n临江市司法局\n2024年5月6日\n",
			map[string]string{"to": "民建临江市委会", "session": "政协第十四届临江市委员会第三次会议", "heads": "一、规范程序。|二、培训人员。"},
		},
		"letter-spaced": {
			"关于县政协九届一次会议第8号提案的\n答　　复　　函\n李　一委员：\n您提出的《关于修桥的提案》收悉，现答复如下：\n开工在即。\n云溪县交通运输局\n2023年4月9日\n抄　送：县政府办公室，县政协提案委。\n",
			map[string]string{"title": "关于县政协九届一次会议第8号提案的答复函", "to": "李一委员", "cc": "县政府办公室|县政协提案委"},
		},
		"grades in another script": {
			"甲类\n关于第12号建议的答复\n赵四代表:\n您提出的《关于种树的建议》收悉,现答复如下:\n种了。\n",
			map[string]string{"class": "A", "no": "12", "kind": "人大建议"},
		},
		"a place and a group of words before a name": {
			"尊敬的孙七委员：\n您提出的提案收悉，现答复如下：\n我们积极协调东湖区教育局、区财政局，会同交通局、路政大队，推动城市管理和社区建设，由民政、卫健等部门落实。\n",
			map[string]string{"units": "东湖区教育局|区财政局|交通局|路政大队|民政|卫健"},
		},
		"a letterhead above a title that names the lead too": {
			"浙江省云溪县水利局\n云溪县水利局关于县政协九届一次会议第8号提案的答复\n李一委员：\n您提出的《关于修坝的提案》收悉，现答复如下：\n依据《公共图书馆法》和《市水利局章程》，经县文旅部门同意，已开工。\n",
			map[string]string{"title": "云溪县水利局关于县政协九届一次会议第8号提案的答复", "lead": "云溪县水利局", "units": "县文旅"},
		},
		"nothing of a letter": {"今天天气很好。\n", map[string]string{"title": "", "to": "", "lead": "", "units": ""}},
		"nothing":             {"", map[string]string{"title": ""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := Letter(tt.text)
			var heads []string
			for _, s := range f.Sections {
				heads = append(heads, s.Heading)
			}
			got := map[string]string{
				"title": f.Title, "to": f.Addressee, "lead": f.Lead, "date": f.Date, "kind": string(f.Kind), "no": Fold(f.ProposalNo), "doc": f.DocNo, "paper": f.ProposalTitle,
				"session": f.Session, "class": f.Class, "cc": strings.Join(f.CopyList, "|"), "units": strings.Join(f.Departments, "|"), "heads": strings.Join(heads, "|"),
			}
			for field, want := range tt.want {
				if got[field] != want {
					t.Errorf("%s: got %q, want %q", field, got[field], want)
				}
			}
		})
	}
}

func TestRecipients(t *testing.T) {
	t.Parallel()
	for list, want := range map[string][]string{
		"市政府办公室，市政协提案委，市司法局。":      {"市政府办公室", "市政协提案委", "市司法局"},
		"市、区发改委，市委、市政府督查局":         {"市、区发改委", "市委、市政府督查局"},
		"市委、市政府督查局、市财政局":           {"市委、市政府督查局", "市财政局"},
		"市人大代表工委(2份),李明副市长。":       {"市人大代表工委(2份)", "李明副市长"},
		"县政府办公室；县财政局、县教育局。":        {"县政府办公室", "县财政局", "县教育局"},
		"市人大常委会（1市政府办公室（1份））":      {"市人大常委会(1份)", "市政府办公室(1份)"},
		"市 住 建 局，\n市水务局（办公室、供水科）。": {"市住建局", "市水务局（办公室、供水科）"},
		"": nil,
	} {
		if diff := cmp.Diff(want, Recipients(list)); diff != "" {
			t.Errorf("%s: %s", list, diff)
		}
	}
}

func TestSame(t *testing.T) {
	t.Parallel()
	for pair, want := range map[[2]string]bool{
		{"市工信局", "中山市工业和信息化局"}:    true,
		{"西夏区城管局", "银川市西夏区城市管理局"}: true,
		{"市民政局", "中山市民政局"}:        true,
		{"市残联", "中山市残疾人联合会"}:      true,
		{"市发改委", "市发展和改革委员会"}:     true,
		{"市财政局", "市司法局"}:          false,
		{"区教育局", "市教育局"}:          false,
		{"", "市司法局"}:              false,
	} {
		if got := Same(pair[0], pair[1]); got != want {
			t.Errorf("%v: %v", pair, got)
		}
	}
}

func TestNamesOfADirectory(t *testing.T) {
	t.Parallel()
	got := New([]string{"翠亨新区管委会", "城投集团", "市委编办"}).Departments("请翠亨新区管委会、城投集团和市委编办研究。")
	if diff := cmp.Diff([]string{"翠亨新区管委会", "城投集团", "市委编办"}, got); diff != "" {
		t.Error(diff)
	}
}

// within fails unless every value is part of the text it was read from.
func within(t interface{ Errorf(string, ...any) }, text string, f Facts) {
	whole := Fold(text)
	values := []string{f.DocNo, f.Lead, f.ProposalTitle, f.Disclosure, f.Session, f.Signer}
	for _, s := range f.Sections {
		values = append(values, s.Heading, s.Quoted)
	}
	for _, v := range append(values, f.Departments...) {
		if !strings.Contains(strings.ReplaceAll(whole, "|", ""), Fold(v)) {
			t.Errorf("%q does not stand in the text", v)
		}
	}
}

func TestAnything(t *testing.T) {
	t.Parallel()
	scraps := []string{"关于", "第12号", "提案", "的答复", "\n", "：", "委员", "您提出的", "《", "》", "“", "”", "收悉", "，", "。", "一、", "二、", "（一）", "1.", "市民政局", "抄送：", "（1",
		"联系人：", "13800000000", "2024年1月2日", "2024821", "〔2024〕", "3号", "A类", "等部门", "、", "市", "区", "局", "由", " ", "\xff", "號", "現答復如下", "|"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(scraps), 0, 60).Draw(t, "text"), "")
		within(t, text, Letter(text))
	})
}

// TestLong holds the reading of a large text to a time that only a linear one keeps.
func TestLong(t *testing.T) {
	t.Parallel()
	for _, part := range []string{"由市住建局牵头", "抄送：市财政局\n", "住建部门", "《关于", "一、关于“", "委员：\n", "第1号提案的答复\n", "2024年1月2日\n", "、住建", "王一鸣代表\n\n", "抄送：\n", "、关于路\n"} {
		text := strings.Repeat(part, 60_000/len(part))
		within(t, text, Letter(text))
	}
}

func FuzzLetter(f *testing.F) {
	f.Add(formal)
	f.Add("抄送：市人大(1市政府(1份))")
	f.Fuzz(func(t *testing.T, text string) {
		within(t, text, Letter(text))
	})
}

func BenchmarkLetter(b *testing.B) {
	b.SetBytes(int64(len(formal)))
	for b.Loop() {
		Letter(formal)
	}
}
