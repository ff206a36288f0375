package wiring

import (
	"context"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"huiban/integrations/docx"
	"huiban/integrations/olddoc"
	"huiban/integrations/pdf"
	"huiban/tasks/split"
)

// flat begins a text document of A4 with indented paragraphs in size 16 and page numbers at the foot.
const flat = `<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:styles><style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"/><style:text-properties fo:font-size="16pt" style:font-size-asian="16pt" style:language-asian="zh" style:country-asian="CN"/></style:style></office:styles><office:automatic-styles><style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin-top="37mm" fo:margin-bottom="25mm" fo:margin-left="28mm" fo:margin-right="26mm"/><style:footer-style><style:header-footer-properties fo:min-height="10mm"/></style:footer-style></style:page-layout><style:style style:name="B" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-indent="32pt"/></style:style></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm"><style:footer><text:p>— <text:page-number>1</text:page-number> —</text:p></style:footer></style:master-page></office:master-styles><office:body><office:text>`

// unprintable are fixtures about the lines of a text file, which paper has no sign for: lines broken by hand, Markdown,
// English titles, a space where the printed line ends.
var unprintable = []string{"broken-lines", "one-line-paste", "heading-wrapped", "md-dash", "english-punct"}

// papers are the fixtures of package split, by name.
func papers(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "tasks", "split", "testdata", "*.txtar"))
	if err != nil || len(files) < 25 {
		t.Fatalf("only %d fixtures (%v)", len(files), err)
	}
	papers := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(f), ".txtar")
		if in, _, ok := strings.Cut(strings.TrimPrefix(string(b), "-- in --\n"), "-- want --\n"); ok && !slices.Contains(unprintable, name) {
			papers[name] = in
		}
	}
	return papers
}

// printed makes files of a format of all papers, in one go, and returns their folder.
func printed(t testing.TB, papers map[string]string, format string) string {
	t.Helper()
	needsOne(t, "soffice")
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", format, "--outdir", dir}
	for name, text := range papers {
		var b strings.Builder
		b.WriteString(flat)
		for l := range strings.Lines(text) {
			if l = strings.TrimSpace(l); l != "" {
				b.WriteString(`<text:p text:style-name="B">` + strings.ReplaceAll(html.EscapeString(l), " ", "<text:s/>") + `</text:p>`)
			}
		}
		b.WriteString(`</office:text></office:body></office:document>`)
		file := filepath.Join(dir, name+".fodt")
		if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	if out, err := exec.CommandContext(ctx, "soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s", err, out)
	}
	return dir
}

// gist is what of a reading must not depend on the file's format.
func gist(text string) string {
	r := split.Parse(text)
	s := fmt.Sprintf("%s|%s|%q\n", r.Head.Number, r.Head.Title, r.Head.Proposers)
	for _, sec := range r.Sections {
		s += sec.Heading + "|" + sec.Text + "\n"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) && r != '\n' {
			return -1
		}
		return r
	}, s)
}

// A paper is split alike whether it comes as text, printed, or in Word's old and new formats.
func TestFormatsSplitAlike(t *testing.T) {
	t.Parallel()
	all := papers(t)
	type reader struct {
		program string // that must be there
		read    func([]byte) (string, error)
	}
	for format, readers := range map[string][]reader{
		"pdf": {
			{"pdftotext", func(b []byte) (string, error) { d, err := pdf.Read(t.Context(), b); return d.Text(), err }},
			{"soffice", func(b []byte) (string, error) { d, err := pdf.ReadBuiltIn(t.Context(), b); return d.Text(), err }},
		},
		"docx": {{"soffice", func(b []byte) (string, error) { d, err := docx.Read(b); return d.Text(), err }}},
		"doc":  {{"antiword", func(b []byte) (string, error) { return olddoc.Read(t.Context(), b) }}},
	} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			dir := printed(t, all, format)
			for _, r := range readers {
				needsOne(t, r.program)
				for name, text := range all {
					b, err := os.ReadFile(filepath.Join(dir, name+"."+format))
					if err != nil {
						t.Fatal(err)
					}
					got, err := r.read(b)
					if err != nil {
						t.Errorf("%s: %v", name, err)
						continue
					}
					if want := gist(text); gist(got) != want {
						t.Errorf("%s with %s: got %s\nwant %s\ntext %s", name, r.program, gist(got), want, got)
					}
				}
			}
		})
	}
}
