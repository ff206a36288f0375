package workday

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Date is a civil date: a day of the calendar on the wall, without a time or a
// zone. The zero Date means "no date". Dates are comparable and may be map keys.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

const layout = "2006-01-02"

// Of returns the date that clocks in loc show at t. A nil loc means UTC.
func Of(t time.Time, loc *time.Location) Date {
	if loc == nil {
		loc = time.UTC
	}
	return civil(t.In(loc))
}

// On returns the date y-m-d, normalised as time.Date does (31 February is 2 or 3 March).
func On(y int, m time.Month, d int) Date {
	return civil(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

// Parse reads a date in the form 2006-01-02.
func Parse(s string) (Date, error) {
	t, err := time.Parse(layout, strings.TrimSpace(s))
	if err != nil {
		return Date{}, fmt.Errorf("workday: date %q is not of the form YYYY-MM-DD: %w", s, err)
	}
	return civil(t), nil
}

// ParseRange reads "2006-01-02" or "2006-01-02..2006-01-05" (both ends belong
// to it), the form in which the calendar file lists days off. A range holds at
// most 31 days.
func ParseRange(s string) ([]Date, error) {
	first, last, ok := strings.Cut(s, "..")
	if !ok {
		last = first
	}
	from, err := Parse(first)
	if err != nil {
		return nil, err
	}
	to, err := Parse(last)
	if err != nil {
		return nil, err
	}
	if n := to.Since(from); n < 0 || n > 30 {
		return nil, fmt.Errorf("workday: range %q must run forward over at most 31 days", s)
	}
	var days []Date
	for d := from; !d.After(to); d = d.AddDays(1) {
		days = append(days, d)
	}
	return days, nil
}

func civil(t time.Time) Date {
	y, m, d := t.Date()
	return Date{Year: y, Month: m, Day: d}
}

func (d Date) utc() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// IsZero reports whether d is the zero Date.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the form 2006-01-02, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(layout)
}

// MarshalText implements encoding.TextMarshaler.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is the zero Date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Weekend reports whether d is a Saturday or a Sunday.
func (d Date) Weekend() bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

// AddDays returns the date n days later (earlier when n is negative).
func (d Date) AddDays(n int) Date { return On(d.Year, d.Month, d.Day+n) }

// AddMonths returns the same day n months later. Where that month is too short,
// its last day is taken: 31 January and one month is 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	first := On(d.Year, d.Month+time.Month(n), 1)
	last := On(first.Year, first.Month+1, 0).Day
	return Date{Year: first.Year, Month: first.Month, Day: min(d.Day, last)}
}

// Since returns the number of days from e to d, negative when d is the earlier.
func (d Date) Since(e Date) int {
	return int(d.utc().Sub(e.utc()) / (24 * time.Hour))
}

// Compare returns -1, 0 or +1 as d is before, equal to or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before reports whether d is before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is after e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// At returns the moment when clocks in loc show d and the time of day given as
// a duration since midnight. A nil loc means UTC.
func (d Date) At(sinceMidnight time.Duration, loc *time.Location) time.Time {
	if loc == nil {
		loc = time.UTC
	}
	h, rest := sinceMidnight/time.Hour, sinceMidnight%time.Hour
	return time.Date(d.Year, d.Month, d.Day, int(h), 0, 0, int(rest), loc)
}
