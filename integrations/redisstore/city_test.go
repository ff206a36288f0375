package redisstore

import (
	"fmt"
	"testing"
	"time"

	"huiban/tasks"
	"huiban/tasks/letter"
	"huiban/tasks/route"
	"huiban/tasks/workday"
)

var start = time.Date(2025, 3, 3, 2, 0, 0, 0, time.UTC) // a Monday, 10:00 in the city

func post(dept string, role tasks.Role, order int) tasks.Post {
	return tasks.Post{Department: dept, Role: role, Order: order, Person: tasks.Person{Key: fmt.Sprintf("%s.%s%d@example.org", role, dept, order)}}
}

func testCity(t testing.TB) *tasks.City {
	t.Helper()
	unit := func(id, short string, class tasks.Class) tasks.Department {
		return tasks.Department{ID: id, Name: short + "本名", Short: short, Official: "某市" + short, Class: class, Self: []string{"我局"},
			Posts: []tasks.Post{post(id, tasks.RoleLiaison, 0), post(id, tasks.RoleCoordinator, 0), post(id, tasks.RoleLeader, 0)}}
	}
	council := tasks.Department{ID: "council", Name: "市政协提案委", Short: "市政协", Class: tasks.ClassCPPCC, NeverHandles: true}
	dir, faults := tasks.NewDirectory([]tasks.Department{
		unit("civil", "市民政局", tasks.ClassGovernment), unit("justice", "市司法局", tasks.ClassGovernment), unit("labour", "市人社局", tasks.ClassGovernment), council})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	cal, err := workday.New([]workday.Year{{Year: 2025, Source: "test",
		Holidays: []workday.Holiday{{Name: "劳动节", Off: []workday.Date{workday.On(2025, 5, 1)}}}}})
	if err != nil {
		t.Fatal(err)
	}
	return &tasks.City{
		Name: "某市", Directory: dir, Calendar: cal, Router: route.New(nil), Zone: time.FixedZone("CST", 8*3600),
		Rules: tasks.Rules{
			Return: workday.Rule{N: 5, Unit: workday.WorkingDays}, Contribution: workday.Rule{N: 10, Unit: workday.WorkingDays},
			Reply: workday.Rule{N: 3, Unit: workday.Months}, RemindBefore: []int{3, 0}, RemindHour: 9,
			Standing: map[tasks.Kind][]string{tasks.CPPCC: {"council"}}, ReturnReasons: []string{"duty"}, Classes: []string{"A", "B", "C"},
			MaxSections: 40, MaxTextRunes: 20000,
		},
		Letter: letter.Template{Heading: "关于{heading}", Gap: "【待{department}补充】", Copy: "抄送：{list}。", CopySep: "，", Ending: "专此函复。"},
	}
}

func actor(dept string, role tasks.Role) tasks.Actor {
	p := post(dept, role, 0)
	return tasks.Actor{Person: p.Person.Key, Posts: []tasks.Post{p}}
}

const paper = "关于给小区楼道装灯的建议\n建议：\n一、给老旧小区的楼道装上感应灯。由街道逐楼查看，列出清单。\n二、请物业每月检查一次楼道灯。坏了三天内换好。\n"

// draftPaper is a registered proposal that was not stored yet.
func draftPaper(t testing.TB, c *tasks.City, number string) *tasks.Proposal {
	t.Helper()
	p, err := tasks.NewProposal(c, start, actor("civil", tasks.RoleCoordinator), "civil", tasks.Head{
		Number: number, Session: "一届一次会议", Kind: tasks.CPPCC, Title: "关于给小区楼道装灯的建议", Proposers: []string{"甲委员"},
		Received: workday.On(2025, 3, 3)}, tasks.Source{Text: paper})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// handOut asks both other units about the first section and dispatches.
func handOut(c *tasks.City) func(*tasks.Proposal) error {
	return func(p *tasks.Proposal) error {
		a := actor("civil", tasks.RoleCoordinator)
		if err := p.SetUnits(c, start, a, p.Sections[0].ID, []string{"justice", "labour"}); err != nil {
			return err
		}
		return p.HandOut(c, start, a)
	}
}

// submit hands in a unit's text for the first section.
func submit(c *tasks.City, dept, text string) func(*tasks.Proposal) error {
	return func(p *tasks.Proposal) error {
		return p.Submit(c, start.Add(time.Hour), actor(dept, tasks.RoleLiaison), p.Sections[0].ID, dept, text, "")
	}
}
