package catalog

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"testing"
	"text/template"
	"text/template/parse"

	"go.yaml.in/yaml/v3"
)

// texts reads one language from its files: file name → id → text.
func texts(t *testing.T, lang string) map[string]map[string]string {
	t.Helper()
	entries, err := files.ReadDir(lang)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]string{}
	for _, e := range entries {
		b, err := files.ReadFile(path.Join(lang, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]string
		if err := yaml.Unmarshal(b, &m); err != nil {
			t.Fatalf("%s/%s: %v", lang, e.Name(), err)
		}
		all[e.Name()] = m
	}
	return all
}

// flat joins the files of one language; an id in two files is a fault.
func flat(t *testing.T, lang string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for file, m := range texts(t, lang) {
		for id, text := range m {
			if _, twice := all[id]; twice {
				t.Errorf("%s/%s: %s stands in another file too", lang, file, id)
			}
			all[id] = text
		}
	}
	return all
}

func idsByFile(all map[string]map[string]string) map[string][]string {
	ids := map[string][]string{}
	for file, m := range all {
		for id := range m {
			ids[file] = append(ids[file], id)
		}
		slices.Sort(ids[file])
	}
	return ids
}

// fields lists the values that a text uses. Those in needed are used whatever they are; the others stand only inside
// an {{if}} of their own name, so that they may be missing.
func fields(t *testing.T, id, text string) (used, needed []string) {
	t.Helper()
	trees, err := parse.Parse(id, text, "", "", map[string]any{"printf": 1, "slice": 1, "eq": 1, "ne": 1, "lt": 1, "gt": 1})
	if err != nil {
		t.Errorf("%s: %v", id, err)
		return nil, nil
	}
	add := func(list []string, name string) []string {
		if slices.Contains(list, name) {
			return list
		}
		return append(list, name)
	}
	var walk func(n parse.Node, guarded []string)
	list := func(l *parse.ListNode, guarded []string) {
		if l != nil {
			for _, n := range l.Nodes {
				walk(n, guarded)
			}
		}
	}
	walk = func(n parse.Node, guarded []string) {
		switch n := n.(type) {
		case *parse.FieldNode:
			used = add(used, n.Ident[0])
			if !slices.Contains(guarded, n.Ident[0]) {
				needed = add(needed, n.Ident[0])
			}
		case *parse.ActionNode:
			walk(n.Pipe, guarded)
		case *parse.PipeNode:
			for _, c := range n.Cmds {
				for _, a := range c.Args {
					walk(a, guarded)
				}
			}
		case *parse.IfNode:
			inner := guarded
			if name, ok := strings.CutPrefix(n.Pipe.String(), "."); ok && !strings.ContainsAny(name, " .") {
				inner = append(slices.Clone(guarded), name)
				walk(n.Pipe, inner)
			} else {
				walk(n.Pipe, guarded)
			}
			list(n.List, inner)
			list(n.ElseList, guarded)
		}
	}
	if tree := trees[id]; tree != nil {
		list(tree.Root, nil)
	}
	slices.Sort(used)
	slices.Sort(needed)
	return used, needed
}

// numbers are the values that code passes as numbers; a text may compare them.
var numbers = []string{"Days", "Events", "Expected", "Faults", "Gaps", "Have", "Max", "Missing", "N", "No", "Percent", "Runes",
	"Section", "Sections", "Seq", "Units", "Version"}

// sample fills a text with values of ordinary length.
func sample(t *testing.T, id, text string) string {
	t.Helper()
	used, _ := fields(t, id, text)
	values := map[string]any{}
	for _, name := range used {
		values[name] = strings.Repeat("某", 8)
		if slices.Contains(numbers, name) {
			values[name] = -12
		}
	}
	tmpl, err := template.New(id).Option("missingkey=error").Parse(text)
	if err != nil {
		t.Errorf("%s: %v", id, err)
		return ""
	}
	var out bytes.Buffer
	if err := tmpl.Execute(&out, values); err != nil {
		t.Errorf("%s: %v", id, err)
	}
	return out.String()
}
