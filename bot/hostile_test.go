package bot_test

import (
	"encoding/json"
	"strings"
	"testing"

	"huiban/bot/demo"
	"huiban/integrations/workspace/member"
)

// hostile holds what Slack would take for commands, and characters that nobody can see.
const hostile = "<!channel> <@U1> *粗* & </w:t> \x07\u202e|x"

// marked walks blocks and returns every text that Slack reads as mrkdwn.
func marked(v any) []string {
	var list []string
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			list = append(list, marked(x)...)
		}
	case map[string]any:
		if text, ok := v["text"].(string); ok && v["type"] == "mrkdwn" {
			list = append(list, text)
		}
		for _, x := range v {
			list = append(list, marked(x)...)
		}
	}
	return list
}

// harmless fails the test where a message lets typed text act.
func (s *site) harmless(of string, list []member.Message) {
	s.t.Helper()
	for _, msg := range list {
		if !msg.Bot {
			continue
		}
		var blocks any
		if len(msg.Blocks) > 0 {
			check(s.t, json.Unmarshal(msg.Blocks, &blocks))
		}
		for _, text := range append(marked(blocks), msg.PlainText) {
			if strings.Contains(text, "<!channel") || strings.Contains(text, "<@U1") {
				s.t.Errorf("%s: %q is not escaped", of, text)
			}
		}
	}
}

// TestHostileText types Slack's commands into every field; cards show them, the letter has them word for word.
func TestHostileText(t *testing.T) {
	t.Parallel()
	s := breakable(t)
	small := loadSmall(t)
	small.Contributions = []demo.Contribution{{Department: "市司法局", Section: 1, Text: "我局意见" + hostile}, {Department: "市人社局", Section: 2, Text: hostile}}
	small.LeadText = map[int]string{1: "第一项" + hostile, 2: "第二项" + hostile}
	small.Events = []demo.Event{
		{Do: "return", Department: "市司法局", Section: 1, Reason: "other", Text: "退办" + hostile},
		{Do: "decide", Department: "市司法局", Section: 1, Reason: "uphold", Text: "维持" + hostile},
		{Do: "submit", Department: "市司法局", Section: 1},
		{Do: "send_back", Department: "市司法局", Section: 1, Text: "补充" + hostile},
		{Do: "submit", Department: "市司法局", Section: 1},
	}
	small.Reply = demo.Reply{Title: "关于" + hostile, Salutation: "委员" + hostile, Opening: "开头" + hostile, Closing: "结尾" + hostile,
		CopyOrder: []string{"市司法局", "甲" + hostile}, Disclosure: "主动公开"}
	small.Reply.Contact.Name = "某" + hostile
	check(t, s.player.Play(s.ctx, small))
	l, err := s.player.Letter(s.ctx, "提案办理")
	check(t, err)
	literal := "<!channel> <@U1> *粗* & </w:t>"
	if n := strings.Count(string(l.Text), literal); n != 10 {
		t.Errorf("the letter has the typed words %d times:\n%s", n, l.Text)
	}
	if strings.ContainsAny(string(l.Text), "\x07\u202e") {
		t.Error("the letter has characters that nobody can see")
	}
	boot, err := s.client.Boot(s.ctx)
	check(t, err)
	for _, person := range boot.Members {
		if person.IsBot {
			continue
		}
		m := s.client.As(person.ID)
		channels, err := m.Conversations(s.ctx)
		check(t, err)
		for _, c := range channels {
			list, err := m.Messages(s.ctx, c.ID)
			check(t, err)
			for _, msg := range list {
				if msg.ReplyCount > 0 {
					thread, err := m.Thread(s.ctx, c.ID, msg.TS)
					check(t, err)
					list = append(list, thread...)
				}
			}
			s.harmless(person.Name, list)
		}
	}
}
