package tasks_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
)

const drawn = "../docs/state-machine.md"

var draw = flag.Bool("draw", false, "draw the diagrams and tables of docs/state-machine.md anew")

// edge is an arrow of a diagram: all events that lead from one state to another.
type edge struct{ from, to, events string }

// arrows groups steps by their ends, in the order of the table.
func arrows(from, to, event []string) []edge {
	var edges []edge
	for i := range from {
		at := slices.IndexFunc(edges, func(e edge) bool { return e.from == from[i] && e.to == to[i] })
		if at < 0 {
			edges = append(edges, edge{from[i], to[i], event[i]})
			continue
		}
		edges[at].events += ", " + event[i]
	}
	return edges
}

func roleArrows(role tasks.AssignmentRole) []edge {
	var from, to, event []string
	for _, t := range tasks.Transitions {
		if t.Role == role {
			from, to, event = append(from, string(t.From)), append(to, string(t.To)), append(event, string(t.Event))
		}
	}
	return arrows(from, to, event)
}

func phaseArrows() []edge {
	var from, to, event []string
	for _, c := range tasks.PhaseChanges {
		f := string(c.From)
		if f == "" {
			f = "[*]"
		}
		from, to, event = append(from, f), append(to, string(c.To)), append(event, string(c.Event))
	}
	return arrows(from, to, event)
}

func sides(by []tasks.Side) string {
	var names []string
	for _, s := range by {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}

func roleTable() []string {
	var rows []string
	for _, t := range tasks.Transitions {
		rows = append(rows, fmt.Sprintf("| %s | %s | %s | %s | %s |", t.Role, t.From, t.Event, t.To, sides(t.By)))
	}
	return rows
}

func phaseTable() []string {
	var rows []string
	for _, c := range tasks.PhaseChanges {
		from := string(c.From)
		if from == "" {
			from = "–"
		}
		rows = append(rows, fmt.Sprintf("| %s | %s | %s | %s |", from, c.Event, c.To, sides(c.By)))
	}
	return rows
}

func diagram(edges []edge) []string {
	list := []string{"stateDiagram-v2"}
	for _, e := range edges {
		list = append(list, fmt.Sprintf("    %s --> %s: %s", e.from, e.to, e.events))
	}
	return list
}

// pictures are the marked parts of the document: the mark, and what the code says should stand there.
func pictures() map[string][]string {
	parts := map[string][]string{"phases": diagram(phaseArrows()), "phase table": phaseTable(), "table": roleTable()}
	for _, role := range []tasks.AssignmentRole{tasks.Lead, tasks.Contributor, tasks.Inform} {
		parts[string(role)] = diagram(roleArrows(role))
	}
	return parts
}

// marked is the text between <!-- name --> and <!-- /name -->, without fences and a table's head.
func marked(doc, name string) (begin, end int, ok bool) {
	open, shut := "<!-- "+name+" -->\n", "<!-- /"+name+" -->"
	begin = strings.Index(doc, open)
	end = strings.Index(doc, shut)
	return begin + len(open), end, begin >= 0 && end > begin
}

func body(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		heading := strings.HasPrefix(line, "| --") || strings.HasPrefix(line, "| Role") || strings.HasPrefix(line, "| Phase")
		if line != "" && !strings.HasPrefix(line, "```") && !heading {
			list = append(list, line)
		}
	}
	return list
}

// TestDrawnAsCoded compares the document with the tables both ways: nothing is drawn that the code does not do, and
// nothing done that is not drawn.
func TestDrawnAsCoded(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(drawn)
	if err != nil {
		t.Fatal(err)
	}
	doc := string(raw)
	for name, want := range pictures() {
		begin, end, ok := marked(doc, name)
		if !ok {
			t.Errorf("%s has no part %q", drawn, name)
			continue
		}
		if *draw {
			doc = doc[:begin] + rendered(name, want) + doc[end:]
			continue
		}
		if diff := cmp.Diff(want, body(doc[begin:end])); diff != "" {
			t.Errorf("part %q (-code +document); draw it anew with go test ./tasks -run TestDrawnAsCoded -draw:\n%s", name, diff)
		}
	}
	if *draw {
		if err := os.WriteFile(drawn, []byte(doc), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func rendered(name string, lines []string) string {
	text := strings.Join(lines, "\n") + "\n"
	switch name {
	case "table":
		return "| Role | From | Event | To | Who |\n| --- | --- | --- | --- | --- |\n" + text
	case "phase table":
		return "| Phase | Event | To | Who |\n| --- | --- | --- | --- |\n" + text
	}
	return "```mermaid\n" + text + "```\n"
}

// TestTransitionsAreSound: one row per role, state and event; every state can be reached; everything can be undone or
// gone on from except where the trade ends.
func TestTransitionsAreSound(t *testing.T) {
	t.Parallel()
	type cell struct {
		role  tasks.AssignmentRole
		from  tasks.State
		event tasks.Event
	}
	seen := map[cell]bool{}
	reached := map[tasks.AssignmentRole][]tasks.State{}
	for _, row := range tasks.Transitions {
		if c := (cell{row.Role, row.From, row.Event}); seen[c] {
			t.Errorf("%v stands twice", c)
		} else {
			seen[c] = true
		}
		if len(row.By) == 0 {
			t.Errorf("nobody may %s a %s section in state %s", row.Event, row.Role, row.From)
		}
		reached[row.Role] = append(reached[row.Role], row.To)
	}
	for _, row := range tasks.Transitions {
		if row.From != tasks.Proposed && !slices.Contains(reached[row.Role], row.From) {
			t.Errorf("%s: no way leads to %s", row.Role, row.From)
		}
	}
	for role, states := range reached {
		for _, s := range states {
			if !slices.ContainsFunc(tasks.Transitions, func(row tasks.Transition) bool { return row.Role == role && row.From == s }) {
				t.Errorf("%s: no way leads out of %s", role, s)
			}
		}
	}
}
