package tasks

import (
	"time"

	"huiban/tasks/letter"
	"huiban/tasks/route"
	"huiban/tasks/workday"
)

// City is everything that differs from city to city. Decisions take it as an argument; it is immutable, except that
// Experience grows: it changes suggestions, never what is legal.
type City struct {
	Name      string // 中山市
	Directory *Directory
	Rules     Rules
	Calendar  *workday.Calendar
	Letter    letter.Template
	Router    *route.Router
	Zone      *time.Location

	Experience *Experience // what past cases teach; nil: nothing
}

// Today is the civil date of an instant in the city.
func (c *City) Today(now time.Time) workday.Date { return workday.Of(now, c.Zone) }

// At is the instant of an hour of a date in the city.
func (c *City) At(d workday.Date, hour int) time.Time {
	return time.Date(d.Year, d.Month, d.Day, hour, 0, 0, 0, c.Zone)
}

// Rules are the city's time limits and habits. Source and unit of each limit stand in the rule itself.
type Rules struct {
	Return         workday.Rule      // 退办: to say that a section is not one's own
	ReturnDecision workday.Rule      // the lead's decision on a return
	Contribution   workday.Rule      // 会办意见 to the lead
	Reply          workday.Rule      // the lead's answer, from receipt of the proposal
	RemindBefore   []int             // working days before a due date on which a reminder goes out; 0 is the day itself
	RemindHour     int               // hour of the day, local time
	Standing       map[Kind][]string // standing recipients of the copy list by kind: department ids, in order
	ReturnReasons  []string          // codes of reasons for a return; their words stand in the catalogs
	Classes        []string          // result classes: A, B, C
	MaxSections    int
	MaxTextRunes   int // of one contribution or one lead text
	LessonHalfLife int // months after which a past case counts half, because duties move
}
