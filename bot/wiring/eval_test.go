package wiring

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"huiban/tasks"
)

func write(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func fieldOf(t testing.TB, m Measured, name string) Field {
	t.Helper()
	for _, f := range m.Fields {
		if f.Field == name {
			return *f
		}
	}
	t.Fatalf("no field %s", name)
	return Field{}
}

func TestEval(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"letters/a.txt": "# collected\n中山市水务局关于市政协十届一次会议第7号提案的答复\n李四委员：\n您提出的《关于疏浚河道的提案》收悉，现答复如下：\n已会同市财政局安排。\n中山市水务局\n2024年5月6日\n抄送：市政府办公室，市财政局。\n",
		"gold.jsonl": `{"file":"letters/a.txt","title":"中山市水务局关于市政协十届一次会议第7号提案的答复","doc_no":null,"addressee":"李四代表","lead":"中山市水务局","kind":"提案","proposal_title":"关于疏浚河道的提案","sections":[],"departments_mentioned":["市财政局"],"cc":["市政府办公室","市财政局"]}
{"file":"../outside.txt"}
{"file":"letters/none.txt"}
not JSON
`,
		"p/one.txt":   "关于种树的提案\n提案人：赵某\n建议：\n1.在河道两岸种树。\n2.给古树挂牌。\n",
		"p/one.json":  `{"title":"关于种树的提案","number":"","proposers":["赵某"],"sections":[{"first":"1.在河道","last":"种树。","units":["市水务局","某某局"]},{"first":"2.给古树","last":"编号。"}]}`,
		"p/two.json":  `{"title":"关于修桥的提案","sections":[]}`,
		"other.json":  `{"a":1}`,
		"broken.json": `{`,
	})
	e, err := Eval(t.Context(), defaultCity(t), dir)
	if err != nil {
		t.Fatal(err)
	}
	if e.Letters.Files != 1 || e.Proposals.Files != 1 || len(e.Skipped) != 4 {
		t.Errorf("%d letters, %d proposals, skipped %+v", e.Letters.Files, e.Proposals.Files, e.Skipped)
	}
	for _, tt := range []struct {
		of                    Measured
		field                 string
		right, held, invented int
	}{
		{e.Letters, "title", 1, 1, 0}, {e.Letters, "addressee", 0, 1, 0}, {e.Letters, "kind", 1, 1, 0}, {e.Letters, "cc", 1, 1, 0}, {e.Letters, "doc_no", 0, 0, 0},
		{e.Letters, "departments_recall", 1, 1, 0}, {e.Proposals, "boundaries", 1, 2, 0}, {e.Proposals, "sections", 0, 1, 0}, {e.Proposals, "text_kept", 1, 1, 0},
	} {
		if f := fieldOf(t, tt.of, tt.field); f.Right != tt.right || f.Held != tt.held || f.Invented != tt.invented {
			t.Errorf("%s: %+v", tt.field, f)
		}
	}
	if f := fieldOf(t, e.Letters, "addressee"); len(f.Misses) != 1 || f.Misses[0] != (Miss{"letters/a.txt", "李四代表", "李四委员"}) {
		t.Errorf("misses %+v", f.Misses)
	}
	if r := e.Routing; r.Sections != 2 || len(r.Unknown) != 1 || r.Before.RecallAt5.Cases != 2 {
		t.Errorf("routing %+v", r)
	}
	if w := e.Routing.Written; w.Sections != 1 || w.Before.RecallAt5.Right != 1 || w.Before.RecallAt5.Cases != 1 {
		t.Errorf("letters as written %+v", w)
	}
	if b, err := json.Marshal(e); err != nil || strings.Contains(string(b), ":null") {
		t.Errorf("%s, %v", b, err)
	}
}

func TestEvalWithoutLabels(t *testing.T) {
	t.Parallel()
	_, err := Eval(t.Context(), defaultCity(t), t.TempDir())
	if refusedWith(err) != "cli.eval.nothing" {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Eval(ctx, defaultCity(t), t.TempDir()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := Eval(t.Context(), defaultCity(t), filepath.Join(t.TempDir(), "none")); err == nil || tasks.CodeOf(err) != "" {
		t.Errorf("got %v", err)
	}
}

// TestEvalOfTheLabelledProposals holds both halves to what new hands give at least.
func TestEvalOfTheLabelledProposals(t *testing.T) {
	t.Parallel()
	for half, least := range map[string]float64{"dev": 95, "test": 90} { // docs/splitting.md
		e, err := Eval(t.Context(), defaultCity(t), filepath.Join(labelledDir, half))
		if err != nil {
			t.Fatal(err)
		}
		if f := fieldOf(t, e.Proposals, "sections"); f.Percent < least || f.Held < 22 {
			t.Errorf("%s: %d of %d", half, f.Right, f.Held)
		}
		if f := fieldOf(t, e.Proposals, "text_kept"); f.Right != f.Held {
			t.Errorf("%s: text of %d of %d files is kept", half, f.Right, f.Held)
		}
		if r := e.Routing.Before; r.RecallAt5.Percent < 80 || r.Pressed.Percent < 70 {
			t.Errorf("%s: units are found in %v %%, right when pressed in %v %%", half, r.RecallAt5.Percent, r.Pressed.Percent)
		}
		t.Logf("%s: routing before %+v, after %+v", half, e.Routing.Before.RecallAt5, e.Routing.After.RecallAt5)
	}
}
