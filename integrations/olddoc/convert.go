package olddoc

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"

	"huiban/tasks"
)

var (
	byteMark = []byte("\xEF\xBB\xBF")
	wordXML  = regexp.MustCompile(`^\s*<\?xml[^>]*\?>\s*(?:<\?mso[^>]*\?>\s*)?<(?:w:wordDocument|pkg:package)\b`)
)

func rtf(b []byte) bool { return bytes.HasPrefix(bytes.TrimPrefix(b, byteMark), []byte(`{\rtf`)) }

// Converts reports whether b is a text of a word processor that Convert takes besides old Word files: RTF, as which many
// offices save their .doc files, and the XML of Word 2003 and of Word's single-file packages.
func Converts(b []byte) bool { return rtf(b) || wordXML.Match(b[:min(len(b), 2048)]) }

// Convert makes a .docx file of b with the office program. Its errors are refusals: those of Read, and
// error.file_old_doc when there is no such program or it fails.
func Convert(ctx context.Context, b []byte) ([]byte, error) {
	if err := check(b); err != nil {
		return nil, err
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		return nil, refuse("error.file_old_doc", err)
	}
	ctx, cancel := context.WithTimeout(ctx, wholeTime)
	defer cancel()
	file := name
	switch {
	case rtf(b):
		file = "paper.rtf"
	case Converts(b):
		file = "paper.xml"
	}
	dir, err := keep(b, file)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	own, err := profile(dir)
	if err != nil {
		return nil, refuse("error.file_old_doc", err)
	}
	args := []string{"-env:UserInstallation=file://" + own, "--headless", "--norestore", "--convert-to", "docx",
		"--outdir", dir, filepath.Join(dir, file)}
	if _, err := run(ctx, dir, office, args, 0); err != nil {
		return nil, failed(ctx, err)
	}
	out := filepath.Join(dir, "paper.docx")
	info, err := os.Stat(out)
	if err != nil {
		return nil, refuse("error.file_damaged", err)
	}
	if info.Size() > MaxFile {
		return nil, tasks.Refuse(tasks.TooLarge, "error.file_bomb", "Max", MaxFile>>20)
	}
	docx, err := os.ReadFile(out)
	if err != nil {
		return nil, refuse("error.file_damaged", err)
	}
	return docx, nil
}

// name is what a file is called in its own folder.
const name = "paper.doc"

func keep(b []byte, file string) (dir string, err error) {
	dir, err = os.MkdirTemp("", "huiban-doc-")
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, file), b, 0o600)
	}
	if err != nil {
		_ = os.RemoveAll(dir)
		e := tasks.Refuse(tasks.Unavailable, "error.file_old_doc")
		e.Err = err
		return "", e
	}
	return dir, nil
}
