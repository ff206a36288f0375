package program

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huiban/integrations/internal/readertest"
)

func shell(t *testing.T, script string) Command {
	t.Helper()
	return Command{Path: readertest.Program(t, "sh"), Args: []string{"-c", script}, Dir: t.TempDir(), MaxOutput: 1 << 10}
}

func TestOutput(t *testing.T) {
	t.Setenv("HUIBAN_SECRET", "hush")
	for _, tt := range []struct {
		name, script, want string
	}{
		{"reads its input", "cat", "text"},
		{"knows nothing of this process", `printf '%s,%s' "$HUIBAN_SECRET" "$OWN"`, ",own"},
	} {
		c := shell(t, tt.script)
		c.Input, c.Env, c.Memory = []byte("text"), []string{"OWN=own"}, 1<<30
		if got, err := c.Output(t.Context()); err != nil || string(got) != tt.want {
			t.Errorf("%s: %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	_, err := shell(t, "echo why >&2; exit 3").Output(t.Context())
	if f, ok := errors.AsType[*Failure](err); !ok || cmp.Diff(&Failure{3, "why\n"}, f) != "" {
		t.Errorf("a program that fails: %v", err)
	}
	if _, err := shell(t, "while :; do echo more; done").Output(t.Context()); !errors.Is(err, ErrOutput) {
		t.Errorf("a program that writes without end: %v", err)
	}
	if _, err := (Command{Path: t.TempDir() + "/none"}).Output(t.Context()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a program that is not there: %v", err)
	}
	_, err = shell(t, "echo "+strings.Repeat("w", 2*maxWarnings)+" >&2; exit 1").Output(t.Context())
	if f, ok := errors.AsType[*Failure](err); !ok || len(f.Stderr) != maxWarnings {
		t.Errorf("a program with many warnings: %v", err)
	}
}

// What a program started ends with it: otherwise its open output would keep the reader waiting.
func TestEndsWithTheContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := shell(t, "sleep 600 & wait").Output(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a program that waits: %v", err)
	}
}
