package config

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"huiban/tasks"
	"huiban/tasks/route"
)

// labelled reads sections with their co-handlers: lead | heading | text | units.
func labelled(t *testing.T, c *tasks.City, name string) (out []trial) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "routing", name))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		part := strings.Split(line, "|")
		if len(part) != 4 {
			t.Fatalf("%s: %q has %d parts, want 4", name, line, len(part))
		}
		resolve := func(name string) string {
			id, ok := c.Router.Resolve(strings.TrimSpace(name))
			if !ok {
				t.Fatalf("%q is unknown", name)
			}
			return id
		}
		tr := trial{lead: resolve(part[0]), text: route.Text{Heading: strings.TrimSpace(part[1]), Body: strings.TrimSpace(part[2])}}
		for _, u := range strings.FieldsFunc(part[3], func(r rune) bool { return r == '、' || r == ' ' }) {
			tr.want = append(tr.want, resolve(u))
		}
		out = append(out, tr)
	}
	return out
}

// earlier is a memory of the earlier years' sections.
func earlier(t *testing.T, c *tasks.City) *route.Memory {
	t.Helper()
	m := route.NewMemory(route.MemoryOptions{})
	for i, tr := range labelled(t, c, "earlier.txt") {
		m.Learn(route.Case{ID: fmt.Sprint(i), Label: tr.text.Heading, Text: tr.text, Lead: tr.lead, Units: tr.want, At: evaluated.AddDate(-1, 0, 0)})
	}
	return m
}

// TestLearningHelps measures the same sections before and after learning from earlier years.
func TestLearningHelps(t *testing.T) {
	t.Parallel()
	c := builtInCity(t).City
	m := earlier(t, c)
	var before, after, knownBefore, knownAfter outcome
	for _, tr := range labelled(t, c, "sections.txt") {
		learned := m.Recall(tr.text, evaluated, tr.lead, "")
		plain := c.Router.Suggest(tr.text, route.Context{Lead: tr.lead})
		taught := c.Router.Suggest(tr.text, route.Context{Lead: tr.lead, Learned: learned})
		before.add(tr, plain)
		after.add(tr, taught)
		if len(learned) > 0 && learned[0].Gain > 0.5 {
			knownBefore.add(tr, plain)
			knownAfter.add(tr, taught)
		}
	}
	t.Logf("before: %s", before)
	t.Logf("after: %s", after)
	t.Logf("with a like case, before: %s", knownBefore)
	t.Logf("with a like case, after: %s", knownAfter)
	if knownAfter.trials < 25 || knownAfter.recall() < 0.85 || knownAfter.right < 2*knownBefore.right || after.recall() < before.recall() {
		t.Errorf("recall %.2f, was %.2f; with a like case %.2f, was %.2f; %d pressed are right, were %d", after.recall(), before.recall(),
			knownAfter.recall(), knownBefore.recall(), knownAfter.right, knownBefore.right)
	}
	if after.precision() < 0.8 {
		t.Errorf("%.2f of what is pressed is right, want 0.8", after.precision())
	}
}

func (o outcome) precision() float64 { return float64(o.right) / float64(max(1, o.pressed)) }

// TestCalibration compares scores with how often they are right, on the sections and letters that the scores were not
// fitted to: every second one.
func TestCalibration(t *testing.T) {
	t.Parallel()
	c := builtInCity(t).City
	m := earlier(t, c)
	var held outcome
	for i, tr := range labelled(t, c, "sections.txt") {
		if i%2 == 1 {
			held.add(tr, c.Router.Suggest(tr.text, route.Context{Lead: tr.lead, Learned: m.Recall(tr.text, evaluated, tr.lead, "")}))
		}
	}
	if _, err := os.Stat(corpus); err == nil {
		_, trials := letters(t, c)
		for i, tr := range trials {
			if i%2 == 1 {
				held.add(tr, c.Router.Suggest(tr.text, route.Context{Lead: tr.lead}))
			}
		}
	}
	t.Logf("%s", held)
	all, off := 0, 0.0
	for i, bin := range held.bins {
		if bin[0] > 0 {
			all += bin[0]
			off += math.Abs(float64(bin[1]) - (float64(i)+0.5)/10*float64(bin[0]))
		}
	}
	if off /= float64(all); off > 0.15 {
		t.Errorf("scores are off by %.2f on average over %d suggestions", off, all)
	}
	near := [2]int{held.bins[7][0] + held.bins[8][0], held.bins[7][1] + held.bins[8][1]}
	if share := float64(near[1]) / float64(near[0]); share < 0.7 || share > 0.97 {
		t.Errorf("of %d scores between 0.7 and 0.9 %.2f are right, want about 0.8 to 0.95", near[0], share)
	}
}
