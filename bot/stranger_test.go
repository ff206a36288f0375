package bot_test

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"huiban/integrations/slackapi"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

func TestStrangerIsToldWhy(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	guest := c.client.As(stranger)
	for word, want := range map[string]string{"我的": "error.no_post", "进度": "error.no_post", "登记": "error.not_coordinator"} {
		answer, err := guest.Command(c.ctx, "/huiban", word)
		check(t, err)
		if answer == nil || answer.Text() != c.text.Say(want) {
			t.Errorf("/huiban %s: answer %v, want %q", word, answer, c.text.Say(want))
		}
	}
	_, err := guest.Command(c.ctx, "/huiban", "进度 130017")
	check(t, err)
	unknown := c.said(guest, func(m member.Message) bool { return m.Ephemeral && strings.Contains(m.Text(), "130017") })
	if want := c.text.Say("error.number_unknown", "Number", "130017"); unknown.Text() != want {
		t.Errorf("a stranger asks for a number and is told %q, want %q", unknown.Text(), want)
	}
	check(t, guest.OpenHome(c.ctx))
	home, err := guest.WaitHome(c.ctx, func(v *member.View) bool { return v != nil })
	check(t, err)
	if !strings.Contains(home.Text(), c.text.Say("home.no_post")) {
		t.Errorf("a stranger's Home tab says %q", home.Text())
	}
}

// TestColleagueCannotAct lets a leader of the co-handling unit send the very click that its liaison's card would send.
func TestColleagueCannotAct(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	_, el := c.card(c.holder("市司法局", tasks.RoleLiaison), "prompt.accept")
	leader := c.holder("市司法局", tasks.RoleLeader)
	id, err := leader.ID(c.ctx)
	check(t, err)
	reply := c.parts.Bot.Handle(c.ctx, slackapi.Request{ID: "forged", Interaction: &slack.InteractionCallback{
		Type: slack.InteractionTypeBlockActions, User: slack.User{ID: id},
		ActionCallback: slack.ActionCallbacks{BlockActions: []*slack.BlockAction{{ActionID: el.ActionID, Value: el.Value}}},
	}})
	if reply.After == nil {
		t.Fatal("nothing is said to somebody who may not act")
	}
	reply.After(c.ctx)
	answer := c.said(leader, func(m member.Message) bool { return m.Bot })
	want := c.text.Say("error.forbidden_step", "Event", c.text.Say("event.accept"))
	if answer.Text() != want {
		t.Errorf("told %q, want %q", answer.Text(), want)
	}
	if n := c.events(tasks.Accept); n != 0 {
		t.Errorf("accepted %d times by somebody who may not", n)
	}
}
