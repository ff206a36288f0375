package tasks

import (
	"slices"
	"strings"
	"time"

	"huiban/tasks/lettertext"
)

// LetterLessons turns a past letter, as it was read from text, into lessons. source is a digest of the letter; a letter without a date is taken to
// be from when. unknown are names of units that the directory does not have. A text that does not say which proposal it
// answers gives no lessons.
func LetterLessons(c *City, text string, f lettertext.Facts, source string, when time.Time) (lessons []Lesson, unknown []string) {
	if f.ProposalTitle == "" && f.ProposalNo == "" || !isReply(text) {
		return nil, nil
	}
	if at, err := time.ParseInLocation(time.DateOnly, f.Date, c.Zone); err == nil && at.Before(when) {
		when = at
	}
	resolve := func(names []string) []string {
		var ids []string
		for _, n := range names {
			id, ok := c.Router.Resolve(n)
			switch {
			case !ok:
				unknown = append(unknown, n)
			case !slices.Contains(ids, id):
				ids = append(ids, id)
			}
		}
		return ids
	}
	base := Lesson{Proposal: LetterPrefix + source, Number: f.ProposalNo, Title: f.ProposalTitle, Lead: f.Lead, At: when}
	if id, ok := c.Router.Resolve(f.Lead); ok {
		base.Lead = id
	}
	paper := base
	var gist strings.Builder
	gist.WriteString(f.ProposalTitle)
	all := map[string]bool{}
	for i, s := range letterSections(text, f) {
		l := base
		l.Section, l.Heading, l.Text = i+1, cut(s.Heading, maxHeadingRunes), cut(s.Text, lessonRunes)
		l.Units = slices.DeleteFunc(resolve(s.Departments), func(id string) bool { return id == base.Lead })
		for _, id := range l.Units {
			all[id] = true
		}
		lessons = append(lessons, l)
		gist.WriteString("\n" + l.Heading + "\n" + l.Text)
	}
	paper.Text = cut(gist.String(), paperRunes)
	copied := slices.DeleteFunc(resolve(f.CopyList), func(id string) bool {
		d, ok := c.Directory.Department(id)
		return !ok || d.NeverHandles || id == base.Lead || all[id] || isStanding(c, id)
	})
	for i := range lessons {
		lessons[i].Copied = copied
	}
	return append([]Lesson{paper}, lessons...), unknown
}

// isReply tells a letter from a proposal and from a co-handler's contribution.
func isReply(text string) bool {
	text = strings.Join(strings.Fields(text), "")
	head := text[:min(len(text), headBytes)]
	return !strings.Contains(head, "会办意见") && (strings.Contains(text, "收悉") || strings.Contains(text, "答复") || strings.Contains(text, "复函"))
}

// headBytes is how far into a text its own kind stands.
const headBytes = 600

// letterSections lists a letter's sections, or all of it as one when it has none with a heading.
func letterSections(text string, f lettertext.Facts) []lettertext.Section {
	var list []lettertext.Section
	for _, s := range f.Sections {
		if s.Quoted != "" {
			s.Heading = s.Quoted
		}
		list = append(list, s)
	}
	if len(list) > 0 {
		return list
	}
	body := text
	for _, opening := range []string{"答复如下", "回复如下", "函复如下", "报告如下"} {
		if _, after, ok := strings.Cut(text, opening); ok {
			body = strings.TrimLeft(after, "：:。\r\n 　")
			break
		}
	}
	return []lettertext.Section{{Heading: f.ProposalTitle, Text: body, Departments: f.Departments}}
}

func isStanding(c *City, id string) bool {
	for _, list := range c.Rules.Standing {
		if slices.Contains(list, id) {
			return true
		}
	}
	return false
}
