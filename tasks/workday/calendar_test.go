package workday

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func day(t testing.TB, s string) Date {
	t.Helper()
	d, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func days(t testing.TB, ranges ...string) (out []Date) {
	t.Helper()
	for _, r := range ranges {
		ds, err := ParseRange(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, ds...)
	}
	return out
}

func calendar(t testing.TB) *Calendar {
	t.Helper()
	c, err := New([]Year{
		{Year: 2025, Source: "notice 2025", Holidays: []Holiday{
			{"元旦", days(t, "2025-01-01")},
			{"春节", days(t, "2025-01-28..2025-02-04")},
			{"国庆节", days(t, "2025-10-01..2025-10-08")},
		}, Makeup: days(t, "2025-01-26", "2025-02-08", "2025-09-28", "2025-10-11")},
		{Year: 2026, Source: "notice 2026", Holidays: []Holiday{
			{"元旦", days(t, "2026-01-01..2026-01-03")},
			{"春节", days(t, "2026-02-15..2026-02-23")},
			{"国庆节", days(t, "2026-10-01..2026-10-07")},
		}, Makeup: days(t, "2026-01-04", "2026-02-14", "2026-02-28", "2026-10-10")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	off := []Holiday{{"元旦", days(t, "2025-01-01")}}
	for name, tt := range map[string]struct {
		years []Year
		want  string
	}{
		"a day of another year":       {[]Year{{Year: 2025, Holidays: []Holiday{{"元旦", days(t, "2024-12-31")}}}}, "another year"},
		"a make-up day on a weekday":  {[]Year{{Year: 2025, Holidays: off, Makeup: days(t, "2025-01-06")}}, "not a weekend day"},
		"a make-up day that is off":   {[]Year{{Year: 2025, Holidays: []Holiday{{"春节", days(t, "2025-02-01")}}, Makeup: days(t, "2025-02-01")}}, "day off too"},
		"a make-up day twice":         {[]Year{{Year: 2025, Holidays: off, Makeup: days(t, "2025-01-26", "2025-01-26")}}, "twice"},
		"a make-up day of next year":  {[]Year{{Year: 2025, Holidays: off, Makeup: days(t, "2026-01-04")}}, "another year"},
		"a day off twice":             {[]Year{{Year: 2025, Holidays: append(off, Holiday{"春节", days(t, "2025-01-01")})}}, "twice"},
		"a year twice":                {[]Year{{Year: 2025, Holidays: off}, {Year: 2025, Holidays: off}}, "twice"},
		"a holiday without a name":    {[]Year{{Year: 2025, Holidays: []Holiday{{"", days(t, "2025-01-01")}}}}, "no name"},
		"a holiday without days":      {[]Year{{Year: 2025, Holidays: []Holiday{{"元旦", nil}}}}, "no days off"},
		"a year without any holidays": {[]Year{{Year: 2025}}, "no holidays"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := New(tt.years)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got error %v, want one with %q", err, tt.want)
			}
		})
	}
}

func TestIsWorkday(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	for _, tt := range []struct {
		date    string
		want    bool
		reason  Reason
		holiday string
	}{
		{"2025-10-09", true, ReasonWeekday, ""},
		{"2025-10-11", true, ReasonMakeup, ""},
		{"2025-10-12", false, ReasonWeekend, ""},
		{"2025-10-08", false, ReasonHoliday, "国庆节"},
		{"2025-10-04", false, ReasonHoliday, "国庆节"},
		{"2031-10-01", true, ReasonWeekday, ""},
	} {
		got, reason := c.IsWorkday(day(t, tt.date))
		if got != tt.want || reason != tt.reason || c.Holiday(day(t, tt.date)) != tt.holiday {
			t.Errorf("%s: %v, %s, %q", tt.date, got, reason, c.Holiday(day(t, tt.date)))
		}
	}
	if diff := cmp.Diff([]int{2025, 2026}, c.Years()); diff != "" {
		t.Error(diff)
	}
	if c.Source(2025) != "notice 2025" || c.Loaded(2024) {
		t.Error("sources or years are wrong")
	}
}

func TestRemainingAndSub(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	for name, tt := range map[string]struct {
		today, due string
		want       int
	}{
		"the same day":           {"2025-09-30", "2025-09-30", 0},
		"over the holiday":       {"2025-09-30", "2025-10-11", 3},
		"one working day late":   {"2025-10-10", "2025-10-09", -1},
		"late since the weekend": {"2025-10-18", "2025-10-17", -1},
		"a week late":            {"2025-10-24", "2025-10-17", -5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.Remaining(day(t, tt.today), day(t, tt.due)); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
	if got := c.Sub(day(t, "2025-10-11"), 3); got != day(t, "2025-09-30") {
		t.Errorf("three working days before: %s", got)
	}
	if got := c.Sub(day(t, "2025-10-05"), 0); got != day(t, "2025-09-30") {
		t.Errorf("a free day goes back to %s", got)
	}
}

func TestArithmeticAgrees(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	rapid.Check(t, func(t *rapid.T) {
		start := On(2025, 1, 1).AddDays(rapid.IntRange(0, 600).Draw(t, "start"))
		n := rapid.IntRange(1, 90).Draw(t, "n")
		due := c.Add(start, n, WorkingDays)
		if got := c.Remaining(start, due.Date); got != n {
			t.Fatalf("%s and %d working days is %s, but %d remain", start, n, due.Date, got)
		}
		skipped := due.Weekends
		for _, h := range due.Holidays {
			skipped += h.Days
		}
		if due.Date.Since(start) != n+skipped {
			t.Fatalf("the explanation of %s accounts for %d days of %d", due.Date, n+skipped, due.Date.Since(start))
		}
		if ok, _ := c.IsWorkday(due.Date); !ok {
			t.Fatalf("%s is not worked", due.Date)
		}
		if back := c.Sub(due.Date, n); c.Remaining(back, due.Date) != n {
			t.Fatalf("%d working days before %s is not %s", n, due.Date, back)
		}
		if rolled := c.Add(start, n, CalendarDays); rolled.Date != c.Next(start.AddDays(n)) {
			t.Fatalf("rolled to %s", rolled.Date)
		}
	})
}

func TestDate(t *testing.T) {
	t.Parallel()
	shanghai := time.FixedZone("CST", 8*3600)
	if got := Of(time.Date(2025, 12, 31, 17, 0, 0, 0, time.UTC), shanghai); got != On(2026, 1, 1) {
		t.Errorf("the evening of UTC is %s in Shanghai", got)
	}
	for in, want := range map[string]string{"2025-01-31": "2025-02-28", "2024-01-31": "2024-02-29", "2025-12-15": "2026-01-15"} {
		if got := day(t, in).AddMonths(1).String(); got != want {
			t.Errorf("%s and a month is %s, want %s", in, got, want)
		}
	}
	if got := On(2026, 3, 1).At(17*time.Hour+30*time.Minute, shanghai).UTC().Format(time.RFC3339); got != "2026-03-01T09:30:00Z" {
		t.Errorf("half past five is %s", got)
	}
	for _, bad := range []string{"2025-13-01", "2025-02-30", "1.2.2025", ""} {
		if d, err := Parse(bad); err == nil {
			t.Errorf("%q was read as %s", bad, d)
		}
	}
	if _, err := ParseRange("2025-03-05..2025-03-01"); err == nil {
		t.Error("a backward range was read")
	}
}
