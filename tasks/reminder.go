package tasks

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"huiban/tasks/workday"
)

// Timer is something that happens by itself at an instant: a reminder. Key names it; the same key fires once.
type Timer struct {
	Key string
	At  time.Time
}

// Timers lists what is still to come, from the state alone. A unit gets one reminder for all its sections of the same
// due date. What was reminded before, and what lay before the hand-out, is not in it.
func (p *Proposal) Timers(c *City) []Timer {
	if !p.Phase().handles() {
		return nil
	}
	var timers []Timer
	for _, as := range p.Assignments {
		if state := as.State(); !as.openIn(state) || state == Returned {
			continue
		}
		due := as.DueNow()
		for _, n := range c.Rules.RemindBefore {
			t := Timer{Key: timerKey(as.Department, due, n), At: c.At(c.Calendar.Sub(due, n), c.Rules.RemindHour)}
			if t.At.After(as.AssignedAt()) && !as.remindedFrom(c, n) && !slices.Contains(timers, t) {
				timers = append(timers, t)
			}
		}
	}
	return timers
}

func timerKey(department string, due workday.Date, before int) string {
	return fmt.Sprintf("remind/%s/%s/%d", department, due, before)
}

// remindedFrom reports whether the reminder of n working days before the due date, or one nearer to it, was sent: after a
// pause of the service timers may fire in any order.
func (as Assignment) remindedFrom(c *City, n int) bool {
	return slices.ContainsFunc(c.Rules.RemindBefore, func(m int) bool {
		return m <= n && as.reminded(timerKey(as.Department, as.DueNow(), m))
	})
}

func (as Assignment) reminded(key string) bool {
	return slices.ContainsFunc(as.Facts, func(f Fact) bool { return f.Event == Remind && f.Reason == key })
}

// passedOver marks a reminder that came due while nobody was there to send it and that a later one has overtaken.
const passedOver = "passed over"

// Fire lets a timer happen. One that the state no longer calls for changes nothing. When the service was away and
// several stages have passed, only the latest is sent.
func (p *Proposal) Fire(c *City, now time.Time, key string) error {
	timers := p.Timers(c)
	i := slices.IndexFunc(timers, func(t Timer) bool { return t.Key == key })
	if i < 0 || timers[i].At.After(now) {
		return nil
	}
	stem := key[:strings.LastIndexByte(key, '/')+1]
	text := ""
	for _, t := range timers {
		if strings.HasPrefix(t.Key, stem) && t.At.After(timers[i].At) && !t.At.After(now) {
			text = passedOver
		}
	}
	for _, as := range slices.Clone(p.Assignments) {
		if !as.Open() || as.State() == Returned || !strings.HasPrefix(key, "remind/"+as.Department+"/"+as.DueNow().String()+"/") {
			continue
		}
		if err := p.take(System, as.Section, as.Department, Fact{Event: Remind, At: now, Reason: key, Text: text, Until: as.DueNow()}, nil); err != nil {
			return err
		}
	}
	return nil
}

const urgePause = time.Hour

// Urge reminds a unit by hand (催办) of everything it still owes; not twice within an hour.
func (p *Proposal) Urge(now time.Time, a Actor, department string) error {
	key := "urge/" + a.Person + "/" + strconv.FormatInt(now.Unix(), 10)
	if !p.CoordinatedBy(a) && !a.Has(RoleSupervisor) {
		return Refuse(Forbidden, "error.forbidden_step", "Event", string(Remind))
	}
	var owed []Assignment
	for _, as := range p.AssignmentsFor(department) {
		if !as.Open() || as.State() == Returned {
			continue
		}
		if f := as.Last(Remind); f != nil && now.Sub(f.At) < urgePause {
			return Refuse(Illegal, "error.urged_lately")
		}
		owed = append(owed, as)
	}
	if len(owed) == 0 {
		return Refuse(Illegal, "error.nothing_owed")
	}
	for _, as := range owed {
		if err := p.take(a, as.Section, department, Fact{Event: Remind, At: now, Reason: key, Until: as.DueNow()}, nil); err != nil {
			return err
		}
	}
	return nil
}
