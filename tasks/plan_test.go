package tasks_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huiban/tasks"
)

// told lists who gets what of a kind by the step just taken, without duplicates.
func told(pl *play, kind tasks.DeliveryKind, name string) []string {
	var list []string
	for _, d := range pl.p.Plan(pl.city).Deliveries {
		if d.Kind == kind && d.Name == name {
			list = append(list, d.Recipient)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func liaisons(departments ...string) []string {
	var list []string
	for _, d := range departments {
		list = append(list, post(d, tasks.RoleLiaison, 0).Person.Key, post(d, tasks.RoleLiaison, 1).Person.Key)
	}
	slices.Sort(list)
	return list
}

func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check := func(what string, kind tasks.DeliveryKind, name string, want []string) {
		t.Helper()
		if diff := cmp.Diff(want, told(pl, kind, name)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	coordinator := []string{pl.coordinator().Person}

	must(pl.p.Submit(pl.city, pl.now, pl.liaison(party), 1, party, "我部已落实。", ""))
	check("a text came in: cards", tasks.CardDelivery, tasks.CardPrompt, liaisons(party))
	check("a text came in: thread", tasks.NoticeDelivery, tasks.NoticeThread, []string{civil})
	pl.ok(nil)

	must(pl.p.SendBack(pl.now, pl.coordinator(), 1, party, "请补充"))
	check("sent back", tasks.NoticeDelivery, tasks.NoticeDirect, liaisons(party))
	pl.ok(nil)

	must(pl.p.GiveBack(pl.city, pl.now, pl.liaison(industry), 2, industry, "not_duty", "", ""))
	check("returned", tasks.NoticeDelivery, tasks.NoticeDirect, coordinator)
	pl.ok(nil)

	must(pl.p.UpholdAssignment(pl.now, pl.coordinator(), 2, industry, "职责明确"))
	pl.ok(nil)
	pl.complete()
	must(pl.p.RequestApproval(pl.city, pl.now, pl.coordinator()))
	check("first leader's turn", tasks.CardDelivery, tasks.CardApproval, []string{pl.leader(0).Person})
	pl.ok(nil)
	must(pl.p.Approve(pl.now, pl.leader(0), len(pl.p.Drafts)))
	check("second leader's turn", tasks.CardDelivery, tasks.CardApproval, []string{pl.leader(0).Person, pl.leader(1).Person})
	pl.ok(nil)
	must(pl.p.Approve(pl.now, pl.leader(1), len(pl.p.Drafts)))
	check("signed", tasks.NoticeDelivery, tasks.NoticeDirect, coordinator)
	pl.ok(nil)
	must(pl.p.Issue(pl.city, pl.now, pl.coordinator(), issuing()))
	check("issued", tasks.NoticeDelivery, tasks.NoticeDirect, liaisons(party, commerce, industry, planning))
	check("the letter", tasks.FileDelivery, tasks.FileLetter, []string{civil})
}

// TestNobodyElseIsTold: whatever happens, only people of units that are concerned get anything, and a notice never goes
// to whoever caused it.
func TestNobodyElseIsTold(t *testing.T) {
	t.Parallel()
	concerned := []string{civil, party, commerce, industry, planning}
	rapid.Check(t, func(r *rapid.T) {
		pl := handling(t)
		people := []tasks.Actor{pl.coordinator(), pl.leader(0), pl.liaison(party), pl.liaison(industry)}
		parts := []part{{1, party}, {2, industry}, {1, civil}}
		for range rapid.IntRange(1, 15).Draw(r, "steps") {
			name := rapid.SampledFrom([]string{"accept", "submit", "adopt", "send back", "return", "uphold", "waive", "withdraw", "extend", "grant"}).Draw(r, "deed")
			by := rapid.SampledFrom(people).Draw(r, "actor")
			if deeds[name](pl, by, rapid.SampledFrom(parts).Draw(r, "part")) != nil {
				continue
			}
			for _, d := range pl.p.Plan(pl.city).Deliveries {
				posts := pl.city.Directory.PostsOf(d.Recipient)
				if d.Recipient != civil && (len(posts) == 0 || !slices.Contains(concerned, posts[0].Department)) {
					r.Fatalf("%s told %+v", name, d)
				}
				if d.Kind == tasks.NoticeDelivery && d.Recipient == by.Person {
					r.Fatalf("%s told its own actor: %+v", name, d)
				}
			}
			pl.p.Committed()
			pl.now = pl.now.Add(2e12)
		}
	})
}
