package split

import (
	"fmt"
	"strings"
	"testing"
)

// pages are the ways in which texts are broken into lines.
var pages = []struct {
	name, indent, foot, head string
	width                    int
}{
	{name: "28, indented", width: 28, indent: "　　"},
	{name: "36, indented, numbers", width: 36, indent: "　　", foot: "— %d —"},
	{name: "32, indented, numbers, headers", width: 32, indent: "　　", foot: "第%d页 共9页", head: "某市政协第九届委员会第三次会议提案"},
	{name: "40, no indent", width: 40},
	{name: "30, no indent, numbers", width: 30, foot: "- %d -"},
}

// TestLabelledWrapped breaks the labelled papers at the width of a page, as a PDF does.
func TestLabelledWrapped(t *testing.T) {
	t.Parallel()
	for _, page := range pages {
		t.Run(page.name, func(t *testing.T) {
			t.Parallel()
			all, same := 0, 0
			for _, l := range labelledFiles(t, "dev") {
				r := Parse(l.text)
				if f := l.faults(r); len(f.bounds)+len(f.headings) > 0 || wrapWidth(r.Source, scanLines(r.Source)) > 0 || strings.Contains(l.name, "broken") {
					continue
				}
				all++
				got := Parse(wrapped(l.text, page.width, page.indent, page.foot, page.head))
				if f := l.faults(got); len(f.bounds) == 0 {
					same++
				} else {
					t.Logf("%s: %d sections, wrapped %d %q", l.name, len(r.Sections), len(got.Sections), f.bounds)
				}
			}
			if t.Logf("%d of %d", same, all); all < 100 || same*100 < all*90 {
				t.Error("fewer than 90 of 100")
			}
		})
	}
}

func wrapped(text string, width int, indent, foot, head string) string {
	var out []string
	pages := 1
	add := func(line string) {
		out = append(out, line)
		if foot != "" && len(out)%24 == 0 {
			out = append(out, "", fmt.Sprintf(foot, pages), "")
			if head != "" {
				out = append(out, head)
			}
			pages++
		}
	}
	for para := range strings.SplitSeq(text, "\n") {
		trimmed := strings.TrimLeft(para, " 　")
		runes := []rune(trimmed)
		if len(runes) <= width || strings.ContainsAny(trimmed, "\t|") {
			add(para)
			continue
		}
		runes = append([]rune(indent), runes...)
		for len(runes) > width {
			add(string(runes[:width]))
			runes = runes[width:]
		}
		if len(runes) > 0 {
			add(string(runes))
		}
	}
	return strings.Join(out, "\n")
}
