package config

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"huiban/tasks"
	"huiban/tasks/route"
	"huiban/tasks/workday"
)

func builtInCity(t testing.TB) *Config {
	t.Helper()
	c, err := Default()
	if err != nil {
		t.Fatal(Explain(err, LangEnglish))
	}
	return c
}

func TestDefaultDirectory(t *testing.T) {
	t.Parallel()
	d := builtInCity(t).City.Directory
	if n := len(d.All()); n < 50 {
		t.Errorf("%d units, want at least 50", n)
	}
	for _, u := range d.All() {
		for _, name := range append([]string{u.ID, u.Name, u.Short, u.MentionName(), u.Official}, u.Aliases...) {
			want := u.ID
			if u.Successor != "" {
				want = u.Successor
			}
			if got, err := d.Resolve(name); err != nil || got.ID != want {
				t.Errorf("%q leads to %q (%v), want %q", name, got.ID, err, want)
			}
		}
		if u.Official == "" || u.Letterhead == "" || len(u.Self) < 4 || u.Rank == 0 {
			t.Errorf("%s is incomplete: %+v", u.ID, u)
		}
		if u.NeverHandles || u.Successor != "" {
			continue
		}
		if main := u.Class != tasks.ClassDistrict; main && len(u.Duties) < 8 {
			t.Errorf("%s has %d duties, want at least 8", u.ID, len(u.Duties))
		}
		for _, role := range []tasks.Role{tasks.RoleLiaison, tasks.RoleCoordinator, tasks.RoleLeader} {
			if len(d.Holders(u.ID, role)) == 0 {
				t.Errorf("%s has no %s", u.ID, role)
			}
		}
	}
}

func TestDefaultUnit(t *testing.T) {
	t.Parallel()
	u, err := builtInCity(t).City.Directory.Resolve("市工业和信息化局")
	if err != nil {
		t.Fatal(err)
	}
	u.Duties, u.Aliases, u.Rank = nil, nil, 0
	person := func(name, key string) tasks.Person {
		return tasks.Person{Name: "工信局" + name, Key: "gongxin." + key + "@zhongshan.example"}
	}
	want := tasks.Department{
		ID: "gongxin", Name: "市工业和信息化局", Short: "市工信局", Mention: "市工信局", Official: "中山市工业和信息化局",
		Self: []string{"我局", "本局", "我单位", "本单位"}, Class: tasks.ClassGovernment,
		Letterhead: "广东省中山市工业和信息化局", NumberPrefix: "中工信函",
		Posts: []tasks.Post{
			{Department: "gongxin", Role: tasks.RoleCoordinator, Title: "经办人", Person: person("经办人", "coordinator")},
			{Department: "gongxin", Role: tasks.RoleLiaison, Title: "联络员（A角）", Person: person("联络员A", "a")},
			{Department: "gongxin", Role: tasks.RoleLeader, Title: "分管领导", Person: person("分管领导", "leader1")},
			{Department: "gongxin", Role: tasks.RoleLiaison, Order: 1, Title: "联络员（B角）", Person: person("联络员B", "b")},
			{Department: "gongxin", Role: tasks.RoleLeader, Order: 1, Title: "主要领导", Person: person("主要领导", "leader2")},
		},
	}
	if diff := cmp.Diff(want, u); diff != "" {
		t.Error(diff)
	}
}

func TestDefaultRules(t *testing.T) {
	t.Parallel()
	c := builtInCity(t).City
	received := workday.On(2026, 9, 24)
	for name, tt := range map[string]struct {
		rule workday.Rule
		want string
	}{
		"return":          {c.Rules.Return, "2026-10-09"},
		"return decision": {c.Rules.ReturnDecision, "2026-10-08"},
		"contribution":    {c.Rules.Contribution, "2026-10-26"},
		"reply":           {c.Rules.Reply, "2026-12-24"},
	} {
		if got := c.Calendar.Apply(received, tt.rule); got.Date.String() != tt.want || got.Provisional {
			t.Errorf("%s: due %s (provisional %t), want %s", name, got.Date, got.Provisional, tt.want)
		}
		if tt.rule.Name == "" || tt.rule.Source == "" {
			t.Errorf("%s: the rule cannot explain itself: %+v", name, tt.rule)
		}
	}
	want := map[tasks.Kind][]string{tasks.CPPCC: {"zhengfuban", "tianwei"}, tasks.Congress: {"zhengfuban", "rendadaigongwei"}}
	if diff := cmp.Diff(want, c.Rules.Standing); diff != "" {
		t.Error(diff)
	}
	if got := c.Calendar.Years(); !slices.Equal(got, []int{2020, 2021, 2022, 2023, 2024, 2025, 2026}) {
		t.Errorf("calendar holds %v", got)
	}
}

func TestDefaultLetter(t *testing.T) {
	t.Parallel()
	c := builtInCity(t).City
	p := &tasks.Proposal{
		Lead: "minzheng",
		Head: tasks.Head{Kind: tasks.CPPCC, Number: "124302", Session: "中山市政协十二届四次会议", Title: "关于支持养老服务的建议", Proposers: []string{"孙某某等"}},
		Reply: tasks.Reply{
			Contact: tasks.Contact{Name: "王某", Phone: "12345678"}, Disclosure: tasks.Disclosure{Mode: "主动公开"},
		},
	}
	want := `广东省中山市民政局
中山市民政局关于对中山市政协十二届四次会议提案第124302号的答复
孙某某等委员：
你们提出《关于支持养老服务的建议》（第124302号）的提案收悉，现答复如下：
专此函复。
中山市民政局
（联系人：王某，联系电话：12345678）
公开方式：主动公开
抄送：市政府办公室，市政协提案委。
`
	if diff := cmp.Diff(want, p.Consolidate(c).Text()); diff != "" {
		t.Error(diff)
	}
	p.Head = tasks.Head{Kind: tasks.Congress, Number: "12", Session: "中山市第十六届人民代表大会第三次会议", Title: "关于增设长者饭堂的建议", Proposers: []string{"李某"}}
	want = `广东省中山市民政局
中山市民政局关于对中山市第十六届人民代表大会第三次会议第12号建议的答复
李某代表：
您提出的《关于增设长者饭堂的建议》（第12号）收悉，现答复如下：
专此函复。
中山市民政局
（联系人：王某，联系电话：12345678）
公开方式：主动公开
抄送：市政府办公室，市人大代工委。
`
	if diff := cmp.Diff(want, p.Consolidate(c).Text()); diff != "" {
		t.Error(diff)
	}
}

// TestDefaultDuties holds the duties against the shape of the example case: who is pressed for each section, and no one
// else. The sections are worded for this test.
func TestDefaultDuties(t *testing.T) {
	t.Parallel()
	c := builtInCity(t).City
	for _, tt := range []struct {
		heading, body string
		want          []string
	}{
		{"以党建引领基层社会治理", "建议理顺社会组织的党建领导体制，扩大非公有制经济组织的党组织覆盖，指导商协会成立党支部。", []string{"gongshanglian", "zuzhibu"}},
		{"发挥三地行业协会作用", "建议行业协会承接工业互联网、产业集群项目，给予专项资金扶持，加强工业和信息化领域的交流。", []string{"gongxin"}},
		{"推动社会组织服务企业", "建议搭建会展、互联网等平台，引导律师、公证等专业组织为企业和群众提供公共法律服务。", []string{"sifa"}},
		{"提升社会组织的服务能力", "建议加强负责人和从业人员培训，出台引进高层次人才和柔性引才的补贴政策。", []string{"renshe"}},
		{"加强社会组织品牌建设", "建议完善社会组织等级评估和信用信息公开制度，培育在大湾区有影响力的品牌。", nil},
	} {
		t.Run(tt.heading, func(t *testing.T) {
			t.Parallel()
			text := route.Text{Heading: tt.heading, Body: tt.body, Title: "关于支持我市社会组织参与粤港澳大湾区建设的建议"}
			var got []string
			for _, s := range c.Router.Suggest(text, route.Context{Lead: "minzheng"}) {
				if s.Score >= route.Press {
					got = append(got, s.Unit)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("pressed %v, want %v", got, tt.want)
			}
		})
	}
}

func TestDefaultKnowsTheFacts(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join("..", "..", "shared", "departments-facts.yaml"))
	if err != nil {
		t.Skip("the shared facts are absent: ", err)
	}
	var facts struct {
		Departments []struct {
			Name string
			Abbr []string
		}
	}
	if err := yaml.Unmarshal(data, &facts); err != nil {
		t.Fatal(err)
	}
	d := builtInCity(t).City.Directory
	for _, f := range facts.Departments {
		want, err := d.Resolve(f.Name)
		if err != nil {
			t.Errorf("%q is unknown", f.Name)
			continue
		}
		for _, name := range f.Abbr {
			if got, err := d.Resolve(name); err != nil || got.ID != want.ID {
				t.Errorf("%q leads to %q (%v), want %q", name, got.ID, err, want.ID)
			}
		}
	}
}

func TestMembers(t *testing.T) {
	t.Parallel()
	c := builtInCity(t)
	seen := map[string]bool{}
	for _, m := range c.Members() {
		if seen[m.Email] {
			t.Errorf("%s stands twice", m.Email)
		}
		seen[m.Email] = true
		if _, ok := c.City.Directory.Person(m.Email); !ok || m.Name == "" || m.Title == "" || m.Unit == "" || m.Role == "" {
			t.Errorf("%+v is incomplete or unknown", m)
		}
	}
	want := Member{Name: "民政局经办人", Email: "minzheng.coordinator@zhongshan.example", Title: "经办人", Unit: "市民政局", Role: tasks.RoleCoordinator}
	if !slices.Contains(c.Members(), want) {
		t.Errorf("%+v is missing", want)
	}
}
