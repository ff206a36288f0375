package lettertext

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const corpus = "../../../shared/corpus"

// gold is a line of gold.jsonl; absent facts are null.
type gold struct {
	File          string `json:"file"`
	Title         string `json:"title"`
	DocNo         string `json:"doc_no"`
	Addressee     string `json:"addressee"`
	Date          string `json:"date"`
	Lead          string `json:"lead"`
	Kind          string `json:"kind"`
	ProposalNo    string `json:"proposal_no"`
	ProposalTitle string `json:"proposal_title"`
	Sections      []struct {
		Heading, Quoted string
		Departments     []string
	} `json:"sections"`
	Departments []string `json:"departments_mentioned"`
	CC          []string `json:"cc"`
	Contact     string   `json:"contact"`
	Disclosure  string   `json:"disclosure"`
	Class       string   `json:"result_class"`
	Signer      string   `json:"signer"`
}

func goldens(t *testing.T) (out []gold) {
	t.Helper()
	f, err := os.Open(corpus + "/gold.jsonl")
	if err != nil {
		t.Skipf("the shared corpus is not here: %v", err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var g gold
		if err := json.Unmarshal(s.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		out = append(out, g)
	}
	return out
}

// letterOf reads a letter without the collection's own first line.
func letterOf(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(corpus, file))
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(b), "\n")
	return text
}

var (
	remark = regexp.MustCompile(`\(文中.*\)$`)
	deed   = regexp.MustCompile(`(审核同意|审签|审定)$`)
)

func TestCorpus(t *testing.T) {
	t.Parallel()
	held, right := map[string]int{}, map[string]int{}
	var misses []string
	check := func(file, field, want, got string) {
		want, got = Fold(want), Fold(got)
		if want == "" && got == "" {
			return
		}
		held[field]++
		if want == got {
			right[field]++
			return
		}
		misses = append(misses, fmt.Sprintf("%s %s: want %q, got %q", file, field, want, got))
	}
	for _, g := range goldens(t) {
		f := Letter(letterOf(t, g.File))
		check(g.File, "title", g.Title, f.Title)
		check(g.File, "doc_no", g.DocNo, f.DocNo)
		check(g.File, "addressee", remark.ReplaceAllString(g.Addressee, ""), f.Addressee)
		check(g.File, "date", g.Date, f.Date)
		check(g.File, "lead", g.Lead, f.Lead)
		check(g.File, "kind", g.Kind, strings.NewReplacer("政协", "", "人大", "").Replace(string(f.Kind)))
		check(g.File, "proposal_no", g.ProposalNo, f.ProposalNo)
		check(g.File, "proposal_title", g.ProposalTitle, f.ProposalTitle)
		check(g.File, "disclosure", g.Disclosure, f.Disclosure)
		check(g.File, "class", g.Class, f.Class)
		check(g.File, "signer", deed.ReplaceAllString(g.Signer, ""), f.Signer)
		check(g.File, "copy list", strings.Join(g.CC, "|"), strings.Join(f.CopyList, "|"))
		sections(letterOf(t, g.File), g, f, check)
		for _, d := range g.Departments {
			held["departments"]++
			if slices.ContainsFunc(f.Departments, func(x string) bool { return Same(x, d) }) {
				right["departments"]++
			} else {
				misses = append(misses, fmt.Sprintf("%s departments: %s missing in %v", g.File, d, f.Departments))
			}
		}
		for _, d := range f.Departments {
			held["departments found"]++
			if slices.ContainsFunc(g.Departments, func(x string) bool { return Same(x, d) }) {
				right["departments found"]++
			} else {
				misses = append(misses, fmt.Sprintf("%s departments: %s is not labelled", g.File, d))
			}
		}
		for _, c := range f.Contacts {
			held["contacts found"]++
			if strings.Contains(Fold(g.Contact), Fold(c.Name)) {
				right["contacts found"]++
			}
		}
	}
	for _, field := range slices.Sorted(maps.Keys(held)) {
		t.Logf("%-18s %3d of %3d", field, right[field], held[field])
	}
	for _, m := range misses {
		t.Log(m)
	}
	for _, field := range []string{"title", "doc_no", "kind", "addressee", "lead", "proposal_no"} {
		if right[field]*100 < held[field]*95 {
			t.Errorf("%s: %d of %d", field, right[field], held[field])
		}
	}
	for _, field := range []string{"copy list", "sections"} {
		if right[field] < held[field] {
			t.Errorf("%s: %d of %d", field, right[field], held[field])
		}
	}
}

// sections compares the headings that the text holds: some were worded by whoever labelled it.
func sections(text string, g gold, f Facts, check func(file, field, want, got string)) {
	var want, got []string
	stand := false
	for i, s := range g.Sections {
		held := strings.Contains(Fold(text), Fold(s.Heading))
		stand = stand || held
		if held {
			want = append(want, s.Heading+"|"+s.Quoted)
		} else {
			want = append(want, "|")
		}
		if i < len(f.Sections) && held {
			check(g.File, "section departments", strings.Join(s.Departments, "|"), strings.Join(f.Sections[i].Departments, "|"))
		}
	}
	for _, s := range f.Sections {
		got = append(got, s.Heading+"|"+s.Quoted)
	}
	if stand {
		check(g.File, "sections", strings.Join(want, "\n"), strings.Join(got, "\n"))
	} else {
		check(g.File, "number of sections without headings", fmt.Sprint(len(want)), fmt.Sprint(len(got)))
	}
}
