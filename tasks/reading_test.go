package tasks_test

import (
	"testing"

	"huiban/tasks"
)

// twoWays have no numbering, and it is hard to say where their suggestions begin: the first of which the two
// readings have different numbers of sections serves.
var twoWays = []string{
	`关于加强校园安全的提案
提案人：钱试稿

校门口车多，家长担心。一位家长说，孩子每天要穿过三条马路。学校附近没有红绿灯，交警人手又不够。最好能在放学时段安排志愿者。也可以把公交站往西挪一挪。学校里的食堂也该让家长看看。大家都盼着孩子平平安安。`,
	`关于改善菜市场环境的提案
提案人：钱试稿

摊位外溢，行人难走。污水横流，夏天气味大。管理人员只有三名，忙不过来。三轮车随处停。可以划一块地方停车，污水接到管网里去，再添几个人手。商户们也愿意配合，只要事先说清楚。市场北边有一块空地，闲着也是闲着。`,
	`关于乡村道路的提案
提案人：钱试稿

我们村的路，一到下雨天就没法走。前年修了一半，钱用完了。去年又挖了一回，埋自来水管。老人摔了好几个。村里人盼着路修好，路灯亮起来，公交车开进来。
路不通，什么都卖不出去。
灯不亮，晚上没人敢出门。
车不来，看病要走十里路。`,
}

func TestOtherReading(t *testing.T) {
	t.Parallel()
	pl := &play{T: t, city: testCity(t), now: morning}
	var p *tasks.Proposal
	first, other := 0, 0
	for _, text := range twoWays {
		var err error
		p, err = tasks.NewProposal(pl.city, pl.now, pl.coordinator(), civil, tasks.Head{}, tasks.Source{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if first, other = len(p.Sections), len(p.OtherReading()); other != 0 && other != first {
			break
		}
	}
	if other == 0 || other == first {
		t.Fatalf("%d sections, the other reading has %d", first, other)
	}
	pl.p = p
	pl.ok(nil)
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
