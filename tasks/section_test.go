package tasks_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
	"huiban/tasks/workday"
)

// registering is a proposal that the coordinator still looks through.
func registering(t *testing.T) *play {
	t.Helper()
	city := testCity(t)
	pl := &play{T: t, city: city, now: morning}
	p, err := tasks.NewProposal(city, pl.now, pl.coordinator(), civil, tasks.Head{}, tasks.Source{Text: paper})
	pl.p = p
	pl.ok(err)
	return pl
}

func (pl *play) headings() []string {
	var list []string
	for _, s := range pl.p.Sections {
		list = append(list, s.Heading)
	}
	return list
}

func TestRegistering(t *testing.T) {
	t.Parallel()
	pl := registering(t)
	want := tasks.Head{Number: "124302", Session: "中山市政协十二届四次会议", Kind: tasks.CPPCC, Title: "关于支持社会组织参与大湾区建设的建议",
		Proposers: []string{"周例文等"}, Received: workday.On(2020, 6, 1)}
	if diff := cmp.Diff(want, pl.p.Head); diff != "" {
		t.Errorf("head (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"以党建引领基层治理", "发挥行业协会作用", "搭建服务平台"}, pl.headings()); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
	again := registering(t)
	if again.p.ID != pl.p.ID {
		t.Errorf("the same paper got the ids %s and %s", pl.p.ID, again.p.ID)
	}
	liaison := actorOf(pl.city, civil, tasks.RoleLiaison, 0)
	_, err := tasks.NewProposal(pl.city, pl.now, liaison, civil, tasks.Head{}, tasks.Source{Text: paper})
	pl.refused(tasks.Forbidden, err)
	_, err = tasks.NewProposal(pl.city, pl.now, pl.coordinator(), civil, tasks.Head{}, tasks.Source{Text: " \n"})
	pl.refused(tasks.Invalid, err)
}

func TestChangingSections(t *testing.T) {
	t.Parallel()
	pl := registering(t)
	by := pl.coordinator()
	pl.ok(pl.p.SetUnits(pl.city, pl.now, by, 2, []string{"市工信局"}))
	pl.refused(tasks.Illegal, pl.p.MergeSection(pl.city, pl.now, by, 1))
	pl.ok(pl.p.MergeSection(pl.city, pl.now, by, 2))
	if diff := cmp.Diff([]string{"以党建引领基层治理", "搭建服务平台"}, pl.headings()); diff != "" {
		t.Errorf("after merging (-want +got):\n%s", diff)
	}
	if _, ok := pl.p.Assignment(1, industry); !ok {
		t.Error("the merged section's unit did not go along")
	}
	pl.refused(tasks.Invalid, pl.p.SplitSection(pl.city, pl.now, by, 1, "扶持", "不在文中的话"))
	pl.ok(pl.p.SplitSection(pl.city, pl.now, by, 1, "专项资金", "建议给予专项资金扶持"))
	if diff := cmp.Diff([]string{"以党建引领基层治理", "专项资金", "搭建服务平台"}, pl.headings()); diff != "" {
		t.Errorf("after splitting (-want +got):\n%s", diff)
	}
	added := pl.p.Sections[1]
	if added.ID != 4 || added.Text != "建议给予专项资金扶持。" || pl.p.SectionNo(added.ID) != 2 {
		t.Errorf("new section %+v, number %d", added, pl.p.SectionNo(added.ID))
	}
	pl.ok(pl.p.DropSection(pl.now, by, 3))
	if background := pl.p.Background[len(pl.p.Background)-1]; !strings.Contains(background, "建议专业组织进驻平台") {
		t.Errorf("the dropped section's words are lost: %q", background)
	}
	pl.ok(pl.p.DropSection(pl.now, by, 4))
	pl.refused(tasks.Illegal, pl.p.DropSection(pl.now, by, 1))
	pl.refused(tasks.Invalid, pl.p.EditSection(pl.city, pl.now, by, 1, "", "正文"))
	pl.refused(tasks.Invalid, pl.p.SetUnits(pl.city, pl.now, by, 1, []string{"市政协提案委"}))
	pl.refused(tasks.Invalid, pl.p.SetUnits(pl.city, pl.now, by, 1, []string{"市民政局"}))
	pl.refused(tasks.NotFound, pl.p.SetUnits(pl.city, pl.now, by, 1, []string{"市无此局"}))
	pl.ok(pl.p.HandOut(pl.city, pl.now, by))
	pl.refused(tasks.Illegal, pl.p.EditSection(pl.city, pl.now, by, 1, "改题", "正文"))
}

func TestHandOutNeedsACompleteHead(t *testing.T) {
	t.Parallel()
	pl := registering(t)
	for field, change := range map[string]func(*tasks.Head){
		"number":    func(h *tasks.Head) { h.Number = " " },
		"kind":      func(h *tasks.Head) { h.Kind = "来信" },
		"title":     func(h *tasks.Head) { h.Title = "" },
		"proposers": func(h *tasks.Head) { h.Proposers = []string{" "} },
		"received":  func(h *tasks.Head) { h.Received = workday.Date{} },
	} {
		h := pl.p.Head
		change(&h)
		err := pl.p.EditHead(pl.city, pl.now, pl.coordinator(), h)
		refusal, ok := err.(*tasks.Error) //nolint:errorlint // EditHead returns it bare
		if !ok || refusal.Field != field {
			t.Errorf("head without %s: %v", field, err)
		}
	}
	bare := tasks.Source{Text: "建议扩大党组织覆盖面。"}
	p, err := tasks.NewProposal(pl.city, pl.now, pl.coordinator(), civil, tasks.Head{}, bare)
	if err != nil {
		t.Fatal(err)
	}
	pl.refused(tasks.Invalid, p.HandOut(pl.city, pl.now, pl.coordinator()))
}

func TestSummary(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	handed := pl.p.DispatchedAt()
	pl.send(1, party, "我部已落实。")
	pl.send(3, civil, "市民政局已落实。")
	got := pl.p.Summarize()
	want := tasks.Summary{ID: pl.p.ID, Number: "124302", Kind: tasks.CPPCC, Title: pl.p.Head.Title, Lead: civil, Phase: tasks.PhaseHandling,
		Sections: 3, Have: 2, Expected: 6, Due: workday.On(2020, 9, 1), NextDue: workday.On(2020, 7, 1), Waiting: []string{commerce, industry},
		Since: handed, Units: []string{civil, party, commerce, industry, planning}, UpdatedAt: got.UpdatedAt}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
}
