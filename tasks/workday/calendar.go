// Package workday owns working-day arithmetic: which days are worked under the
// State Council's yearly notices, and which date a time limit ends on.
//
// Invariants:
//   - A Calendar never changes after New; it is safe for concurrent use.
//   - A year without a table is not an error: its weekends are free, every other
//     day is worked, and each Due that looked at such a year says Provisional.
//   - A Due holds all that is needed to explain it; nothing has to be computed
//     again, and it stays true when the calendar changes later.
//   - The day of the event is never counted.
package workday

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Year is one yearly notice as a table.
type Year struct {
	Year     int
	Source   string // the notice's number, for instance 国办发明电〔2024〕12号
	Holidays []Holiday
	Makeup   []Date // weekend days that are worked
}

// Holiday is a period off. Off may hold weekend days, as the notices' ranges do.
type Holiday struct {
	Name string
	Off  []Date
}

// Reason says why a day is worked or free.
type Reason string

// The reasons of IsWorkday.
const (
	ReasonWeekday Reason = "weekday" // an ordinary working day
	ReasonMakeup  Reason = "makeup"  // a weekend day that is worked instead of a day off
	ReasonWeekend Reason = "weekend"
	ReasonHoliday Reason = "holiday" // off under the year's notice, weekend or not
)

type special struct {
	reason  Reason
	holiday string
}

// Calendar knows the working days. The zero value knows weekends only.
type Calendar struct {
	days  map[Date]special
	years map[int]string // the source of each loaded year
}

// New builds a calendar and refuses tables that cannot be right. All faults
// are reported together.
func New(years []Year) (*Calendar, error) {
	c := &Calendar{days: map[Date]special{}, years: map[int]string{}}
	var errs []error
	for _, y := range years {
		if _, dup := c.years[y.Year]; dup {
			errs = append(errs, fmt.Errorf("workday: year %d is given twice", y.Year))
			continue
		}
		c.years[y.Year] = y.Source
		errs = append(errs, c.load(y)...)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Calendar) load(y Year) (errs []error) {
	fault := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("workday: year %d: %w", y.Year, fmt.Errorf(format, args...)))
	}
	if len(y.Holidays) == 0 {
		fault("no holidays")
	}
	for _, h := range y.Holidays {
		if h.Name == "" {
			fault("a holiday has no name")
		}
		if len(h.Off) == 0 {
			fault("%s has no days off", h.Name)
		}
		for _, d := range h.Off {
			switch prev, dup := c.days[d]; {
			case d.Year != y.Year:
				fault("%s (%s) belongs to another year", d, h.Name)
			case dup:
				fault("%s is given twice (%s, %s)", d, prev.holiday, h.Name)
			default:
				c.days[d] = special{ReasonHoliday, h.Name}
			}
		}
	}
	for _, d := range y.Makeup {
		switch prev, dup := c.days[d]; {
		case d.Year != y.Year:
			fault("make-up day %s belongs to another year", d)
		case !d.Weekend():
			fault("make-up day %s is a %s, not a weekend day", d, d.Weekday())
		case dup && prev.reason == ReasonHoliday:
			fault("make-up day %s is a day off too (%s)", d, prev.holiday)
		case dup:
			fault("make-up day %s is given twice", d)
		default:
			c.days[d] = special{reason: ReasonMakeup}
		}
	}
	return errs
}

// Loaded reports whether the table of a year is known.
func (c *Calendar) Loaded(year int) bool {
	_, ok := c.years[year]
	return ok
}

// Source returns the notice that a year's table comes from, or "".
func (c *Calendar) Source(year int) string { return c.years[year] }

// Years returns the loaded years in order.
func (c *Calendar) Years() []int { return slices.Sorted(maps.Keys(c.years)) }

// IsWorkday reports whether d is worked, and why.
func (c *Calendar) IsWorkday(d Date) (bool, Reason) {
	if s, ok := c.days[d]; ok {
		return s.reason == ReasonMakeup, s.reason
	}
	if d.Weekend() {
		return false, ReasonWeekend
	}
	return true, ReasonWeekday
}

// Holiday returns the name of the holiday that d belongs to, or "".
func (c *Calendar) Holiday(d Date) string { return c.days[d].holiday }

// Next returns d when it is worked, else the first working day after it.
func (c *Calendar) Next(d Date) Date { return c.seek(d, 1) }

// Previous returns d when it is worked, else the last working day before it.
func (c *Calendar) Previous(d Date) Date { return c.seek(d, -1) }

func (c *Calendar) seek(d Date, step int) Date {
	for {
		// Days off come in runs of at most a few weeks, and unloaded years have
		// only weekends, so that the loop ends.
		if ok, _ := c.IsWorkday(d); ok {
			return d
		}
		d = d.AddDays(step)
	}
}

// Remaining returns the number of working days after today up to and including
// due. It is negative exactly when due has passed: then it is the number of
// working days since, at least one.
func (c *Calendar) Remaining(today, due Date) int {
	if due.Before(today) {
		return -max(1, c.between(due, today))
	}
	return c.between(today, due)
}

// between counts the working days in (from, to].
func (c *Calendar) between(from, to Date) (n int) {
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		if ok, _ := c.IsWorkday(d); ok {
			n++
		}
	}
	return n
}

// Sub returns the working day that lies n working days before due: the date of
// a reminder. With n ≤ 0 it is due itself, or the last working day before it.
func (c *Calendar) Sub(due Date, n int) Date {
	d := due
	for left := min(n, MaxN); left > 0; {
		d = d.AddDays(-1)
		if ok, _ := c.IsWorkday(d); ok {
			left--
		}
	}
	return c.Previous(d)
}
