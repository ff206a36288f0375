package config

import (
	"slices"
	"strings"

	"huiban/tasks"
)

// selfRules derive how a unit calls itself from the end of its short name; the first that fits counts.
var selfRules = []struct {
	ends  []string
	words []string // said after 我 and after 本
}{
	{[]string{"支队", "大队", "总队"}, []string{"支队", "大队", "总队", "队"}},
	{[]string{"公司", "集团"}, []string{"公司", "司", "集团"}},
	{[]string{"中心"}, []string{"中心"}},
	{[]string{"管委会"}, []string{"委", "管委会", "区"}},
	{[]string{"街道", "街道办"}, []string{"街道", "街", "办"}},
	{[]string{"办", "办公室"}, []string{"办", "室"}},
	{[]string{"委", "纪委监委", "委员会"}, []string{"委"}},
	{[]string{"会", "联", "协"}, []string{"会"}},
	{[]string{"局"}, []string{"局"}},
	{[]string{"部"}, []string{"部"}},
	{[]string{"院"}, []string{"院"}},
	{[]string{"镇"}, []string{"镇"}},
	{[]string{"乡"}, []string{"乡"}},
	{[]string{"区"}, []string{"区"}},
	{[]string{"社"}, []string{"社"}},
	{[]string{"行"}, []string{"行"}},
	{[]string{"校"}, []string{"校"}},
	{[]string{"馆"}, []string{"馆"}},
	{[]string{"室"}, []string{"室"}},
	{[]string{"所"}, []string{"所"}},
	{[]string{"站"}, []string{"站"}},
}

// FirstPerson is how a unit speaks of itself when its entry does not say: by the end of its short name, a company's
// words for every enterprise, and 我单位, 本单位 always.
func FirstPerson(class tasks.Class, short string) []string {
	var words []string
	add := func(list ...string) {
		for _, w := range list {
			for _, said := range []string{"我" + w, "本" + w} {
				if !slices.Contains(words, said) {
					words = append(words, said)
				}
			}
		}
	}
	for _, rule := range selfRules {
		if slices.ContainsFunc(rule.ends, func(end string) bool { return strings.HasSuffix(short, end) }) {
			add(rule.words...)
			break
		}
	}
	if class == tasks.ClassEnterprise {
		add("公司", "司")
	}
	add("单位")
	return words
}
