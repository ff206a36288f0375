package split

import (
	"fmt"
	"strings"
	"testing"
)

// TestLabelledRenumbered gives the suggestions of the labelled papers another numbering:
// the same words must give the same sections.
func TestLabelledRenumbered(t *testing.T) {
	t.Parallel()
	cn := strings.Split("一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四", " ")
	for name, mark := range map[string]struct {
		style style
		of    func(n int) string
	}{
		"一、":   {styleCnDun, func(n int) string { return cn[n] + "、" }},
		"（一）":  {styleCnParen, func(n int) string { return "（" + cn[n] + "）" }},
		"1.":   {styleDot, func(n int) string { return fmt.Sprint(n+1, ".") }},
		"1、":   {styleDot, func(n int) string { return fmt.Sprint(n+1, "、") }},
		"（1）":  {styleParen, func(n int) string { return fmt.Sprint("（", n+1, "）") }},
		"1）":   {styleParen, func(n int) string { return fmt.Sprint(n+1, "）") }},
		"①":    {styleCircled, func(n int) string { return string(rune('①' + n)) }},
		"第一，":  {styleOrdinal, func(n int) string { return "第" + cn[n] + "，" }},
		"第一、":  {styleOrdinal, func(n int) string { return "第" + cn[n] + "、" }},
		"建议一：": {styleNamed, func(n int) string { return "建议" + cn[n] + "：" }},
		"一是":   {styleYiShi, func(n int) string { return cn[n] + "是" }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all, same := 0, 0
			for _, l := range labelledFiles(t, "dev") {
				r := Parse(l.text)
				if f := l.faults(r); len(f.bounds)+len(f.headings) > 0 || len(r.Sections) < 2 || len(r.Sections) > len(cn) {
					continue
				}
				text, ok := renumbered(r, mark.style, mark.of)
				if !ok {
					continue
				}
				all++
				if got := Parse(text); sameEnds(r, got) {
					same++
				} else {
					t.Logf("%s: %d sections, renumbered %d", l.name, len(r.Sections), len(got.Sections))
				}
			}
			if t.Logf("%d of %d", same, all); all < 100 || same*100 < all*97 {
				t.Error("fewer than 97 of 100")
			}
		})
	}
}

func renumbered(r Result, s style, mark func(int) string) (string, bool) {
	var b strings.Builder
	at := 0
	for i, sec := range r.Sections {
		m, text, ok := parseMark(r.Source, sec.Start, true)
		if !ok || m.style == styleBullet || m.num != i+1 || r.Source[sec.Start-1] != '\n' && !strings.HasSuffix(r.Source[:sec.Start], "　") {
			return "", false
		}
		for line := range strings.SplitSeq(r.Source[text:sec.End], "\n") {
			if in, _, ok := parseMark(line, len(line)-len(strings.TrimLeft(line, " 　")), true); ok && rank[in.style] <= rank[s] {
				return "", false // what stands inside would stand above
			}
		}
		b.WriteString(r.Source[at:sec.Start])
		b.WriteString(mark(i))
		at = text
	}
	b.WriteString(r.Source[at:])
	return b.String(), true
}

func sameEnds(a, b Result) bool {
	if len(a.Sections) != len(b.Sections) {
		return false
	}
	for i := range a.Sections {
		x, y := squeeze(a.Source[a.Sections[i].Start:a.Sections[i].End]), squeeze(b.Source[b.Sections[i].Start:b.Sections[i].End])
		if n := 24; len(x) > n && len(y) > n && x[len(x)-n:] != y[len(y)-n:] {
			return false
		}
	}
	return true
}
