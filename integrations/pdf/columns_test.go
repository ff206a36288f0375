package pdf

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// printed is a page of size 10 type: x, y and text of each piece.
type printed struct {
	x, y float64
	text string
}

func sheetOf(ps ...printed) []line {
	p := page{width: 595, height: 842}
	for _, w := range ps {
		p.add(piece{w.x, w.y, w.x + 10*float64(utf8.RuneCountInString(w.text)), w.y + 12, w.text})
	}
	return p.lines()
}

// beside sets both columns from y on, a line each 16 points.
func beside(y float64, left, right []string) []printed {
	var out []printed
	for i, s := range left {
		indent := utf8.RuneCountInString(s) - utf8.RuneCountInString(strings.TrimLeft(s, "　"))
		out = append(out, printed{60 + 10*float64(indent), y + 16*float64(i), strings.TrimLeft(s, "　")})
	}
	for i, s := range right {
		indent := utf8.RuneCountInString(s) - utf8.RuneCountInString(strings.TrimLeft(s, "　"))
		out = append(out, printed{310 + 10*float64(indent), y + 16*float64(i), strings.TrimLeft(s, "　")})
	}
	return out
}

func TestColumns(t *testing.T) {
	t.Parallel()
	full := "近年来我市老年人口持续增加社区服务站点不足"
	left := []string{"　　" + full[:60], full, full, full, "不足。", "　　" + full[:60], full, full, full}
	right := []string{full, full, full, full, "完。", "　　" + full[:60], full, full, "止。"}
	title := []printed{{200, 80, "关于完善社区养老服务的提案"}}
	want := []string{"关于完善社区养老服务的提案", full[:60] + strings.Repeat(full, 3) + "不足。", full[:60] + strings.Repeat(full, 7) + "完。", full[:60] + full + full + "止。"}
	first := sheetOf(append(title, beside(120, left, right)...)...)
	last := sheetOf(beside(80, []string{"　　" + full[:60], full, "尾。"}, nil)...)
	got := paragraphs(inColumns([][]line{first, last}))
	if diff := cmp.Diff(append(want, full[:60]+full+"尾。"), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A table of two columns and a page of running text are none.
func TestNoColumns(t *testing.T) {
	t.Parallel()
	short := []string{"甲", "乙丙", "丁", "戊己", "庚", "辛壬", "癸", "子丑"}
	for name, ls := range map[string][]line{
		"a table":      sheetOf(beside(80, short, short)...),
		"running text": set("近年来我市老年人口持续增加社区", "近年来我市老年人口持续增加社区", "甲", "乙", "丙", "丁", "戊"),
		"nothing":      nil,
	} {
		if c, ok := columnsOf(ls); ok {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func TestStackedLabels(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		in   []printed
		want string
	}{
		{"a character a line", []printed{{60, 80, "案"}, {120, 80, "关于规范停放的建议"}, {60, 96, "由"}, {60, 120, "提"}, {120, 120, "李某、王某"}, {60, 136, "案"}, {60, 152, "人"}},
			"案由：关于规范停放的建议\n提案人：李某、王某"},
		{"a word a line, the value longer", []printed{{60, 80, "建议"}, {120, 80, "一、划定停放区。"}, {60, 96, "内容"}, {120, 96, "由市城管局划线。"}, {120, 112, "二、加强调度。"}, {60, 136, "联系"}, {120, 136, "15100000000"}, {60, 152, "电话"}},
			"建议内容：一、划定停放区。\n由市城管局划线。\n二、加强调度。\n联系电话：15100000000"},
		{"labels over values", []printed{{60, 80, "题目"}, {120, 80, "关于规范停放的建议"}, {60, 104, "提案人"}, {120, 104, "姓名"}, {200, 104, "界别"}, {280, 104, "电话"}, {120, 128, "方某"}, {200, 128, "教育"}, {280, 128, "15100000000"}, {120, 152, "李某"}, {280, 152, "15100000000"}, {60, 176, "日期"}, {120, 176, "五月"}},
			"题目：关于规范停放的建议\n提案人\n姓名：方某\n界别：教育\n电话：15100000000\n姓名：李某\n电话：15100000000\n日期：五月"},
		{"a cell narrower than the page", []printed{{60, 80, "案由"}, {120, 80, "甲"}, {60, 104, "建议内容"}, {120, 104, "一、扩大管网。由市水务局牵头，明年"}, {120, 120, "底前通水。"}, {120, 136, "二、定期检测。由市卫健局每季度公布"}, {120, 152, "结果。"}},
			"案由：甲\n建议内容：一、扩大管网。由市水务局牵头，明年底前通水。\n二、定期检测。由市卫健局每季度公布结果。"},
		{"with colons, outside of a table", []printed{{60, 80, "提案"}, {60, 96, "编号："}, {60, 120, "案由甲乙丙丁戊己庚辛，壬癸。"}}, "提案编号：\n案由甲乙丙丁戊己庚辛，壬癸。"},
		{"headings alone", []printed{{60, 80, "案由"}, {120, 80, "甲"}, {60, 104, "提案人"}, {120, 104, "方某"}, {60, 128, "具体建议"}, {60, 152, "一、修复盲道"}}, "案由：甲\n提案人：方某\n具体建议\n一、修复盲道"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, strings.Join(paragraphs([][]line{sheetOf(tt.in...)}), "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSymbols(t *testing.T) {
	t.Parallel()
	if got := plain("\uf06c甲\uf0fe是\uf0a8否\uf0d8乙"); got != "•甲☑是□否•乙" {
		t.Errorf("got %q", got)
	}
}

func TestNoteMarks(t *testing.T) {
	t.Parallel()
	at := func(x, y0, y1 float64, text string) piece {
		return piece{x, y0, x + 10*float64(utf8.RuneCountInString(text)), y1, text}
	}
	for _, tt := range []struct {
		name string
		in   []piece
		want string
	}{
		{"a footnote", []piece{at(60, 80, 94, "达六十万"), at(100, 79, 87, "1"), at(110, 80, 94, "，上升。")}, "达六十万，上升。"},
		{"a figure", []piece{at(60, 80, 94, "共有"), at(80, 80, 94, "12"), at(100, 80, 94, "家")}, "共有12家"},
		{"a power", []piece{at(60, 80, 94, "m"), at(70, 79, 87, "2")}, "m2"},
		{"a small sign below", []piece{at(60, 80, 94, "碳"), at(70, 87, 94, "2")}, "碳2"},
	} {
		p := page{width: 595, height: 842}
		for _, w := range tt.in {
			p.add(w)
		}
		if got := p.lines()[0].text; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
