package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huiban/integrations/internal/readertest"
	"huiban/tasks/letter"
)

var update = flag.Bool("update", false, "write the golden files anew")

func written(t testing.TB, l letter.Letter) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, l); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unzip(t testing.TB, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(content)
	}
	return out
}

func TestGoldenParts(t *testing.T) {
	t.Parallel()
	got := unzip(t, written(t, sample()))
	for name, content := range got {
		// One paragraph or style a line, so that a change can be read.
		content = strings.NewReplacer("</w:p>", "</w:p>\n", "</w:style>", "</w:style>\n").Replace(content)
		file := filepath.Join("testdata", "golden", strings.NewReplacer("/", "_", "[", "", "]", "").Replace(name))
		if *update {
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), content); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWriteIsDeterministic(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(written(t, sample()), written(t, sample())) {
		t.Error("the same letter gave different bytes")
	}
}

func TestPartsAreWellFormed(t *testing.T) {
	t.Parallel()
	l := sample()
	l.Title, l.Class = `a<b>&"'`+"\x00\x0b\uFFFE", "<&>"
	for name, content := range unzip(t, written(t, l)) {
		for d := xml.NewDecoder(strings.NewReader(content)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
}

func TestEmptyPartsAreLeftOut(t *testing.T) {
	t.Parallel()
	doc := unzip(t, written(t, letter.Letter{Title: "答复"}))["word/document.xml"]
	for _, style := range []string{"DocumentNumber", "Signature", "IssueDate", "Note", "CopyList", "MainRecipient"} {
		if strings.Contains(doc, `"`+style+`"`) {
			t.Errorf("an empty %s was written", style)
		}
	}
}

func TestHeadingFaces(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("各项工作有序开展，", 9)
	tests := []struct {
		name string
		in   letter.Paragraph
		want string // style, then the face of the first run
	}{
		{"heading", letter.Paragraph{Kind: letter.Heading, Text: "一、关于养老"}, "Heading1"},
		{"heading by its number", letter.Paragraph{Text: "十二、关于养老"}, "Heading1"},
		{"second level", letter.Paragraph{Text: "（一）摸清底数"}, "Heading2"},
		{"second level, half-width", letter.Paragraph{Text: "(二)摸清底数。"}, "Heading2"},
		{"run-in", letter.Paragraph{Text: "（一）摸清底数。逐镇街排查。"}, "BodyText 楷体_GB2312"},
		{"run-in, first level", letter.Paragraph{Text: "三、强化保障。加大投入。"}, "BodyText 黑体"},
		{"too long for a heading", letter.Paragraph{Text: "一、" + long}, "BodyText"},
		{"third level", letter.Paragraph{Text: "1.摸清底数"}, "BodyText"},
		{"running text", letter.Paragraph{Text: "一是摸清底数。"}, "BodyText"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			writeBody(&b, tt.in.Kind, "", tt.in.Text)
			style, _, _ := strings.Cut(b.String(), `"/>`)
			got := style[strings.LastIndexByte(style, '"')+1:]
			if _, face, ok := strings.Cut(b.String(), `w:eastAsia="`); ok {
				got += " " + face[:strings.IndexByte(face, '"')]
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestGapsAreMarked(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	writeBody(&b, letter.Body, "", "前文【待市发改局补充】后文")
	if n := strings.Count(b.String(), "<w:highlight"); n != 1 {
		t.Errorf("%d highlights, want 1", n)
	}
	if n := strings.Count(b.String(), "<w:r>"); n != 3 {
		t.Errorf("%d runs, want 3", n)
	}
}

func TestLetterheadFits(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"市教育局", "广东省中山市民政局", "中山市推进粤港澳大湾区建设领导小组办公室（市发展和改革局）"} {
		if w := ems(name) * letterheadSize(name) * mmPerPoint; w > textWidth {
			t.Errorf("%s is %.0f mm wide", name, w)
		}
	}
	one, two := firstLine([]string{"市民政局"}), firstLine([]string{"市民政局", "市财政局"})
	if lower := two - one; lower < 15 {
		t.Errorf("a second line lowers the double line by %.1f mm only", lower)
	}
}

func TestTitleWidth(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, title, want string }{
		{"one line", "关于第021号建议的答复", "关于第021号建议的答复"},
		{"after the session's number", sample().Title, "中山市民政局关于对中山市政协十二届|四次会议提案第124302号的答复"},
		{"digits whole", "关于市十六届人大三次会议第021号建议的答复", "关于市十六届人大三次会议|第021号建议的答复"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			runes := []rune(tt.title)
			lengths, _ := wrap(runes, titleWidth(tt.title))
			var got []string
			for _, l := range lengths {
				n := 0
				for n < len(runes) && ems(string(runes[:n])) < l {
					n++
				}
				got = append(got, string(runes[:n]))
				runes = runes[n:]
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "|")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// anyText are strings with what breaks naive writers: markup, controls, line ends, invalid bytes, odd spaces.
func anyText() *rapid.Generator[string] {
	return rapid.StringOf(rapid.OneOf(
		rapid.RuneFrom([]rune("一二三、（）《》“”【待补充】局。：，")),
		rapid.RuneFrom([]rune("<>&\"'\t\n\r \u00a0\u3000\x00\x1b\uFFFE\u2028%;#")),
		rapid.Rune(),
	))
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		text := anyText()
		l := letter.Letter{
			Letterhead: text.Draw(rt, "letterhead"), Number: text.Draw(rt, "number"), Class: text.Draw(rt, "class"),
			Title: text.Draw(rt, "title"), Salutation: text.Draw(rt, "salutation"), Signature: text.Draw(rt, "signature"),
			Date: text.Draw(rt, "date"), Contact: text.Draw(rt, "contact"), Disclosure: text.Draw(rt, "disclosure"), CopyList: text.Draw(rt, "copy"),
		}
		kinds := []letter.ParagraphKind{letter.Body, letter.Heading, letter.Gap}
		for range rapid.IntRange(0, 5).Draw(rt, "paragraphs") {
			l.Body = append(l.Body, letter.Paragraph{Kind: rapid.SampledFrom(kinds).Draw(rt, "kind"), Text: text.Draw(rt, "text")})
		}
		var b bytes.Buffer
		if err := Write(&b, l); err != nil {
			rt.Fatal(err)
		}
		want := strings.Join(lines(l.Text()), "\n")
		doc, err := Read(b.Bytes())
		if want == "" {
			if readertest.Message(err) != "error.file_empty" {
				rt.Fatalf("a blank letter: %v", err)
			}
			return
		}
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(want, strings.TrimSuffix(doc.Text(), "\n")); diff != "" {
			rt.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestReadsBackTheLetter(t *testing.T) {
	t.Parallel()
	doc, err := Read(written(t, sample()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample().Text(), doc.Text()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func BenchmarkWrite(b *testing.B) {
	l := sample()
	for b.Loop() {
		if err := Write(io.Discard, l); err != nil {
			b.Fatal(err)
		}
	}
}
