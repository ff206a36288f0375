package docx

import (
	"huiban/tasks/letter"
)

// sample is a letter with every part, in the project's own words.
func sample() letter.Letter {
	long := "我市现有登记的社会组织2281家，党组织237个。市民政局会同有关部门建立联席会议制度，逐镇街摸清底数，分类推进组建工作，把“应建尽建”落到实处；对规模较小、人员流动大的社会组织，采取联合组建、挂靠组建等方式予以覆盖。"
	return letter.Letter{
		Letterhead: "广东省中山市民政局",
		Number:     "中民函〔2020〕67号",
		Class:      "B",
		Title:      "中山市民政局关于对中山市政协十二届四次会议提案第124302号的答复",
		Salutation: "张明等委员：",
		Body: []letter.Paragraph{
			{Kind: letter.Body, Text: "你们提出的《关于支持社会组织参与大湾区建设的建议》（第124302号）收悉，现答复如下："},
			{Kind: letter.Heading, Text: "一、关于“发挥党建引领功能”的建议"},
			{Kind: letter.Body, Text: long},
			{Kind: letter.Body, Text: "（一）摸清底数。" + long},
			{Kind: letter.Heading, Text: "二、关于“提升品牌”的建议"},
			{Kind: letter.Gap, Text: "【待市发改局补充】"},
			{Kind: letter.Body, Text: long + "<&>\"'"},
			{Kind: letter.Body, Text: long},
			{Kind: letter.Body, Text: long},
			{Kind: letter.Body, Text: "专此函复。"},
		},
		Signature:  "广东省中山市民政局",
		Date:       "2020年9月15日",
		Contact:    "（联系人：李华，联系电话：88881234）",
		Disclosure: "公开方式：主动公开",
		CopyList:   "抄送：市政府办公室，市政协提案委，市司法局，市发改局，市委组织部，市人社局，市工商联，市工信局。",
	}
}
