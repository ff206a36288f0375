package tasks_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
	"huiban/tasks/route"
	"huiban/tasks/workday"
)

// another is a paper much like the play's.
func another(t *testing.T, c *tasks.City, number string) *tasks.Proposal {
	t.Helper()
	p, err := tasks.NewProposal(c, morning, actorOf(c, civil, tasks.RoleCoordinator, 0), civil,
		tasks.Head{Kind: tasks.CPPCC, Number: number, Title: "关于支持社会组织参与大湾区建设的建议", Proposers: []string{"甲"}, Received: workday.On(2020, 6, 1)},
		tasks.Source{Text: paper})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func taught(x *tasks.Experience, lessons []tasks.Lesson) {
	for _, l := range lessons {
		x.Take(l)
	}
}

func TestLessons(t *testing.T) {
	t.Parallel()
	c := testCity(t)
	c.Router = route.New([]route.Unit{{ID: party, Handles: true}, {ID: labor, Handles: true}, {ID: civil, Handles: true}, {ID: planning, Handles: true}})
	c.Experience = tasks.NewExperience(c.Directory, 0)
	me := actorOf(c, civil, tasks.RoleCoordinator, 0)
	p := another(t, c, "1")
	step := func(err error) []tasks.Lesson {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		lessons := p.Lessons(c)
		p.Committed()
		taught(c.Experience, lessons)
		return lessons
	}

	got := step(nil)
	if len(got) != 1 || got[0].Section != 0 || got[0].Title != p.Head.Title || got[0].Label() != "第1号《关于支持社会组织参与大湾区建设的建议》" {
		t.Fatalf("registering teaches %+v", got)
	}
	first := p.Sections[0].ID
	if got := step(p.SetUnits(c, morning, me, first, []string{party, labor})); len(got) != 0 {
		t.Errorf("a choice that is not handed out teaches %+v", got)
	}
	if got := step(p.SetInformed(c, morning, me, []string{planning})); slices.ContainsFunc(got, func(l tasks.Lesson) bool { return l.Section != 0 }) {
		t.Errorf("telling a unit teaches %+v", got)
	}
	if got := step(p.HandOut(c, morning, me)); len(got) != len(p.Sections) || !slices.Equal(got[0].Units, []string{party, labor}) || !slices.Equal(got[0].Copied, []string{planning}) {
		t.Fatalf("the hand-out teaches %+v", got)
	}

	like := another(t, c, "2")
	if got := units(like.Sections[0].Suggestions); !slices.Equal(got, []string{labor, party}) && !slices.Equal(got, []string{party, labor}) {
		t.Errorf("suggested: %v", got)
	}
	if ev := like.Sections[0].Suggestions[0].Evidence[0]; ev.Kind != route.KindLearned || ev.Word != got[0].Label() {
		t.Errorf("evidence: %+v", ev)
	}
	if got := c.Experience.Similar(like, 3); len(got) != 1 || got[0].Proposal != p.ID || got[0].Score < tasks.TooClose || len(got[0].Words) == 0 {
		t.Errorf("similar: %+v", got)
	}
	if got := c.Experience.AlsoCopied(c, like, morning); len(got) != 1 || got[0].Unit != planning {
		t.Errorf("also copied: %+v", got)
	}

	// A return alone decides nothing; moving the section does.
	if got := step(p.GiveBack(c, morning, actorOf(c, labor, tasks.RoleLiaison, 0), first, labor, "not_duty", "", "")); len(got) != 0 {
		t.Errorf("a return teaches %+v", got)
	}
	got = step(p.ReassignTo(c, morning, me, first, labor, justice))
	if len(got) != 1 || !slices.Equal(got[0].Units, []string{party, justice}) || !slices.Equal(got[0].Not, []string{labor}) {
		t.Errorf("moving teaches %+v", got)
	}
	if got := units(another(t, c, "3").Sections[0].Suggestions); slices.Contains(got, labor) {
		t.Errorf("suggested after it was moved away: %v", got)
	}
}

func units(list []route.Suggestion) (ids []string) {
	for _, s := range list {
		ids = append(ids, s.Unit)
	}
	return ids
}

func TestLabel(t *testing.T) {
	t.Parallel()
	got := []string{}
	for _, l := range []tasks.Lesson{{Number: "021", Title: "关于甲的建议"}, {Number: "DH0271", Title: "关于甲的建议"}, {Title: "关于甲的建议"}} {
		got = append(got, l.Label())
	}
	if diff := cmp.Diff([]string{"第021号《关于甲的建议》", "DH0271《关于甲的建议》", "关于甲的建议"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestNoExperience(t *testing.T) {
	t.Parallel()
	var x *tasks.Experience
	x.Take(tasks.Lesson{Section: 1})
	c := testCity(t)
	if x.Len() != 0 || x.Similar(another(t, c, "1"), 3) != nil || x.AlsoCopied(c, another(t, c, "1"), morning) != nil {
		t.Error("it knows something")
	}
}
