package tasks_test

import (
	"testing"

	"huiban/tasks"
)

// twoWays has no numbering: it may be three suggestions or one.
const twoWays = `关于改善农贸市场环境的提案
提案人：钱试稿
市区农贸市场多建于上世纪，通风和排水条件差，群众意见较多。建议商务部门把老旧市场改造列入年度计划。建议市场监管部门增加抽检批次，并公布结果。此外，建议城管部门清理周边占道摊点，划定便民疏导区。`

func TestOtherReading(t *testing.T) {
	t.Parallel()
	pl := &play{T: t, city: testCity(t), now: morning}
	p, err := tasks.NewProposal(pl.city, pl.now, pl.coordinator(), civil, tasks.Head{}, tasks.Source{Text: twoWays})
	if err != nil {
		t.Fatal(err)
	}
	pl.p = p
	pl.ok(nil)
	first, other := len(p.Sections), len(p.OtherReading())
	if other == 0 || other == first {
		t.Fatalf("%d sections, the other reading has %d", first, other)
	}
	pl.refused(tasks.Forbidden, p.TakeOtherReading(pl.city, pl.now, pl.liaison(party)))
	pl.ok(p.TakeOtherReading(pl.city, pl.now, pl.coordinator()))
	if len(p.Sections) != other || len(p.OtherReading()) != first {
		t.Errorf("after the change: %d sections, the other reading has %d", len(p.Sections), len(p.OtherReading()))
	}
	pl.ok(p.TakeOtherReading(pl.city, pl.now, pl.coordinator()))
	if len(p.Sections) != first {
		t.Errorf("changed back: %d sections, want %d", len(p.Sections), first)
	}
	pl.ok(p.EditSection(pl.city, pl.now, pl.coordinator(), p.Sections[0].ID, "改造老旧市场", p.Sections[0].Text))
	if got := p.OtherReading(); got != nil {
		t.Errorf("edited sections still have another reading: %d sections", len(got))
	}
	pl.refused(tasks.Illegal, p.TakeOtherReading(pl.city, pl.now, pl.coordinator()))
}
