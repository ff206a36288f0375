package tasks_test

import (
	"testing"

	"huiban/tasks"
)

// twoWays has no numbering, and it is hard to say where its suggestions begin.
const twoWays = `关于加强校园安全的提案
提案人：钱试稿

校门口车多，家长担心。一位家长说，孩子每天要穿过三条马路。学校附近没有红绿灯，交警人手又不够。最好能在放学时段安排志愿者。也可以把公交站往西挪一挪。学校里的食堂也该让家长看看。大家都盼着孩子平平安安。`

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
