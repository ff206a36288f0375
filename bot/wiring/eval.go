package wiring

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"strings"

	"huiban/config"
	"huiban/tasks"
	"huiban/tasks/lettertext"
)

// Evaluation is how well a configuration reads, splits and routes labelled files; docs/eval.md says how they are
// labelled.
type Evaluation struct {
	Letters   Measured  `json:"letters"`
	Proposals Measured  `json:"proposals"`
	Routing   Routing   `json:"routing"`
	Skipped   []NotRead `json:"skipped"`
}

// Measured are the fields of one kind of file.
type Measured struct {
	Files  int      `json:"files"`
	Fields []*Field `json:"fields"`
}

// Field is how often one fact is right. Held counts the files whose label has the fact; Invented those whose label
// says that there is none, and one was found.
type Field struct {
	Field    string  `json:"field"`
	Right    int     `json:"right"`
	Held     int     `json:"held"`
	Percent  float64 `json:"percent"`
	Invented int     `json:"invented"`
	Misses   []Miss  `json:"misses"`
}

// Miss is one fact that is not as labelled.
type Miss struct {
	File string `json:"file"`
	Want string `json:"want"`
	Got  string `json:"got"`
}

// NotRead is a labelled file that could not be measured. Why is the id of a text, or an error's own words.
type NotRead struct {
	File string         `json:"file"`
	Why  string         `json:"why"`
	Args map[string]any `json:"-"`
}

// Bounds of one evaluation.
const (
	maxLabelled   = 10_000
	maxLabelBytes = 4 << 20
)

// goldFile holds the labels of letters, one a line.
const goldFile = "gold.jsonl"

// Eval measures the labelled files in a folder and below it.
func Eval(ctx context.Context, cfg *config.Config, dir string) (*Evaluation, error) {
	e := &evaluator{ctx: ctx, cfg: cfg, reader: lettertext.New(unitNames(cfg.City)), letters: newScores(), proposals: newScores(), out: &Evaluation{Skipped: []NotRead{}}}
	labels := 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() || !d.Type().IsRegular():
			return nil
		}
		base := filepath.Base(name)
		if base != goldFile && filepath.Ext(base) != ".json" {
			return nil
		}
		if labels++; labels > maxLabelled {
			return tasks.Refuse(tasks.TooLarge, "cli.eval.too_many", "Max", maxLabelled)
		}
		if base == goldFile {
			return e.gold(dir, name)
		}
		return e.proposal(dir, name)
	})
	if err == nil {
		err = ctx.Err() // what it broke off is no file that could not be read
	}
	if err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	if e.out.Letters.Files+e.out.Proposals.Files+len(e.out.Skipped) == 0 {
		return nil, tasks.Refuse(tasks.Invalid, "cli.eval.nothing", "Dir", dir)
	}
	e.out.Letters.Fields, e.out.Proposals.Fields = e.letters.list(), e.proposals.list()
	e.out.Routing = e.routing()
	return e.out, nil
}

type evaluator struct {
	ctx                context.Context
	cfg                *config.Config
	reader             *lettertext.Reader
	letters, proposals *scores
	questions          []question
	unknown            map[string]int
	out                *Evaluation
}

func unitNames(city *tasks.City) (names []string) {
	for _, d := range city.Directory.All() {
		names = append(names, d.Name, d.Short, d.Official)
		names = append(names, d.Aliases...)
	}
	return names
}

func (e *evaluator) skip(file string, err error) {
	skipped := NotRead{File: file, Why: err.Error()}
	if refused, ok := errors.AsType[*tasks.Error](err); ok {
		skipped.Why, skipped.Args = refused.Message, refused.Args
	}
	e.out.Skipped = append(e.out.Skipped, skipped)
}

// label reads a label file; one that is no label is passed over.
func label(name string, into any) error {
	b, err := bounded(name, maxLabelBytes)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, into)
}

// scores gathers fields in the order in which they first appear.
type scores struct {
	order  []string
	fields map[string]*Field
}

func newScores() *scores { return &scores{fields: map[string]*Field{}} }

func (s *scores) field(name string) *Field {
	f, ok := s.fields[name]
	if !ok {
		f = &Field{Field: name, Misses: []Miss{}}
		s.fields[name] = f
		s.order = append(s.order, name)
	}
	return f
}

// check compares one fact. Texts are compared without white space, signs folded.
func (s *scores) check(name, file, want, got string) {
	f := s.field(name)
	a, b := lettertext.Fold(want), lettertext.Fold(got)
	switch {
	case a == "" && b == "":
		return
	case a == "":
		f.Invented++
	default:
		f.Held++
		if a == b {
			f.Right++
			return
		}
	}
	f.Misses = append(f.Misses, Miss{file, want, got})
}

func (s *scores) list() []*Field {
	out := []*Field{}
	for _, name := range s.order {
		f := s.fields[name]
		f.Percent = percent(f.Right, f.Held)
		out = append(out, f)
	}
	return out
}

// percent is rounded to a tenth; of nothing it is 0.
func percent(right, held int) float64 {
	if held == 0 {
		return 0
	}
	return math.Round(1000*float64(right)/float64(held)) / 10
}

// relative names a file as the reader of the report knows it.
func relative(dir, name string) string {
	if rel, err := filepath.Rel(dir, name); err == nil {
		return filepath.ToSlash(rel)
	}
	return strings.TrimPrefix(name, dir)
}
