package lettertext

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPages reads letters as sites show them: lines parted by blank ones, labels
// of the page around the letter, signs and digits lost on the way.
func TestPages(t *testing.T) {
	t.Parallel()
	const asked = "您提出的关于修桥的建议收悉，现答复如下：\n开工在即。\n"
	for name, tt := range map[string]struct {
		text string
		want map[string]string
	}{
		"a salutation without a colon": {
			"对县九届人大一次会议第8号建议的答复\n\n王一鸣代表\n\n提出的“关于修桥的建议”收悉，现答复如下：\n\n开工在即。\n",
			map[string]string{"to": "王一鸣代表", "paper": "关于修桥的建议"},
		},
		"pages name groups of people without speaking to them": {
			"人大代表\n您现在的位置：首页\n关于第8号建议的答复\n王一鸣代表：\n" + asked,
			map[string]string{"to": "王一鸣代表"},
		},
		"a salutation without a colon, and the paper without a verb": {
			"关于第8号建议的答复\n王一鸣代表\n《关于修桥的建议》（第8号）收悉。现答复如下：\n开工在即。\n",
			map[string]string{"to": "王一鸣代表", "paper": "关于修桥的建议"},
		},
		"the paper in brackets": {
			"云溪县水利局对第8号建议的答复（关于修桥的建议）\n时间：2023-04-09\n开工在即。\n云溪县水利局\n", map[string]string{"paper": "关于修桥的建议"},
		},
		"a number of people": {"关于第8号建议的答复\n王一鸣等12位代表：\n" + asked, map[string]string{"to": "王一鸣等12位代表"}},
		"people in brackets": {"关于第8号建议的答复\n王一鸣(等4位)代表：\n" + asked, map[string]string{"to": "王一鸣(等4位)代表"}},
		"title and salutation in one pasted line": {
			"云溪县水利局对县九届人大一次会议第8号建议的答复 王一鸣等代表: " + strings.TrimSpace(strings.ReplaceAll(asked, "\n", " ")) + strings.Repeat(" 河岸已经加固,桥墩正在施工。", 12) + " 云溪县水利局 2023年4月9日",
			map[string]string{"title": "云溪县水利局对县九届人大一次会议第8号建议的答复", "to": "王一鸣等代表", "lead": "云溪县水利局", "date": "2023-04-09"},
		},
		"a title in three lines with blank ones between": {
			"云溪县水利局\n\n关于对县九届人大一次会议\n\n第8号建议的答复\n\n王一鸣代表：\n" + asked,
			map[string]string{"title": "云溪县水利局关于对县九届人大一次会议第8号建议的答复", "lead": "云溪县水利局"},
		},
		"a title that ends with who answers": {
			"关于县九届人大一次会议第8号议事原案的答复(民政局)\n来源:人大办公室\n王一鸣代表：\n" + asked,
			map[string]string{"title": "关于县九届人大一次会议第8号议事原案的答复(民政局)", "no": "8", "lead": "民政局"},
		},
		"a title with a second part": {
			"对县九届人大一次会议第8号建议的答复：在南溪上修桥的建议\n王一鸣代表：\n" + asked,
			map[string]string{"title": "对县九届人大一次会议第8号建议的答复：在南溪上修桥的建议", "no": "8"},
		},
		"only the page's title names lead and number": {
			"云溪县水利局关于县九届人大一次会议第8号建议的答复\n发布时间：2023-05-01\n关于修桥建议的答复\n王一鸣代表：\n" + asked,
			map[string]string{"title": "关于修桥建议的答复", "no": "8", "lead": "云溪县水利局"},
		},
		"the number behind a label": {"提案编号：0117\n关于修桥的答复\n王一鸣委员：\n" + asked, map[string]string{"no": "0117"}},
		"the page's labels run together": {
			"关于第8号建议的答复\n来源：云溪县水利局发布时间：2023-05-01\n王一鸣代表：\n" + asked,
			map[string]string{"lead": "云溪县水利局"},
		},
		"a unit with a second name":            {"发布机构：县发改委（县粮食局） 主题分类：综合\n关于第8号建议的答复\n王一鸣代表：\n" + asked, map[string]string{"lead": "县发改委（县粮食局）"}},
		"the page's list of facts":             {"• 云溪县水利局\n• 建议\n关于第8号建议的答复\n王一鸣代表：\n" + asked, map[string]string{"lead": "云溪县水利局"}},
		"a newspaper answers nothing":          {"关于第8号建议的答复\n来源：云溪县融媒体中心\n王一鸣代表：\n" + asked, map[string]string{"lead": ""}},
		"who runs the site is not who answers": {"关于第8号建议的答复\n王一鸣代表：\n" + asked + "主办单位：云溪县人民政府\n", map[string]string{"lead": ""}},
		"who handles it is":                    {"关于第8号建议的答复\n王一鸣代表：\n" + asked + "主办单位：云溪县水利局\n办复类别：B\n", map[string]string{"lead": "云溪县水利局", "class": "B"}},
		"a short letter-spaced signature":      {"关于第8号建议的答复\n王一鸣代表：\n" + asked + "水 利 部\n二0二三年四月九日\n", map[string]string{"lead": "水利部", "date": "2023-04-09"}},
		"a signature with a seal":              {"关于第8号建议的答复\n王一鸣代表：\n" + asked + "云溪县水利局（盖章）\n2023年4月9日\n", map[string]string{"lead": "云溪县水利局"}},
		"two who sign in one line":             {"关于第8号建议的答复\n王一鸣代表：\n" + asked + "云溪县水利局　云溪县财政局\n2023年4月9日\n", map[string]string{"lead": "云溪县水利局"}},
		"whom to ask, with a number":           {"关于第8号建议的答复\n王一鸣代表：\n" + asked + "2023年4月9日\n联系单位及电话：云溪县水利局 8800001\n", map[string]string{"lead": "云溪县水利局"}},
		"who signed stands at the foot":        {"关于第8号建议的答复\n王一鸣代表：\n" + asked + "云溪县水利局\n2023年4月9日\n签发领导：高志远\n", map[string]string{"signer": "高志远", "lead": "云溪县水利局"}},
		"a paper's title without 关于": {
			"关于第8号建议的答复\n王一鸣代表：\n关于您提出的《南溪桥年久失修》的建议已收悉，现答复如下：\n开工在即。\n", map[string]string{"paper": "南溪桥年久失修"},
		},
		"a numeral is lost": {
			"关于第8号建议的答复\n王一鸣代表：\n" + asked + "一、关于加固桥墩的建议\n已列入计划。\n、关于拓宽桥面的建议\n正在设计。\n",
			map[string]string{"heads": "一、关于加固桥墩的建议|、关于拓宽桥面的建议", "quoted": "加固桥墩|拓宽桥面"},
		},
		"headings of two demands, and paragraphs": {
			"关于第8号建议的答复\n王一鸣代表：\n" + asked + "1.筹措桥梁资金，完善配套设施。已投入三百万元。\n2.我局已联系设计院，工期两年。请放心。\n",
			map[string]string{"heads": "1.筹措桥梁资金，完善配套设施。|"},
		},
		"a year behind a number": {
			"关于第8号建议的答复\n王一鸣代表：\n" + asked + "1.2021年我局完成设计，并报县政府批准。\n2.2022年工程开工。\n感谢您的关心！\n",
			map[string]string{"heads": "|"},
		},
		"who runs the page and who made it": {
			"云溪县水利局对第8号建议的答复\n王一鸣代表：\n您提出的关于修桥的建议意见收悉，现答复如下：\n开工在即。\n云溪县政府办公室主办云溪县数据局承办\n",
			map[string]string{"lead": "云溪县水利局", "paper": "关于修桥的建议"},
		},
		"a quotation in front of another word": {
			"关于第8号建议的答复\n王一鸣代表：\n" + asked + "一、关于“加固桥墩”方面。已完成。\n二、桥面情况。正在设计。\n",
			map[string]string{"quoted": "加固桥墩|"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := Letter(tt.text)
			var heads, quoted []string
			for _, s := range f.Sections {
				heads, quoted = append(heads, s.Heading), append(quoted, s.Quoted)
			}
			got := map[string]string{
				"title": f.Title, "to": f.Addressee, "lead": f.Lead, "date": f.Date, "no": f.ProposalNo, "paper": f.ProposalTitle,
				"class": f.Class, "signer": f.Signer, "heads": strings.Join(heads, "|"), "quoted": strings.Join(quoted, "|"),
			}
			for field, want := range tt.want {
				if got[field] != want {
					t.Errorf("%s: got %q, want %q", field, got[field], want)
				}
			}
			within(t, tt.text, f)
		})
	}
}

func TestCopyLists(t *testing.T) {
	t.Parallel()
	want := []string{"县政协提案委", "县政府办公室"}
	for name, list := range map[string]string{
		"one line":                    "抄送：县政协提案委，县政府办公室。\n云溪县水利局 2023年4月10日印发\n",
		"the page's foot behind it":   "抄送：县政协提案委、县政府办公室\n主办单位：云溪县人民政府\n联系电话：0755-8800001\n",
		"links behind it":             "抄送：县政协提案委、县政府办公室\n扫一扫在手机打开当前页\n附件下载\n",
		"the issuing line in it":      "抄送：县政协提案委，县政府办公室　云溪县水利局办公室　2023年4月10日印发\n",
		"copies are counted":          "抄送：县政协提案委，县政府办公室。　　（共印8份）\n",
		"parted by spaces":            "抄 送：县政协提案委　县政府办公室\n",
		"one below the other":         "抄送：\n县政协提案委\n县政府办公室\n\n云溪县水利局\n",
		"a name goes on":              "抄送：县政协提案委，县政府\n办公室\n",
		"a list goes on":              "抄送：县政协提案委，\n县政府办公室\n云溪县水利局\n",
		"a cell of a table":           "|抄送：县政协提案委，县政府办公室。 |\n|\n|云溪县水利局 2023年4月10日印发 |\n",
		"a label without its names":   "抄送：\n\n县政协提案委，县政府办公室。\n",
		"the page's own words follow": "抄送：县政协提案委、县政府办公室\n上一篇：对第7号提案的答复\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Letter("关于第8号提案的答复\n王一鸣委员：\n您提出的提案收悉，现答复如下：\n开工在即。\n云溪县水利局\n2023年4月9日\n" + list).CopyList
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
