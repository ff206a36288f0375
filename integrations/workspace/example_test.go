package workspace_test

import (
	"context"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"huiban/integrations/workspace"
	"huiban/integrations/workspace/member"
)

// An app posts with the usual client, a member reads it.
func Example() {
	s, err := workspace.New(workspace.Options{Seed: workspace.Seed{
		Members: []workspace.Member{{ID: "U1", Name: "lin", Email: "lin@example.org"}},
		Apps:    []workspace.App{{Name: "huiban", BotToken: "xoxb-1", Scopes: []string{"chat:write", "users:read", "users:read.email"}}},
	}})
	if err != nil {
		panic(err)
	}
	defer s.Close()
	if err := s.Start("127.0.0.1:0"); err != nil {
		panic(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()

	bot := slack.New("xoxb-1", slack.OptionAPIURL(s.APIURL()))
	user, err := bot.GetUserByEmailContext(ctx, "lin@example.org")
	if err != nil {
		panic(err)
	}
	if _, _, err := bot.PostMessageContext(ctx, user.ID, slack.MsgOptionText("请于3月20日前提交会办意见", false)); err != nil {
		panic(err)
	}
	lin := member.Dial(s.URL()).As("lin")
	dm, err := lin.DM(ctx)
	if err != nil {
		panic(err)
	}
	msg, err := lin.WaitMessage(ctx, dm, member.Containing("会办意见"))
	if err != nil {
		panic(err)
	}
	fmt.Println(msg.Text(), s.CountCalls("chat.postMessage"))
	// Output: 请于3月20日前提交会办意见 1
}
