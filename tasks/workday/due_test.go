package workday

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestApplyExplains(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	for name, tt := range map[string]struct {
		from string
		rule Rule
		want Due
	}{
		"working days over a holiday with make-up days": {
			"2025-09-26", Rule{N: 8, Unit: WorkingDays, Name: "会办意见", Source: "交办通知"},
			Due{
				Date: day(t, "2025-10-14"), Weekends: 2, Makeup: days(t, "2025-09-28", "2025-10-11"),
				Holidays: []Skipped{{"国庆节", day(t, "2025-10-01"), day(t, "2025-10-08"), 8}},
			},
		},
		"into a year without a table": {
			"2026-12-30", Rule{N: 3, Unit: WorkingDays},
			Due{Date: day(t, "2027-01-04"), Weekends: 2, Provisional: true, Missing: []int{2027}},
		},
		"calendar days that end on a holiday": {
			"2025-09-24", Rule{N: 10, Unit: CalendarDays, Roll: true},
			Due{
				Date: day(t, "2025-10-09"), RolledFrom: day(t, "2025-10-04"),
				Holidays: []Skipped{{"国庆节", day(t, "2025-10-04"), day(t, "2025-10-08"), 5}},
			},
		},
		"calendar days that do not roll": {
			"2025-09-24", Rule{N: 10, Unit: CalendarDays}, Due{Date: day(t, "2025-10-04")},
		},
		"months at the end of a month": {
			"2025-11-30", Rule{N: 3, Unit: Months, Roll: true},
			Due{Date: day(t, "2026-02-28"), Makeup: days(t, "2026-02-28")},
		},
		"months roll over a weekend": {
			"2025-08-15", Rule{N: 3, Unit: Months, Roll: true},
			Due{Date: day(t, "2025-11-17"), RolledFrom: day(t, "2025-11-15"), Weekends: 2},
		},
		"a fixed date": {
			"2025-03-01", Rule{Unit: Fixed, Date: day(t, "2025-08-30"), Roll: true},
			Due{Date: day(t, "2025-09-01"), RolledFrom: day(t, "2025-08-30"), Weekends: 2},
		},
		"the fixed date of an unknown year needs no calendar unless it rolls": {
			"2025-03-01", Rule{Unit: Fixed, Date: day(t, "2031-08-30")}, Due{Date: day(t, "2031-08-30")},
		},
		"nothing to count": {
			"2025-10-04", Rule{Unit: WorkingDays, Roll: true},
			Due{
				Date: day(t, "2025-10-09"), RolledFrom: day(t, "2025-10-04"),
				Holidays: []Skipped{{"国庆节", day(t, "2025-10-04"), day(t, "2025-10-08"), 5}},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.want.Start, tt.want.Rule = day(t, tt.from), tt.rule
			if diff := cmp.Diff(tt.want, c.Apply(day(t, tt.from), tt.rule)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDueJSON(t *testing.T) {
	t.Parallel()
	want := calendar(t).Apply(day(t, "2025-09-24"), Rule{N: 10, Unit: CalendarDays, Roll: true, Name: "退办"})
	b, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Due
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRuleValidate(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		rule Rule
		ok   bool
	}{
		"working days":         {Rule{N: 5, Unit: WorkingDays}, true},
		"a fixed date":         {Rule{Unit: Fixed, Date: On(2025, 8, 30)}, true},
		"nothing":              {Rule{}, false},
		"no number":            {Rule{Unit: Months}, false},
		"too many":             {Rule{N: MaxN + 1, Unit: CalendarDays}, false},
		"a fixed without date": {Rule{Unit: Fixed}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := tt.rule.Validate(); (err == nil) != tt.ok {
				t.Errorf("got %v", err)
			}
		})
	}
}
