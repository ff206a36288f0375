package wiring

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"huiban/tasks/lettertext"
	"huiban/tasks/route"
	"huiban/tasks/split"
)

// Routing is how well units are suggested for the labelled sections: by the directory alone, and after learning from
// the other labelled files.
type Routing struct {
	Sections int        `json:"sections"` // that name units of the directory
	Unknown  []string   `json:"unknown"`  // names that the directory does not have; they are not measured
	Before   Suggesting `json:"before"`
	After    Suggesting `json:"after"`
	// Written asks again for the letters' sections, with all that the letter says: mostly it names the units.
	Written Written `json:"letters_as_written"`
}

// Written counts what is suggested for letters whose whole text is shown.
type Written struct {
	Sections int        `json:"sections"`
	Before   Suggesting `json:"before"`
	After    Suggesting `json:"after"`
}

// Suggesting counts suggestions.
type Suggesting struct {
	RecallAt5   Share   `json:"recall_at_5"` // of the labelled units
	Pressed     Share   `json:"pressed"`     // of the suggestions that are proposed as chosen
	Shown       Share   `json:"shown"`       // of all suggestions
	Calibration []Tenth `json:"calibration"`
}

// Share is how many of some cases are right.
type Share struct {
	Right   int     `json:"right"`
	Cases   int     `json:"cases"`
	Percent float64 `json:"percent"`
}

// Tenth is what became of the suggestions whose score lies in [From, To).
type Tenth struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
	Share
}

// question is a labelled section: which units should be suggested for it?
type question struct {
	file   string
	text   route.Text
	body   string // of a letter's section, which text leaves out
	lead   string
	wished []string
	want   []string // ids, without the lead
}

// recallAt is how many suggestions people look at.
const recallAt = 5

// mostFolds bounds how often learning is repeated.
const mostFolds = 50

func (e *evaluator) ask(q question, units []string) {
	if e.unknown == nil {
		e.unknown = map[string]int{}
	}
	lead, _ := e.cfg.City.Router.Resolve(q.lead)
	if lead != "" {
		q.lead = lead
	}
	for _, u := range units {
		id, ok := e.cfg.City.Router.Resolve(u)
		switch {
		case lettertext.Same(u, q.lead) || ok && id == lead:
		case !ok:
			e.unknown[u]++
		case !slices.Contains(q.want, id):
			q.want = append(q.want, id)
		}
	}
	if len(q.want) > 0 {
		e.questions = append(e.questions, q)
	}
}

// askLetter asks for the sections of a letter. Its text names the units, so only the heading and the title are shown.
// What the letter says is kept for a second question.
func (e *evaluator) askLetter(file, text string, g goldLetter, f lettertext.Facts) {
	for i, s := range g.Sections {
		heading := s.Quoted
		if heading == "" {
			heading = strings.TrimLeft(s.Heading, "一二三四五六七八九十0123456789（）()、. ")
		}
		body := ""
		if i < len(f.Sections) {
			body = f.Sections[i].Text
		}
		e.ask(question{file: file, text: route.Text{Heading: heading, Title: g.ProposalTitle}, body: body, lead: g.Lead}, s.Departments)
	}
	if len(g.Sections) == 0 && g.ProposalTitle != "" {
		_, body, _ := strings.Cut(text, "如下")
		e.ask(question{file: file, text: route.Text{Heading: g.ProposalTitle}, body: body, lead: g.Lead}, g.Departments)
	}
}

// askProposal asks for the labelled sections that were found.
func (e *evaluator) askProposal(file string, l labelledProposal, r split.Result) {
	wished := wishedUnits(e.cfg, r.Head.Wished)
	for i, s := range l.Sections {
		if i < len(r.Sections) {
			got := r.Sections[i]
			e.ask(question{file: file, text: route.Text{Heading: got.Heading, Body: got.Text, Title: r.Head.Title}, lead: l.Lead, wished: wished}, s.Units)
		}
	}
}

// routing asks every question twice. Learning leaves out the file that is asked about; with many files, its group.
func (e *evaluator) routing() Routing {
	out := Routing{Sections: len(e.questions), Unknown: listed(slices.Sorted(maps.Keys(e.unknown)))}
	groups := map[string]int{}
	for _, q := range e.questions {
		if _, ok := groups[q.file]; !ok {
			groups[q.file] = len(groups) % mostFolds
		}
	}
	memories := map[int]*route.Memory{}
	for _, g := range groups {
		if memories[g] == nil {
			memories[g] = e.others(groups, g)
		}
	}
	out.Before, out.After = e.answers(e.questions, groups, memories)
	var written []question
	for _, q := range e.questions {
		if q.body != "" {
			q.text.Body = q.body
			written = append(written, q)
		}
	}
	out.Written.Sections = len(written)
	out.Written.Before, out.Written.After = e.answers(written, groups, memories)
	return out
}

// answers asks each question without and with what the other groups teach.
func (e *evaluator) answers(questions []question, groups map[string]int, memories map[int]*route.Memory) (without, with Suggesting) {
	var before, after tally
	for _, q := range questions {
		ctx := route.Context{Lead: q.lead, Wished: q.wished}
		before.count(q, e.cfg.City.Router.Suggest(q.text, ctx))
		ctx.Learned = memories[groups[q.file]].Recall(q.text, time.Time{}, q.lead, "")
		after.count(q, e.cfg.City.Router.Suggest(q.text, ctx))
	}
	return before.report(), after.report()
}

// others learns from all files but a group.
func (e *evaluator) others(groups map[string]int, but int) *route.Memory {
	m := route.NewMemory(route.MemoryOptions{Resolve: e.cfg.City.Router.Resolve})
	for i, q := range e.questions {
		if groups[q.file] != but {
			m.Learn(route.Case{ID: fmt.Sprintf("%s/%d", q.file, i), Label: q.file, Text: q.text, Lead: q.lead, Units: q.want})
		}
	}
	return m
}

type tally struct {
	recall, pressed, shown Share
	tenths                 [10]Share
}

func (s *Share) add(right bool) {
	s.Cases++
	if right {
		s.Right++
	}
}

func (t *tally) count(q question, list []route.Suggestion) {
	first := list[:min(len(list), recallAt)]
	for _, id := range q.want {
		t.recall.add(slices.ContainsFunc(first, func(s route.Suggestion) bool { return s.Unit == id }))
	}
	for _, s := range list {
		right := slices.Contains(q.want, s.Unit)
		t.shown.add(right)
		if s.Score >= route.Press {
			t.pressed.add(right)
		}
		t.tenths[min(int(math.Floor(s.Score*10)), 9)].add(right)
	}
}

func (t *tally) report() Suggesting {
	out := Suggesting{RecallAt5: t.recall, Pressed: t.pressed, Shown: t.shown, Calibration: []Tenth{}}
	for _, s := range []*Share{&out.RecallAt5, &out.Pressed, &out.Shown} {
		s.Percent = percent(s.Right, s.Cases)
	}
	for i, s := range t.tenths {
		if s.Cases > 0 {
			s.Percent = percent(s.Right, s.Cases)
			out.Calibration = append(out.Calibration, Tenth{From: float64(i) / 10, To: float64(i+1) / 10, Share: s})
		}
	}
	slices.SortFunc(out.Calibration, func(a, b Tenth) int { return cmp.Compare(a.From, b.From) })
	return out
}
