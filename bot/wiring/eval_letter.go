package wiring

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"huiban/tasks"
	"huiban/tasks/lettertext"
)

// goldLetter is one line of gold.jsonl. What the label leaves out is not measured.
type goldLetter struct {
	File          string        `json:"file"`
	Title         string        `json:"title"`
	DocNo         string        `json:"doc_no"`
	Addressee     string        `json:"addressee"`
	Date          string        `json:"date"`
	Lead          string        `json:"lead"`
	Kind          string        `json:"kind"`
	Session       string        `json:"session"`
	ProposalNo    string        `json:"proposal_no"`
	ProposalTitle string        `json:"proposal_title"`
	Sections      []goldSection `json:"sections"`
	Departments   []string      `json:"departments_mentioned"`
	CopyList      []string      `json:"cc"`
	Disclosure    string        `json:"disclosure"`
	Class         string        `json:"result_class"`
	Signer        string        `json:"signer"`
}

type goldSection struct {
	Heading     string   `json:"heading"`
	Quoted      string   `json:"quoted"`
	Departments []string `json:"departments"`
}

var (
	labellersRemark = regexp.MustCompile(`[(（]文中[^()（）]*[)）]$`)
	approvalVerb    = regexp.MustCompile(`(审核同意|审签|审定|审批)$`)
)

// gold measures the letters that a gold.jsonl labels.
func (e *evaluator) gold(dir, name string) error {
	b, err := bounded(name, maxLabelBytes)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(bytes.NewReader(b))
	lines.Buffer(nil, maxLabelBytes)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		if err := e.letter(dir, filepath.Dir(name), lines.Bytes()); err != nil {
			e.skip(fmt.Sprintf("%s:%d", relative(dir, name), n), err)
		}
	}
	return lines.Err()
}

// letter measures one letter.
func (e *evaluator) letter(dir, folder string, line []byte) error {
	var g goldLetter
	var has map[string]json.RawMessage
	if err := json.Unmarshal(line, &g); err != nil {
		return err
	}
	if err := json.Unmarshal(line, &has); err != nil {
		return err
	}
	if !filepath.IsLocal(filepath.FromSlash(g.File)) {
		return tasks.Refuse(tasks.Invalid, "cli.eval.file_outside", "File", g.File)
	}
	text, err := readDocument(e.ctx, filepath.Join(folder, filepath.FromSlash(g.File)))
	if err != nil {
		return err
	}
	text = withoutNote(text)
	f := e.reader.Letter(text)
	e.out.Letters.Files++
	file := relative(dir, filepath.Join(folder, g.File))
	for _, c := range []struct{ field, want, got string }{
		{"title", g.Title, f.Title},
		{"doc_no", g.DocNo, f.DocNo},
		{"kind", g.Kind, shortKind(string(f.Kind), g.Kind)},
		{"addressee", labellersRemark.ReplaceAllString(g.Addressee, ""), f.Addressee},
		{"lead", g.Lead, f.Lead},
		{"date", g.Date, f.Date},
		{"session", g.Session, f.Session},
		{"proposal_no", g.ProposalNo, f.ProposalNo},
		{"proposal_title", g.ProposalTitle, f.ProposalTitle},
		{"disclosure", g.Disclosure, f.Disclosure},
		{"result_class", g.Class, f.Class},
		{"signer", approvalVerb.ReplaceAllString(g.Signer, ""), f.Signer},
		{"cc", strings.Join(g.CopyList, "，"), strings.Join(f.CopyList, "，")},
	} {
		if has[c.field] != nil {
			e.letters.check(c.field, file, c.want, c.got)
		}
	}
	if has["sections"] != nil {
		e.letterSections(file, text, g, f)
	}
	if has["departments_mentioned"] != nil {
		e.mentioned(file, g.Departments, f.Departments)
	}
	e.askLetter(file, text, g, f)
	return nil
}

// withoutNote drops a collector's own first line, which begins with #.
func withoutNote(text string) string {
	if !strings.HasPrefix(text, "# ") {
		return text
	}
	_, rest, _ := strings.Cut(text, "\n")
	return rest
}

// shortKind is the kind as the label writes it: 政协提案 or 提案.
func shortKind(kind, as string) string {
	if strings.HasSuffix(kind, as) {
		return as
	}
	return kind
}

// letterSections compares the sections of a letter whose text holds the labelled headings; a label may also describe
// paragraphs that have none, then their number is compared.
func (e *evaluator) letterSections(file, text string, g goldLetter, f lettertext.Facts) {
	var want, got []string
	whole := lettertext.Fold(text)
	for _, s := range g.Sections {
		if !strings.Contains(whole, lettertext.Fold(s.Heading)) {
			e.letters.check("section_count", file, fmt.Sprint(len(g.Sections)), fmt.Sprint(len(f.Sections)))
			return
		}
		want = append(want, s.Heading+" "+s.Quoted)
	}
	for _, s := range f.Sections {
		got = append(got, s.Heading+" "+s.Quoted)
	}
	e.letters.check("sections", file, strings.Join(want, "\n"), strings.Join(got, "\n"))
}

// mentioned compares units name by name: what is labelled must be found, what is found should be labelled.
func (e *evaluator) mentioned(file string, want, got []string) {
	compare := func(field string, these, among []string) {
		f := e.letters.field(field)
		for _, d := range these {
			f.Held++
			if slices.ContainsFunc(among, func(x string) bool { return lettertext.Same(x, d) }) {
				f.Right++
				continue
			}
			f.Misses = append(f.Misses, Miss{file, d, strings.Join(among, "，")})
		}
	}
	compare("departments_recall", want, got)
	compare("departments_precision", got, want)
}
