package demo

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

const refusedPaper = `中山市政协十三届一次会议提案
第131999号
案由：关于加强古树名木保护的建议
提案人：钟小晴

一、完善古树档案
建议逐株建档，挂牌公示。

二、加强日常养护
建议落实养护单位和经费。
`

const refusedCase = `proposal: {file: proposal.txt, kind: 政协提案, received: 2022-03-01}
lead: 市自然资源局
assignments:
  1: [市文广旅局]
  2: [市财政局]
contributions:
  - {department: 市文广旅局, section: 1, text: 我局配合建档。}
  - {department: 市财政局, section: 2, text: 我局安排养护经费。}
lead_text:
  1: 市自然资源局已建档 2100 株。
  2: 市自然资源局制定养护规范。
reply: {date: 2022-05-01}
`

// TestRefused plays cases in which the chat must say no: the play stops with a reason that names what is wrong.
func TestRefused(t *testing.T) {
	t.Parallel()
	change := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(refusedCase) }
	events := func(lines ...string) string {
		return refusedCase + "events:\n  - " + strings.Join(lines, "\n  - ") + "\n"
	}
	for _, tc := range []struct {
		name string
		yaml string
		says []string
	}{
		{"unit not asked", change("department: 市财政局, section: 2", "department: 市司法局, section: 2"), []string{"市司法局"}},
		{"unit asked about another section", change("department: 市财政局, section: 2", "department: 市财政局, section: 1"), []string{"市财政局", "第1项"}},
		{"unknown unit assigned", change("2: [市财政局]", "2: [市古树局]"), []string{"市古树局"}},
		{"unknown unit contributes", change("department: 市财政局", "department: 市古树局"), []string{"市古树局"}},
		{"unknown unit informed", refusedCase + "inform: [市古树局]\n", []string{"市古树局"}},
		{"unit that never handles", change("2: [市财政局]", "2: [市政协提案委]"), []string{"市政协提案委"}},
		{"section out of range in assignments", change("  2: [市财政局]", "  3: [市财政局]"), []string{"第3项"}},
		{"section out of range in a contribution", change("section: 2", "section: 7"), []string{"第7项"}},
		{"section out of range in the lead's text", change("  2: 市自然资源局", "  5: 市自然资源局"), []string{"第5项"}},
		{"a unit is missing", change("  - {department: 市财政局, section: 2, text: 我局安排养护经费。}\n", ""), []string{"1"}},
		{"the lead's text is missing where nobody answers", change("2: [市财政局]", "2: []", "  - {department: 市财政局, section: 2, text: 我局安排养护经费。}\n", "", "  2: 市自然资源局制定养护规范。\n", ""), []string{"1"}},
		{"unknown step", events("{at: 2022-03-02T10:00, do: celebrate, department: 市财政局, section: 2}"), []string{"celebrate", "withdraw"}},
		{"step of an unknown unit", events("{at: 2022-03-02T10:00, do: accept, department: 市古树局}"), []string{"市古树局"}},
		{"return after the deadline", events("{at: 2022-03-20T10:00, do: return, department: 市财政局, section: 2, reason: not_duty}"), []string{"退办|市财政局"}},
		{"return of another's section", events("{at: 2022-03-02T10:00, do: return, department: 市财政局, section: 1, reason: not_duty}"), []string{"退办|市财政局"}}, // said by the form, or by the card that has no such button any more
		{"decision with nothing to decide", events("{at: 2022-03-02T10:00, do: decide, department: 市财政局, section: 2}"), []string{"现在"}},
		{"waived by the coordinator", events("{at: 2022-03-02T10:00, do: waive, department: 市财政局, section: 2, by: 经办人, reason: 等不及}"), []string{"市财政局"}},
		{"waived without a reason", events("{at: 2022-03-02T10:00, do: waive, department: 市财政局, section: 2}"), []string{"required"}},
		{"extension beyond the reply's due date", events("{at: 2022-03-02T10:00, do: extend, department: 市财政局, section: 2, until: 2022-12-31, reason: 忙}"), []string{"2022"}},
		{"sent back before it came", events("{at: 2022-03-02T10:00, do: withdraw, department: 市财政局, section: 2}", "{at: 2022-03-02T11:00, do: send_back, department: 市财政局, section: 2, text: 请补充}"), []string{"市财政局"}},
		{"not to be published without a reason", change("reply: {date", "reply: {disclosure: 不予公开, date"), []string{"理由"}},
		{"class that the city has not", change("reply: {date", "reply: {class: 甲, date"), []string{"甲"}},
		{"dated before the paper came", change("2022-05-01", "2022-02-01"), []string{"日期"}},
		{"document number of no form", change("reply: {date", "reply: {number: 六十七, date"), []string{"发文字号"}},
		{"name that is not the unit's", change("text: 我局配合建档。", "mention: 市园林局, text: 我局配合建档。"), []string{"市园林局"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c, err := loadCase(fstest.MapFS{"case.yaml": {Data: []byte(tc.yaml)}, "proposal.txt": {Data: []byte(refusedPaper)}}, tc.name)
			if err != nil {
				t.Fatal(err)
			}
			s := openCaseStage(t, c, "", "zh-CN")
			pl := s.Player()
			pl.Patience = 20 * time.Second
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			err = pl.Play(ctx, c)
			refused, ok := errors.AsType[*Refused](err)
			if !ok {
				t.Fatalf("the play ended with %v, want a refusal", err)
			}
			for _, words := range tc.says {
				if !slices.ContainsFunc(strings.Split(words, "|"), func(w string) bool { return strings.Contains(refused.Why, w) }) {
					t.Errorf("the refusal is %q, want it to name %q", refused.Why, words)
				}
			}
		})
	}
}
