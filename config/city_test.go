package config

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
	"huiban/tasks/workday"
)

// TestAnotherCity loads an invented county: other names, people, limits and sentences.
func TestAnotherCity(t *testing.T) {
	t.Parallel()
	c, err := Load(filepath.Join("testdata", "yunxi"))
	if err != nil {
		t.Fatal(Explain(err, LangEnglish))
	}
	received := workday.On(2026, 3, 2)
	p := &tasks.Proposal{
		Lead:        "minzheng",
		Head:        tasks.Head{Kind: tasks.CPPCC, Number: "021", Session: "县政协十届五次会议", Title: "关于建设乡镇养老院的提案", Proposers: []string{"陈某"}, Received: received},
		Sections:    []tasks.Section{{ID: 1, Heading: "在龙泉乡建养老院"}},
		Assignments: []tasks.Assignment{{Section: 1, Department: "jiaoti", Role: tasks.Contributor}},
	}
	want := `云溪县民政局文件
云溪县民政局关于县政协十届五次会议第021号提案办理情况的复函
尊敬的陈某委员：
您在第021号提案《关于建设乡镇养老院的提案》中所提意见收悉，经研究，答复如下：
一、关于在龙泉乡建养老院
【县教体局尚未报送】
云溪县民政局
抄送：县政府办公室、县政协提案委、县教体局。
`
	if diff := cmp.Diff(want, p.Consolidate(c.City).Text()); diff != "" {
		t.Error(diff)
	}
	if got := c.City.Calendar.Apply(received, c.City.Rules.Reply).Date.String(); got != "2026-08-31" {
		t.Errorf("the reply is due on %s", got)
	}
	if got := c.City.Calendar.Apply(received, c.City.Rules.ReturnDecision).Date.String(); got != "2026-03-07" {
		t.Errorf("a decision that does not roll is due on %s", got)
	}
	if got, _ := c.City.Directory.Resolve("县教育局"); got.ID != "jiaoti" {
		t.Errorf("the former unit leads to %q", got.ID)
	}
	if c.Lang != LangEnglish || c.City.Zone.String() != "Asia/Urumqi" || c.City.Name != "云溪县" {
		t.Errorf("city %q, zone %s, language %s", c.City.Name, c.City.Zone, c.Lang)
	}
	if got := []string{c.Slack.HeadlineChannel("minzheng"), c.Slack.HeadlineChannel("jiaoti")}; !slices.Equal(got, []string{"民政-提案", "C0YUNXI001"}) {
		t.Errorf("headline channels %v", got)
	}
	if !c.Slack.Quiet(12) || c.Slack.Quiet(14) || c.Slack.Quiet(23) {
		t.Error("quiet hours are not those of the file")
	}
}

func TestAnotherCityPeople(t *testing.T) {
	t.Parallel()
	c, err := Load(filepath.Join("testdata", "yunxi"))
	if err != nil {
		t.Fatal(Explain(err, LangEnglish))
	}
	d := c.City.Directory
	leaders := d.Holders("jiaoti", tasks.RoleLeader)
	if len(leaders) != 2 || leaders[0].Person.Name != "沈副局长" || leaders[1].Person.Name != "教体局局长" {
		t.Errorf("leaders %+v", leaders)
	}
	if s := d.Supervisors(); len(s) != 1 || s[0].Person.Slack != "U0YUNXI01" || s[0].Department != "zhengfuban" {
		t.Errorf("supervisors %+v", s)
	}
	if posts := d.PostsOf("minzheng@yunxi.example"); len(posts) != 2 {
		t.Errorf("one person holds %d posts, want liaison and coordinator", len(posts))
	}
	if posts := d.PostsOf("tianwei@yunxi.example"); len(posts) != 0 {
		t.Errorf("a unit that never handles has people: %+v", posts)
	}
	if n := len(c.Members()); n != 2*4+2 {
		t.Errorf("%d members", n)
	}
}

func TestPartOfACity(t *testing.T) {
	t.Parallel()
	c, err := LoadFS(folder(map[string]string{botFile: strings.Replace(builtInText(t, botFile), "queue: 256", "queue: 7", 1)}), "own")
	if err != nil {
		t.Fatal(Explain(err, LangEnglish))
	}
	if c.Bot.Queue != 7 || c.City.Name != "中山市" {
		t.Errorf("queue %d in %s", c.Bot.Queue, c.City.Name)
	}
}

func TestFirstPerson(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		class tasks.Class
		short string
		want  string
	}{
		{tasks.ClassGovernment, "市民政局", "我局 本局 我单位 本单位"},
		{tasks.ClassParty, "市委组织部", "我部 本部 我单位 本单位"},
		{tasks.ClassMass, "市工商联", "我会 本会 我单位 本单位"},
		{tasks.ClassMass, "市红十字会", "我会 本会 我单位 本单位"},
		{tasks.ClassGovernment, "市国资委", "我委 本委 我单位 本单位"},
		{tasks.ClassParty, "市委网信办", "我办 本办 我室 本室 我单位 本单位"},
		{tasks.ClassGovernment, "市公积金中心", "我中心 本中心 我单位 本单位"},
		{tasks.ClassVertical, "市消防支队", "我支队 本支队 我大队 本大队 我总队 本总队 我队 本队 我单位 本单位"},
		{tasks.ClassEnterprise, "市供电局", "我局 本局 我公司 本公司 我司 本司 我单位 本单位"},
		{tasks.ClassDistrict, "小榄镇", "我镇 本镇 我单位 本单位"},
		{tasks.ClassVertical, "中山海关", "我单位 本单位"},
	} {
		if got := strings.Join(FirstPerson(tt.class, tt.short), " "); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.short, got, tt.want)
		}
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	for short, want := range map[string]string{
		"市民政局": "民政局", "市委组织部": "市委组织部", "市政府办公室": "市政府办公室", "市政协提案委": "市政协提案委", "市政数局": "政数局",
		"市市场监管局": "市场监管局", "县教体局": "教体局", "团市委": "团市委", "小榄镇": "小榄镇",
	} {
		if got := plain(short); got != want {
			t.Errorf("%s is %s, want %s", short, got, want)
		}
	}
}
