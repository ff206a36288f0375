package wiring

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"huiban/tasks"
	"huiban/tasks/lettertext"
)

// followEvery is how soon a process learns what another one confirmed.
const followEvery = 2 * time.Second

// follow learns from what is confirmed until ctx ends.
func follow(ctx context.Context, x *tasks.Experience, from tasks.Lessons, log *slog.Logger) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	x.Follow(ctx, from, tick.C, func(err error) { log.Warn("lessons not read", "err", err) })
}

// Bounds of one run of Learn.
const (
	maxLetters     = 100_000
	maxLetterRunes = 200_000
)

// Skipped is a file that taught nothing. Why is the id of a text.
type Skipped struct {
	File string
	Why  string
	Args map[string]any
}

// Learned is what a run of Learn did.
type Learned struct {
	Letters  int // that taught something now
	Known    int // taught before
	Sections int
	Units    int            // named for the sections
	Unknown  map[string]int // names that the directory does not have, with how many letters use them
	Skipped  []Skipped
}

// Learn reads the past letters in a folder, and below it, and keeps what they teach. A letter that was learned before
// teaches nothing, whatever its file is called now.
func Learn(ctx context.Context, city *tasks.City, store tasks.Lessons, dir string, now time.Time) (*Learned, error) {
	l := learner{ctx: ctx, city: city, store: store, reader: lettertext.New(unitNames(city)), now: now, out: &Learned{Unknown: map[string]int{}}}
	files := 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case strings.HasPrefix(d.Name(), ".") && name != dir && d.IsDir():
			return fs.SkipDir
		case strings.HasPrefix(d.Name(), ".") || !d.Type().IsRegular():
			return nil
		}
		if files++; files > maxLetters {
			return tasks.Refuse(tasks.TooLarge, "cli.learn.too_many", "Max", maxLetters)
		}
		return l.file(name)
	})
	if err != nil {
		return l.out, fmt.Errorf("learn: %w", err)
	}
	return l.out, nil
}

type learner struct {
	ctx    context.Context
	city   *tasks.City
	store  tasks.Lessons
	reader *lettertext.Reader
	now    time.Time
	out    *Learned
}

func (l *learner) skip(name, why string, args map[string]any) error {
	l.out.Skipped = append(l.out.Skipped, Skipped{name, why, args})
	return nil
}

// file learns from one file. Only an error of the store, or the end of the context, ends the run.
func (l *learner) file(name string) error {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".txt", ".docx", ".pdf", ".doc", ".md", ".html", ".htm":
	default:
		return l.skip(name, "cli.learn.not_a_document", nil)
	}
	text, err := l.read(name)
	if l.ctx.Err() != nil {
		return l.ctx.Err()
	}
	if refused, ok := errors.AsType[*tasks.Error](err); ok {
		return l.skip(name, refused.Message, refused.Args)
	}
	if err != nil {
		return l.skip(name, "cli.learn.unreadable", map[string]any{"Why": err.Error()})
	}
	source := tasks.Digest(strings.Join(strings.Fields(text), ""))
	lessons, unknown := tasks.LetterLessons(l.city, text, l.reader.Letter(text), source, l.now)
	if len(lessons) == 0 {
		return l.skip(name, "cli.learn.no_letter", nil)
	}
	kept, err := l.store.Teach(l.ctx, source, lessons)
	if err != nil {
		return err
	}
	if !kept {
		l.out.Known++
		return nil
	}
	l.out.Letters++
	for _, n := range slices.Compact(slices.Sorted(slices.Values(unknown))) {
		l.out.Unknown[n]++
	}
	for _, lesson := range lessons {
		if lesson.Section > 0 {
			l.out.Sections++
			l.out.Units += len(lesson.Units)
		}
	}
	return nil
}

func (l *learner) read(name string) (string, error) {
	text, err := readDocument(l.ctx, name)
	if err == nil && utf8.RuneCountInString(text) > maxLetterRunes {
		return "", tasks.Refuse(tasks.TooLarge, "error.text_too_long", "Max", maxLetterRunes)
	}
	return text, err
}
