package wiring

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huiban/config"
)

const labelledDir = "../../tasks/split/testdata/labelled"

func defaultCity(t testing.TB) *config.Config {
	t.Helper()
	cfg, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// shape of what `huiban split --json` prints: nothing more, nothing less, no null.
var (
	resultKeys     = []string{"background", "kind", "number", "proposers", "sections", "session", "title", "wished"}
	sectionKeys    = []string{"confidence", "departments", "end", "heading", "no", "start", "text"}
	departmentKeys = []string{"evidence", "name", "role", "score"}
)

func keys(t testing.TB, file, what string, got any, want []string) map[string]any {
	t.Helper()
	m, ok := got.(map[string]any)
	if !ok {
		t.Fatalf("%s: %s is %T", file, what, got)
	}
	var names []string
	for k, v := range m {
		names = append(names, k)
		if v == nil {
			t.Errorf("%s: %s of %s is null", file, k, what)
		}
	}
	slices.Sort(names)
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("%s: %s: %s", file, what, diff)
	}
	return m
}

func items(t testing.TB, file string, v any) []any {
	t.Helper()
	list, ok := v.([]any)
	if !ok {
		t.Fatalf("%s: %T is no list", file, v)
	}
	return list
}

func TestSplitPrintsItsShape(t *testing.T) {
	t.Parallel()
	cfg := defaultCity(t)
	files, err := filepath.Glob(labelledDir + "/*/*.txt")
	if err != nil || len(files) < 40 {
		t.Fatalf("only %d files (%v)", len(files), err)
	}
	if shared := "../../../shared/cases/124302/proposal.txt"; exists(shared) {
		files = append(files, shared)
	}
	plain := filepath.Join(t.TempDir(), "plain.txt")
	if err := os.WriteFile(plain, []byte("今天天气很好。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, plain) {
		r, err := Split(t.Context(), cfg, file, "")
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(b, &v); err != nil {
			t.Fatal(err)
		}
		m := keys(t, file, "the result", v, resultKeys)
		items(t, file, m["proposers"])
		items(t, file, m["wished"])
		for _, s := range items(t, file, m["sections"]) {
			section := keys(t, file, "a section", s, sectionKeys)
			for _, d := range items(t, file, section["departments"]) {
				items(t, file, keys(t, file, "a department", d, departmentKeys)["evidence"])
			}
		}
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func TestSplit124302(t *testing.T) {
	t.Parallel()
	const file = "../../../shared/cases/124302/proposal.txt"
	if !exists(file) {
		t.Skip("the shared case is not here")
	}
	r, err := Split(t.Context(), defaultCity(t), file, "")
	if err != nil {
		t.Fatal(err)
	}
	if r.Number != "124302" || r.Session != "中山市政协十二届四次会议" || r.Kind != "政协提案" || len(r.Sections) != 5 {
		t.Errorf("number %q, session %q, kind %q, %d sections", r.Number, r.Session, r.Kind, len(r.Sections))
	}
	for no, units := range map[int][]string{1: {"市委组织部", "市工商联"}, 2: {"市工信局"}, 3: {"市司法局"}, 4: {"市人社局"}} {
		var first []string
		for _, d := range r.Sections[no-1].Departments[:min(3, len(r.Sections[no-1].Departments))] {
			first = append(first, d.Name)
		}
		for _, u := range units {
			if !slices.Contains(first, u) {
				t.Errorf("section %d: %s is not among %s", no, u, strings.Join(first, " "))
			}
		}
	}
	for _, s := range r.Sections {
		for _, d := range s.Departments {
			if (d.Name == "市民政局") != (d.Role == "lead") {
				t.Errorf("section %d: %s is %s", s.No, d.Name, d.Role)
			}
			if s.No == 5 && d.Role == "contributor" {
				t.Errorf("section 5 presses %s", d.Name)
			}
		}
	}
}
