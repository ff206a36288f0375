package bot_test

import (
	"strings"
	"testing"

	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// TestSimilarOnTheCard registers a paper like one that was handed out: the card tells of it, leads to it, and suggests
// whom the earlier one went to.
func TestSimilarOnTheCard(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	c.until("the hand-out is learned", func() bool { return c.city.Experience.Len() == 2 })
	coordinator := c.holder("市民政局", tasks.RoleCoordinator)
	c.intake(coordinator)
	again := strings.Replace(smallCase["proposal.txt"], "130017", "130018", 1)
	check(t, coordinator.Submit(c.ctx, map[string]any{"text": again}))

	label := tasks.Lesson{Number: "130017", Title: "关于办好社区长者饭堂的建议"}.Label()
	msg := c.said(coordinator, func(m member.Message) bool { return m.HasAction("desk.dispatch") && m.HasAction("progress.open") })
	for _, want := range []string{c.text.Say("similar.intro"), c.text.Say("similar.together"), c.text.Say("phase.handling"), label} {
		if !strings.Contains(msg.Text(), want) {
			t.Errorf("the card does not say %q:\n%s", want, msg.Text())
		}
	}
	check(t, coordinator.Click(c.ctx, msg, "progress.open"))
	v, err := coordinator.WaitView(c.ctx, "progress")
	check(t, err)
	if !strings.Contains(v.Text(), "130017") {
		t.Errorf("the button leads to\n%s", v.Text())
	}
}

// TestSimilarIsForItsOwn: a coordinator of another bureau is not told of a paper that is none of its business.
func TestSimilarIsForItsOwn(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	c.until("the hand-out is learned", func() bool { return c.city.Experience.Len() == 2 })
	stranger := c.holder("市教体局", tasks.RoleCoordinator)
	c.intake(stranger)
	check(t, stranger.Submit(c.ctx, map[string]any{"text": strings.Replace(smallCase["proposal.txt"], "130017", "130019", 1)}))
	msg, _ := c.card(stranger, "desk.dispatch")
	if msg.HasAction("progress.open") || strings.Contains(msg.Text(), c.text.Say("similar.intro")) {
		t.Errorf("the card tells of another bureau's paper:\n%s", msg.Text())
	}
}
