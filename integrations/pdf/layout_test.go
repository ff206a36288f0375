package pdf

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"huiban/integrations/internal/readertest"
)

func TestPageNumbers(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"— 1 —", "-12-", "3", "－ 2 －", "第1页", "第 1 页 共 3 页", "第1页，共3页", "第一页", "共3页 第1页", "1/3", "12 / 30", "Page 3 of 10", "p. 4", "· 5 ·", "https://www.example.cn/a.html 1/3"} {
		if !isPageNumber(s) {
			t.Errorf("%q is a page number", s)
		}
	}
	for _, s := range []string{"2026", "第021号", "一、背景", "1.建议", "第1页的内容", "3人", "共3项", ""} {
		if isPageNumber(s) {
			t.Errorf("%q is no page number", s)
		}
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"⼀、⽼年⼈": "一、老年人", "⻓期⻅义勇为": "长期见义勇为", "豈ﬁne": "豈fine", "甲\u00ad\u200b乙": "甲乙", "ａ（１）": "ａ（１）", "⺠": "民", "⻰": "龙"} {
		if got := plain(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestNumbered(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{"一、背景": true, "（二）建议": true, "1.完善": true, "2、推进": true, "①甲": true, "第一，甲": true, "一是甲": true, "建议：": true,
		"2026年": false, "2.5亿元": false, "一个": false, "第一条": false, "建议民政": false} {
		if got := numbered(s); got != want {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}

// set makes lines of text set in size 16 on A4 at x, one below the other.
func set(rows ...string) []line {
	p := page{width: 595, height: 842}
	y := 200.0
	for _, r := range rows {
		x := 80.0
		rest := strings.TrimLeft(r, "　")
		x += 16 * float64(utf8.RuneCountInString(r)-utf8.RuneCountInString(rest))
		for i, cell := range strings.Split(rest, "|") {
			if i > 0 {
				x = 80 + 160*float64(i)
			}
			p.add(piece{x, y, x + 16*float64(utf8.RuneCountInString(cell)), y + 20, cell})
		}
		y += 28
	}
	return p.lines()
}

func TestParagraphs(t *testing.T) {
	t.Parallel()
	full := strings.Repeat("近年来我市老年人口持续增加社区服务站点", 3)[:27*3]
	for _, tt := range []struct {
		name string
		in   []string
		want string
	}{
		{"indented", []string{"　　" + full[:75], full, "不足。", "　　" + full[:75], full, "完。"}, full[:75] + full + "不足。\n" + full[:75] + full + "完。"},
		{"flush", []string{full, full, "不足。", full, full, "完。"}, full + full + "不足。\n" + full + full + "完。"},
		{"a full line that ends a sentence before a number", []string{full[:78] + "。", "一、建议", full, "完。", full}, full[:78] + "。\n一、建议\n" + full + "完。\n" + full},
		{"rows of a form", []string{full, "案号|甲二一", "案由|关于养老服务的提案", "　　　　　　　　　　第二行", full},
			full + "\n案号：甲二一\n案由：关于养老服务的提案\n第二行\n" + full},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := strings.Join(paragraphs([][]line{set(tt.in...)}), "\n")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A label that stands halfway beside a value of two lines is that value's.
func TestLabelBetweenLines(t *testing.T) {
	t.Parallel()
	p := page{width: 595, height: 842}
	for _, w := range []struct {
		x, y float64
		text string
	}{{80, 200, "案号"}, {240, 200, "甲二一"}, {240, 240, "关于社区养老服务和医疗服务结合的提"}, {80, 254, "案由"}, {240, 268, "案"}, {80, 308, "界别"}, {240, 308, "社会福利"}} {
		p.add(piece{w.x, w.y, w.x + 16*float64(utf8.RuneCountInString(w.text)), w.y + 20, w.text})
	}
	want := "案号：甲二一\n案由：关于社区养老服务和医疗服务结合的提案\n界别：社会福利"
	if diff := cmp.Diff(want, strings.Join(paragraphs([][]line{p.lines()}), "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRoundTrip prints a paper with the programs of this machine.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	readertest.Program(t, "pdftotext")
	p := papers()["indented"]
	file := p.print(t)
	for _, r := range readers() {
		doc, err := r.read(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p.want(), doc.Text()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", r.name, diff)
		}
	}
}

func han(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Han, r) {
			return r
		}
		return -1
	}, s)
}

// FuzzBoxes lays out whatever pdftotext may write: no Chinese character of a line is lost or doubled.
func FuzzBoxes(f *testing.F) {
	f.Add(`<page width="595" height="842">` + "\n" + `<word xMin="80" yMin="200" xMax="112" yMax="220">案由</word>` + "\n" + `<word xMin="180" yMin="200" xMax="260" yMax="220">关于养老的</word>` + "\n" +
		`<word xMin="180" yMin="228" xMax="212" yMax="248">提案</word>` + "\n" + `<word xMin="80" yMin="256" xMax="112" yMax="276">案号</word>` + "\n" + `<word xMin="180" yMin="256" xMax="260" yMax="276">一</word>`)
	f.Add(`<page width="0" height="-1">` + "\n" + `<word xMin="NaN" yMin="1e9" xMax="2" yMax="2">&amp;甲</word>`)
	var columns, stacked strings.Builder
	columns.WriteString(`<page width="400" height="842">` + "\n")
	stacked.WriteString(`<page width="595" height="842">` + "\n")
	for i := range 8 {
		fmt.Fprintf(&columns, `<word xMin="60" yMin="%[1]d" xMax="160" yMax="%[2]d">近年来我市老年人口增</word>`+"\n"+`<word xMin="200" yMin="%[1]d" xMax="300" yMax="%[2]d">床位不足分布不均亟需</word>`+"\n", 80+16*i, 92+16*i)
		fmt.Fprintf(&stacked, `<word xMin="60" yMin="%[1]d" xMax="70" yMax="%[2]d">%[3]c</word>`+"\n"+`<word xMin="120" yMin="%[1]d" xMax="150" yMax="%[2]d">方某甲</word>`+"\n", 80+16*i, 92+16*i, []rune("案由提案人建议乙")[i])
	}
	f.Add(columns.String())
	f.Add(stacked.String())
	f.Fuzz(func(t *testing.T, s string) {
		pages, err := parseBoxes([]byte(s))
		if err != nil {
			return
		}
		lines := make([][]line, len(pages))
		want := map[rune]int{}
		for i, p := range pages {
			lines[i] = p.lines()
			for _, l := range lines[i] {
				for _, r := range han(l.text) {
					want[r]++
				}
			}
		}
		for _, p := range paragraphs(inColumns(lines)) {
			for _, r := range han(p) {
				want[r]--
			}
		}
		for r, n := range want {
			if n != 0 {
				t.Fatalf("%c: %+d", r, -n)
			}
		}
		_ = withoutFurniture(lines)
		_ = readable(lines)
	})
}

func FuzzBuiltIn(f *testing.F) {
	for _, name := range []string{"single"} {
		b, err := os.ReadFile("testdata/" + name + ".pdf")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add(sheets(2, drawn("The bridge over the road")))
	f.Add(sheets(1, stream("", "BT /F 12 Tf 1 0 0 1 72 700 Tm 14 TL [(a) -500 (b)] TJ T* (c) ' 1 2 (d) \" q Q 0 1 -1 0 5 5 cm ET")))
	f.Fuzz(func(t *testing.T, b []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if _, err := ReadBuiltIn(ctx, b); strings.HasPrefix(readertest.Message(err), "fault") {
			t.Fatal(err)
		}
	})
}

func BenchmarkLayout(b *testing.B) {
	file := stored(b, "indented")
	ctx := context.Background()
	for _, r := range readers() {
		b.Run(r.name, func(b *testing.B) {
			if r.name == "pdftotext" {
				readertest.Program(b, r.name)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := r.read(ctx, file); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A page of far more lines than paper holds takes no longer than its length.
func TestEndlessPage(t *testing.T) {
	t.Parallel()
	p := page{width: 595, height: 842}
	for i := range 200_000 {
		y := float64(i) * 3
		p.add(piece{80, y, 112, y + 2.5, "案由"})
		p.add(piece{240, y, 500, y + 2.5, strings.Repeat("甲", 16)})
	}
	if got := len(paragraphs([][]line{p.lines()})); got == 0 {
		t.Error("no paragraphs")
	}
}
