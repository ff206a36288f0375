package wiring

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"huiban/tasks/lettertext"
	"huiban/tasks/split"
)

// wordNumbering is a mark that a writer leaves to the word processor.
type wordNumbering struct {
	mark   *regexp.Regexp
	format string // of WordprocessingML
	text   string
}

// number returns the mark of the nth item.
func (w wordNumbering) number(n int) string {
	var s string
	switch w.format {
	case "chineseCounting":
		digits := []rune("〇一二三四五六七八九")
		switch {
		case n < 10:
			s = string(digits[n])
		case n < 20:
			s = "十" + strings.TrimPrefix(string(digits[n-10]), "〇")
		}
	case "decimalEnclosedCircle":
		s = string(rune('①' + n - 1))
	default:
		s = strconv.Itoa(n)
	}
	return strings.Replace(w.text, "%1", s, 1)
}

// wordList is an automatic list that is being written.
type wordList struct{ id, items int }

// numberingOf returns the numbering that a line begins with, or -1, and its mark.
func numberingOf(line string) (style int, mark string) {
	for i, n := range numberings {
		if mark := n.mark.FindString(line); mark != "" {
			return i, mark
		}
	}
	return -1, ""
}

var numberings = []wordNumbering{
	{regexp.MustCompile(`^[一二三四五六七八九十]+、`), "chineseCounting", "%1、"},
	{regexp.MustCompile(`^（[一二三四五六七八九十]+）`), "chineseCounting", "（%1）"},
	{regexp.MustCompile(`^\d+\. ?`), "decimal", "%1."},
	{regexp.MustCompile(`^\d+、`), "decimal", "%1、"},
	{regexp.MustCompile(`^（\d+）`), "decimal", "（%1）"},
	{regexp.MustCompile(`^\d+）`), "decimal", "%1）"},
	{regexp.MustCompile(`^[①-⑳]`), "decimalEnclosedCircle", "%1"},
	{regexp.MustCompile(`^第[一二三四五六七八九十]+条 ?`), "chineseCounting", "第%1条"},
}

const wordNamespace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// wordFile writes a text as .docx: its numbers automatic, each list beginning anew, its tables real.
func wordFile(t testing.TB, text string) []byte {
	t.Helper()
	var body, lists, nums strings.Builder
	var rows [][]string
	table := func() {
		if len(rows) == 0 {
			return
		}
		body.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="8800" w:type="dxa"/></w:tblPr>`)
		for _, row := range rows {
			body.WriteString("<w:tr>")
			for _, cell := range row {
				body.WriteString(`<w:tc><w:tcPr><w:tcW w:w="` + fmt.Sprint(8800/len(row)) + `" w:type="dxa"/></w:tcPr>` + paragraph("", strings.TrimSpace(cell)) + "</w:tc>")
			}
			body.WriteString("</w:tr>")
		}
		body.WriteString("</w:tbl>")
		rows = nil
	}
	open := map[int]*wordList{}
	next := 0
	for line := range strings.SplitSeq(text, "\n") {
		if strings.Contains(line, "|") {
			rows = append(rows, strings.Split(strings.TrimRight(strings.TrimSpace(line), "|"), "|"))
			continue
		}
		table()
		style, mark := numberingOf(line)
		if style < 0 {
			body.WriteString(paragraph("", line))
			continue
		}
		n := numberings[style]
		if strings.TrimSpace(mark) == n.number(1) {
			next++
			open[style] = &wordList{id: next}
			fmt.Fprintf(&lists, `<w:abstractNum w:abstractNumId="%d"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:suff w:val="nothing"/><w:lvlText w:val="%s"/></w:lvl></w:abstractNum>`, next, n.format, n.text)
			fmt.Fprintf(&nums, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>`, next, next)
		}
		l := open[style]
		if l == nil || strings.TrimSpace(mark) != n.number(l.items+1) {
			delete(open, style) // a word processor does not count wrong: somebody typed this list
			body.WriteString(paragraph("", line))
			continue
		}
		l.items++
		body.WriteString(paragraph(fmt.Sprintf(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr>`, l.id), strings.TrimPrefix(line, mark)))
	}
	table()
	return pack(t, map[string]string{
		"word/document.xml":            `<w:document ` + wordNamespace + `><w:body>` + body.String() + `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>`,
		"word/numbering.xml":           `<w:numbering ` + wordNamespace + `>` + lists.String() + nums.String() + `</w:numbering>`,
		"word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>`,
		"_rels/.rels":                  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
			`<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>`,
	})
}

func paragraph(properties, text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a bytes.Buffer takes everything
	return `<w:p><w:pPr>` + properties + `<w:spacing w:line="560" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:rFonts w:eastAsia="Noto Serif CJK SC"/><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">` + b.String() + `</w:t></w:r></w:p>`
}

func pack(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels"} {
		f, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(f, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+parts[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wordFiles writes the labelled proposals of a half as .docx and returns their labels by name.
func wordFiles(t testing.TB, half, dir string) map[string]labelledProposal {
	t.Helper()
	texts, err := filepath.Glob(filepath.Join(labelledDir, half, "*.txt"))
	if err != nil || len(texts) < 20 {
		t.Fatalf("only %d files (%v)", len(texts), err)
	}
	out := map[string]labelledProposal{}
	for _, file := range texts {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		if err := os.WriteFile(filepath.Join(dir, name+".docx"), wordFile(t, string(text)), 0o600); err != nil {
			t.Fatal(err)
		}
		var l labelledProposal
		b, err := os.ReadFile(strings.TrimSuffix(file, ".txt") + ".json")
		if err == nil {
			err = json.Unmarshal(b, &l)
		}
		if err != nil {
			t.Fatal(err)
		}
		out[name] = l
	}
	return out
}

// right reports whether every section begins and ends where labelled.
func right(l labelledProposal, r split.Result) bool {
	if len(l.Sections) != len(r.Sections) {
		return false
	}
	for i, want := range l.Sections {
		got := lettertext.Fold(r.Source[r.Sections[i].Start:r.Sections[i].End])
		if !strings.HasPrefix(got, lettertext.Fold(want.First)) || !strings.HasSuffix(got, lettertext.Fold(want.Last)) {
			return false
		}
	}
	return true
}

// measure reads the files of one kind. Only the development half is looked at in detail.
func measure(t *testing.T, half, dir, ext string, labels map[string]labelledProposal) {
	t.Helper()
	whole := 0
	for name, l := range labels {
		text, err := readDocument(t.Context(), filepath.Join(dir, name+ext))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r := split.Parse(text)
		if right(l, r) {
			whole++
		} else if half == "dev" {
			t.Logf("%s: %d sections, labelled %d\n%s", name, len(r.Sections), len(l.Sections), text)
			for _, s := range r.Sections {
				t.Logf("  %q", r.Source[s.Start:s.End])
			}
		}
	}
	t.Logf("%s %s: every boundary right in %d of %d files", half, ext, whole, len(labels))
	least := map[string]int{"dev": 95, "test": 80}[half] // few files of the test half are converted
	if whole*100 < len(labels)*least {
		t.Errorf("fewer than %d of 100", least)
	}
}

func TestLabelledAsWord(t *testing.T) {
	t.Parallel()
	for _, half := range []string{"dev", "test"} {
		t.Run(half, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			measure(t, half, dir, ".docx", wordFiles(t, half, dir))
		})
	}
}

// TestLabelledConverted lets the office program make .pdf and .doc of the same files.
func TestLabelledConverted(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the office program")
	}
	needsOne(t, "soffice")
	for _, half := range []string{"dev", "test"} {
		dir := t.TempDir()
		all := wordFiles(t, half, dir)
		for _, kind := range []struct {
			ext   string
			share int // one in so many: the office program takes its time
		}{{".pdf", 16}, {".doc", 80}} {
			if half == "test" {
				kind.share = 1 + kind.share/8 // it has few files
			}
			ext, labels := kind.ext, some(all, kind.share)
			t.Run(half+ext, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
				defer cancel()
				var files []string
				for name := range labels {
					files = append(files, filepath.Join(dir, name+".docx"))
				}
				args := append([]string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--convert-to", ext[1:], "--outdir", dir}, files...)
				if out, err := exec.CommandContext(ctx, "soffice", args...).CombinedOutput(); err != nil {
					t.Fatalf("%v: %s", err, out)
				}
				measure(t, half, dir, ext, labels)
			})
		}
	}
}

// some keeps one file in so many.
func some(labels map[string]labelledProposal, share int) map[string]labelledProposal {
	out := map[string]labelledProposal{}
	for i, name := range slices.Sorted(maps.Keys(labels)) {
		if i%share == 0 {
			out[name] = labels[name]
		}
	}
	return out
}
