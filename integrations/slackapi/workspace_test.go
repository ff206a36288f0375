package slackapi_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"huiban/integrations/slackapi"
	"huiban/integrations/workspace"

	"github.com/slack-go/slack"
)

// startWorkspace runs the local workspace with the bot installed as its
// manifest asks, and a client of it.
func startWorkspace(t *testing.T, change ...func(*workspace.App)) (*workspace.Server, *slackapi.Client) {
	t.Helper()
	app := workspace.App{
		Name: "huiban", BotToken: "xoxb-1", AppToken: "xapp-1", SigningSecret: "s", SocketMode: true,
		Scopes: slackapi.RequiredScopes(), Commands: []workspace.Command{{Command: slackapi.Command}},
	}
	for _, fn := range change {
		fn(&app)
	}
	w, err := workspace.New(workspace.Options{Seed: workspace.Seed{
		Team:     workspace.Team{ID: "T00000001", Name: "City", Domain: "city"},
		Members:  []workspace.Member{{ID: "U00000011", Name: "lisi", Email: "li.si@city.example"}},
		Channels: []workspace.Channel{{ID: "C00000021", Name: "提案办理"}},
		Apps:     []workspace.App{app},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	c, err := slackapi.New(slackapi.Config{BotToken: "xoxb-1", AppToken: "xapp-1", APIURL: w.APIURL()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Close()
		if err := w.Close(); err != nil {
			t.Errorf("closing the workspace: %v", err)
		}
	})
	return w, c
}

func TestWorkspaceOutbound(t *testing.T) {
	t.Parallel()
	_, c := startWorkspace(t)
	ctx := t.Context()
	if r := c.Check(ctx, true); !r.OK() || r.BotID == "" {
		t.Errorf("Check() = %+v", r)
	}
	user, err := c.UserByEmail(ctx, "Li.Si@City.example")
	if err != nil || user != "U00000011" {
		t.Fatalf("UserByEmail() = %q, %v", user, err)
	}
	if err := c.Warm(ctx); err != nil {
		t.Errorf("Warm() = %v", err)
	}
	dm, err := c.OpenDM(ctx, user)
	if err != nil {
		t.Fatal(err)
	}
	key := func(k string) func(map[string]any) bool {
		return func(p map[string]any) bool { return p["key"] == k }
	}
	ts, err := c.Post(ctx, slackapi.Message{
		Channel: dm, Text: "交办", Metadata: &slackapi.Metadata{Type: "card", Payload: map[string]any{"key": "k1"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Update(ctx, dm, ts, slackapi.Message{
		Text: "已接收", Metadata: &slackapi.Metadata{Type: "card", Payload: map[string]any{"key": "k2"}},
	}); err != nil {
		t.Errorf("Update() = %v", err)
	}
	if got, found, err := c.FindByMetadata(ctx, dm, "", "card", key("k2"), 0); got != ts || !found || err != nil {
		t.Errorf("FindByMetadata() = %q, %t, %v, want %q", got, found, err, ts)
	}
	if _, found, err := c.FindByMetadata(ctx, dm, "", "card", key("k3"), 0); found || err != nil {
		t.Errorf("FindByMetadata(unknown) = %t, %v", found, err)
	}
	if link, err := c.Permalink(ctx, dm, ts); link == "" || err != nil {
		t.Errorf("Permalink() = %q, %v", link, err)
	}
	if err := c.PublishHome(ctx, user, slack.HomeTabViewRequest{
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}},
	}); err != nil {
		t.Errorf("PublishHome() = %v", err)
	}
	if err := c.Delete(ctx, dm, ts); err != nil {
		t.Errorf("Delete() = %v", err)
	}
	_, err = c.Post(ctx, slackapi.Message{Channel: "C99999999", Text: "x"})
	if slackapi.Code(err) != "channel_not_found" || !slackapi.Permanent(err) {
		t.Errorf("unknown channel: %v", err)
	}
}

func TestWorkspaceFiles(t *testing.T) {
	t.Parallel()
	_, c := startWorkspace(t)
	ctx := t.Context()
	channel, err := c.FindChannel(ctx, "#提案办理")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.JoinChannel(ctx, channel); err != nil {
		t.Fatal(err)
	}
	id, err := c.Upload(ctx, slackapi.File{Name: "复函.txt", Title: "复函", Channel: channel, Comment: "完成", Body: []byte("正文")})
	if err != nil {
		t.Fatal(err)
	}
	body, name, _, err := c.Download(ctx, slack.File{ID: id}, 100)
	if err != nil || string(body) != "正文" || name != "复函.txt" {
		t.Errorf("Download() = %q, %q, %v", body, name, err)
	}
	if _, _, _, err := c.Download(ctx, slack.File{ID: id}, 3); !errors.Is(err, slackapi.ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
}

func TestWorkspaceSocketMode(t *testing.T) {
	t.Parallel()
	w, c := startWorkspace(t)
	events := make(chan slackapi.Request, 10)
	s, err := slackapi.NewServer(func(_ context.Context, r slackapi.Request) slackapi.Reply {
		events <- r
		return slackapi.Reply{}
	}, slackapi.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.RunSocketMode(context.Background(), c, 2) }()
	t.Cleanup(func() {
		if err := s.Shutdown(context.Background()); err != nil {
			t.Errorf("Shutdown() = %v", err)
		}
		if err := <-ended; err != nil {
			t.Errorf("RunSocketMode() = %v", err)
		}
	})
	for deadline := time.Now().Add(10 * time.Second); w.Connections("") < 2; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("two connections never opened")
		}
	}
	id, err := c.Upload(t.Context(), slackapi.File{Name: "a.txt", Channel: "C00000021", Body: []byte("x")})
	if err != nil {
		t.Fatal(err)
	}
	for r := range events {
		if r.Event != nil && r.Event.Type == slackapi.EventFileShared {
			if r.Event.Files[0].ID != id || r.ID == "" {
				t.Errorf("file_shared = %+v", r.Event)
			}
			break
		}
	}
}
