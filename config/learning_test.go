package config

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"huiban/tasks"
	"huiban/tasks/lettertext"
	"huiban/tasks/route"
)

const corpus = "../../shared/corpus"

// trial is a section whose co-handlers are known.
type trial struct {
	paper   string // letters and papers of the same matter are never learned from for it
	lead    string
	text    route.Text
	want    []string
	foreign int // units that the built-in city does not have
	names   []string
}

type goldLetter struct {
	File      string
	Lead      string
	Title     string `json:"proposal_title"`
	Sections  []goldSection
	Mentioned []string `json:"departments_mentioned"`
}

type goldSection struct {
	Heading, Quoted string
	Departments     []string
}

// letters reads the shared letters: what each teaches, and those that name co-handlers as trials.
func letters(t *testing.T, c *tasks.City) (lessons map[string][]tasks.Lesson, trials []trial) {
	t.Helper()
	f, err := os.Open(filepath.Join(corpus, "gold.jsonl"))
	if err != nil {
		t.Skip("the shared letters are absent: ", err)
	}
	defer f.Close()
	var names []string
	for _, d := range c.Directory.All() {
		names = append(names, unitNames(d)...)
	}
	reader := lettertext.New(names)
	lessons = map[string][]tasks.Lesson{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var g goldLetter
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		body, err := os.ReadFile(filepath.Join(corpus, g.File))
		if err != nil {
			t.Fatal(err)
		}
		facts := reader.Letter(string(body))
		lessons[g.File], _ = tasks.LetterLessons(c, string(body), facts, g.File, evaluated)
		trials = append(trials, g.trials(c, string(body), facts)...)
	}
	return lessons, trials
}

var evaluated = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

func (g goldLetter) trials(c *tasks.City, body string, facts lettertext.Facts) (out []trial) {
	add := func(heading, text string, departments []string) {
		tr := trial{paper: g.File, lead: g.Lead, text: route.Text{Heading: heading, Body: text, Title: g.Title}, names: departments}
		lead, _ := c.Router.Resolve(g.Lead)
		for _, n := range departments {
			switch id, ok := c.Router.Resolve(n); {
			case !ok:
				tr.foreign++
			case id != lead && !slices.Contains(tr.want, id):
				tr.want = append(tr.want, id)
			}
		}
		if len(tr.want) > 0 {
			out = append(out, tr)
		}
	}
	for i, s := range g.Sections {
		if i < len(facts.Sections) {
			heading := s.Quoted
			if heading == "" {
				heading = s.Heading
			}
			add(heading, facts.Sections[i].Text, s.Departments)
		}
	}
	if len(g.Sections) == 0 {
		_, text, _ := strings.Cut(body, "如下")
		add(g.Title, text, g.Mentioned)
	}
	return out
}

// masked is the trial without the names that its text gives away.
func (tr trial) masked() trial {
	for _, n := range tr.names {
		for _, name := range []string{n, strings.TrimPrefix(n, "市"), strings.TrimPrefix(n, "区"), strings.TrimPrefix(n, "县")} {
			tr.text.Body = strings.ReplaceAll(tr.text.Body, name, "")
			tr.text.Heading = strings.ReplaceAll(tr.text.Heading, name, "")
		}
	}
	return tr
}

// outcome counts over trials.
type outcome struct {
	trials, wanted, first5, pressed, right int
	bins                                   [10][2]int // by tenths of the score: suggested, right
}

func (o *outcome) add(tr trial, got []route.Suggestion) {
	o.trials++
	o.wanted += len(tr.want)
	for i, s := range got {
		hit := slices.Contains(tr.want, s.Unit)
		bin := &o.bins[min(9, int(s.Score*10))]
		bin[0]++
		if hit {
			bin[1]++
		}
		if i < 5 && hit {
			o.first5++
		}
		if s.Score >= route.Press {
			o.pressed++
			if hit {
				o.right++
			}
		}
	}
}

func (o outcome) recall() float64 { return float64(o.first5) / float64(max(1, o.wanted)) }

func (o outcome) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d sections, %d units: recall in the first 5 %.2f (%d), pressed %d of which right %d (%.2f)", o.trials, o.wanted,
		o.recall(), o.first5, o.pressed, o.right, float64(o.right)/float64(max(1, o.pressed)))
	for i, bin := range o.bins {
		if bin[0] > 0 {
			fmt.Fprintf(&b, "\n   score %.1f to %.1f: %d of %d right", float64(i)/10, float64(i+1)/10, bin[1], bin[0])
		}
	}
	return b.String()
}

// TestLeaveOneOut measures the suggestions for each letter after learning from all the others.
func TestLeaveOneOut(t *testing.T) {
	t.Parallel()
	c := builtInCity(t).City
	lessons, trials := letters(t, c)
	var before, after, maskedBefore, maskedAfter outcome
	foreign := 0
	for _, tr := range trials {
		foreign += tr.foreign
		x := route.NewMemory(route.MemoryOptions{})
		for file, list := range lessons {
			for _, l := range list {
				if file != tr.paper && l.Section > 0 {
					x.Learn(route.Case{ID: l.ID(), Label: l.Label(), Text: route.Text{Heading: l.Heading, Body: l.Text}, Lead: l.Lead, Units: l.Units, At: l.At})
				}
			}
		}
		suggest := func(tr trial, m *route.Memory) []route.Suggestion {
			return c.Router.Suggest(tr.text, route.Context{Lead: tr.lead, Learned: m.Recall(tr.text, evaluated, tr.lead, "")})
		}
		before.add(tr, suggest(tr, nil))
		after.add(tr, suggest(tr, x))
		maskedBefore.add(tr.masked(), suggest(tr.masked(), nil))
		maskedAfter.add(tr.masked(), suggest(tr.masked(), x))
	}
	t.Logf("units without a counterpart here: %d", foreign)
	t.Logf("before learning: %s", before)
	t.Logf("after learning: %s", after)
	t.Logf("names taken out, before: %s", maskedBefore)
	t.Logf("names taken out, after: %s", maskedAfter)
	if after.recall() < 0.8 {
		t.Errorf("recall %.2f in the first 5, want 0.8", after.recall())
	}
	if after.first5 < before.first5 || maskedAfter.first5 < maskedBefore.first5 {
		t.Error("learning made it worse")
	}
}

// TestCase124302 registers the shared paper: the units that really handled its sections stand among the first three,
// before and after learning, and nobody is pressed for the last one.
func TestCase124302(t *testing.T) {
	t.Parallel()
	paper, err := os.ReadFile("../../shared/cases/124302/proposal.txt")
	if err != nil {
		t.Skip("the shared case is absent: ", err)
	}
	c := builtInCity(t).City
	want := [][]string{{"zuzhibu", "gongshanglian"}, {"gongxin"}, {"sifa"}, {"renshe"}, nil}
	post := c.Directory.Holders("minzheng", tasks.RoleCoordinator)[0]
	for _, taught := range []bool{false, true} {
		if taught {
			lessons, _ := letters(t, c)
			for file, list := range lessons {
				for _, l := range list {
					if file != "reply/001.txt" {
						c.Experience.Take(l)
					}
				}
			}
		}
		p, err := tasks.NewProposal(c, evaluated, tasks.Actor{Person: post.Person.Key, Posts: []tasks.Post{post}}, "minzheng",
			tasks.Head{Kind: tasks.CPPCC}, tasks.Source{Text: string(paper)})
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Sections) != len(want) {
			t.Fatalf("%d sections, want %d", len(p.Sections), len(want))
		}
		for i, s := range p.Sections {
			var first []string
			for _, sug := range s.Suggestions[:min(3, len(s.Suggestions))] {
				first = append(first, sug.Unit)
				if want[i] == nil && sug.Score >= route.Press {
					t.Errorf("taught %t: section %d presses %+v", taught, i+1, sug)
				}
			}
			for _, u := range want[i] {
				if !slices.Contains(first, u) {
					t.Errorf("taught %t: section %d: %s is not among %v", taught, i+1, u, first)
				}
			}
		}
	}
}
