package wiring

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"huiban/tasks/lettertext"
	"huiban/tasks/split"
)

// labelledProposal is the label of one proposal, in a .json file beside it.
type labelledProposal struct {
	File      string            `json:"file"` // in the same folder; without it the one of the same name
	Number    string            `json:"number"`
	Session   string            `json:"session"`
	Kind      string            `json:"kind"`
	Title     string            `json:"title"`
	Proposers []string          `json:"proposers"`
	Wished    []string          `json:"wished"`
	Lead      string            `json:"lead"`
	Sections  []labelledSection `json:"sections"`
}

// labelledSection gives a section by its first and last words, its number included.
type labelledSection struct {
	Heading string   `json:"heading"`
	First   string   `json:"first"`
	Last    string   `json:"last"`
	Units   []string `json:"units"`
}

// readable are the kinds of file that a label may stand beside, in the order in which they are looked for.
var readable = []string{".txt", ".md", ".html", ".docx", ".pdf", ".doc"}

// proposal measures the file that a label stands beside. A .json file without sections is no label.
func (e *evaluator) proposal(dir, name string) error {
	var l labelledProposal
	var has map[string]json.RawMessage
	if label(name, &has) != nil || has["sections"] == nil || has["title"] == nil {
		return nil
	}
	file := relative(dir, name)
	if err := label(name, &l); err != nil {
		e.skip(file, err)
		return nil
	}
	document := beside(name, l.File)
	text, err := readDocument(e.ctx, document)
	if err != nil {
		e.skip(file, err)
		return nil
	}
	e.out.Proposals.Files++
	file = relative(dir, document)
	r := split.Parse(withoutNote(text))
	h := r.Head
	for _, c := range []struct{ field, want, got string }{
		{"number", l.Number, h.Number},
		{"session", l.Session, h.Session},
		{"kind", l.Kind, string(h.Kind)},
		{"title", l.Title, h.Title},
		{"proposers", strings.Join(l.Proposers, "、"), strings.Join(h.Proposers, "、")},
		{"wished", strings.Join(l.Wished, "、"), strings.Join(h.Wished, "、")},
	} {
		if has[c.field] != nil {
			e.proposals.check(c.field, file, c.want, c.got)
		}
	}
	e.boundaries(file, l, r)
	e.covered(file, r)
	e.askProposal(file, l, r)
	return nil
}

// beside finds the document of a label.
func beside(name, file string) string {
	folder := filepath.Dir(name)
	if file != "" {
		return filepath.Join(folder, filepath.Base(file))
	}
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	for _, ext := range readable {
		if info, err := os.Stat(stem + ext); err == nil && info.Mode().IsRegular() {
			return stem + ext
		}
	}
	return stem + readable[0]
}

// boundaries compares the sections: "boundaries" counts sections, "sections" whole files.
func (e *evaluator) boundaries(file string, l labelledProposal, r split.Result) {
	whole := len(l.Sections) == len(r.Sections)
	sections := e.proposals.field("boundaries")
	for i, want := range l.Sections {
		sections.Held++
		got := ""
		if i < len(r.Sections) {
			got = lettertext.Fold(r.Source[r.Sections[i].Start:r.Sections[i].End])
		}
		right := got != "" && strings.HasPrefix(got, lettertext.Fold(want.First)) && strings.HasSuffix(got, lettertext.Fold(want.Last))
		if right {
			sections.Right++
		} else {
			sections.Misses = append(sections.Misses, Miss{file, want.First + "…" + want.Last, ends(got)})
		}
		whole = whole && right
		if want.Heading != "" && i < len(r.Sections) {
			e.proposals.check("headings", file, want.Heading, r.Sections[i].Heading)
		}
	}
	f := e.proposals.field("sections")
	f.Held++
	if whole {
		f.Right++
		return
	}
	f.Misses = append(f.Misses, Miss{file, fmt.Sprint(len(l.Sections)), fmt.Sprint(len(r.Sections))})
}

// ends shows the first and the last words of a section.
func ends(s string) string {
	const n = 14
	if r := []rune(s); len(r) > 2*n {
		return string(r[:n]) + "…" + string(r[len(r)-n:])
	}
	return s
}

// covered checks that head, background and sections together are the source.
func (e *evaluator) covered(file string, r split.Result) {
	total := 0
	for _, list := range [][]split.Span{r.Head.Spans, r.Head.Contacts, r.Background} {
		for _, s := range list {
			total += s.End - s.Start
		}
	}
	for _, s := range r.Sections {
		total += s.End - s.Start
	}
	e.proposals.check("text_kept", file, fmt.Sprint(len(r.Source)), fmt.Sprint(total))
}
