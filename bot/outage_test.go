package bot_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"huiban/integrations/workspace"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// TestRedisAway takes Redis away while people click: each is told that nothing was saved, and when it is back everything
// goes on where it stood.
func TestRedisAway(t *testing.T) {
	t.Parallel()
	s := dispatched(t)
	m := s.holder("市司法局", tasks.RoleLiaison)
	text := s.open(m, "prompt.write", "contribution", "text_")
	s.redis.Close()
	msg, el := s.card(m, "prompt.accept")
	if err := m.Submit(s.ctx, map[string]any{text: "我局意见。"}); !strings.Contains(fmt.Sprint(member.FieldErrors(err)), "暂时无法保存") {
		t.Errorf("without Redis a form was answered with %v", err)
	}
	check(t, m.CloseView(s.ctx))
	check(t, m.Use(s.ctx, msg, el))
	s.said(m, func(msg member.Message) bool {
		return msg.Ephemeral && strings.Contains(msg.Text(), "暂时无法保存")
	})
	answer, err := m.Command(s.ctx, "/huiban", "我的")
	if err == nil && (answer == nil || !strings.Contains(answer.Text(), "暂时无法")) {
		t.Errorf("without Redis a list was answered with %v", answer)
	}
	check(t, s.redis.Restart())
	s.until("Redis answers again", func() bool {
		_, err := s.parts.Store.Parked(s.ctx)
		return err == nil
	})
	check(t, m.Use(s.ctx, msg, el))
	s.until("the click counts", func() bool { return s.events(tasks.Accept) == 1 })
	s.open(m, "prompt.write", "contribution", "text_")
	check(t, m.Submit(s.ctx, map[string]any{text: "我局意见。"}))
	s.said(s.holder("市民政局", tasks.RoleCoordinator), func(msg member.Message) bool { return msg.HasAction("desk.adopt_all") })
}

// TestSlackStumbles lets Slack refuse, break and limit calls: every card arrives in the end, once.
func TestSlackStumbles(t *testing.T) {
	t.Parallel()
	s := breakable(t)
	s.ws.Fail("chat.postMessage", 1, workspace.Fault{Status: http.StatusTooManyRequests, RetryAfter: time.Second})
	s.ws.Fail("chat.postMessage", 1, workspace.Fault{Status: http.StatusInternalServerError})
	s.ws.Fail("chat.postMessage", 1, workspace.Fault{AfterEffect: true, Drop: true})
	s.ws.Fail("conversations.open", 1, workspace.Fault{Status: http.StatusBadGateway})
	s.ws.Fail("chat.update", 1, workspace.Fault{Error: "internal_error"})
	check(t, s.player.Begin(s.ctx, loadSmall(t)))
	for _, unit := range []string{"市司法局", "市人社局"} {
		for _, post := range s.city.Directory.Holders(s.id(unit), tasks.RoleLiaison) {
			m := s.client.As(post.Person.Key)
			s.card(m, "prompt.accept")
			n := 0
			for _, msg := range s.messages(m) {
				if msg.HasAction("prompt.accept") {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%s has %d cards", post.Person.Key, n)
			}
		}
	}
	parked, err := s.parts.Store.Parked(s.ctx)
	check(t, err)
	if len(parked) != 0 {
		t.Errorf("%d deliveries were set aside", len(parked))
	}
}

// TestFormDoesNotOpen lets a form's opening fail: the person is told.
func TestFormDoesNotOpen(t *testing.T) {
	t.Parallel()
	s := dispatched(t)
	m := s.holder("市司法局", tasks.RoleLiaison)
	msg, el := s.card(m, "prompt.return")
	s.ws.Fail("views.open", 1, workspace.Fault{Error: "expired_trigger_id"})
	check(t, m.Use(s.ctx, msg, el))
	s.said(m, func(msg member.Message) bool { return msg.Ephemeral && strings.Contains(msg.Text(), "再") })
	check(t, m.Use(s.ctx, msg, el))
	_, err := m.WaitView(s.ctx, "return")
	check(t, err)
}

// TestRecipientWithoutAccount: who has no account waits aside, in sight of whoever runs the bot; all others get theirs.
func TestRecipientWithoutAccount(t *testing.T) {
	t.Parallel()
	s := dispatched(t, "sifa.a@zhongshan.example")
	s.card(s.client.As("sifa.b@zhongshan.example"), "prompt.accept")
	s.card(s.holder("市人社局", tasks.RoleLiaison), "prompt.accept")
	var parked []tasks.ParkedJob
	s.until("the delivery is set aside", func() bool {
		list, err := s.parts.Store.Parked(s.ctx)
		parked = list
		return err == nil && len(list) > 0
	})
	for _, p := range parked {
		if p.Job.Delivery.Recipient != "sifa.a@zhongshan.example" || p.Why == "" {
			t.Errorf("%+v was set aside", p)
		}
	}
	check(t, s.parts.Store.Replay(s.ctx, s.player.Clock.Now(), parked[0].Job.ID))
	s.until("the replayed delivery is set aside again", func() bool {
		list, err := s.parts.Store.Parked(s.ctx)
		return err == nil && slices.ContainsFunc(list, func(p tasks.ParkedJob) bool {
			return p.Job.ID == parked[0].Job.ID && p.Job.Attempt > parked[0].Job.Attempt
		})
	})
}
