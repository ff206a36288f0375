package tasks_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
	"huiban/tasks/workday"
)

func TestLife(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	pl.wantState(1, party, tasks.Pending)
	pl.wantState(0, planning, tasks.Informed)
	pl.ok(pl.p.TakeOver(pl.city, pl.now, pl.liaison(party), 1, party, ""))
	pl.wantState(1, party, tasks.Accepted)
	pl.complete()
	if r := pl.p.Readiness(); !r.Complete() || r.Percent() != 100 {
		t.Errorf("readiness %+v after every text was adopted", r)
	}
	pl.sign()
	if got := pl.p.Phase(); got != tasks.PhaseApproved {
		t.Fatalf("phase %s after the last signature", got)
	}
	pl.ok(pl.p.Issue(pl.city, pl.now, pl.coordinator(), issuing()))
	final, ok := pl.p.Issued()
	if !ok || pl.p.Phase() != tasks.PhaseIssued {
		t.Fatalf("phase %s, issued %v", pl.p.Phase(), ok)
	}
	text := final.Letter.Text()
	for _, want := range []string{"中民函〔2020〕67号", "2020年9月15日", "市工信局已落实", "你们提出《关于支持社会组织参与大湾区建设的建议》（第124302号）",
		"抄送：市政府办公室，市政协提案委，市委组织部，市工商联，市工信局，市发改局。"} {
		if !strings.Contains(text, want) {
			t.Errorf("the letter lacks %q:\n%s", want, text)
		}
	}
	before := len(pl.p.Facts)
	pl.ok(pl.p.Issue(pl.city, pl.now, pl.coordinator(), issuing()))
	if len(pl.p.Facts) != before {
		t.Error("issuing twice was recorded twice")
	}
	pl.refused(tasks.Illegal, pl.p.Submit(pl.city, pl.now, pl.liaison(party), 1, party, "迟到的意见", ""))
}

func TestReturnsAndReassignment(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	by := pl.liaison(industry)
	pl.refused(tasks.Invalid, pl.p.GiveBack(pl.city, pl.now, by, 2, industry, "weather", "", ""))
	pl.refused(tasks.Invalid, pl.p.GiveBack(pl.city, pl.now, by, 2, industry, "not_duty", "市工信局", ""))
	pl.ok(pl.p.GiveBack(pl.city, pl.now, by, 2, industry, "not_duty", "市人社局", "非本单位职责"))
	pl.wantState(2, industry, tasks.Returned)
	pl.refused(tasks.Invalid, pl.p.UpholdAssignment(pl.now, pl.coordinator(), 2, industry, " \n"))
	pl.ok(pl.p.UpholdAssignment(pl.now, pl.coordinator(), 2, industry, "三定方案已明确"))
	pl.wantState(2, industry, tasks.Pending)
	pl.ok(pl.p.GiveBack(pl.city, pl.now, by, 2, industry, "other", "", ""))
	pl.refused(tasks.Invalid, pl.p.ReassignTo(pl.city, pl.now, pl.coordinator(), 2, industry, "市政协提案委"))
	pl.ok(pl.p.ReassignTo(pl.city, pl.now, pl.coordinator(), 2, industry, "市人社局"))
	pl.wantState(2, industry, tasks.Withdrawn)
	pl.wantState(2, labor, tasks.Pending)
	if diff := cmp.Diff([]string{party, commerce, labor}, pl.p.Contributors()); diff != "" {
		t.Errorf("contributors (-want +got):\n%s", diff)
	}
}

func TestReturnComesTooLate(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	last := pl.city.At(workday.On(2020, 6, 8), 23) // five working days after Monday, 1 June
	pl.now = last
	as, _ := pl.p.Assignment(2, industry)
	if by := as.ReturnBy(pl.city); by.Date != workday.On(2020, 6, 8) {
		t.Fatalf("return by %s", by.Date)
	}
	late := pl.p.GiveBack(pl.city, last.AddDate(0, 0, 1), pl.liaison(industry), 2, industry, "not_duty", "", "")
	pl.refused(tasks.Illegal, late)
	pl.ok(pl.p.GiveBack(pl.city, last, pl.liaison(industry), 2, industry, "not_duty", "", ""))
}

func TestWaiverOpensTheGate(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	for _, s := range []int{1, 2, 3} {
		pl.send(s, civil, "市民政局做了工作。")
	}
	pl.send(1, party, "我部已落实。")
	pl.ok(pl.p.Adopt(pl.now, pl.coordinator(), 1, party, 0))
	pl.send(2, industry, "我局已落实。")
	pl.ok(pl.p.Adopt(pl.now, pl.coordinator(), 2, industry, 0))
	if l := pl.p.Consolidate(pl.city); l.Gaps() != 1 || !strings.Contains(l.Text(), "【待市工商联补充】") {
		t.Errorf("the gap does not show:\n%s", l.Text())
	}
	pl.refused(tasks.Illegal, pl.p.RequestApproval(pl.city, pl.now, pl.coordinator()))
	pl.refused(tasks.Forbidden, pl.p.WaiveAnswer(pl.now, pl.coordinator(), 1, commerce, "逾期未报"))
	pl.refused(tasks.Invalid, pl.p.WaiveAnswer(pl.now, pl.leader(0), 1, commerce, ""))
	pl.ok(pl.p.WaiveAnswer(pl.now, pl.leader(0), 1, commerce, "逾期未报"))
	if got := pl.p.Readiness(); !got.Complete() || got.Expected != 5 {
		t.Errorf("readiness %+v", got)
	}
	pl.ok(pl.p.RequestApproval(pl.city, pl.now, pl.coordinator()))
}

func TestExtension(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	by := pl.liaison(party)
	as, _ := pl.p.Assignment(1, party)
	if as.DueNow() != workday.On(2020, 7, 1) {
		t.Fatalf("due %s", as.DueNow())
	}
	pl.refused(tasks.Invalid, pl.p.AskExtension(pl.now, by, 1, party, workday.On(2020, 7, 1), "核实数据"))
	pl.refused(tasks.Invalid, pl.p.AskExtension(pl.now, by, 1, party, workday.On(2020, 12, 1), "核实数据"))
	pl.refused(tasks.Illegal, pl.p.GrantExtension(pl.now, pl.coordinator(), 1, party, workday.Date{}))
	pl.ok(pl.p.AskExtension(pl.now, by, 1, party, workday.On(2020, 7, 15), "核实数据"))
	pl.refused(tasks.Forbidden, pl.p.GrantExtension(pl.now, by, 1, party, workday.Date{}))
	pl.ok(pl.p.GrantExtension(pl.now, pl.coordinator(), 1, party, workday.Date{}))
	as, _ = pl.p.Assignment(1, party)
	if as.DueNow() != workday.On(2020, 7, 15) || as.Extension() != nil {
		t.Errorf("due %s, open request %v", as.DueNow(), as.Extension())
	}
	other, _ := pl.p.Assignment(1, commerce)
	if other.DueNow() != workday.On(2020, 7, 1) {
		t.Errorf("the other unit's date moved to %s", other.DueNow())
	}
	pl.ok(pl.p.SetUnits(pl.city, pl.now, pl.coordinator(), 1, []string{"市工商联"}))
	pl.now = pl.city.At(workday.On(2020, 7, 20), 9)
	pl.ok(pl.p.SetUnits(pl.city, pl.now, pl.coordinator(), 1, []string{"市工商联", "市委组织部"}))
	as, _ = pl.p.Assignment(1, party)
	if as.DueNow() != workday.On(2020, 8, 20) {
		t.Errorf("handed out anew, but due %s", as.DueNow())
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	pl.send(1, party, "我部第一稿。")
	pl.send(1, party, "  我部第一稿。 ")
	pl.ok(pl.p.Adopt(pl.now, pl.coordinator(), 1, party, 0))
	pl.ok(pl.p.SendBack(pl.now, pl.coordinator(), 1, party, "请补充数据"))
	pl.wantState(1, party, tasks.SentBack)
	pl.send(1, party, "我部第二稿。")
	as, _ := pl.p.Assignment(1, party)
	var texts []string
	for _, v := range as.Versions {
		texts = append(texts, v.Text)
	}
	if diff := cmp.Diff([]string{"我部第一稿。", "我部第二稿。"}, texts); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
	pl.refused(tasks.Invalid, pl.p.Submit(pl.city, pl.now, pl.liaison(party), 1, party, "\u3000\n", ""))
	pl.refused(tasks.TooLarge, pl.p.Submit(pl.city, pl.now, pl.liaison(party), 1, party, strings.Repeat("长", 20001), ""))
}

func TestSameWordsAfterNewHandOut(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	pl.send(2, industry, "我局已落实。")
	pl.ok(pl.p.SetUnits(pl.city, pl.now, pl.coordinator(), 2, nil))
	pl.ok(pl.p.SetUnits(pl.city, pl.now, pl.coordinator(), 2, []string{"市工信局"}))
	pl.send(2, industry, "我局已落实。")
	pl.wantState(2, industry, tasks.Submitted)
}

func TestNoSectionGoesUnanswered(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	pl.complete()
	pl.refused(tasks.Illegal, pl.p.WaiveAnswer(pl.now, pl.coordinator(), 3, civil, ""))
	pl.ok(pl.p.SetUnits(pl.city, pl.now, pl.coordinator(), 3, []string{"市司法局"}))
	pl.refused(tasks.Forbidden, pl.p.WithdrawAssignment(pl.now, pl.coordinator(), 3, civil, ""))
	pl.ok(pl.p.WithdrawAssignment(pl.now, pl.coordinator(), 3, justice, ""))
	if r := pl.p.Readiness(); !r.Complete() {
		t.Errorf("the lead alone answers the section, but %v is missing", r.Missing)
	}
	pl = handling(t)
	pl.ok(pl.p.WaiveAnswer(pl.now, pl.coordinator(), 2, civil, ""))
	pl.send(1, civil, "市民政局做了工作。")
	pl.send(3, civil, "市民政局做了工作。")
	for _, x := range []part{{1, party}, {1, commerce}, {2, industry}} {
		pl.ok(pl.p.WithdrawAssignment(pl.now, pl.coordinator(), x.section, x.department, ""))
	}
	want := []tasks.Gap{{Section: 2, Department: civil, State: tasks.Waived}}
	if diff := cmp.Diff(want, pl.p.Readiness().Missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	pl.refused(tasks.Illegal, pl.p.RequestApproval(pl.city, pl.now, pl.coordinator()))
	pl.send(2, civil, "市民政局做了工作。")
	pl.ok(pl.p.RequestApproval(pl.city, pl.now, pl.coordinator()))
}
