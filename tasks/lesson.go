package tasks

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"huiban/tasks/route"
)

// Lesson is what a paper or one of its sections teaches for later ones. Section 0 is the paper as a whole, by which
// like papers are found; any other says who handled a section in the end. A later lesson on the same section replaces
// the earlier one.
type Lesson struct {
	Proposal string // id; a past letter's begins with LetterPrefix
	Section  int
	Number   string
	Title    string
	Heading  string
	Text     string
	Lead     string   // department id, or a name where the directory knows none
	Units    []string // that handle it
	Not      []string // that returned it and were replaced, or from whom it was taken
	Copied   []string // that are told of the answer, beside those who always are
	At       time.Time
}

// LetterPrefix begins the ids of past letters: there is no proposal to open for them.
const LetterPrefix = "letter:"

// Bounds of a lesson's text: enough to be found by.
const (
	lessonRunes = 500
	paperRunes  = 1200
)

// Lessons keeps lessons for every process.
type Lessons interface {
	// LessonsSince lists lessons after a cursor, at most limit; "" is the beginning. The lessons of one proposal come
	// in the order of their commits. An empty list says that there are no more yet.
	LessonsSince(ctx context.Context, cursor string, limit int) (lessons []Lesson, next string, err error)
	// Teach keeps the lessons of a past letter. source is a digest of the letter: from the same one again nothing is
	// kept, and kept is false.
	Teach(ctx context.Context, source string, lessons []Lesson) (kept bool, err error)
}

// ID names what the lesson is about.
func (l Lesson) ID() string { return lessonID(l.Proposal, l.Section) }

func lessonID(proposal string, section int) string { return proposal + "/" + strconv.Itoa(section) }

// Label is how people know the case: number and title.
func (l Lesson) Label() string {
	if l.Number == "" {
		return cut(l.Title, labelRunes)
	}
	return l.numbered() + "《" + cut(l.Title, labelRunes) + "》"
}

const labelRunes = 30

func (l Lesson) numbered() string {
	if l.Number != "" && strings.Trim(l.Number, "0123456789") == "" {
		return "第" + l.Number + "号"
	}
	return l.Number
}

// brief is how other bureaus know the case. Letters went out; of a paper that is being handled only its own lead is
// told the title.
func (l Lesson) brief() string {
	if strings.HasPrefix(l.Proposal, LetterPrefix) {
		return ""
	}
	return cmp.Or(l.numbered(), l.At.Format(time.DateOnly))
}

func (l Lesson) routed() route.Case {
	return route.Case{ID: l.ID(), Label: l.Label(), Brief: l.brief(), Text: route.Text{Heading: l.Heading, Body: l.Text, Title: l.Title},
		Lead: l.Lead, Units: l.Units, Not: l.Not, Copied: l.Copied, At: l.At}
}

// Lessons derives what the recorded events teach. The store writes them in the same commit.
func (p *Proposal) Lessons(c *City) []Lesson {
	var paper bool
	sections := map[int]bool{}
	for _, e := range p.events {
		switch e.Event {
		case Register:
			paper = true
		case Amend:
			_, head := e.Changed["number"]
			_, section := e.Changed["heading"]
			paper = paper || head || section
		case Dispatch, Issue:
			for _, s := range p.Sections {
				sections[s.ID] = true
			}
		case Assign, Reassign, Withdraw, Uphold:
			if e.Section != 0 && p.Phase().handles() {
				sections[e.Section] = true
			}
		}
	}
	var out []Lesson
	if paper {
		out = append(out, p.paperLesson())
	}
	for _, s := range p.Sections {
		if sections[s.ID] {
			out = append(out, p.sectionLesson(c, s))
		}
	}
	return out
}

func (p *Proposal) lesson() Lesson {
	at := p.events[len(p.events)-1].At
	return Lesson{Proposal: p.ID, Number: p.Head.Number, Title: p.Head.Title, Lead: p.Lead, At: at}
}

func (p *Proposal) paperLesson() Lesson {
	l := p.lesson()
	l.Text = p.gist()
	return l
}

// gist is what a paper is compared by: its sections, or all of it where they say little.
func (p *Proposal) gist() string {
	var b strings.Builder
	b.WriteString(p.Head.Title)
	for _, s := range p.Sections {
		b.WriteString("\n" + s.Heading + "\n" + s.Text)
	}
	return cut(b.String(), paperRunes)
}

func (p *Proposal) sectionLesson(c *City, s Section) Lesson {
	l := p.lesson()
	l.Section, l.Heading, l.Text = s.ID, s.Heading, cut(s.Text, lessonRunes)
	for _, as := range p.Assignments {
		if as.Section != s.ID || as.Role != Contributor {
			continue
		}
		switch as.State() {
		case Withdrawn:
			l.Not = append(l.Not, as.Department)
		case Returned: // not decided
		default:
			l.Units = append(l.Units, as.Department)
		}
	}
	for _, name := range p.CopyList(c) {
		d, err := c.Directory.Resolve(name)
		if err != nil || slices.Contains(c.Rules.Standing[p.Head.Kind], d.ID) || slices.Contains(p.Contributors(), d.ID) {
			continue
		}
		l.Copied = append(l.Copied, d.ID)
	}
	return l
}
