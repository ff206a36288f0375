package textfile

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestMarkdown(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, want string }{
		{"headings and lists stay", "# 题\n- 甲\n1. 乙\n", "# 题\n- 甲\n1. 乙\n"},
		{"strong heading", "**一、背景**\n__（一）现状__\n", "一、背景\n（一）现状\n"},
		{"emphasis inside", "建议*尽快*办理，**由`住建局`牵头**。\n", "建议尽快办理，由住建局牵头。\n"},
		{"no emphasis", "3 * 4 * 5，a_b_c，**\n", "3 * 4 * 5，a_b_c，**\n"},
		{"links and pictures", "见[附件](http://a.cn/b)与![图](c.png)\n", "见附件与图\n"},
		{"escapes", `1\. 甲\*乙\*` + "\n", "1. 甲*乙*\n"},
		{"quotation", "> 一、背景\n> > 文\n", "一、背景\n文\n"},
		{"table", "| 案号 | 021 |\n| --- | :-: |\n| 案由 | 关于养老 |\n", "案号 | 021\n案由 | 关于养老\n"},
		{"rules and fences", "甲\n---\n***\n```text\n乙\n```\n", "甲\n乙\n"},
		{"line break", "甲<br>乙", "甲 乙\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, Markdown(tt.in)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// No Chinese character outside the addresses of links is lost.
func FuzzMarkdown(f *testing.F) {
	f.Add("# 题\n**一、背景**\n| a | b |\n|---|---|\n> x\\*y `c` <br>")
	f.Add("***甲***_乙_\n```\n")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "]`~") {
			return
		}
		han := func(r rune) rune {
			if unicode.Is(unicode.Han, r) {
				return r
			}
			return -1
		}
		if want, got := strings.Map(han, s), strings.Map(han, Markdown(s)); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}
