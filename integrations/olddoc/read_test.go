package olddoc

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
)

// message is the id of a refusal, or the fault itself.
func message(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*tasks.Error](err); ok {
		return e.Message
	}
	return "fault: " + err.Error()
}

// program finds a program that a test needs: without it the test is skipped, in CI it fails.
func program(t testing.TB, name string) string {
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

// only lets a test see no other program than those named.
func only(t *testing.T, names ...string) {
	t.Helper()
	dir := t.TempDir()
	for _, n := range names {
		if err := os.Symlink(program(t, n), filepath.Join(dir, n)); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
}

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

func p(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func item(level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func row(cells ...string) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>` + p(c) + `</w:tc>`)
	}
	return `<w:tr>` + b.String() + `</w:tr>`
}

const longTitle = "关于在老旧小区加装电梯时统筹管线迁改、楼道照明和消防通道整治，避免反复开挖、减少扰民、确保安全的提案"

// paper is a Word file with a form and automatic numbers.
func paper(t testing.TB) []byte {
	t.Helper()
	lvl := func(i, format, text string) string {
		return `<w:lvl w:ilvl="` + i + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/></w:lvl>`
	}
	parts := []string{
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>`,
		"word/numbering.xml", `<w:numbering ` + wordNS + `><w:abstractNum w:abstractNumId="0">` + lvl("0", "chineseCounting", "%1、") + lvl("1", "chineseCounting", "（%2）") + `</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
		"word/document.xml", `<w:document ` + wordNS + `><w:body>` + p("政协提案表") + `<w:tbl><w:tblPr><w:tblW w:w="8000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>` +
			row("案号", "DH0271") + row("案由", longTitle) + `</w:tbl>` + item("0", "存在的问题") + p(strings.Repeat(sentence, 20)) +
			item("0", "有关建议") + item("1", "统一施工时序。") + item("1", "明确牵头单位。") + `</w:body></w:document>`,
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		f, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, `<?xml version="1.0" encoding="UTF-8"?>`+parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// saved is the paper as the office program saves it in the old format.
func saved(t testing.TB) []byte {
	t.Helper()
	soffice := program(t, "soffice")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "paper.docx"), paper(t), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "doc", "--outdir", dir, filepath.Join(dir, "paper.docx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "paper.doc"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// stored is the paper as it lies in testdata, saved by LibreOffice 7.4.
func stored(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "paper.doc"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sentence is repeated, since antiword refuses files with little text.
const sentence = "电梯加装与管线迁改各自施工，同一条楼道一年内开挖三次。"

var wantText = "政协提案表\n案号：DH0271\n案由：" + longTitle + "\n存在的问题\n" + strings.Repeat(sentence, 20) + "\n有关建议\n统一施工时序。\n明确牵头单位。\n"

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
	if err == nil && strings.TrimRight(got, "\n")+"\n" != wantText || err != nil && message(err) != "error.file_old_doc" {
		t.Errorf("got %q, %v; want the text or a refusal", got, err)
	}
}

// A file that the office program has just saved reads like the stored one, and turned into .docx again it holds the same.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	file := saved(t)
	program(t, "antiword")
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
	if _, err := Read(t.Context(), file); message(err) != "error.file_old_doc" {
		t.Errorf("Read: %v", err)
	}
	if _, err := Convert(t.Context(), file); message(err) != "error.file_old_doc" {
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
			if got := message(err); got != tt.want {
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
	if _, err := Read(ctx, file); message(err) != "error.file_slow" {
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
		{"another container", append(bytes.Clone(magic), utf16("Workbook")...), "error.file_damaged"},
		{"password", lock, "error.file_encrypted"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := Read(t.Context(), tt.in); message(err) != tt.want {
				t.Errorf("Read: %v, want %s", err, tt.want)
			}
			if _, err := Convert(t.Context(), tt.in); message(err) != tt.want {
				t.Errorf("Convert: %v, want %s", err, tt.want)
			}
		})
	}
}

func TestWithoutGrid(t *testing.T) {
	t.Parallel()
	in := "题\n|案号  |DH1   |\n|案由  |关于甲|\n|      |的提案|\n|单独一格|\n\n正文|文\n—   PAGE  1  —\n第 PAGE 1 页\nPAGE 的说明\n"
	want := "题\n案号\tDH1\n案由\t关于甲的提案\n单独一格\n正文|文\nPAGE 的说明\n"
	if diff := cmp.Diff(want, withoutPageFields(withoutGrid(in))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWithForms(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"案  号\tDH1\n提案人：\t张明\t界别\t社会福利\t\n":      "案号：DH1\n提案人：张明\n界别：社会福利\n",
		"序\t事项\t单位\n1\t床位\t民政\n2\t医保\t医保局\n正文\n": "序\t事项\t单位\n1\t床位\t民政\n2\t医保\t医保局\n正文\n",
		"\t缩进的正文\n1.\t甲\n":                       "\t缩进的正文\n1.\t甲\n",
		"":                                       "",
	} {
		if diff := cmp.Diff(want, withForms(in)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", in, diff)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("题\n|案号  |DH1   |\n|      |的提案|\n")
	f.Add("||\n|\x00\r\n\ufeff")
	f.Fuzz(func(t *testing.T, s string) {
		got := withForms(withoutGrid(clean(s)))
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\r\x00\ufeff") {
			t.Fatalf("not clean: %q", got)
		}
		keep := func(r rune) rune {
			if strings.ContainsRune("|：:", r) || strings.ContainsRune(" \t\n", r) || strings.TrimSpace(string(r)) == "" {
				return -1
			}
			return r
		}
		if strings.ContainsRune(s, '|') || strings.Contains(s, "PAGE") {
			return // the cells of a row move together
		}
		if a, b := strings.Map(keep, clean(s)), strings.Map(keep, got); a != b {
			t.Fatalf("lost text: %q, was %q", b, a)
		}
	})
}

func FuzzCheck(f *testing.F) {
	f.Add(stored(f))
	f.Add(append(append([]byte{}, magic...), utf16("WordDocument")...))
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := check(b); err != nil && strings.HasPrefix(message(err), "fault") {
			t.Fatal(err)
		}
	})
}
