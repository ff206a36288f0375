package bot_test

import (
	"sync"
	"testing"

	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

func TestDraftIsKept(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	liaison := c.holder("市司法局", tasks.RoleLiaison)
	open := func() *member.View {
		msg, el := c.card(liaison, "prompt.write")
		check(t, liaison.Use(c.ctx, msg, el))
		v, err := liaison.WaitView(c.ctx, "contribution")
		check(t, err)
		return v
	}
	block := ""
	for _, el := range open().Elements() {
		if el.Type == "plain_text_input" {
			block = el.BlockID
		}
	}
	const typed = "我局拟组织律师每月到长者饭堂值守，"
	check(t, liaison.ClickInView(c.ctx, "contribution.save", nil, map[string]any{block: typed}))
	check(t, liaison.CloseView(c.ctx))
	check(t, liaison.WaitNoView(c.ctx))
	shown := ""
	for _, entry := range open().State.Values[block] {
		shown, _ = entry["value"].(string)
	}
	if shown != typed {
		t.Errorf("the form opened again shows %q, want what was typed", shown)
	}
	check(t, liaison.Submit(c.ctx, map[string]any{block: typed + "并公布名单。"}))
	c.until("the text is handed in", func() bool { return c.events(tasks.Submit) == 1 })
	if n := c.events(tasks.Submit); n != 1 {
		t.Errorf("%d submissions, want 1", n)
	}
}

func TestTwoClicksDoOnce(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	liaison := c.holder("市司法局", tasks.RoleLiaison)
	msg, el := c.card(liaison, "prompt.accept")
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if err := liaison.Use(c.ctx, msg, el); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	c.said(liaison, func(m member.Message) bool { return m.TS == msg.TS && !m.HasAction("prompt.accept") })
	if n := c.events(tasks.Accept); n != 1 {
		t.Errorf("accepted %d times, want once", n)
	}
	if n := c.events(tasks.Dispatch); n != 1 {
		t.Errorf("handed out %d times, want once", n)
	}
}

func TestTextInTheWrongPlace(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	liaison := c.holder("市司法局", tasks.RoleLiaison)
	dm, err := liaison.DM(c.ctx)
	check(t, err)
	_, err = liaison.Say(c.ctx, dm, "", "我局没有意见。")
	check(t, err)
	answer := c.said(liaison, member.Containing(c.text.Say("wrong_place.body")))
	if !answer.HasAction("prompt.write") {
		t.Errorf("the answer has no button to write: %s", answer.Text())
	}
	if n := c.events(tasks.Submit); n != 0 {
		t.Errorf("%d submissions from a message, want none", n)
	}
}
