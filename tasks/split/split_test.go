package split

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata")

const (
	inMark   = "-- in --\n"
	wantMark = "-- want --\n"
)

// read returns the two files of a txtar archive in testdata.
func read(t testing.TB, file string) (in, want string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	in, want, _ = strings.Cut(strings.TrimPrefix(string(b), inMark), wantMark)
	return in, want
}

func fixtures(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 25 {
		t.Fatalf("only %d fixtures (%v)", len(files), err)
	}
	return files
}

func dump(r Result) string {
	var b strings.Builder
	h := r.Head
	fmt.Fprintf(&b, "number %q session %q kind %q\ntitle %s\nproposers %s %s\nwished %s\ndate %s\n",
		h.Number, h.Session, h.Kind, h.Title, strings.Join(h.Proposers, "|"), h.Others, strings.Join(h.Wished, "|"), h.Date)
	for _, c := range h.Contacts {
		fmt.Fprintf(&b, "contact %q\n", r.Source[c.Start:c.End])
	}
	for _, s := range r.Background {
		fmt.Fprintf(&b, "background %q\n", r.Source[s.Start:s.End])
	}
	sections(&b, r.Sections)
	if r.Alternative != nil {
		b.WriteString("or\n")
		sections(&b, r.Alternative.Sections)
	}
	if len(r.Warnings) > 0 {
		fmt.Fprintf(&b, "warnings %s\n", r.Warnings)
	}
	return b.String()
}

func sections(b *strings.Builder, list []Section) {
	for _, s := range list {
		mark := ""
		if s.Derived {
			mark = " (derived)"
		}
		fmt.Fprintf(b, "%d. %s%s — %s %.2f\n", s.No, s.Heading, mark, s.Reason, s.Confidence)
		for line := range strings.SplitSeq(s.Text, "\n") {
			fmt.Fprintf(b, "   %s\n", line)
		}
	}
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	for _, file := range fixtures(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			in, want := read(t, file)
			r := Parse(in)
			covers(t, r)
			got := dump(r)
			if *update {
				if err := os.WriteFile(file, []byte(inMark+in+wantMark+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// covers fails unless the spans of r cover its source without gap or overlap.
func covers(t test, r Result) {
	t.Helper()
	all := slices.Concat(r.Head.Spans, r.Head.Contacts, r.Background)
	for i, s := range r.Sections {
		all = append(all, s.Span)
		if s.No != i+1 || s.Heading == "" && strings.TrimSpace(r.Source[s.Start:s.End]) == "" {
			t.Fatalf("section %d is numbered %d, heading %q", i+1, s.No, s.Heading)
		}
	}
	contiguous(t, r.Source, all)
	if r.Alternative != nil {
		all = slices.Concat(r.Head.Spans, r.Head.Contacts, r.Alternative.Background)
		for _, s := range r.Alternative.Sections {
			all = append(all, s.Span)
		}
		contiguousText(t, r.Source, all)
	}
}

// test is what is common to a test and a property's run.
type test interface {
	Helper()
	Fatalf(string, ...any)
}

func contiguous(t test, src string, all []Span) {
	t.Helper()
	slices.SortFunc(all, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	at := 0
	for _, s := range all {
		if s.Start != at || s.End <= s.Start {
			t.Fatalf("a span is [%d, %d), the one before ended at %d of %d", s.Start, s.End, at, len(src))
		}
		at = s.End
	}
	if at != len(src) {
		t.Fatalf("the spans end at %d of %d", at, len(src))
	}
}

// contiguousText is contiguous, but white space may belong to two spans: the
// head's spans are stretched for the main reading.
func contiguousText(t test, src string, all []Span) {
	t.Helper()
	slices.SortFunc(all, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	at := 0
	for _, s := range all {
		lo, hi := min(s.Start, at), max(s.Start, at)
		if strings.TrimFunc(src[lo:hi], isBlank) != "" {
			t.Fatalf("a span of the other reading begins at %d, the one before ended at %d", s.Start, at)
		}
		at = max(at, s.End)
	}
	if strings.TrimFunc(src[at:], isBlank) != "" {
		t.Fatalf("the spans of the other reading end at %d of %d", at, len(src))
	}
}

func TestCoversAnything(t *testing.T) {
	t.Parallel()
	scraps := []string{
		"一、", "二、", "三、", "（一）", "（二）", "(1)", "1.", "2．", "3、", "①", "②", "一是", "二是", "首先，", "其次，", "第一，", "第二，", "● ",
		"建议", "建议：", "为此，提出以下建议：", "存在问题", "现状", "案由：", "案", "由:", "提案人：", "联系电话：", "13800000000", "0760-8888666",
		"加强管理", "完善制度。", "；", "。", "，", "\n", "\n\n", "\r\n", "　　", " ", "|", "第12号", "关于修路的提案", "以上建议请予考虑。", "2024年1月1日",
		"\xff", "\u0301", "e\u0301", "市住建局", "希望办理单位：", "在一段没有标点也没有编号的很长的文字里什么都不会被认出来因为它只是文字",
	}
	rapid.Check(t, func(t *rapid.T) {
		r := Parse(strings.Join(rapid.SliceOfN(rapid.SampledFrom(scraps), 0, 60).Draw(t, "text"), ""))
		covers(t, r)
	})
}

// TestCoversMonotony reads texts of thousands of passages that are all alike.
func TestCoversMonotony(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"一是", "①", "（一）", "\n1.", "：", "。", "一、a\n", "第一个", "建议：\n", "a) b\n", "首先，其次，", "建议如下：1.", "问题一：\n", "第1课\n第2课\n",
		"甲、乙、", "i)ii)", "提案人：", "2024年1月1日\n", "\n\n1、\n\n", "请市政府（一）修路；（二）架桥；", "1.a\n2.b\n（1）c\n①d\n", "a\n", "一、加强管理。\n（一）甲。\n1.乙。\n",
	} {
		r := Parse(strings.Repeat(s, 60_000/len(s)))
		covers(t, r)
		if len(r.Sections) == 0 && len(r.Head.Spans) == 0 && strings.ContainsFunc(s, unicode.IsLetter) {
			t.Errorf("%q: no section", s)
		}
	}
}

// TestCoversManyShapes reads a text with thousands of ways of numbering.
func TestCoversManyShapes(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for r := rune(0x4e00); r < 0x5e00; r++ {
		fmt.Fprintf(&b, "%c一：修路。\n%c二：架桥。\n", r, r)
	}
	if r := Parse(b.String()); len(r.Sections) == 0 {
		t.Error("no section")
	} else {
		covers(t, r)
	}
}

func FuzzParse(f *testing.F) {
	for _, file := range fixtures(f) {
		in, _ := read(f, file)
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, text string) {
		covers(t, Parse(text))
	})
}

func TestCase124302(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../../../shared/cases/124302/proposal.txt")
	if err != nil {
		t.Skipf("the shared case is not here: %v", err)
	}
	r := Parse(string(b))
	covers(t, r)
	var headings []string
	for _, s := range r.Sections {
		headings = append(headings, s.Heading)
		if s.Reason != ReasonListed {
			t.Errorf("section %d was recognised by %s", s.No, s.Reason)
		}
	}
	want := []string{
		"充分发挥党建对基层社会治理的引领功能", "充分发挥粤港澳三地主要行业协会作用", "推动社会组织参与企业建立服务连结",
		"加快社会组织企业及民族文化服务的能力培养", "加快社会组织品牌化提升建设",
	}
	if diff := gocmp.Diff(want, headings); diff != "" {
		t.Error(diff)
	}
	h := r.Head
	if h.Number != "124302" || h.Session != "中山市政协十二届四次会议" || h.Kind != KindProposal || h.Others != "等" || !slices.Equal(h.Proposers, []string{"孙剑宏"}) {
		t.Errorf("head: %+v", h)
	}
}

func TestSharedCorpus(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("../../../shared/corpus/proposal/*.txt")
	if len(files) == 0 {
		t.Skip("the shared corpus is not here")
	}
	want := map[string]struct {
		number   string
		sections int
	}{"001.txt": {"12", 1}, "002.txt": {"39", 1}, "003.txt": {"70", 2}, "004.txt": {"47", 1}}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := Parse(string(b)) // the collection's own line, with an address, is part of it
		covers(t, r)
		w, ok := want[filepath.Base(file)]
		if ok && (r.Head.Number != w.number || len(r.Sections) != w.sections || r.Head.Title == "" || len(r.Head.Proposers) == 0) {
			t.Errorf("%s: %d sections, head %+v", filepath.Base(file), len(r.Sections), r.Head)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	var small []string
	total := 0
	for _, file := range fixtures(b) {
		in, _ := read(b, file)
		small = append(small, in)
		total += len(in)
	}
	large := strings.Repeat(strings.Join(small, "\n"), 1<<20/total+1)
	b.Run("proposals", func(b *testing.B) {
		b.SetBytes(int64(total))
		for b.Loop() {
			for _, s := range small {
				Parse(s)
			}
		}
	})
	b.Run("labelled", func(b *testing.B) {
		papers, size := labelledFiles(b, "dev"), 0
		for _, l := range papers {
			size += len(l.text)
		}
		b.SetBytes(int64(size))
		for b.Loop() {
			for _, l := range papers {
				Parse(l.text)
			}
		}
	})
	b.Run("large", func(b *testing.B) {
		b.SetBytes(int64(len(large)))
		for b.Loop() {
			Parse(large)
		}
	})
	prose := strings.Repeat("近年来城区道路拥堵，群众反映较多，有关单位做了不少工作，但仍然存在一些不足。", 1<<20/120)
	b.Run("prose", func(b *testing.B) {
		b.SetBytes(int64(len(prose)))
		for b.Loop() {
			Parse(prose)
		}
	})
}
