package bot

import (
	"time"

	"huiban/tasks/workday"
)

// day is a date in words; "" when there is none.
func (b *Bot) day(d workday.Date) string {
	if d.IsZero() {
		return ""
	}
	return b.Text.Say("date.day", "Year", d.Year, "Month", int(d.Month), "Day", d.Day)
}

// dayOf is day for a date as the audit trail has it.
func (b *Bot) dayOf(text string) string {
	d, err := workday.Parse(text)
	if err != nil {
		return text
	}
	return b.day(d)
}

// daysLeft counts the working days until a date as the audit trail has it; what has passed counts below zero.
func (b *Bot) daysLeft(text string) int {
	d, err := workday.Parse(text)
	if err != nil {
		return 0
	}
	return b.City.Calendar.Remaining(b.City.Today(b.Now()), d)
}

// moment is an instant in the city's time.
func (b *Bot) moment(t time.Time) string {
	t = t.In(b.City.Zone)
	return b.Text.Say("date.moment", "Day", b.day(workday.On(t.Year(), t.Month(), t.Day())), "Time", t.Format("15:04"))
}
