package route

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

var today = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

func years(n int) time.Time { return today.AddDate(-n, 0, 0) }

// remembering knows cases of its own wording; moved is now zjj.
func remembering(cases ...Case) *Memory {
	r := city()
	m := NewMemory(MemoryOptions{Resolve: func(name string) (string, bool) {
		if name == "moved" {
			name = "zjj"
		}
		i, ok := r.resolve(name)
		if !ok {
			return "", false
		}
		return r.units[i].ID, true
	}})
	for _, c := range cases {
		m.Learn(c)
	}
	return m
}

const lampText = "请给背街小巷补装感应照明，夜里看得清路。"

func lamps(id string, at time.Time, units ...string) Case {
	return Case{ID: id, Label: "第" + id + "号", Text: Text{Heading: "补装背街小巷的照明", Body: "背街小巷夜里太暗，请补装感应照明，让老人看得清路。"}, Units: units, At: at}
}

func asked(m *Memory, ctx Context, except string) []Suggestion {
	t := Text{Heading: "背街小巷要有照明", Body: lampText}
	ctx.Learned = m.Recall(t, today, ctx.Lead, except)
	return city().Suggest(t, ctx)
}

func TestRecall(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		cases  []Case
		ctx    Context
		except string
		want   []string
	}{
		"nothing known":           {nil, Context{}, "", nil},
		"one case":                {[]Case{lamps("12", years(0), "市城管局")}, Context{}, "", []string{"cgj"}},
		"never its own case":      {[]Case{lamps("12", years(0), "cgj")}, Context{}, "12", nil},
		"another matter":          {[]Case{{ID: "1", Text: Text{Heading: "扩大医保报销的范围"}, Units: []string{"sfj"}, At: today}}, Context{}, "", nil},
		"the lead is left out":    {[]Case{lamps("12", years(0), "cgj", "zjj")}, Context{Lead: "市城管局"}, "", []string{"zjj"}},
		"a renamed unit":          {[]Case{lamps("12", years(0), "moved")}, Context{}, "", []string{"zjj"}},
		"a unit that is no more":  {[]Case{lamps("12", years(0), "某某处")}, Context{}, "", nil},
		"a case's lead knows":     {[]Case{{ID: "12", Text: lamps("12", today).Text, Lead: "cgj", At: today}}, Context{Lead: "zjj"}, "", []string{"cgj"}},
		"the newer case counts":   {[]Case{lamps("11", years(12), "swj"), lamps("12", years(0), "cgj")}, Context{}, "", []string{"cgj"}},
		"it was returned":         {[]Case{func() Case { c := lamps("12", years(0), "cgj"); c.Not = []string{"zjj"}; return c }()}, Context{Wished: []string{"zjj"}}, "", []string{"cgj"}},
		"returned, then handled":  {[]Case{lamps("11", years(0), "cgj"), func() Case { c := lamps("12", years(0)); c.Not = []string{"cgj"}; return c }()}, Context{}, "", []string{"cgj"}},
		"the same case again":     {[]Case{lamps("12", years(1), "swj"), lamps("12", years(0), "cgj")}, Context{}, "", []string{"cgj"}},
		"an older word on a case": {[]Case{lamps("12", years(0), "cgj"), lamps("12", years(1), "swj")}, Context{}, "", []string{"cgj"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := asked(remembering(tt.cases...), tt.ctx, tt.except)
			if !slices.Equal(ids(got), tt.want) {
				t.Errorf("got %+v, want %v", got, tt.want)
			}
		})
	}
}

func TestRecallCanBeChecked(t *testing.T) {
	t.Parallel()
	got := asked(remembering(lamps("12", today, "cgj"), lamps("13", years(5), "cgj")), Context{}, "")
	if len(got) != 1 || len(got[0].Evidence) != 1 || got[0].Evidence[0].Kind != KindLearned || got[0].Evidence[0].Word != "第12号" {
		t.Errorf("got %+v", got)
	}
}

func TestRecallTellsOthersLess(t *testing.T) {
	t.Parallel()
	c := lamps("12", today, "cgj")
	c.Lead, c.Brief = "zjj", "第12号"
	c.Label = "第12号《补装照明》"
	m := remembering(c)
	for lead, want := range map[string]string{"市住建局": "第12号《补装照明》", "swj": "第12号"} {
		if got := m.Recall(c.Text, today, lead, ""); len(got) == 0 || got[0].Word != want {
			t.Errorf("%s is told %+v, want %s", lead, got, want)
		}
	}
}

func TestNamedStaysStrong(t *testing.T) {
	t.Parallel()
	c := lamps("12", today)
	c.Not = []string{"cgj"}
	m := remembering(c)
	x := Text{Heading: c.Text.Heading, Body: c.Text.Body + "请市城管局负责。"}
	got := city().Suggest(x, Context{Learned: m.Recall(x, today, "", "")})
	if len(got) != 1 || got[0].Score < Press/2 || got[0].Evidence[len(got[0].Evidence)-1].Gain >= 0 {
		t.Errorf("got %+v", got)
	}
}

func TestCopied(t *testing.T) {
	t.Parallel()
	c := lamps("12", today, "cgj")
	c.Copied = []string{"市水务局", "市司法局"}
	m := remembering(c)
	got := m.Copied(c.Text, today, "sfj", "")
	if len(got) != 1 || got[0].Unit != "swj" || got[0].Word != "第12号" || got[0].Gain <= 0.5 {
		t.Errorf("got %+v", got)
	}
	var none *Memory
	none.Learn(c)
	if none.Len() != 0 || none.Copied(c.Text, today, "", "") != nil || none.Recall(c.Text, today, "", "") != nil {
		t.Error("a nil memory knows something")
	}
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	m := NewMemory(MemoryOptions{Max: 1})
	for i := range 4 * slack {
		m.Learn(Case{ID: fmt.Sprint(i), Text: Text{Heading: "照明"}, At: today})
	}
	if n := len(m.cases); n > 3*slack || m.Len() > 2*slack {
		t.Errorf("%d cases are kept, %d are found", n, m.Len())
	}
}
