package wiring

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"huiban/config"
	"huiban/tasks"
	"huiban/tasks/route"
	"huiban/tasks/split"
)

// SplitResult is what `huiban split` prints.
type SplitResult struct {
	Number     string         `json:"number"`
	Session    string         `json:"session"`
	Kind       string         `json:"kind"`
	Title      string         `json:"title"`
	Proposers  []string       `json:"proposers"`
	Wished     []string       `json:"wished"`
	Background string         `json:"background"`
	Sections   []SplitSection `json:"sections"`
}

// SplitSection is one topic; Start and End are byte offsets into the text as it was read, in Unicode form NFC.
type SplitSection struct {
	No          int               `json:"no"`
	Heading     string            `json:"heading"`
	Text        string            `json:"text"`
	Start       int               `json:"start"`
	End         int               `json:"end"`
	Confidence  float64           `json:"confidence"`
	Departments []SplitDepartment `json:"departments"`
}

// SplitDepartment is a suggested unit with what speaks for it.
type SplitDepartment struct {
	Name     string           `json:"name"`
	Role     string           `json:"role"`
	Score    float64          `json:"score"`
	Evidence []route.Evidence `json:"evidence"`
}

// maxDocumentBytes bounds the files that the command line reads.
const maxDocumentBytes = 30 << 20

// Split reads one file and shows how it would be registered.
// lead names the lead bureau by any of its names; "" leaves it to be guessed.
func Split(ctx context.Context, cfg *config.Config, name, lead string) (*SplitResult, error) {
	if lead != "" {
		d, err := cfg.City.Directory.Resolve(lead)
		if err != nil {
			return nil, err
		}
		lead = d.Short
	}
	text, err := readDocument(ctx, name)
	if err != nil {
		return nil, err
	}
	r := splitText(cfg, text)
	if lead == "" {
		lead = likelyLead(r)
	}
	r.giveRoles(lead)
	return r, nil
}

// RoleCandidate is a unit that the text points to, but not strongly enough to be chosen without asking.
const RoleCandidate = "candidate"

// giveRoles says which units would be chosen as co-handlers. The lead is none: it answers every section anyway.
func (r *SplitResult) giveRoles(lead string) {
	for _, s := range r.Sections {
		for i := range s.Departments {
			switch d := &s.Departments[i]; {
			case d.Name == lead:
				d.Role = string(tasks.Lead)
			case d.Score >= route.Press:
				d.Role = string(tasks.Contributor)
			default:
				d.Role = RoleCandidate
			}
		}
	}
}

// clearly is the score from which a section points to a unit that most others point to as well.
const clearly = 0.25

// likelyLead is the unit that most sections point to clearly: more than half of them, and at least three; else "".
func likelyLead(r *SplitResult) string {
	votes, weight := map[string]int{}, map[string]float64{}
	best := ""
	for _, s := range r.Sections {
		for _, d := range s.Departments {
			if d.Score < clearly {
				continue
			}
			votes[d.Name]++
			weight[d.Name] += d.Score
			if v := votes[d.Name]; best == "" || v > votes[best] || v == votes[best] && weight[d.Name] > weight[best] {
				best = d.Name
			}
		}
	}
	if votes[best] < 3 || 2*votes[best] <= len(r.Sections) {
		return ""
	}
	return best
}

// readDocument returns the text of a file of any kind that can be read.
func readDocument(ctx context.Context, name string) (string, error) {
	body, err := bounded(name, maxDocumentBytes)
	if err != nil {
		return "", err
	}
	return documents{}.Read(ctx, filepath.Base(name), body)
}

// bounded reads a file of at most limit bytes.
func bounded(name string, limit int64) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if info.Size() > limit {
		return nil, tasks.Refuse(tasks.TooLarge, "error.file_too_large", "Max", limit>>20)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return b, nil
}

// splitText splits one text. No list of the result is nil: they are printed as JSON.
func splitText(cfg *config.Config, text string) *SplitResult {
	read := split.Parse(text)
	h := read.Head
	out := &SplitResult{Number: h.Number, Session: h.Session, Kind: string(h.Kind), Title: h.Title,
		Proposers: listed(h.Proposers), Wished: listed(h.Wished), Sections: []SplitSection{}}
	var background []string
	for _, s := range read.Background {
		background = append(background, strings.TrimSpace(read.Source[s.Start:s.End]))
	}
	out.Background = strings.Join(background, "\n")
	ctx := route.Context{Wished: wishedUnits(cfg, h.Wished)}
	for _, s := range read.Sections {
		sec := SplitSection{No: s.No, Heading: s.Heading, Text: s.Text, Start: s.Start, End: s.End, Confidence: s.Confidence, Departments: []SplitDepartment{}}
		for _, sug := range cfg.City.Router.Suggest(route.Text{Heading: s.Heading, Body: s.Text, Title: h.Title}, ctx) {
			sec.Departments = append(sec.Departments, SplitDepartment{Name: cfg.City.Directory.Short(sug.Unit), Score: sug.Score, Evidence: listed(sug.Evidence)})
		}
		out.Sections = append(out.Sections, sec)
	}
	return out
}

func wishedUnits(cfg *config.Config, names []string) (ids []string) {
	for _, n := range names {
		if d, err := cfg.City.Directory.Resolve(n); err == nil {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

// listed makes an empty list of nil.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
