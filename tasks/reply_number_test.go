package tasks_test

import (
	"strings"
	"testing"

	"huiban/tasks"
)

// TestNumberIsCited writes a paper's number into the letter once, however the paper itself puts it.
func TestNumberIsCited(t *testing.T) {
	t.Parallel()
	city := testCity(t)
	pl := &play{T: t, city: city, now: morning}
	for number, want := range map[string]string{
		"124302": "第124302号", "021": "第021号", "提字第9号": "提字第9号", "提〔2025〕46号": "提〔2025〕46号", "第4404号(教育类410号)": "第4404号(教育类410号)",
	} {
		head := tasks.Head{Number: number, Kind: tasks.CPPCC, Title: "关于修路的提案", Proposers: []string{"王一"}}
		p, err := tasks.NewProposal(city, pl.now, pl.coordinator(), civil, head, tasks.Source{Text: "关于修路的提案\n\n建议：\n1.修路。\n2.架桥。"})
		if err != nil {
			t.Fatal(err)
		}
		l := p.Consolidate(city)
		text := l.Title
		for _, paragraph := range l.Body {
			text += "\n" + paragraph.Text
		}
		if !strings.Contains(text, want) || strings.Contains(text, "第"+want) || strings.Contains(text, want+"号") {
			t.Errorf("%s: %q", number, text)
		}
	}
}
