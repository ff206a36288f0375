package bot_test

import (
	"strings"
	"testing"

	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

func TestUnknownWordGetsHelp(t *testing.T) {
	t.Parallel()
	c := converse(t)
	coordinator := c.holder("市民政局", tasks.RoleCoordinator)
	for _, word := range []string{"登录", "help", "", "进渡 124302"} {
		answer, err := coordinator.Command(c.ctx, "/huiban", word)
		check(t, err)
		if answer == nil || !strings.Contains(answer.Text(), "/huiban 登记") {
			t.Errorf("/huiban %s: answer %v, want the commands", word, answer)
		}
	}
}

// TestUrgingAnswersWhereOneLooks urges from the progress window, which says so itself; a second time it is refused.
func TestUrgingAnswersWhereOneLooks(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	coordinator := c.holder("市民政局", tasks.RoleCoordinator)
	_, err := coordinator.Command(c.ctx, "/huiban", "我的")
	check(t, err)
	list := c.said(coordinator, func(m member.Message) bool { return m.Ephemeral && m.HasAction("progress.open") })
	check(t, coordinator.Click(c.ctx, list, "progress.open"))
	_, err = coordinator.WaitView(c.ctx, "progress")
	check(t, err)
	check(t, coordinator.ClickInView(c.ctx, "urge", nil, nil))
	done := c.text.Say("urge.done", "Unit", "市司法局")
	_, err = coordinator.WaitViewThat(c.ctx, func(v *member.View) bool { return v != nil && strings.Contains(v.Text(), done) })
	check(t, err)
	check(t, coordinator.ClickInView(c.ctx, "urge", nil, nil))
	c.said(coordinator, func(m member.Message) bool { return m.Text() == c.text.Say("error.urged_lately") })
	if n := c.events(tasks.Remind); n != 1 {
		t.Errorf("urged %d times, want once", n)
	}
}
