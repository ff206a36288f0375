package tasks_test

import (
	"testing"
	"time"

	"huiban/tasks"
	"huiban/tasks/letter"
	"huiban/tasks/route"
	"huiban/tasks/workday"
)

// morning is Monday 2020-06-01, 09:00 in the city.
var morning = time.Date(2020, 6, 1, 1, 0, 0, 0, time.UTC)

const (
	civil    = "civil" // leads
	party    = "party"
	commerce = "commerce"
	industry = "industry"
	justice  = "justice"
	labor    = "labor"
	planning = "planning"
	office   = "office"
	council  = "council"
)

func post(department string, role tasks.Role, order int) tasks.Post {
	key := department + "." + string(role) + string(rune('0'+order)) + "@example.org"
	return tasks.Post{Department: department, Role: role, Order: order, Person: tasks.Person{Key: key, Name: key}}
}

func unit(id, name, short string, self ...string) tasks.Department {
	return tasks.Department{ID: id, Name: name, Short: short, Official: "中山" + name, Self: self, Class: tasks.ClassGovernment,
		Posts: []tasks.Post{post(id, tasks.RoleLiaison, 0), post(id, tasks.RoleLiaison, 1), post(id, tasks.RoleCoordinator, 0),
			post(id, tasks.RoleLeader, 0), post(id, tasks.RoleLeader, 1)}}
}

func testCity(t testing.TB) *tasks.City {
	t.Helper()
	lead := unit(civil, "市民政局", "市民政局", "我局", "本局")
	lead.Letterhead = "广东省中山市民政局"
	government := unit(office, "市政府办公室", "市政府办公室", "我办")
	government.Posts = append(government.Posts, post(office, tasks.RoleSupervisor, 0))
	copied := tasks.Department{ID: council, Name: "市政协提案委", Short: "市政协提案委", Class: tasks.ClassCPPCC, NeverHandles: true}
	directory, faults := tasks.NewDirectory([]tasks.Department{
		lead, unit(party, "市委组织部", "市委组织部", "我部"), unit(commerce, "市工商联", "市工商联", "我会"),
		unit(industry, "市工业和信息化局", "市工信局", "我局"), unit(justice, "市司法局", "市司法局", "我局"),
		unit(labor, "市人力资源和社会保障局", "市人社局", "我局"), unit(planning, "市发展和改革局", "市发改局", "我局"), government, copied,
	})
	for _, fault := range faults {
		t.Fatal(fault)
	}
	calendar, err := workday.New([]workday.Year{{Year: 2020, Source: "test", Makeup: []workday.Date{workday.On(2020, 6, 28)},
		Holidays: []workday.Holiday{{Name: "端午节", Off: []workday.Date{workday.On(2020, 6, 25), workday.On(2020, 6, 26)}}}}})
	if err != nil {
		t.Fatal(err)
	}
	return &tasks.City{
		Name: "中山市", Directory: directory, Calendar: calendar, Router: route.New(nil), Zone: time.FixedZone("CST", 8*3600),
		Rules: tasks.Rules{
			Return:         workday.Rule{N: 5, Unit: workday.WorkingDays},
			ReturnDecision: workday.Rule{N: 7, Unit: workday.CalendarDays},
			Contribution:   workday.Rule{N: 1, Unit: workday.Months, Roll: true},
			Reply:          workday.Rule{N: 3, Unit: workday.Months, Roll: true},
			RemindBefore:   []int{5, 1, 0}, RemindHour: 9,
			Standing:      map[tasks.Kind][]string{tasks.CPPCC: {office, council}},
			ReturnReasons: []string{"not_duty", "other"}, Classes: []string{"A", "B", "C"},
			MaxSections: 30, MaxTextRunes: 20000,
		},
		Letter: letter.Template{
			Title:  map[string]string{"政协提案": "{lead}关于对{session}提案{number}的答复"},
			Intro:  map[string]string{"政协提案": "{you}提出《{title}》（{number}）的提案收悉，现答复如下："},
			Member: map[string]string{"政协提案": "委员", "人大建议": "代表"},
			YouOne: "您", YouMany: "你们", Salutation: "{proposers}{member}：", Heading: "关于“{heading}”的建议", Ending: "专此函复。",
			Contact: "（联系人：{name}，联系电话：{phone}）", Disclosure: "公开方式：{mode}", Copy: "抄送：{list}。", CopySep: "，",
			Gap: "【待{department}补充】",
		},
	}
}

func actorOf(c *tasks.City, department string, role tasks.Role, order int) tasks.Actor {
	key := post(department, role, order).Person.Key
	return tasks.Actor{Person: key, Posts: c.Directory.PostsOf(key)}
}

// play is a proposal with its city and a clock, so that tests read as a story.
type play struct {
	*testing.T
	city  *tasks.City
	p     *tasks.Proposal
	now   time.Time
	trail []tasks.AuditEvent
}

func (pl *play) liaison(department string) tasks.Actor {
	return actorOf(pl.city, department, tasks.RoleLiaison, 0)
}
func (pl *play) coordinator() tasks.Actor { return actorOf(pl.city, civil, tasks.RoleCoordinator, 0) }
func (pl *play) leader(order int) tasks.Actor {
	return actorOf(pl.city, civil, tasks.RoleLeader, order)
}

// ok asserts that a step was taken, collects its audit events as a store would, and lets an hour pass.
func (pl *play) ok(err error) {
	pl.Helper()
	if err != nil {
		pl.Fatal(err)
	}
	pl.trail = append(pl.trail, pl.p.Events()...)
	pl.p.Committed()
	pl.now = pl.now.Add(time.Hour)
}

// refused asserts the kind of refusal, and that a refused step recorded nothing.
func (pl *play) refused(code tasks.Code, err error) {
	pl.Helper()
	if got := tasks.CodeOf(err); got != code {
		pl.Errorf("refused with %q (%v), want %q", got, err, code)
	}
	if n := len(pl.p.Events()); n != 0 {
		pl.Errorf("a refused step recorded %d events", n)
	}
}

func (pl *play) state(section int, department string) tasks.State {
	pl.Helper()
	as, ok := pl.p.Assignment(section, department)
	if !ok {
		pl.Fatalf("%s has no part in section %d", department, section)
	}
	return as.State()
}

func (pl *play) wantState(section int, department string, want tasks.State) {
	pl.Helper()
	if got := pl.state(section, department); got != want {
		pl.Errorf("section %d, %s: %s, want %s", section, department, got, want)
	}
}

const paper = `中山市政协十二届四次会议提案
第124302号
案由：关于支持社会组织参与大湾区建设的建议
提案人：周例文等
一、建议
（一）以党建引领基层治理
建议扩大党组织覆盖面。
（二）发挥行业协会作用
建议给予专项资金扶持。
（三）搭建服务平台
建议专业组织进驻平台。
`

// handling registers the paper and hands three sections out: 1 to party and commerce, 2 to industry, 3 to the lead alone.
func handling(t *testing.T) *play {
	t.Helper()
	city := testCity(t)
	pl := &play{T: t, city: city, now: morning}
	p, err := tasks.NewProposal(city, pl.now, pl.coordinator(), civil, tasks.Head{Received: workday.On(2020, 6, 1)}, tasks.Source{Text: paper})
	pl.p = p
	if err != nil {
		t.Fatal(err)
	}
	pl.ok(nil)
	pl.ok(p.SetUnits(city, pl.now, pl.coordinator(), 1, []string{"市委组织部", "市工商联"}))
	pl.ok(p.SetUnits(city, pl.now, pl.coordinator(), 2, []string{"市工信局"}))
	pl.ok(p.SetInformed(city, pl.now, pl.coordinator(), []string{"市发改局"}))
	pl.ok(p.HandOut(city, pl.now, pl.coordinator()))
	return pl
}

func (pl *play) send(section int, department, text string) {
	pl.Helper()
	by := pl.liaison(department)
	if department == civil {
		by = pl.coordinator()
	}
	pl.ok(pl.p.Submit(pl.city, pl.now, by, section, department, text, ""))
}

// complete lets every unit answer and the lead adopt it all.
func (pl *play) complete() {
	pl.Helper()
	for _, s := range []int{1, 2, 3} {
		pl.send(s, civil, "市民政局做了工作。")
	}
	for _, part := range []struct {
		section    int
		department string
	}{{1, party}, {1, commerce}, {2, industry}} {
		pl.send(part.section, part.department, "我部门认真办理，我局已落实。")
		pl.ok(pl.p.Adopt(pl.now, pl.coordinator(), part.section, part.department, 0))
	}
}

func (pl *play) sign() {
	pl.Helper()
	pl.ok(pl.p.RequestApproval(pl.city, pl.now, pl.coordinator()))
	pl.ok(pl.p.Approve(pl.now, pl.leader(0), len(pl.p.Drafts)))
	pl.ok(pl.p.Approve(pl.now, pl.leader(1), len(pl.p.Drafts)))
}

func issuing() tasks.Issuing {
	return tasks.Issuing{Number: "中民函[2020]067号", Date: workday.On(2020, 9, 15), Class: "A",
		Contact: tasks.Contact{Name: "办公室", Phone: "0760-00000000"}, Disclosure: tasks.Disclosure{Mode: "主动公开"}}
}
