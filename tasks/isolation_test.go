package tasks_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huiban/tasks"
	"huiban/tasks/workday"
)

type part struct {
	section    int
	department string
}

func snapshot(p *tasks.Proposal) map[part]tasks.Assignment {
	all := map[part]tasks.Assignment{}
	for _, as := range p.Assignments {
		all[part{as.Section, as.Department}] = as
	}
	return all
}

// deeds are steps on one assignment that touch nothing else: all but handing it to another unit.
var deeds = map[string]func(*play, tasks.Actor, part) error{
	"accept": func(pl *play, a tasks.Actor, x part) error {
		return pl.p.TakeOver(pl.city, pl.now, a, x.section, x.department, "")
	},
	"submit": func(pl *play, a tasks.Actor, x part) error {
		return pl.p.Submit(pl.city, pl.now, a, x.section, x.department, pl.now.String(), "")
	},
	"same words": func(pl *play, a tasks.Actor, x part) error {
		return pl.p.Submit(pl.city, pl.now, a, x.section, x.department, "我局已落实。", "")
	},
	"adopt": func(pl *play, a tasks.Actor, x part) error { return pl.p.Adopt(pl.now, a, x.section, x.department, 0) },
	"send back": func(pl *play, a tasks.Actor, x part) error {
		return pl.p.SendBack(pl.now, a, x.section, x.department, "补充")
	},
	"return": func(pl *play, a tasks.Actor, x part) error {
		return pl.p.GiveBack(pl.city, pl.now, a, x.section, x.department, "other", "市司法局", "")
	},
	"uphold": func(pl *play, a tasks.Actor, x part) error {
		return pl.p.UpholdAssignment(pl.now, a, x.section, x.department, "职责明确")
	},
	"waive": func(pl *play, a tasks.Actor, x part) error {
		return pl.p.WaiveAnswer(pl.now, a, x.section, x.department, "逾期")
	},
	"withdraw": func(pl *play, a tasks.Actor, x part) error {
		return pl.p.WithdrawAssignment(pl.now, a, x.section, x.department, "")
	},
	"extend": func(pl *play, a tasks.Actor, x part) error {
		return pl.p.AskExtension(pl.now, a, x.section, x.department, workday.On(2020, 7, 20), "核实")
	},
	"grant": func(pl *play, a tasks.Actor, x part) error {
		return pl.p.GrantExtension(pl.now, a, x.section, x.department, workday.Date{})
	},
	"refuse": func(pl *play, a tasks.Actor, x part) error {
		return pl.p.RefuseExtension(pl.now, a, x.section, x.department, "")
	},
	"attach": func(pl *play, a tasks.Actor, x part) error {
		return pl.p.Attach(pl.now, a, x.section, x.department, "F1", "意见.docx")
	},
}

// TestIsolation: whatever anybody does with one unit's section, no other assignment changes in the least, a refused step
// changes nothing at all, and the recorded events stay one unbroken chain.
func TestIsolation(t *testing.T) {
	t.Parallel()
	parts := []part{{1, party}, {1, commerce}, {2, industry}, {1, civil}, {2, civil}, {3, civil}}
	rapid.Check(t, func(r *rapid.T) {
		pl := handling(t)
		people := []tasks.Actor{pl.coordinator(), pl.leader(0), pl.liaison(party), pl.liaison(commerce), pl.liaison(industry), tasks.System}
		names := rapid.SampledFrom([]string{"accept", "submit", "same words", "adopt", "send back", "return", "uphold", "waive", "withdraw",
			"extend", "grant", "refuse", "attach"})
		for range rapid.IntRange(1, 40).Draw(r, "steps") {
			name, x := names.Draw(r, "deed"), rapid.SampledFrom(parts).Draw(r, "part")
			by := rapid.SampledFrom(people).Draw(r, "actor")
			before, trail := snapshot(pl.p), pl.p.Trail
			err := deeds[name](pl, by, x)
			after := snapshot(pl.p)
			if err == nil {
				delete(before, x)
				delete(after, x)
			} else if pl.p.Trail != trail {
				r.Fatalf("%s was refused (%v) but recorded", name, err)
			}
			if diff := cmp.Diff(before, after); diff != "" {
				r.Fatalf("%s of %v by %s (%v) changed others (-before +after):\n%s", name, x, by.Person, err, diff)
			}
			pl.trail = append(pl.trail, pl.p.Events()...)
			pl.p.Committed()
			pl.now = pl.now.Add(90 * time.Minute)
		}
		if err := tasks.VerifyTrail(pl.trail); err != nil {
			r.Fatal(err)
		}
	})
}
