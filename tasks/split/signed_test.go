package split

import (
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestProposersWithoutLabel reads papers in which no label names the proposers. An empty
// want says that nobody is named for certain.
func TestProposersWithoutLabel(t *testing.T) {
	t.Parallel()
	const title, body = "关于修建过街天桥的提案", "\n学校门口车多人多，去年出过三次事故。\n\n一、修一座天桥。\n二、装两盏路灯。\n"
	for text, want := range map[string]string{
		title + "\n贝远帆（中学教师）\n" + body:                   "贝远帆",
		title + "\n\n厉晓岚  卫生界\n" + body:                  "厉晓岚",
		title + "\n祖青松　柴小禾　邰立\n" + body:                  "祖青松、柴小禾、邰立",
		title + "\n欧阳一禾　市勘察院高级工程师　致公党党员\n" + body:        "欧阳一禾",
		title + "\n（南门代表团）\n" + body:                     "南门代表团",
		title + "\n第七组　岳明远委员\n" + body:                   "岳明远",
		title + "\n戚明月、云飞等3名委员提出：\n" + body:              "戚明月、云飞",
		title + "\n教育界别活动小组\n" + body:                    "教育界别活动小组",
		title + "\n市政协八届二次会议　民盟清河市委会\n" + body:           "民盟清河市委会",
		"农工党清河市委会集体提案\n题目：" + title + "\n" + body:        "农工党清河市委会",
		"厉小北\n" + title + "\n" + body:                    "厉小北",
		title + "\n\n我叫麻向东，是跑船的。" + body:                 "麻向东",
		title + "\n\n大家好！我是戚远山，在码头开了十年吊车。" + body:        "戚远山",
		title + "\n" + body + "\n          云中雁  2025年3月": "云中雁",
		title + "\n" + body + "\n市人大代表：穆青\n2025年3月1日":    "穆青",
		title + "\n" + body + "\n签名：戚远山  2025.3.1":       "戚远山",

		title + "\n\n我是农民工，在工地干了十年。" + body:                "",
		title + "\n\n有位老人说：我是路人，不敢扶。" + body:               "",
		title + "\n市政协提案委员会：\n" + body:                     "",
		title + "\n各位委员：\n" + body:                         "",
		title + "\n" + body + "\n责任编辑：麻小北":                 "",
		title + "\n方案背景\n" + body:                          "",
		title + "\n" + body + "\n谢谢":                       "",
		title + "\n政协清河市委员会\n" + body:                      "",
		title + "\n\n高温，暴晒，过街要等三分钟。" + body:                "",
		title + "\n来源：市政协提案委  浏览：20次\n" + body:             "",
		title + "\n\n去年多名代表就此提出过建议。" + body:                "",
		title + "\n\n邻居们常念叨：“我叫了三次车，没有一次停得下。”" + body:      "",
		title + "\n" + body + "\n附件：照片三张\n2025年3月1日":       "",
		title + "\n\n白天车多，\n" + body:                       "",
		title + "\n" + body + "\n（此件公开发布）":                 "",
		title + "\n" + body + "\n联系人：戚远山 13300000000":      "",
		title + "\n" + body + "\n审核：麻小北 2025年3月1日":         "",
		title + "\n" + body + "\n上一篇：关于修桥的提案\n下一篇：关于种树的提案": "",
	} {
		if got := strings.Join(Parse(text).Head.Proposers, "、"); got != want {
			t.Errorf("%s\ngot %q, want %q", text, got, want)
		}
	}
}

func TestProposersBehindALabel(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"提案人：穆青，退伍军人，现任货运公司经理":              "穆青",
		"提案人：穆青  新闻出版界":                     "穆青",
		"提案者：民建清河支部、穆青":                     "民建清河支部、穆青",
		"提案者：穆青、民建清河支部":                     "穆青、民建清河支部",
		"提建议人：人大代表穆青":                       "穆青",
		"提案人 穆青 | 界别 农业 | 职务 果品合作社理事长":      "穆青",
		"提案人：穆青等3人\n联名：贺兰、路遥":               "穆青、贺兰、路遥",
		"姓　名\n穆青\n性　别\n女":                   "穆青",
		"提案人：教育界":                           "教育界",
		"提案人：穆青________":                    "穆青",
		"提案人：穆青 ________":                   "穆青",
		"提案者：总工会界别、穆青":                      "总工会界别、穆青",
		"集体提案　第017号\n提案单位：九三学社清河市委会":        "九三学社清河市委会",
		"提案人：穆青（清河中学）  通讯地址：清河路8号  所属界别：教育": "穆青",
	} {
		got := strings.Join(Parse("关于修桥的提案\n"+line+"\n\n一、修桥。\n二、装灯。\n").Head.Proposers, "、")
		if got != want {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}
}

func TestKindWithoutName(t *testing.T) {
	t.Parallel()
	const body = "\n\n一、修桥。\n二、装灯。\n"
	for text, want := range map[string]Kind{
		"关于修桥的建议\n九三学社清河市委会" + body:         KindProposal,
		"关于修桥的建议\n市妇联界别委员  穆青" + body:       KindProposal,
		"关于修桥的建议\n县人大代表穆青，石桥村主任" + body:     KindSuggestion,
		"关于修桥的建议\n石桥街道代表小组" + body:          KindSuggestion,
		"关于修桥的建议\n穆青" + body:                "",
		"关于关心代表性传承人的建议\n提交人：穆青" + body:      "",
		"关于规范业主委员会的建议\n提交人：穆青" + body:       "",
		"关于修桥的建议\n提出代表：穆青、贺兰" + body:        KindSuggestion,
		"关于修桥的建议\n来源：委员履职平台\n提交人：穆青" + body: KindProposal,
	} {
		if got := Parse(text).Head.Kind; got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestWishedUnits(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"主办意向：市水利局\n会办意向：市财政局":         {"市水利局", "市财政局"},
		"意向承办单位：市水利局":                  {"市水利局"},
		"拟办单位：市水利局、市财政局":               {"市水利局", "市财政局"},
		"希望由何单位承办|市水利局":                {"市水利局"},
		"建议交由：市水利局、市财政局研究办理":           {"市水利局", "市财政局"},
		"建议转交市水利局、市财政局办理":              {"市水利局", "市财政局"},
		"拟请市水利局牵头，市财政局协办。":             {"市水利局", "市财政局"},
		"希望承办单位\n市水利局\n市残联":            {"市水利局", "市残联"},
		"建议交由 | 市水利局、市供电公司 | 办理 |":     {"市水利局", "市供电公司"},
		"建议请专家组成的委员会定期到现场办理":           nil,
		"承办单位：市水利局":                    nil,
		"建议由市水利局把全市的水闸检查一遍，坏了的由市财政局处理": nil,
	} {
		got := Parse("关于修桥的提案\n提案人：穆青\n" + line + "\n\n一、修桥。\n二、装灯。\n").Head.Wished
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", line, diff)
		}
	}
}

func TestNumberBesideOtherThings(t *testing.T) {
	t.Parallel()
	for lines, want := range map[string]string{
		"党派提案    第021号":         "021",
		"集体提案\n\n第94号":          "94",
		"代表建议  议022号":           "议022",
		"界别提案  提字〔2024〕33号":     "提字〔2024〕33号",
		"市政协九届一次会议提案  2024-118": "2024-118",
		"市政协九届一次会议提案 No.0410":   "0410",
		"市政协九届一次会议88号":          "88",
		"（市政协九届一次会议）  第088号":    "088",
		"市人大九届一次会议代表建议 B-112":   "B-112",
		"顺序号：17":                "17",
		"2024-04-30":            "",
		"国发（2020）第5号":           "",
		"解放路119号":               "",
	} {
		if got := Parse(lines + "\n关于修桥的提案\n提案人：穆青\n\n一、修桥。\n二、装灯。\n").Head.Number; got != want {
			t.Errorf("%s: got %q, want %q", lines, got, want)
		}
	}
}
