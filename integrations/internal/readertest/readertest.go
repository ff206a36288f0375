// Package readertest is what the tests of the readers share.
package readertest

import (
	"errors"
	"os"
	"os/exec"
	"testing"

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
