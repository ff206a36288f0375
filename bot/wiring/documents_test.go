package wiring

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"huiban/bot/catalog"
	"huiban/integrations/docx"
	"huiban/tasks"
	"huiban/tasks/letter"
)

// refusedWith is the message of a refusal, or the fault itself.
func refusedWith(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*tasks.Error](err); ok {
		return e.Message
	}
	return "fault: " + err.Error()
}

func fixture(t testing.TB, parts ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(append([]string{"..", "..", "integrations"}, parts...)...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func needsOne(t testing.TB, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err == nil {
			return
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("CI must have one of %v", programs)
	}
	t.Skipf("none of %v is installed", programs)
}

func zipWith(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		if _, err := z.Create(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func letterFile(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := docx.Write(&b, letter.Letter{Title: "关于增设过街天桥的答复", Body: []letter.Paragraph{{Text: "建议很好。"}}}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What a file is called does not matter: each is given a name of another kind too.
func TestDocumentsRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		in   []byte
		want string
	}{
		{"a.docx", letterFile(t), "关于增设过街天桥的答复\n建议很好。\n"},
		{"a.pdf", fixture(t, "pdf", "testdata", "single.pdf"), "关于增设过街天桥的建议\n建议在人民路小学门前增设过街天桥。\n"},
		{"a.txt", []byte("关于增设过街天桥的建议\r\n建议增设。"), "关于增设过街天桥的建议\n建议增设。"},
		{"a.md", []byte("# 关于增设过街天桥的建议\n\n## 一、背景\n"), "# 关于增设过街天桥的建议\n\n## 一、背景\n"},
		{"b.md", []byte("**一、背景**\n"), "一、背景\n"},
		{"a.html", []byte("<html><body><h1>关于增设过街天桥的建议</h1><ol><li>建议增设。</ol>"), "关于增设过街天桥的建议\n1.建议增设。\n"},
	} {
		names := []string{tt.name, "a.docx", "a.pdf", "a"}
		if tt.name == "b.md" {
			names = names[:1]
		}
		for _, name := range names {
			got, err := documents{}.Read(t.Context(), name, tt.in)
			if err != nil || got != tt.want {
				t.Errorf("%s as %s: %q, %v; want %q", tt.name, name, got, err, tt.want)
			}
		}
	}
}

// Whoever stops waiting has not sent a bad file.
func TestDocumentsReadInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, name := range []string{"paper.doc", "single.pdf"} {
		folder := map[string]string{".doc": "olddoc", ".pdf": "pdf"}[filepath.Ext(name)]
		_, err := documents{}.Read(ctx, name, fixture(t, folder, "testdata", name))
		if _, refused := errors.AsType[*tasks.Error](err); refused || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want the context's end", name, err)
		}
	}
}

func TestDocumentsReadOldWord(t *testing.T) {
	t.Parallel()
	needsOne(t, "soffice", "antiword")
	got, err := documents{}.Read(t.Context(), "a.doc", fixture(t, "olddoc", "testdata", "paper.doc"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"存在的问题", "统一施工时序。", "DH0271"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	if _, err := exec.LookPath("soffice"); err == nil && (!strings.Contains(got, "二、有关建议\n（一）统一施工时序。\n") || !strings.Contains(got, "案号：DH0271\n")) {
		t.Errorf("automatic numbers or the form are lost: %q", got)
	}
}

// Without any program an old Word file keeps its numbers and its form all the same.
func TestDocumentsReadOldWordAlone(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	got, err := documents{}.Read(t.Context(), "a.doc", fixture(t, "olddoc", "testdata", "paper.doc"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got, "二、有关建议\n（一）统一施工时序。\n") || !strings.Contains(got, "案号：DH0271\n") {
		t.Errorf("automatic numbers or the form are lost: %q", got)
	}
}

func sayIn(t testing.TB, lang string, e *tasks.Error) string {
	t.Helper()
	text, err := catalog.New(lang)
	if err != nil {
		t.Fatal(err)
	}
	return text.SayMap(e.Message, e.Args)
}

func container(stream string) []byte {
	return append(append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 504)...), wideName(stream)...)
}

// Every refusal says what to do, in both languages.
func TestDocumentsRefuse(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		file string
		in   []byte
		want string
	}{
		{"a.docx", nil, "error.file_empty"},
		{"a.txt", []byte(" \n"), "error.file_empty"},
		{"a.docx", letterFile(t)[:500], "error.file_damaged"},
		{"a.docx", container("EncryptedPackage"), "error.file_encrypted"},
		{"a.docx", []byte("\x00\x01\x02\x03"), "error.file_not_docx"},
		{"a.pdf", []byte("\x00\x01\x02\x03"), "error.file_damaged"},
		{"a.pdf", []byte("%PDF-1.7\nnothing"), "error.file_damaged"},
		{"a.doc", []byte("\x00\x01\x02\x03"), "error.file_damaged"},
		{"a.bin", []byte("\x00\x01\x02\x03"), "error.file_not_text"},
		{"a.doc", []byte(`{\rtf1\ansi}`), "error.file_format"},
		{"a.doc", []byte("MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\n"), "error.file_format"},
		{"a.doc", []byte(`<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>`), "error.file_format"},
		{"a.xls", container("Workbook"), "error.file_format"},
		{"a.ppt", container("PowerPoint Document"), "error.file_format"},
		{"a.wps", container("MatOST"), "error.file_format"},
		{"a.wps", container("Contents"), "error.file_not_docx"},
		{"a.ofd", zipWith(t, "OFD.xml", "Doc_0/Document.xml"), "error.file_format"},
		{"a.odt", zipWith(t, "mimetype", "content.xml"), "error.file_format"},
		{"a.xlsx", zipWith(t, "[Content_Types].xml", "xl/workbook.xml"), "error.file_format"},
		{"a.pptx", zipWith(t, "[Content_Types].xml", "ppt/presentation.xml"), "error.file_format"},
		{"a.zip", zipWith(t, "提案/一.docx"), "error.file_archive"},
		{"a.rar", []byte("Rar!\x1A\x07\x00"), "error.file_archive"},
		{"a.jpg", []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF"), "error.file_image"},
		{"a.png", []byte("\x89PNG\r\n\x1a\n"), "error.file_image"},
		{"a.webp", []byte("RIFF\x01\x00\x00\x00WEBPVP8 "), "error.file_image"},
		{"a.heic", []byte("\x00\x00\x00\x18ftypheic"), "error.file_image"},
		{"a.bmp", append([]byte("BM"), append(make([]byte, 12), 40, 0, 0, 0)...), "error.file_image"},
	} {
		_, err := documents{}.Read(t.Context(), tt.file, tt.in)
		if got := refusedWith(err); got != tt.want {
			t.Errorf("%s %.20q: %q (%v), want %q", tt.file, tt.in, got, err, tt.want)
			continue
		}
		e, _ := errors.AsType[*tasks.Error](err)
		said := map[string]string{}
		for _, lang := range []string{"zh-CN", "en"} {
			said[lang] = sayIn(t, lang, e)
		}
		if said["en"] == said["zh-CN"] || strings.Contains(said["en"], "{{") || said["en"] == tt.want {
			t.Errorf("%s: said %v", tt.want, said)
		}
	}
}
