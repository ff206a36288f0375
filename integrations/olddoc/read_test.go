package olddoc

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huiban/integrations/internal/readertest"
)

// only lets a test see no other program than those named.
func only(t *testing.T, names ...string) {
	t.Helper()
	dir := t.TempDir()
	for _, n := range names {
		if err := os.Symlink(readertest.Program(t, n), filepath.Join(dir, n)); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
}

func TestRead(t *testing.T) {
	file := stored(t)
	only(t, "antiword")
	got, err := Read(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantText, strings.TrimRight(got, "\n")+"\n"); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// catdoc garbles a part of this very file.
func TestGarbledIsRefused(t *testing.T) {
	file := stored(t)
	only(t, "catdoc")
	got, err := Read(t.Context(), file)
	if err == nil && strings.TrimRight(got, "\n")+"\n" != wantText || err != nil && readertest.Message(err) != "error.file_old_doc" {
		t.Errorf("got %q, %v; want the text or a refusal", got, err)
	}
}

// A file that the office program has just saved reads like the stored one, and turned into .docx again it holds the same.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	file := saved(t)
	readertest.Program(t, "antiword")
	got, err := Read(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantText, strings.TrimRight(got, "\n")+"\n"); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	docx, err := Convert(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"word/document.xml": "统一施工时序。", "word/numbering.xml": "%1、"} {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(f)
		if err != nil || !bytes.Contains(b, []byte(want)) {
			t.Errorf("%s holds no %q (%v)", name, want, err)
		}
	}
}

func TestNoProgram(t *testing.T) {
	file := stored(t)
	t.Setenv("PATH", t.TempDir())
	if _, err := Read(t.Context(), file); readertest.Message(err) != "error.file_old_doc" {
		t.Errorf("Read: %v", err)
	}
	if _, err := Convert(t.Context(), file); readertest.Message(err) != "error.file_old_doc" {
		t.Errorf("Convert: %v", err)
	}
}

// script puts a program of a few lines in antiword's place.
func script(t *testing.T, lines string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "antiword"), []byte("#!/bin/sh\n"+lines), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
}

func TestProgramsThatFail(t *testing.T) {
	t.Setenv("HUIBAN_SECRET", "xoxb-1")
	file := stored(t)
	for _, tt := range []struct{ name, lines, want string }{
		{"exit", "exit 3", "error.file_damaged"},
		{"nothing", "exit 0", "error.file_empty"},
		{"endless", "while :; do echo 0123456789012345678901234567890123456789012345678901234567890123456789; done", "error.file_bomb"},
		{"environment kept from it", `test -z "$HUIBAN_SECRET" || echo leaked`, "error.file_empty"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			script(t, tt.lines)
			text, err := Read(t.Context(), file)
			if got := readertest.Message(err); got != tt.want {
				t.Errorf("got %q (%v, %.40q), want %q", got, err, text, tt.want)
			}
		})
	}
}

// What hangs ends with the context, and what it started too.
func TestSlow(t *testing.T) {
	file := stored(t)
	script(t, "/bin/sleep 600 & echo $! > \"$TMPDIR/../slow.pid\"; wait")
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := Read(ctx, file); readertest.Message(err) != "error.file_slow" {
		t.Errorf("got %v", err)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	file := stored(t)
	lock := bytes.Clone(file)
	for at := 512; at+12 <= len(lock); at += 64 {
		if lock[at] == 0xEC && lock[at+1] == 0xA5 {
			lock[at+0x0B] |= 1
		}
	}
	for _, tt := range []struct {
		name string
		in   []byte
		want string
	}{
		{"nothing", nil, "error.file_empty"},
		{"20 MB", make([]byte, MaxFile+1), "error.file_too_large"},
		{"no container", []byte("关于养老的提案"), "error.file_damaged"},
		{"another container", append(bytes.Clone(magic), wideName("Workbook")...), "error.file_damaged"},
		{"password", lock, "error.file_encrypted"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := Read(t.Context(), tt.in); readertest.Message(err) != tt.want {
				t.Errorf("Read: %v, want %s", err, tt.want)
			}
			if _, err := Convert(t.Context(), tt.in); readertest.Message(err) != tt.want {
				t.Errorf("Convert: %v, want %s", err, tt.want)
			}
		})
	}
}

func FuzzCheck(f *testing.F) {
	f.Add(stored(f))
	f.Add(append(append([]byte{}, magic...), wideName("WordDocument")...))
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := check(b); err != nil && strings.HasPrefix(readertest.Message(err), "fault") {
			t.Fatal(err)
		}
	})
}
