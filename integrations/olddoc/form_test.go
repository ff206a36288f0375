package olddoc

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

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
