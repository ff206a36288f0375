package tasks_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
	"huiban/tasks/workday"
)

func due(c *tasks.City, p *tasks.Proposal, now time.Time) []tasks.Timer {
	var list []tasks.Timer
	for _, timer := range p.Timers(c) {
		if !timer.At.After(now) {
			list = append(list, timer)
		}
	}
	return list
}

// reminders fires whatever is due, as workers would, and says which notices that plans.
func (pl *play) reminders(now time.Time) []string {
	pl.Helper()
	var told []string
	for _, timer := range due(pl.city, pl.p, now) {
		if err := pl.p.Fire(pl.city, now, timer.Key); err != nil {
			pl.Fatal(err)
		}
		for _, d := range pl.p.Plan(pl.city).Deliveries {
			if d.Kind == tasks.NoticeDelivery && strings.HasSuffix(d.Recipient, "liaison0@example.org") {
				told = append(told, d.Unit)
			}
		}
		pl.ok(nil)
	}
	return told
}

func TestTimersCountWorkingDays(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	var at []string
	for _, timer := range pl.p.Timers(pl.city) {
		if strings.HasPrefix(timer.Key, "remind/"+party+"/") {
			at = append(at, timer.At.In(pl.city.Zone).Format("2006-01-02T15"))
		}
	}
	// Due on Wednesday, 1 July; 25 and 26 June are off, Sunday 28 June is worked.
	if diff := cmp.Diff([]string{"2020-06-23T09", "2020-06-30T09", "2020-07-01T09"}, at); diff != "" {
		t.Errorf("reminders (-want +got):\n%s", diff)
	}
}

func TestEachReminderOnce(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	pl.send(2, industry, "我局已落实。")
	day := pl.city.At(workday.On(2020, 6, 23), 9)
	if got := pl.reminders(day.Add(-time.Second)); len(got) != 0 {
		t.Errorf("too early: %v", got)
	}
	if diff := cmp.Diff([]string{party, commerce}, pl.reminders(day)); diff != "" {
		t.Errorf("first stage (-want +got):\n%s", diff)
	}
	if got := pl.reminders(day.Add(time.Hour)); len(got) != 0 {
		t.Errorf("reminded again: %v", got)
	}
	pl.send(1, commerce, "我会已落实。")
	if diff := cmp.Diff([]string{party}, pl.reminders(pl.city.At(workday.On(2020, 6, 30), 9))); diff != "" {
		t.Errorf("second stage (-want +got):\n%s", diff)
	}
}

func TestLateStartSendsOnlyTheLatest(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	pl.ok(pl.p.SetUnits(pl.city, pl.now, pl.coordinator(), 3, []string{"市委组织部"}))
	pl.ok(pl.p.WithdrawAssignment(pl.now, pl.coordinator(), 1, commerce, ""))
	pl.ok(pl.p.WithdrawAssignment(pl.now, pl.coordinator(), 2, industry, ""))
	after := pl.city.At(workday.On(2020, 7, 3), 10)
	if diff := cmp.Diff([]string{party}, pl.reminders(after)); diff != "" {
		t.Errorf("after being away over all stages (-want +got):\n%s", diff)
	}
	if got := due(pl.city, pl.p, after); len(got) != 0 {
		t.Errorf("still due: %v", got)
	}
}

func TestLateTimersInAnyOrder(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	after := pl.city.At(workday.On(2020, 7, 3), 10)
	timers := due(pl.city, pl.p, after)
	slices.Reverse(timers)
	told := map[string]int{}
	for _, timer := range timers {
		pl.ok(pl.p.Fire(pl.city, after, timer.Key))
	}
	for _, as := range pl.p.Assignments {
		for _, f := range as.Facts {
			if f.Event == tasks.Remind && f.Text == "" {
				told[as.Department]++
			}
		}
	}
	if diff := cmp.Diff(map[string]int{party: 1, commerce: 1, industry: 1}, told); diff != "" {
		t.Errorf("reminders a unit, the latest timer first (-want +got):\n%s", diff)
	}
}

func TestUrge(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	pl.ok(pl.p.SetUnits(pl.city, pl.now, pl.coordinator(), 3, []string{"市委组织部"}))
	pl.ok(pl.p.Urge(pl.now, pl.coordinator(), party))
	soon := pl.now.Add(-30 * time.Minute) // half an hour after the first
	pl.refused(tasks.Illegal, pl.p.Urge(soon, actorOf(pl.city, office, tasks.RoleSupervisor, 0), party))
	pl.ok(pl.p.Urge(pl.now.Add(time.Hour), pl.coordinator(), party))
	pl.send(2, industry, "我局已落实。")
	pl.refused(tasks.Illegal, pl.p.Urge(pl.now, pl.coordinator(), industry))
}
