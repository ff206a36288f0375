package redisstore

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
)

func ids(list []tasks.Summary) []string {
	var out []string
	for _, s := range list {
		out = append(out, s.ID)
	}
	return out
}

func testIndex(h *harness) {
	p := h.dispatched("1")
	other := h.created("2")
	list := func(finished bool, departments ...string) []string {
		h.Helper()
		found, err := h.store.Concerning(h.ctx, departments, finished, 10)
		h.ok(err)
		got := ids(found)
		slices.Sort(got)
		return got
	}
	both := []string{p.ID, other.ID}
	slices.Sort(both)
	want := func(name string, got []string, want ...string) {
		h.Helper()
		if d := cmp.Diff(want, got); d != "" {
			h.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
	want("all", list(false), both...)
	want("of a contributor", list(false, "justice"), p.ID)
	want("of two units, each proposal once", list(false, "justice", "labour", "civil"), both...)
	want("of nobody", list(false, "council"))

	_, err := h.store.Update(h.ctx, p.ID, "", func(p *tasks.Proposal) error {
		return p.WithdrawAssignment(start, actor("civil", tasks.RoleCoordinator), p.Sections[0].ID, "labour", "无关")
	})
	h.ok(err)
	want("of a unit that was withdrawn", list(false, "labour"))
	_, err = h.store.Update(h.ctx, p.ID, "", func(p *tasks.Proposal) error {
		return p.CancelHandling(start, actor("civil", tasks.RoleCoordinator), "重复")
	})
	h.ok(err)
	want("open after the end", list(false, "justice"))
	want("finished after the end", list(true, "justice"), p.ID)
	loaded, err := h.store.Load(h.ctx, p.ID)
	h.ok(err)
	found, err := h.store.Concerning(h.ctx, []string{"justice"}, true, 1)
	h.ok(err)
	if d := cmp.Diff([]tasks.Summary{loaded.Summarize()}, found); d != "" {
		h.Errorf("summary (-want +got):\n%s", d)
	}
}

func testNumber(h *harness) {
	p := h.created("ＤＨ 0271")
	whole, err := h.store.Numbered(h.ctx, "dh0271")
	h.ok(err)
	if len(whole) != 1 || whole[0].ID != p.ID || len(whole[0].Sections) != len(p.Sections) {
		h.Errorf("read by number: %d proposals", len(whole))
	}
	for _, typed := range []string{"DH0271", "dh0271", " ＤＨ0271 "} {
		found, err := h.store.ByNumber(h.ctx, typed)
		h.ok(err)
		if d := cmp.Diff([]string{p.ID}, ids(found)); d != "" {
			h.Errorf("%q (-want +got):\n%s", typed, d)
		}
	}
	_, err = h.store.Update(h.ctx, p.ID, "", func(p *tasks.Proposal) error {
		head := p.Head
		head.Number = "第3号"
		return p.EditHead(h.city, start, actor("civil", tasks.RoleCoordinator), head)
	})
	h.ok(err)
	old, err := h.store.ByNumber(h.ctx, "DH0271")
	h.ok(err)
	now, err := h.store.ByNumber(h.ctx, "第3号")
	h.ok(err)
	if len(old) != 0 || len(now) != 1 {
		h.Errorf("after the change: %d under the old number, %d under the new", len(old), len(now))
	}
	if none, err := h.store.ByNumber(h.ctx, "  "); err != nil || none != nil {
		h.Errorf("empty number = %v, %v", none, err)
	}
}

func testExport(h *harness) {
	want := map[string]int{}
	for i := range 40 {
		want[h.created(fmt.Sprint(i)).ID] = 1
	}
	got := map[string]int{}
	h.ok(h.store.AllIDs(h.ctx, func(id string) error {
		got[id]++
		return nil
	}))
	if d := cmp.Diff(want, got); d != "" {
		h.Errorf("ids (-want +got):\n%s", d)
	}
	list, err := h.store.Concerning(h.ctx, nil, false, 7)
	h.ok(err)
	if len(list) != 7 {
		h.Errorf("limit 7 gave %d", len(list))
	}
}

func testCards(h *harness) {
	_, ok, err := h.store.Posted(h.ctx, "p", "desk:a")
	h.ok(err)
	if ok {
		h.Error("a card that was never posted is known")
	}
	want := tasks.Posted{Channel: "C1", TS: "1.2", Digest: "d"}
	h.ok(h.store.Remember(h.ctx, "p", "desk:a", want))
	got, ok, err := h.store.Posted(h.ctx, "p", "desk:a")
	h.ok(err)
	if !ok || got != want {
		h.Errorf("Posted = %v %v, want %v", got, ok, want)
	}
}

func testForms(h *harness) {
	values := map[string]string{"1": "写到一半", "2": ""}
	h.ok(h.store.SaveForm(h.ctx, "p", "a:b", "c", values, 2*time.Second))
	h.ok(h.store.SaveForm(h.ctx, "p", "a", "b:c", map[string]string{"x": "y"}, time.Hour))
	got, err := h.store.SavedForm(h.ctx, "p", "a:b", "c")
	h.ok(err)
	if d := cmp.Diff(values, got); d != "" {
		h.Errorf("form (-want +got):\n%s", d)
	}
	h.pass(2100 * time.Millisecond)
	if got, err = h.store.SavedForm(h.ctx, "p", "a:b", "c"); err != nil || got != nil {
		h.Errorf("after its time: %v, %v", got, err)
	}
	h.ok(h.store.DropForm(h.ctx, "p", "a", "b:c"))
	if got, err = h.store.SavedForm(h.ctx, "p", "a", "b:c"); err != nil || got != nil {
		h.Errorf("after DropForm: %v, %v", got, err)
	}
}

func testIntakes(h *harness) {
	in := tasks.NewIntake(h.now, "someone", "civil", tasks.Head{Number: "9", Kind: tasks.CPPCC}, "F1", "提案.docx")
	h.ok(h.store.SaveIntake(h.ctx, in))
	later := in
	later.FileName = "other"
	h.ok(h.store.SaveIntake(h.ctx, later))
	got, err := h.store.Intake(h.ctx, in.ID)
	h.ok(err)
	if d := cmp.Diff(in, got); d != "" {
		h.Errorf("intake (-want +got):\n%s", d)
	}
	jobs := h.drain(h.now)
	if len(jobs) != 1 || jobs[0].Intake != in.ID || jobs[0].Proposal != "" {
		h.Errorf("jobs = %+v, want the intake once", jobs)
	}
	in.Proposal = "p"
	h.ok(h.store.CloseIntake(h.ctx, in))
	h.ok(h.store.SaveIntake(h.ctx, later))
	if got, err = h.store.Intake(h.ctx, in.ID); err != nil || got.Proposal != "p" {
		h.Errorf("after closing: %+v, %v", got, err)
	}
	if jobs := h.drain(h.now); len(jobs) != 0 {
		h.Errorf("a closed intake was planned again: %+v", jobs)
	}
}

func TestKeysStayInOneSlot(t *testing.T) {
	t.Parallel()
	k := keys{prefix: "hb"}
	if got, want := k.form("p", "a:b", "c%"), fmt.Sprintf("hb:{%02d}:form:p:a%%3ab:c%%25", shardOf("p")); got != want {
		t.Errorf("form key = %q, want %q", got, want)
	}
	used := map[int]bool{}
	for i := range 1000 {
		used[shardOf(fmt.Sprint("id", i))] = true
	}
	if len(used) != shards {
		t.Errorf("%d of %d shards are used", len(used), shards)
	}
}
