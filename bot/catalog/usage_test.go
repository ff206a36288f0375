package catalog

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// suffixes lists what code joins to a prefix of ids, taken from the domain's own constants.
func suffixes(s *scan) map[string][]string {
	phases, states := s.constants["Phase"], s.constants["State"]
	var weekdays []string
	for d := time.Sunday; d <= time.Saturday; d++ {
		weekdays = append(weekdays, d.String())
	}
	var told []string
	for _, e := range s.planned {
		if !slices.Contains(untold, e) {
			told = append(told, e)
		}
	}
	return map[string][]string{
		"phase.": phases, "desk.text.": phases, "desk.header.": phases,
		"state.": states, "lead_state.": states,
		"event.": s.constants["Event"], "role.": s.constants["Role"], "rule.": s.constants["Unit"],
		"notice.": told, "weekday.": weekdays,
		"cli.demo.":      {"return", "extend"},
		"split_role.":    {"lead", "contributor", "candidate"},
		"approval.fact.": {"review", "sign", "reject", "recall"},
		"return_reason.": {"not_duty", "needs_other", "superseded_law", "duplicate", "other"},
	}
}

// untold are the planned events that bring cards or readings only, no words.
var untold = []string{"amend", "attach"}

// ours are the families whose ids code passes on by name: every string of their form is an id.
var ours = []string{"error", "doctor", "cli"}

func TestCodeFindsItsTexts(t *testing.T) {
	t.Parallel()
	s := scanTree(t, "../..")
	all := flat(t, Languages[0])
	for _, c := range s.calls {
		for _, id := range c.ids(suffixes(s)) {
			text, ok := all[id]
			if !ok {
				t.Errorf("%s: there is no text %q", c.at, id)
				continue
			}
			if _, needed := fields(t, id, text); c.keys != nil {
				for _, name := range needed {
					if !slices.Contains(c.keys, name) {
						t.Errorf("%s: %s needs the value %s; given are %v", c.at, id, name, c.keys)
					}
				}
			}
		}
	}
	for id, at := range s.literals {
		if _, ok := all[id]; !ok && slices.Contains(ours, id[:strings.IndexByte(id, '.')]) {
			t.Errorf("%s: there is no text %q", at, id)
		}
	}
	if len(s.calls) < 100 {
		t.Errorf("only %d calls found; the scan has lost the code", len(s.calls))
	}
}

func TestPrefixesAreKnown(t *testing.T) {
	t.Parallel()
	s := scanTree(t, "../..")
	known := suffixes(s)
	for prefix, list := range known {
		if len(list) == 0 {
			t.Errorf("nothing is known that could follow %q", prefix)
		}
	}
	for _, c := range s.calls {
		if _, ok := known[c.id]; c.joined && !ok {
			t.Errorf("%s: ids are made by joining something to %q; name here what that can be", c.at, c.id)
		}
	}
}

// TestNoTextIsIdle finds texts that no code names.
func TestNoTextIsIdle(t *testing.T) {
	t.Parallel()
	s := scanTree(t, "../..")
	named := map[string]bool{}
	for id := range s.literals {
		named[id] = true
	}
	var prefixes []string
	for _, c := range s.calls {
		if c.joined {
			prefixes = append(prefixes, c.id)
		}
		for _, id := range c.ids(suffixes(s)) {
			named[id] = true
		}
	}
	for id := range flat(t, Languages[0]) {
		joined := slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(id, p) })
		if !named[id] && !joined {
			t.Errorf("no code names the text %q", id)
		}
	}
}
