package tasks_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
	"huiban/tasks/workday"
)

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	steps := map[string]func(*play, tasks.Actor) error{
		"accept": func(pl *play, a tasks.Actor) error { return pl.p.TakeOver(pl.city, pl.now, a, 1, party, "") },
		"submit": func(pl *play, a tasks.Actor) error {
			return pl.p.Submit(pl.city, pl.now, a, 1, party, "我部已办。", "")
		},
		"return": func(pl *play, a tasks.Actor) error {
			return pl.p.GiveBack(pl.city, pl.now, a, 1, party, "other", "", "")
		},
		"extend": func(pl *play, a tasks.Actor) error {
			return pl.p.AskExtension(pl.now, a, 1, party, workday.On(2020, 7, 9), "核实")
		},
		"waive":  func(pl *play, a tasks.Actor) error { return pl.p.WaiveAnswer(pl.now, a, 1, party, "逾期") },
		"urge":   func(pl *play, a tasks.Actor) error { return pl.p.Urge(pl.now, a, party) },
		"cancel": func(pl *play, a tasks.Actor) error { return pl.p.CancelHandling(pl.now, a, "并案办理") },
		"units": func(pl *play, a tasks.Actor) error {
			return pl.p.SetUnits(pl.city, pl.now, a, 3, []string{"市司法局"})
		},
	}
	who := map[string]func(*play) tasks.Actor{
		"its liaison":      func(pl *play) tasks.Actor { return pl.liaison(party) },
		"another liaison":  func(pl *play) tasks.Actor { return pl.liaison(commerce) },
		"outside liaison":  func(pl *play) tasks.Actor { return pl.liaison(justice) },
		"coordinator":      (*play).coordinator,
		"its coordinator":  func(pl *play) tasks.Actor { return actorOf(pl.city, party, tasks.RoleCoordinator, 0) },
		"lead's leader":    func(pl *play) tasks.Actor { return pl.leader(0) },
		"its own leader":   func(pl *play) tasks.Actor { return actorOf(pl.city, party, tasks.RoleLeader, 0) },
		"supervisor":       func(pl *play) tasks.Actor { return actorOf(pl.city, office, tasks.RoleSupervisor, 0) },
		"somebody unknown": func(*play) tasks.Actor { return tasks.Actor{Person: "who@example.org"} },
	}
	allowed := map[string][]string{
		"accept": {"its liaison"}, "submit": {"its liaison"}, "return": {"its liaison"}, "extend": {"its liaison"},
		"waive": {"lead's leader"}, "urge": {"coordinator", "supervisor"}, "cancel": {"coordinator"}, "units": {"coordinator"},
	}
	for step, take := range steps {
		for name, actor := range who {
			t.Run(step+" by "+name, func(t *testing.T) {
				t.Parallel()
				pl := handling(t)
				err := take(pl, actor(pl))
				may := false
				for _, n := range allowed[step] {
					may = may || n == name
				}
				if may != (err == nil) {
					t.Errorf("allowed %v, but %v", may, err)
				}
				if err != nil && tasks.CodeOf(err) != tasks.Forbidden {
					t.Errorf("refused with %q, want forbidden", tasks.CodeOf(err))
				}
			})
		}
	}
}

func TestLeastDisclosure(t *testing.T) {
	t.Parallel()
	city := testCity(t)
	pl := &play{T: t, city: city, now: morning}
	p, err := tasks.NewProposal(city, pl.now, pl.coordinator(), civil, tasks.Head{}, tasks.Source{Text: paper})
	pl.p = p
	pl.ok(err)
	pl.ok(p.SetUnits(city, pl.now, pl.coordinator(), 1, []string{"市委组织部"}))
	pl.ok(p.SetInformed(city, pl.now, pl.coordinator(), []string{"市发改局"}))
	for _, department := range []string{party, planning} {
		if p.Sees(pl.liaison(department)) {
			t.Errorf("%s sees the proposal before it was handed out", department)
		}
	}
	pl.ok(p.HandOut(city, pl.now, pl.coordinator()))
	seen := func(a tasks.Actor) []int {
		ids := []int{}
		for _, s := range p.SectionsSeenBy(a) {
			ids = append(ids, s.ID)
		}
		return ids
	}
	for _, tt := range []struct {
		name  string
		actor tasks.Actor
		sees  bool
		want  []int
	}{
		{"coordinator", pl.coordinator(), true, []int{1, 2, 3}},
		{"lead's leader", pl.leader(1), true, []int{1, 2, 3}},
		{"supervisor", actorOf(city, office, tasks.RoleSupervisor, 0), true, []int{1, 2, 3}},
		{"liaison asked about the first", pl.liaison(party), true, []int{1}},
		{"its leader", actorOf(city, party, tasks.RoleLeader, 0), true, []int{1}},
		{"liaison of an informed unit", pl.liaison(planning), true, []int{}},
		{"liaison of another unit", pl.liaison(justice), false, []int{}},
	} {
		if got := p.Sees(tt.actor); got != tt.sees {
			t.Errorf("%s: sees the proposal %v, want %v", tt.name, got, tt.sees)
		}
		if diff := cmp.Diff(tt.want, seen(tt.actor)); diff != "" {
			t.Errorf("%s: sections (-want +got):\n%s", tt.name, diff)
		}
	}
	pl.ok(p.WithdrawAssignment(pl.now, pl.coordinator(), 1, party, "改由主办单位答复"))
	if p.Sees(pl.liaison(party)) {
		t.Error("a unit still sees what was taken back from it")
	}
}

// TestLegalAgreesWithSteps: a button that is shown works, and one that works is shown.
func TestLegalAgreesWithSteps(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	as, _ := pl.p.Assignment(1, party)
	want := []tasks.Event{tasks.Accept, tasks.Submit, tasks.Return, tasks.Extend, tasks.Attach}
	if diff := cmp.Diff(want, pl.p.Legal(pl.liaison(party), as)); diff != "" {
		t.Errorf("a pending section (-want +got):\n%s", diff)
	}
	if got := pl.p.Legal(pl.liaison(commerce), as); len(got) != 0 {
		t.Errorf("another unit's liaison is offered %v", got)
	}
	pl.ok(pl.p.CancelHandling(pl.now, pl.coordinator(), "并案办理"))
	if got := pl.p.Legal(pl.liaison(party), as); len(got) != 0 {
		t.Errorf("a cancelled proposal offers %v", got)
	}
}
