package workspace

import (
	"context"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"huiban/integrations/workspace/member"
)

// echoBot is a small app on the real client: a command opens a form, the form posts a card, a click updates it.
func echoBot(ctx context.Context, t *testing.T, s *Server) *slack.Client {
	t.Helper()
	api := slack.New(testBotToken, slack.OptionAPIURL(s.APIURL()), slack.OptionAppLevelToken(testAppToken))
	sm := socketmode.New(api)
	go func() { _ = sm.RunContext(ctx) }()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case ev := <-sm.Events:
				echo(ctx, t, api, sm, ev)
			}
		}
	}()
	return api
}

func echo(ctx context.Context, t *testing.T, api *slack.Client, sm *socketmode.Client, ev socketmode.Event) {
	switch data := ev.Data.(type) {
	case slack.SlashCommand:
		_ = sm.Ack(*ev.Request)
		in := slack.NewPlainTextInputBlockElement(nil, "v")
		view := slack.ModalViewRequest{
			Type: slack.VTModal, CallbackID: "echo", Title: label("表单"), Submit: label("提交"), PrivateMetadata: data.ChannelID,
			Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewInputBlock("words", label("内容"), nil, in)}},
		}
		if _, err := api.OpenViewContext(ctx, data.TriggerID, view); err != nil {
			t.Error("open view:", err)
		}
	case slack.InteractionCallback:
		if data.Type == slack.InteractionTypeViewSubmission {
			words := data.View.State.Values["words"]["v"].Value
			if words == "bad" {
				_ = sm.Ack(*ev.Request, slack.NewErrorsViewSubmissionResponse(map[string]string{"words": "换一个"}))
				return
			}
			_ = sm.Ack(*ev.Request)
			section := slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, words, false, false), nil, nil)
			buttons := slack.NewActionBlock("act", slack.NewButtonBlockElement("ok", "7", label("签收")))
			if _, _, err := api.PostMessageContext(ctx, data.User.ID, slack.MsgOptionText(words, false), slack.MsgOptionBlocks(section, buttons)); err != nil {
				t.Error("post:", err)
			}
			return
		}
		_ = sm.Ack(*ev.Request)
		done := data.ActionCallback.BlockActions[0].Value + " 已签收"
		if _, _, _, err := api.UpdateMessageContext(ctx, data.Channel.ID, data.Message.Timestamp, slack.MsgOptionText(done, false), slack.MsgOptionBlocks()); err != nil {
			t.Error("update:", err)
		}
	case slackevents.EventsAPIEvent:
		_ = sm.Ack(*ev.Request)
		if m, ok := data.InnerEvent.Data.(*slackevents.MessageEvent); ok && m.BotID == "" && m.SubType == "" {
			if _, _, err := api.PostMessageContext(ctx, m.Channel, slack.MsgOptionText("收到："+m.Text, false), slack.MsgOptionTS(m.TimeStamp)); err != nil {
				t.Error("reply:", err)
			}
		}
	}
}

func label(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

func TestRealClientOverSocketMode(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	ctx := timeout(t)
	echoBot(ctx, t, s)
	waitFor(t, "a connection", func() bool { return s.Connections("") == 1 })
	m := as(t, s, "林联络")

	if _, err := m.Command(ctx, "/huiban", "登记"); err != nil {
		t.Fatal(err)
	}
	if _, err := m.WaitView(ctx, "echo"); err != nil {
		t.Fatal(err)
	}
	if fields := member.FieldErrors(m.Submit(ctx, map[string]any{"words": ""})); fields["words"] == "" {
		t.Error("an empty required field was not refused")
	}
	if fields := member.FieldErrors(m.Submit(ctx, map[string]any{"words": "bad"})); fields["words"] != "换一个" {
		t.Errorf("field errors = %v", fields)
	}
	if err := m.Submit(ctx, map[string]any{"words": "第124302号"}); err != nil {
		t.Fatal(err)
	}
	dm, err := m.DM(ctx)
	if err != nil {
		t.Fatal(err)
	}
	card, err := m.WaitMessage(ctx, dm, member.Containing("第124302号"))
	if err != nil {
		t.Fatal(err)
	}
	if !card.HasAction("ok") || card.Buttons()[0].Text != "签收" {
		t.Fatalf("buttons = %v", card.Buttons())
	}
	if err := m.Click(ctx, card, "ok"); err != nil {
		t.Fatal(err)
	}
	if _, err := m.WaitMessage(ctx, dm, member.Containing("7 已签收")); err != nil {
		t.Fatal(err)
	}
	ts, err := m.Say(ctx, dm, "", "你好 & 再见")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.WaitReply(ctx, dm, ts, member.Containing("收到：你好 &amp; 再见")); err != nil {
		t.Fatal(err)
	}
}
