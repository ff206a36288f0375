// Package readertest is what the tests of the readers share.
package readertest

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"huiban/tasks"
)

// Message is the id of a refusal, or the fault itself; "" when there is no error.
func Message(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*tasks.Error](err); ok {
		return e.Message
	}
	return "fault: " + err.Error()
}

// Program finds a program that a test needs: without it the test is skipped, in CI it fails.
func Program(t testing.TB, name string) (path string) {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("CI must have %s: %v", name, err)
		}
		t.Skipf("%s is not installed", name)
	}
	return path
}

// Sound fails the test where a reader of any bytes has a fault that is no refusal, or lets something through that is no
// text.
func Sound(t testing.TB, text string, err error) {
	t.Helper()
	if err != nil {
		if strings.HasPrefix(Message(err), "fault") {
			t.Fatal(err)
		}
		return
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		t.Fatalf("not clean: %q", text)
	}
}
