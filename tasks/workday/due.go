package workday

import (
	"fmt"
	"slices"
)

// Unit is what a time limit is counted in.
type Unit string

// The units of a Rule.
const (
	WorkingDays  Unit = "working_days"
	CalendarDays Unit = "calendar_days"
	Months       Unit = "months"
	Fixed        Unit = "fixed" // a date laid down in advance; N is not used
)

// MaxN bounds the N of a rule.
const MaxN = 3660

// Rule is one time limit.
type Rule struct {
	N      int    `json:"n,omitempty"`
	Unit   Unit   `json:"unit"`
	Date   Date   `json:"date,omitzero"`    // for Fixed
	Roll   bool   `json:"roll,omitempty"`   // a due date on a free day moves to the next working day
	Name   string `json:"name,omitempty"`   // what the limit is for
	Source string `json:"source,omitempty"` // the regulation it follows from
}

// Validate reports what is wrong with a rule.
func (r Rule) Validate() error {
	switch r.Unit {
	case WorkingDays, CalendarDays, Months:
		if r.N < 1 || r.N > MaxN {
			return fmt.Errorf("workday: rule %q: n is %d, must be 1 to %d", r.Name, r.N, MaxN)
		}
	case Fixed:
		if r.Date.IsZero() {
			return fmt.Errorf("workday: rule %q: a fixed limit needs its date", r.Name)
		}
	default:
		return fmt.Errorf("workday: rule %q: unknown unit %q", r.Name, r.Unit)
	}
	return nil
}

// Due is the date on which a time limit ends, with its full explanation. For a
// limit in working days the skipped days are those after Start up to Date; for
// the other units they are those from RolledFrom up to Date.
type Due struct {
	Date        Date      `json:"date"`
	Start       Date      `json:"start"` // the day of the event; it does not count
	Rule        Rule      `json:"rule"`
	Weekends    int       `json:"weekends,omitempty"` // free Saturdays and Sundays outside holidays
	Holidays    []Skipped `json:"holidays,omitempty"`
	Makeup      []Date    `json:"makeup,omitempty"` // weekend days that counted as worked
	RolledFrom  Date      `json:"rolled_from,omitzero"`
	Provisional bool      `json:"provisional,omitempty"` // a year without a table was looked at
	Missing     []int     `json:"missing,omitempty"`     // those years
}

// Skipped is an unbroken run of days off that belong to one holiday.
type Skipped struct {
	Name string `json:"name"`
	From Date   `json:"from"`
	To   Date   `json:"to"`
	Days int    `json:"days"`
}

// Add returns the date n units after from. Calendar days and months roll to
// the next working day.
func (c *Calendar) Add(from Date, n int, unit Unit) Due {
	return c.Apply(from, Rule{N: n, Unit: unit, Roll: true})
}

// Apply returns the date on which the rule's limit ends when its event was on
// from. An N below zero counts as zero, one above MaxN as MaxN.
func (c *Calendar) Apply(from Date, r Rule) Due {
	due := Due{Start: from, Rule: r, Date: from}
	n := min(max(r.N, 0), MaxN)
	switch r.Unit {
	case WorkingDays:
		for left := n; left > 0; {
			due.Date = due.Date.AddDays(1)
			if c.count(&due, due.Date) {
				left--
			}
		}
		if n > 0 {
			return due
		}
	case CalendarDays:
		due.Date = from.AddDays(n)
	case Months:
		due.Date = from.AddMonths(n)
	case Fixed:
		due.Date = r.Date
	}
	if r.Roll {
		c.roll(&due)
	}
	return due
}

func (c *Calendar) roll(due *Due) {
	nominal := due.Date
	for !c.count(due, due.Date) {
		due.Date = due.Date.AddDays(1)
	}
	if due.Date != nominal {
		due.RolledFrom = nominal
	}
}

// count enters day d into the explanation and reports whether it is worked.
func (c *Calendar) count(due *Due, d Date) bool {
	if !c.Loaded(d.Year) && !slices.Contains(due.Missing, d.Year) {
		due.Provisional = true
		due.Missing = append(due.Missing, d.Year)
	}
	worked, reason := c.IsWorkday(d)
	switch reason {
	case ReasonMakeup:
		due.Makeup = append(due.Makeup, d)
	case ReasonWeekend:
		due.Weekends++
	case ReasonHoliday:
		due.skip(c.Holiday(d), d)
	}
	return worked
}

func (due *Due) skip(name string, d Date) {
	if n := len(due.Holidays); n > 0 {
		if last := &due.Holidays[n-1]; last.Name == name && last.To.AddDays(1) == d {
			last.To = d
			last.Days++
			return
		}
	}
	due.Holidays = append(due.Holidays, Skipped{Name: name, From: d, To: d, Days: 1})
}
