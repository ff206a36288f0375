// Package logtest is a log for tests of the whole bot: nothing that goes wrong there goes unseen.
package logtest

import (
	"context"
	"log/slog"
	"strings"
	"testing"
)

// Loud is a log in which an error fails the test.
func Loud(t testing.TB) *slog.Logger { return slog.New(loud{t}) }

type loud struct{ t testing.TB }

func (l loud) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }

func (l loud) Handle(_ context.Context, r slog.Record) error {
	words := []string{r.Message}
	r.Attrs(func(a slog.Attr) bool { words = append(words, a.String()); return true })
	l.t.Errorf("the service logged an error: %s", strings.Join(words, " "))
	return nil
}

func (l loud) WithAttrs([]slog.Attr) slog.Handler { return l }
func (l loud) WithGroup(string) slog.Handler      { return l }
