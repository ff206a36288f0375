package slackapi_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"huiban/integrations/slackapi"
	"huiban/integrations/workspace"
	"huiban/integrations/workspace/member"

	"github.com/slack-go/slack"
)

// form is a modal with one field, or with a text too long for a socket.
func form(callback string, sections ...string) slack.ModalViewRequest {
	plain := func(s string) *slack.TextBlockObject {
		return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
	}
	v := slack.ModalViewRequest{Type: slack.VTModal, CallbackID: callback, Title: plain("登记"), Close: plain("取消")}
	for _, s := range sections {
		v.Blocks.BlockSet = append(v.Blocks.BlockSet, slack.NewSectionBlock(plain(s), nil, nil))
	}
	if len(sections) == 0 {
		v.Submit = plain("提交")
		v.Blocks.BlockSet = []slack.Block{
			slack.NewInputBlock("no", plain("案号"), nil, slack.NewPlainTextInputBlockElement(nil, "no")),
		}
	}
	return v
}

// play answers /huiban with a form, and the form with a long text.
func play(t *testing.T, c *slackapi.Client) slackapi.Handler {
	long := strings.Repeat("长", 3000)
	return func(ctx context.Context, r slackapi.Request) slackapi.Reply {
		switch {
		case r.Command != nil:
			if _, err := c.OpenView(ctx, r.Command.TriggerID, form("first")); err != nil {
				t.Errorf("OpenView() = %v", err)
			}
			url := r.Command.ResponseURL
			return slackapi.Reply{
				Body: map[string]string{"text": "请填写"},
				After: func(ctx context.Context) {
					if err := c.Respond(ctx, url, slackapi.Message{Text: "稍后可见"}, false); err != nil {
						t.Errorf("Respond() = %v", err)
					}
				},
			}
		case r.Interaction != nil && r.Interaction.View.State.Values["no"]["no"].Value == "0":
			return slackapi.Reply{Body: slack.NewErrorsViewSubmissionResponse(map[string]string{"no": "没有这个案号"})}
		case r.Interaction != nil:
			view := form("second", long, long, long)
			return slackapi.Reply{Body: slack.NewUpdateViewSubmissionResponse(&view)}
		}
		return slackapi.Reply{}
	}
}

func TestWorkspaceConversation(t *testing.T) {
	t.Parallel()
	for _, socket := range []bool{true, false} {
		name := map[bool]string{true: "socket", false: "http"}[socket]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, c := startWorkspace(t, func(a *workspace.App) { a.SocketMode = socket })
			s, err := slackapi.NewServer(play(t, c), slackapi.Options{SigningSecrets: []slackapi.Secret{"s"}})
			if err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			if socket {
				go func() { ended <- s.RunSocketMode(context.Background(), c, 1) }()
			} else {
				ended <- nil
				web := httptest.NewServer(s)
				t.Cleanup(web.Close)
				w.SetRequestURL("", web.URL)
			}
			t.Cleanup(func() {
				if err := s.Shutdown(context.Background()); err != nil {
					t.Errorf("Shutdown() = %v", err)
				}
				if err := <-ended; err != nil {
					t.Errorf("RunSocketMode() = %v", err)
				}
			})
			for deadline := time.Now().Add(10 * time.Second); socket && !s.Connected(); time.Sleep(5 * time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatal("never connected")
				}
			}
			converse(t, w)
		})
	}
}

func converse(t *testing.T, w *workspace.Server) {
	t.Helper()
	people := member.Dial(w.URL())
	defer people.Close()
	li := people.As("lisi")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	answer, err := li.Command(ctx, "/huiban", "登记")
	if err != nil {
		t.Fatal(err)
	}
	if answer == nil || answer.Text() != "请填写" {
		t.Errorf("the command's answer: %+v", answer)
	}
	if _, err := li.WaitView(ctx, "first"); err != nil {
		t.Fatal(err)
	}
	if errs := member.FieldErrors(li.Submit(ctx, map[string]any{"no": "0"})); errs["no"] != "没有这个案号" {
		t.Errorf("errors at the form: %v", errs)
	}
	if err := li.Submit(ctx, map[string]any{"no": "124302"}); err != nil {
		t.Fatal(err)
	}
	if _, err := li.WaitViewThat(ctx, func(v *member.View) bool {
		return strings.Count(v.Text(), "长") == 9000
	}); err != nil {
		t.Errorf("the long form: %v", err)
	}
}
