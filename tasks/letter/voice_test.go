package letter

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestVoice(t *testing.T) {
	t.Parallel()
	words := []string{"我局", "本局", "我会", "本会", "我部", "我单位", "我委", "我办"}
	for _, tt := range []struct{ name, in, want string }{
		{"at the beginning", "我局高度重视。", "X高度重视。"},
		{"several times", "我局牵头，本局负责，我单位配合。", "X牵头，X负责，X配合。"},
		{"inside quotation marks", "群众说“我局办事难”，我局立即整改。", "群众说“我局办事难”，X立即整改。"},
		{"inside a title", "我局印发《我局工作规则》。", "X印发《我局工作规则》。"},
		{"marks within marks", "《关于“我局”的“我会”通知》由我会印发", "《关于“我局”的“我会”通知》由X印发"},
		{"straight quotation marks", "所谓\"我局\"，即我局。", "所谓\"我局\"，即X。"},
		{"a mark left open silences nothing", "“我局负责。\n我局配合。", "“X负责。\nX配合。"},
		{"a closing mark alone", "我局”负责", "X”负责"},
		{"self is part of another word", "自我部署、根本局面、基本会议、成本局限", "自我部署、根本局面、基本会议、成本局限"},
		{"another word begins", "我局部调整，我会议记录，我部分赞成，我委托他人，我办公", "我局部调整，我会议记录，我部分赞成，我委托他人，我办公"},
		{"originally would", "原本会影响采光，本会已协调", "原本会影响采光，X已协调"},
		{"longest first", "我单位与我局", "X与X"},
		{"nothing to do", "市民政局负责。", "市民政局负责。"},
		{"empty", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, changes := Voice(tt.in, words, "X")
			if got != tt.want {
				t.Errorf("Voice(%q) = %q, want %q", tt.in, got, tt.want)
			}
			if n := strings.Count(tt.want, "X"); len(changes) != n {
				t.Errorf("%d changes reported, want %d", len(changes), n)
			}
		})
	}
}

// TestVoiceIsReversible: putting the reported words back gives the original, so nothing is lost or invented.
func TestVoiceIsReversible(t *testing.T) {
	t.Parallel()
	pieces := rapid.SampledFrom([]string{"我局", "本局", "我会", "我部", "“", "”", "《", "》", "\"", "‘", "’", "\n", "部署", "议", "自", "原", "的", "，", "工作", "ab", "𠮷"})
	rapid.Check(t, func(r *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 0, 30).Draw(r, "pieces"), "")
		got, changes := Voice(text, []string{"我局", "本局", "我会", "我部"}, "市工业和信息化局")
		original, at := []rune(text), 0
		var back strings.Builder
		rest := []rune(got)
		for _, c := range changes {
			back.WriteString(string(rest[:c.At-at]))
			rest = rest[c.At-at:]
			if !strings.HasPrefix(string(rest), c.Name) {
				r.Fatalf("change %+v does not point at its name in %q", c, got)
			}
			rest = rest[len([]rune(c.Name)):]
			back.WriteString(c.Word)
			at = c.At + len([]rune(c.Word))
		}
		back.WriteString(string(rest))
		if back.String() != string(original) {
			r.Fatalf("%q became %q, which goes back to %q", text, got, back.String())
		}
	})
}

var sentences = Template{Heading: "关于“{heading}”的建议", Gap: "【待{department}补充】"}

func TestCompose(t *testing.T) {
	t.Parallel()
	topics := []Topic{
		{Section: 7, Heading: "发挥“两新”组织作用", Blocks: []Block{
			{Department: "civil", Name: "市民政局", Own: true, Version: 2, Self: []string{"我局"}, Text: "我局做了工作。\n另有安排。"},
			{Department: "party", Name: "市委组织部", Version: 1, Self: []string{"我部"}, Text: "我部推进。\n我部检查。", Placement: RunIn},
			{Department: "labor", Name: "市人社局"},
			{Department: "industry", Name: "市工信局", Version: 3, Self: []string{"我局"}, Text: "我局落实。", Placement: RunIn},
		}},
		{Section: 9, Heading: "建设平台", Blocks: []Block{{Department: "justice", Name: "市司法局", Self: []string{"我局"}, Text: "我局落实。", Placement: RunIn}}},
	}
	want := []Paragraph{
		{Kind: Heading, Text: "一、关于“发挥‘两新’组织作用”的建议"},
		{Kind: Body, Text: "我局做了工作。", Sources: []Source{{0, 7, 7, "civil", 2}}},
		{Kind: Body, Text: "另有安排。市委组织部推进。", Sources: []Source{{0, 5, 7, "civil", 2}, {5, 13, 7, "party", 1}}},
		{Kind: Body, Text: "市委组织部检查。", Sources: []Source{{0, 8, 7, "party", 1}}},
		{Kind: Gap, Text: "【待市人社局补充】", Sources: []Source{{0, 9, 7, "labor", 0}}},
		{Kind: Body, Text: "市工信局落实。", Sources: []Source{{0, 7, 7, "industry", 3}}},
		{Kind: Heading, Text: "二、关于“建设平台”的建议"},
		{Kind: Body, Text: "市司法局落实。", Sources: []Source{{0, 7, 9, "justice", 0}}},
	}
	got := Compose(sentences, topics)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	if n := (Letter{Body: got}).Gaps(); n != 1 {
		t.Errorf("%d gaps, want 1", n)
	}
	alone := Compose(sentences, topics[1:])
	if alone[0].Kind != Body {
		t.Errorf("a single section got the heading %q", alone[0].Text)
	}
}

func TestOrdinal(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "", 1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 99: "九十九", 100: ""} {
		if got := Ordinal(n); got != want {
			t.Errorf("Ordinal(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	got := Fill("{you}提出《{title}》{title}", "you", "{title}", "title", "甲")
	if want := "{title}提出《甲》甲"; got != want {
		t.Errorf("Fill = %q, want %q: what people typed must not be filled in again", got, want)
	}
}
