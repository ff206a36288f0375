package split

import (
	"strings"
	"testing"
	"unicode"
)

// TestHeadings tells heading and text apart in lists of one form each.
func TestHeadings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ item, next, heading, text string }{
		"full stop":          {"一、修好路灯。请市城管局在年内换完。", "二、清好河道。请市水利局在汛前清完。", "修好路灯", "请市城管局在年内换完。"},
		"two clauses":        {"一、修好路灯，照亮小巷。请市城管局在年内换完。", "二、清好河道，护住小桥。请市水利局在汛前清完。", "修好路灯，照亮小巷", "请市城管局在年内换完。"},
		"one character":      {"一、灯：请市城管局在年内换完。", "二、河：请市水利局在汛前清完。", "灯", "请市城管局在年内换完。"},
		"hour":               {"一、学校推迟到8:30上课，错开高峰。请教育局牵头。", "二、公交增开两班。请交通局牵头。", "学校推迟到8:30上课，错开高峰", "请教育局牵头。"},
		"dash":               {"一、路灯要修——请市城管局在年内换完。", "二、河道要清——请市水利局在汛前清完。", "路灯要修", "请市城管局在年内换完。"},
		"dashes around":      {"一、请市城管局——管灯的部门——在年内把路灯换完。", "二、请市水利局在汛前清完河道。", "请市城管局——管灯的部门——在年内把路灯换完", "请市城管局——管灯的部门——在年内把路灯换完。"},
		"gap":                {"一、以旧换新  请市城管局在年内换完。", "二、以清代堵  请市水利局在汛前清完。", "以旧换新", "请市城管局在年内换完。"},
		"question":           {"一、路灯谁来修？请市城管局在年内换完。", "二、河道谁来清？请市水利局在汛前清完。", "路灯谁来修", "请市城管局在年内换完。"},
		"question that asks": {"一、能不能把路灯修好？请市城管局在年内换完。", "二、能不能把河道清好？请市水利局在汛前清完。", "能不能把路灯修好", "能不能把路灯修好？请市城管局在年内换完。"},
		"brackets":           {"一、【修好路灯】请市城管局在年内换完。", "二、【清好河道】请市水利局在汛前清完。", "修好路灯", "请市城管局在年内换完。"},
		"own line":           {"一、引导社会力量参与\n请市城管局，在年内换完。", "二、规范施工行为\n请市水利局，在汛前清完。", "引导社会力量参与", "请市城管局，在年内换完。"},
		"who acts":           {"一、修好路灯（市城管局牵头）\n今年之内全部换完。", "二、清好河道（市水利局牵头）\n今年汛前全部清完。", "修好路灯", "（市城管局牵头）\n今年之内全部换完。"},
		"quotation torn":     {"一、修好路灯 让小巷“亮\n起来”\n请市城管局在年内换完。", "二、清好河道 让小桥“美\n起来”\n请市水利局在汛前清完。", "修好路灯让小巷“亮起来”", "请市城管局在年内换完。"},
		"sentence on line":   {"一、请市城管局会同各街道把老城区所有小巷里的旧路灯\n换完。", "二、请市水利局会同各乡镇把县城里外所有的河道\n清完。", "请市城管局会同各街道把老城区所有小巷里的旧路灯换完", "请市城管局会同各街道把老城区所有小巷里的旧路灯\n换完。"},
		"three clauses":      {"一、修好路灯，清好河道，补好路面\n请市城管局牵头，年内做完。", "二、种树，种花，种草\n请市园林局牵头，年内做完。", "修好路灯", "修好路灯，清好河道，补好路面请市城管局牵头，年内做完。"},
		"decimal":            {"1.1 修好路灯。请市城管局在年内换完。", "1.2 清好河道。请市水利局在汛前清完。", "修好路灯", "请市城管局在年内换完。"},
		"Roman":              {"Ⅰ 修好路灯。请市城管局在年内换完。", "Ⅱ 清好河道。请市水利局在汛前清完。", "修好路灯", "请市城管局在年内换完。"},
		"letter and digit":   {"B1 修好路灯。请市城管局在年内换完。", "B2 清好河道。请市水利局在汛前清完。", "修好路灯", "请市城管局在年内换完。"},
		"dot":                {"·修好路灯。请市城管局在年内换完。", "·清好河道。请市水利局在汛前清完。", "修好路灯", "请市城管局在年内换完。"},
		"cells":              {"1 | 修好路灯 | 请市城管局在年内换完。", "2 | 清好河道 | 请市水利局在汛前清完。", "修好路灯", "请市城管局在年内换完。"},
		"said aloud":         {"头一条，路灯要修。请市城管局在年内换完。", "第二条，河道要清。请市水利局在汛前清完。", "路灯要修", "请市城管局在年内换完。"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := Parse("关于改善老城区环境的提案\n\n老城区路灯昏暗，河道淤塞，居民多有意见。\n\n建议：\n\n" + c.item + "\n" + c.next + "\n")
			if len(r.Sections) != 2 {
				t.Fatalf("%d sections: %+v", len(r.Sections), r.Sections)
			}
			if s := r.Sections[0]; s.Heading != c.heading || s.Text != c.text {
				t.Errorf("heading %q, text %q", s.Heading, s.Text)
			}
		})
	}
}

// TestHeadingsEatNothing holds heading and text together to the words of the section.
func TestHeadingsEatNothing(t *testing.T) {
	t.Parallel()
	words := func(s string) string {
		return strings.Map(func(r rune) rune {
			if !unicode.IsLetter(r) {
				return -1
			}
			return r
		}, s)
	}
	all, other := 0, 0
	for _, l := range labelledFiles(t, "dev") {
		r := Parse(l.text)
		for _, s := range r.Sections {
			got := words(s.Text)
			if !s.Derived && !strings.HasPrefix(got, words(s.Heading)) {
				got = words(s.Heading) + got
			}
			if all++; !strings.HasSuffix(words(r.Source[s.Start:s.End]), got) {
				other++ // a page header inside
				t.Logf("%s: %q, %q", l.name, s.Heading, s.Text)
			}
		}
	}
	if other*200 > all {
		t.Errorf("%d of %d", other, all)
	}
}
