package split

import (
	"strings"
	"testing"
)

// headCases are heads in words of their own: what stands behind → is the fact that is read, or
// nothing where the text does not tell.
const headBody = "\n近年来群众对此反映很多，去年热线接到来电三百余件，有关部门做了不少工作，但是仍有短板。\n一、摸清底数。由主管部门牵头，半年内完成普查。\n二、加大投入。财政每年安排专款。\n"

var headCases = []struct{ name, head, tail, field, want string }{
	// who hands it in
	{"alone below the title", "关于扩建市青少年宫的提案\n楼听雪\n", "", "proposers", "楼听雪"},
	{"two below the title", "关于扩建市青少年宫的提案\n容海生  粟小满\n", "", "proposers", "容海生、粟小满"},
	{"with a workplace", "关于扩建市青少年宫的提案\n楼听雪  市第二设计院\n", "", "proposers", "楼听雪"},
	{"jointly, in brackets", "关于扩建市青少年宫的提案\n（楼听雪、鲁大成委员联名）\n", "", "proposers", "楼听雪、鲁大成"},
	{"post first, colon", "关于修缮石桥的建议\n人大代表鲁大成：\n", "", "proposers", "鲁大成"},
	{"post first, calling behind", "关于修缮石桥的建议\n代表轩辕青，果农\n", "", "proposers", "轩辕青"},
	{"above the title", "县人大代表 谭水生\n关于修缮石桥的建议\n", "", "proposers", "谭水生"},
	{"above the title, two", "市政协委员  谭水生  鲁大成\n关于扩建市青少年宫的提案\n", "", "proposers", "谭水生、鲁大成"},
	{"body and person", "关于扩建市青少年宫的提案\n民盟云阳市委会  楼听雪\n", "", "proposers", "民盟云阳市委会、楼听雪"},
	{"circle and person", "关于扩建市青少年宫的提案\n教育界别  楼听雪\n", "", "proposers", "楼听雪"},
	{"person and party", "关于扩建市青少年宫的提案\n楼听雪 委员　民盟\n", "", "proposers", "楼听雪"},
	{"party and research body", "关于扩建市青少年宫的提案\n民建云阳市委、区域经济研究会\n", "", "proposers", "民建云阳市委、区域经济研究会"},
	{"in front of the title", "市科协关于扩建市青少年宫的提案\n", "", "proposers", "市科协"},
	{"behind the title", "关于扩建市青少年宫的提案（楼听雪委员）\n", "", "proposers", "楼听雪"},
	{"group", "关于扩建市青少年宫的提案\n云阳县政协教育界别活动组\n", "", "proposers", "云阳县政协教育界别活动组"},
	{"deputies' group", "关于修缮石桥的建议\n青石镇第三代表组\n", "", "proposers", "青石镇第三代表组"},
	{"delegation's suggestion", "城西代表团建议\n关于修缮石桥的建议\n", "", "proposers", "城西代表团"},
	{"label without colon, workplace", "关于扩建市青少年宫的提案\n提案人 鹿小鸣（市实验中学）\n", "", "proposers", "鹿小鸣"},
	{"label with a bar", "提案题目｜关于扩建市青少年宫的提案\n提案人｜楼听雪（共青团界）\n正文｜", "", "proposers", "楼听雪"},
	{"label in brackets", "关于扩建市青少年宫的提案\n（提案人：楼听雪，市一中教师、合唱团指导）\n", "", "proposers", "楼听雪"},
	{"no party", "案由：关于扩建市青少年宫的提案\n提案人：无党派人士 楼听雪\n", "", "proposers", "楼听雪"},
	{"calling behind a comma", "关于扩建市青少年宫的提案\n提案人：楼听雪，康复师\n", "", "proposers", "楼听雪"},
	{"speech", "把河还给市民\n——在小组讨论时的发言（政协委员 楼听雪，教师）\n各位委员：\n", "", "proposers", "楼听雪"},
	{"speaker's label", "船老大的心里话\n——在人大代表小组会上的发言\n发言人：鲁大成（渔业社社长）\n", "", "proposers", "鲁大成"},
	{"what he is, then the name", "关于修缮石桥的建议\n我是村小学老师谭水生，想说说石桥的事。\n", "", "proposers", "谭水生"},
	{"letter, day without year", "就石桥一事写给县政府的信\n县政府各位领导：\n", "此致\n敬礼\n谭水生\n三月初九\n", "proposers", "谭水生"},
	{"letter, greeting above", "关于修缮石桥的建议\n各位领导：\n", "顺颂\n夏安\n谭水生  鲁大成\n", "proposers", "谭水生、鲁大成"},
	{"label and date at the foot", "关于扩建市青少年宫的提案\n", "提案人 楼听雪 2025年2月8日\n", "proposers", "楼听雪"},
	{"heading is no name", "关于扩建市青少年宫的提案\n基本情况\n", "", "proposers", ""},
	{"common word is no name", "关于扩建市青少年宫的提案\n国家要求\n", "", "proposers", ""},
	{"the form's own committee is none", "云阳市政协提案委员会\n关于扩建市青少年宫的提案\n", "", "proposers", ""},
	{"addressee is none", "关于扩建市青少年宫的提案\n各位委员：\n", "此致\n敬礼\n全体老师\n", "proposers", ""},
	{"reporter is none", "关于扩建市青少年宫的提案\n作者：融媒记者\n来源：市政协\n", "", "proposers", ""},
	{"letter from a member is no name", "致市长：说说青少年宫\n（委员来信，请转市长）\n", "", "proposers", ""},
	// units wished for
	{"sentence", "关于扩建市青少年宫的提案\n提案人：楼听雪\n请市教育局、市财政局研究办理\n", "", "wished", "市教育局、市财政局"},
	{"sentence with roles", "关于扩建市青少年宫的提案\n提案人：楼听雪\n希望由 市教育局 牵头办理\n", "", "wished", "市教育局"},
	{"the paper asks", "关于扩建市青少年宫的提案\n提案人：楼听雪\n本提案恳请市教育局和市财政局共同办理。\n", "", "wished", "市教育局、市财政局"},
	{"sent to", "关于扩建市青少年宫的提案\n提案人：楼听雪\n建议分送：市教育局、市财政局\n", "", "wished", "市教育局、市财政局"},
	{"together", "关于扩建市青少年宫的提案\n提案人：楼听雪\n建议由市教育局联合市残疾人联合会办理\n", "", "wished", "市教育局、市残疾人联合会"},
	{"behind the name", "关于扩建市青少年宫的提案\n提案人：楼听雪　　拟请市教育局、市财政局办理\n", "", "wished", "市教育局、市财政局"},
	{"label behind a body", "关于扩建市青少年宫的提案\n民盟云阳市支部    建议承办单位：市教育局\n", "", "wished", "市教育局"},
	{"wish in the label's brackets", "关于扩建市青少年宫的提案\n提案人：楼听雪\n主办单位（建议）：市教育局\n会办单位（建议）：市财政局\n", "", "wished", "市教育局、市财政局"},
	{"in brackets", "关于扩建市青少年宫的提案\n楼听雪\n（建议承办：市教育局、团市委）\n", "", "wished", "市教育局、团市委"},
	{"roles in a value", "关于扩建市青少年宫的提案\n提案人：楼听雪\n建议主办：市教育局  会办：市财政局\n", "", "wished", "市教育局、市财政局"},
	{"sentence at the foot", "关于扩建市青少年宫的提案\n提案人：楼听雪\n", "2025年1月3日\n建议由市教育局会同市财政局办理。\n", "wished", "市教育局、市财政局"},
	{"an office's label is no wish", "关于扩建市青少年宫的提案\n提案人：楼听雪\n主办单位：市教育局\n", "", "wished", ""},
	// numbers
	{"in words", "市政协九届二次会议\n提案第四十一号\n关于扩建市青少年宫的提案\n", "", "number", "四十一"},
	{"sign alone", "NO.0419\n关于扩建市青少年宫的提案\n", "", "number", "0419"},
	{"a policy's is none", "［2025］87号提案\n关于扩建市青少年宫的提案\n", "", "number", ""},
	{"behind 案号", "市政协九届二次会议提案　案号0419\n关于扩建市青少年宫的提案\n", "", "number", "0419"},
	{"in brackets behind the kind", "市政协九届二次会议提案（0419）\n关于扩建市青少年宫的提案\n", "", "number", "0419"},
	{"behind the session", "市政协九届二次会议  0419\n关于扩建市青少年宫的提案\n", "", "number", "0419"},
	{"before the session", "0419  市十届人大四次会议代表建议\n关于修缮石桥的建议\n", "", "number", "0419"},
	{"with letters inside", "市政协九届二次会议\n2025-C-07\n关于扩建市青少年宫的提案\n", "", "number", "2025-C-07"},
	{"series", "建字041号\n关于修缮石桥的建议\n建议人：鲁大成\n", "", "number", "建字041号"},
	{"No.", "提案编号：No.2025-041\n题目：关于扩建市青少年宫的提案\n", "", "number", "2025-041"},
	{"with its year", "提案编号：2025年第41号\n题目：关于扩建市青少年宫的提案\n", "", "number", "2025年第41号"},
	{"a year is none", "市政协九届二次会议提案（2025）\n关于扩建市青少年宫的提案\n", "", "number", ""},
	// sessions, kinds, titles
	{"session beside a label", "十一届三次会议  编号：0107\n题  目：关于扩建市青少年宫的提案\n", "", "session", "十一届三次会议"},
	{"session below the organ", "中国人民政治协商会议\n市政协九届二次会议\n关于扩建市青少年宫的提案\n", "", "session", "市政协九届二次会议"},
	{"session of a speech", "把河还给市民\n——在市政协九届二次会议上的发言\n楼听雪\n各位委员：\n", "", "session", "市政协九届二次会议"},
	{"session at the foot", "关于扩建市青少年宫的提案\n提案者：民盟市委会\n", "（市政协九届二次会议）\n", "session", "市政协九届二次会议"},
	{"kind by who speaks", "关于方便老人坐车的几点意见\n各位领导：\n我叫鲁大成，开了十年公交，是市人大代表。\n", "", "kind", "人大建议"},
	{"kind by who is written to", "关于方便老人坐车的几点意见\n尊敬的市政协：\n", "", "kind", "政协提案"},
	{"title in two halves", "关于盘活闲置校舍 发展乡村养老的提案\n提案人：楼听雪\n", "", "title", "关于盘活闲置校舍 发展乡村养老的提案"},
	{"title letter-spaced", "关 于 盘 活 闲 置 校 舍 的 提 案\n提案人：楼听雪\n", "", "title", "关于盘活闲置校舍的提案"},
	{"title of a letter", "写给市长的一封信：桥头的红绿灯\n尊敬的市长：\n", "", "title", "写给市长的一封信：桥头的红绿灯"},
}

// TestHeads reads facts from heads that nobody labelled: the rules must hold in other words too.
func TestHeads(t *testing.T) {
	t.Parallel()
	for _, c := range headCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := Parse(c.head + headBody + c.tail)
			covers(t, r)
			got := map[string]string{
				"proposers": strings.Join(r.Head.Proposers, "、"), "wished": strings.Join(r.Head.Wished, "、"),
				"number": r.Head.Number, "session": r.Head.Session, "kind": string(r.Head.Kind), "title": r.Head.Title,
			}[c.field]
			if got != c.want {
				t.Errorf("%s is %q, want %q", c.field, got, c.want)
			}
		})
	}
}
