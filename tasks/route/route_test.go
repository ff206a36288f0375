package route

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

func city() *Router {
	duties := func(words ...string) (out []Duty) {
		for _, w := range words {
			out = append(out, Duty{Word: w})
		}
		return out
	}
	return New([]Unit{
		{ID: "zjj", Handles: true, Names: []string{"市住房和城乡建设局", "市住建局"}, Duties: duties("物业", "老旧小区改造", "加装电梯", "规划")},
		{ID: "cgj", Handles: true, Names: []string{"市城市管理和综合执法局", "市城管局"}, Duties: duties("占道经营", "垃圾分类", "市容")},
		{ID: "swj", Handles: true, Names: []string{"市水务局", "市水利局"}, Duties: duties("河道", "污水管网", "河长制")},
		{ID: "gaj", Handles: true, Names: []string{"市公安局", "交警支队"}, Duties: duties("信号灯", "交通秩序", "治安")},
		{ID: "sjj", Handles: true, Names: []string{"市市场监督管理局", "市市场监管局", "市监局"}, Duties: duties("食品安全", "电梯安全", "标准")},
		{ID: "gtj", Handles: true, Names: []string{"市自然资源局"}, Duties: duties("规划", "用地")},
		{ID: "sfj", Handles: true, Names: []string{"市司法局"}, Duties: duties("公共法律服务", "律师")},
		{ID: "zfb", Handles: true, Names: []string{"市政府办公室", "市政府办"}},
		{ID: "tawh", Handles: false, Names: []string{"市政协提案委"}, Duties: duties("督办", "立案")},
	})
}

func ids(list []Suggestion) (out []string) {
	for _, s := range list {
		out = append(out, s.Unit)
	}
	return out
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text Text
		ctx  Context
		want []string
	}{
		"by duty":                       {Text{Heading: "加快老旧小区改造"}, Context{}, []string{"zjj"}},
		"a full name":                   {Text{Body: "由中山市住房和城乡建设局牵头办理。"}, Context{}, []string{"zjj"}},
		"a name without its city":       {Text{Body: "请司法局派人进驻。"}, Context{}, []string{"sfj"}},
		"an abbreviated list":           {Text{Body: "由住建、城管、水利等部门联合检查。"}, Context{}, []string{"zjj", "cgj", "swj"}},
		"a list before a whole name":    {Text{Body: "由住建、城管和市水务局负责。"}, Context{}, []string{"zjj", "cgj", "swj"}},
		"a list with a stranger":        {Text{Body: "会同县住建、水利、云溪水务集团等部门清理。"}, Context{}, []string{"zjj", "swj"}},
		"who leads":                     {Text{Body: "由公安牵头整治。"}, Context{}, []string{"gaj"}},
		"together with":                 {Text{Body: "会同住建、水利，把好关。"}, Context{}, []string{"zjj", "swj"}},
		"joint work":                    {Text{Body: "联合公安、司法开展检查。"}, Context{}, []string{"gaj", "sfj"}},
		"joint, but no list":            {Text{Body: "联合公安院校培养。"}, Context{}, nil},
		"the government":                {Text{Body: "请政府有关部门研究。"}, Context{}, nil},
		"no list at all":                {Text{Body: "建设水利、改善面貌、部门联动。"}, Context{}, nil},
		"one department":                {Text{Body: "交警部门要增派警力。"}, Context{}, []string{"gaj"}},
		"an organ":                      {Text{Body: "由公安机关牵头制定办法。"}, Context{}, []string{"gaj"}},
		"a stem that ends like a word":  {Text{Body: "市场监管部门要抽检。"}, Context{}, []string{"sjj"}},
		"the lead is left out":          {Text{Body: "老旧小区改造与污水管网同步推进。"}, Context{Lead: "市住建局"}, []string{"swj"}},
		"who handles nothing":           {Text{Body: "请市政协提案委督办。"}, Context{}, nil},
		"the longest word counts":       {Text{Body: "加强电梯安全检查。"}, Context{}, []string{"sjj"}},
		"a wish":                        {Text{Body: "请予支持。"}, Context{Wished: []string{"临江市水务局"}}, []string{"swj"}},
		"learned":                       {Text{Body: "请予支持。"}, Context{Learned: []Learned{{"市司法局", "第12号", 1}}}, []string{"sfj"}},
		"in other words":                {Text{Heading: "小区老旧，改造要快"}, Context{}, []string{"zjj"}},
		"a word broken by a line break": {Text{Body: "实行垃圾\n分类。"}, Context{}, []string{"cgj"}},
		"nothing":                       {Text{}, Context{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ids(city().Suggest(tt.text, tt.ctx))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s\n%+v", diff, city().Suggest(tt.text, tt.ctx))
			}
		})
	}
}

func TestWhereCounts(t *testing.T) {
	t.Parallel()
	r := city()
	score := func(x Text) float64 {
		list := r.Suggest(x, Context{})
		if len(list) == 0 {
			t.Fatalf("%+v: nothing", x)
		}
		return list[0].Score
	}
	heading, body, title := score(Text{Heading: "垃圾分类"}), score(Text{Body: "垃圾分类"}), score(Text{Title: "垃圾分类"})
	if !(heading > body && body > title) {
		t.Errorf("heading %v, body %v, title %v", heading, body, title)
	}
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	got := city().Suggest(Text{Heading: "治理河道", Body: "疏通河道，由市水务局牵头。"}, Context{Wished: []string{"swj"}})
	want := []Evidence{{Kind: KindDuty, Word: "河道", Where: Heading}, {Kind: KindNamed, Word: "市水务局", Where: Body}, {Kind: KindWished, Word: "swj"}}
	if len(got) != 1 || got[0].Score < Press {
		t.Fatalf("got %+v", got)
	}
	for i := range got[0].Evidence {
		got[0].Evidence[i].Gain = 0
	}
	if diff := cmp.Diff(want, got[0].Evidence); diff != "" {
		t.Error(diff)
	}
}

// TestShare holds that units share what duties say: a word that two have presses neither, and who has least of what a
// section says comes last.
func TestShare(t *testing.T) {
	t.Parallel()
	r := city()
	if got := r.Suggest(Text{Body: "做好规划。"}, Context{}); len(got) != 2 || got[0].Score != got[1].Score || got[0].Score > 0.4 {
		t.Errorf("a generic word: %+v", got)
	}
	alone := r.Suggest(Text{Body: "治安"}, Context{})
	among := r.Suggest(Text{Heading: "疏通河道", Body: "河长制、污水管网、治安"}, Context{})
	if len(alone) != 1 || len(among) == 0 || among[0].Unit != "swj" || len(among) > 1 && among[1].Score >= alone[0].Score {
		t.Errorf("alone %+v, among others %+v", alone, among)
	}
	named := r.Suggest(Text{Heading: "疏通河道", Body: "河长制、污水管网，由市公安局配合"}, Context{})
	if len(named) != 2 || named[1].Unit != "gaj" || named[1].Score < Press {
		t.Errorf("a named unit has to share: %+v", named)
	}
}

func TestTitleWithoutLead(t *testing.T) {
	t.Parallel()
	r := city()
	x := Text{Heading: "加强宣传", Title: "关于推进垃圾分类的提案"}
	none, known := r.Suggest(x, Context{}), r.Suggest(x, Context{Lead: "zjj"})
	if len(none) != 1 || len(known) != 1 || none[0].Score <= known[0].Score {
		t.Errorf("without a lead %+v, with one %+v", none, known)
	}
}

func TestLongHeadingSaysLess(t *testing.T) {
	t.Parallel()
	r := city()
	short := r.Suggest(Text{Heading: "治理河道"}, Context{})
	long := r.Suggest(Text{Heading: "希望有关方面早日把我们门前那条流了几十年的河道好好整治一下"}, Context{})
	if len(short) != 1 || len(long) != 1 || long[0].Score >= short[0].Score {
		t.Errorf("short %+v, long %+v", short, long)
	}
}

func TestBlindWordsHide(t *testing.T) {
	t.Parallel()
	units := []Unit{{ID: "a", Handles: true, Duties: []Duty{{Word: "市政"}}}}
	x := Text{Body: "请市政府重视。"}
	if got := New(units).Suggest(x, Context{}); len(got) != 1 {
		t.Errorf("got %+v", got)
	}
	if got := New(units, "市政府").Suggest(x, Context{}); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
	if got := New(units, "市政").Suggest(Text{Body: "市政"}, Context{}); len(got) != 1 {
		t.Errorf("a duty is not made blind: %+v", got)
	}
}

func TestNamesOfACounty(t *testing.T) {
	t.Parallel()
	r := New([]Unit{{ID: "jyj", Names: []string{"县教育局"}, Handles: true}, {ID: "zzb", Names: []string{"县委组织部"}, Handles: true}, {ID: "wb", Names: []string{"县委办"}, Handles: true}})
	for text, want := range map[string]string{"请教育局支持": "jyj", "云溪县教育局牵头": "jyj", "由教育、住建等部门": "jyj", "组织部选派": "zzb", "县委组织部选派": "zzb", "县委办督办": "wb", "委办督办": ""} {
		got := r.Suggest(Text{Body: text}, Context{})
		if want == "" && len(got) > 0 || want != "" && (len(got) != 1 || got[0].Unit != want) {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

func TestAmbiguousNamesBelongToNobody(t *testing.T) {
	t.Parallel()
	r := New([]Unit{{ID: "a", Names: []string{"市教育局"}, Handles: true}, {ID: "b", Names: []string{"区教育局", "市教育局"}, Handles: true}, {Names: []string{"无名"}}})
	if got := r.Suggest(Text{Body: "由市教育局负责"}, Context{}); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestSuggestHolds(t *testing.T) {
	t.Parallel()
	r := city()
	scraps := []string{"老旧小区改造", "市住建局", "住建、", "城管", "等部门", "部门", "，", "。", "规划", "垃圾", "分类", "司法局", "\n", "和", "\xff"}
	rapid.Check(t, func(t *rapid.T) {
		x := Text{Body: strings.Join(rapid.SliceOf(rapid.SampledFrom(scraps)).Draw(t, "body"), "")}
		got := r.Suggest(x, Context{Lead: "zjj"})
		if diff := cmp.Diff(got, r.Suggest(x, Context{Lead: "zjj"})); diff != "" {
			t.Fatalf("a second look differs: %s", diff)
		}
		for i, s := range got {
			if s.Unit == "zjj" || s.Score < Show || s.Score > 1 || len(s.Evidence) == 0 || i > 0 && s.Score > got[i-1].Score {
				t.Fatalf("%+v", got)
			}
		}
	})
}

// shared builds a router from the shared table of departments.
func shared(tb testing.TB) *Router {
	tb.Helper()
	return New(sharedUnits(tb))
}

func sharedUnits(tb testing.TB) []Unit {
	tb.Helper()
	b, err := os.ReadFile("../../../shared/departments-facts.yaml")
	if err != nil {
		tb.Skipf("the shared table is not here: %v", err)
	}
	var file struct {
		Departments []struct {
			Name, Category string
			Abbr, Keywords []string
		}
	}
	if err := yaml.Unmarshal(b, &file); err != nil {
		tb.Fatal(err)
	}
	var units []Unit
	for _, d := range file.Departments {
		u := Unit{ID: d.Name, Names: d.Abbr, Handles: d.Category != "政协" && d.Category != "人大"}
		for _, k := range d.Keywords {
			u.Duties = append(u.Duties, Duty{Word: k})
		}
		units = append(units, u)
	}
	return units
}

// example is what the sections of the shared case are about.
func example(tb testing.TB) []Text {
	tb.Helper()
	b, err := os.ReadFile("../../../shared/cases/124302/proposal.txt")
	if err != nil {
		tb.Skipf("the shared case is not here: %v", err)
	}
	_, text, _ := strings.Cut(string(b), "二、建议")
	_, title, _ := strings.Cut(string(b), "关于")
	title, _, _ = strings.Cut("关于"+title, "\n")
	var out []Text
	for i, n := range []string{"一", "二", "三", "四", "五"} {
		_, part, _ := strings.Cut(text, fmt.Sprintf("（%s）", n))
		if i < 4 {
			part, _, _ = strings.Cut(part, fmt.Sprintf("（%s）", []string{"二", "三", "四", "五"}[i]))
		}
		heading, body, _ := strings.Cut(part, "\n")
		out = append(out, Text{Heading: heading, Body: body, Title: title})
	}
	return out
}

func TestCase124302(t *testing.T) {
	t.Parallel()
	r := shared(t)
	want := [][]string{{"市委组织部", "市工商联"}, {"市工业和信息化局"}, {"市司法局"}, {"市人力资源和社会保障局"}, nil}
	for i, x := range example(t) {
		got := r.Suggest(x, Context{Lead: "市民政局"})
		first := ids(got[:min(3, len(got))])
		for _, unit := range want[i] {
			if !slices.Contains(first, unit) {
				t.Errorf("section %d: %s is not among %v\n%+v", i+1, unit, first, got)
			}
		}
		if want[i] == nil && len(got) > 0 && got[0].Score >= Press {
			t.Errorf("section %d presses %+v", i+1, got[0])
		}
		t.Logf("section %d: %+v", i+1, got)
	}
}

func BenchmarkSuggest(b *testing.B) {
	r, sections := shared(b), example(b)
	for b.Loop() {
		for range 2 {
			for _, x := range sections {
				r.Suggest(x, Context{Lead: "市民政局", Wished: []string{"市司法局"}})
			}
		}
	}
}

func BenchmarkNew(b *testing.B) {
	units := sharedUnits(b)
	b.ReportAllocs()
	for b.Loop() {
		New(units)
	}
}
