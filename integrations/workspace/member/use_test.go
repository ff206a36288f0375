package member_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"huiban/integrations/workspace"
	"huiban/integrations/workspace/member"
)

// One of several elements with the same action id is used where it stands.
func TestUse(t *testing.T) {
	t.Parallel()
	actions := make(chan string, 1)
	app := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form, _ := url.ParseQuery(string(body))
		var p struct {
			Actions []struct {
				BlockID string `json:"block_id"`
				Value   string `json:"value"`
			} `json:"actions"`
		}
		if json.Unmarshal([]byte(form.Get("payload")), &p) == nil && len(p.Actions) == 1 {
			actions <- p.Actions[0].BlockID + " " + p.Actions[0].Value
		}
	}))
	t.Cleanup(app.Close)
	s, err := workspace.New(workspace.Options{Seed: workspace.Seed{
		Members: []workspace.Member{{ID: "U1", Name: "lin"}},
		Apps:    []workspace.App{{Name: "huiban", BotToken: "xoxb-1", Scopes: []string{"chat:write"}, InteractionsURL: app.URL}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	const row = `{"type":"actions","block_id":"%","elements":[{"type":"button","action_id":"accept","value":"v%","text":{"type":"plain_text","text":"x"}}]}`
	blocks := "[" + strings.ReplaceAll(row, "%", "1") + "," + strings.ReplaceAll(row, "%", "2") + "]"
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.APIURL()+"chat.postMessage", strings.NewReader(url.Values{
		"token": {"xoxb-1"}, "channel": {"U1"}, "text": {"x"}, "blocks": {blocks},
	}.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()

	c := member.Dial(s.URL())
	t.Cleanup(c.Close)
	m := c.As("lin")
	dm, err := m.DM(ctx)
	if err != nil {
		t.Fatal(err)
	}
	msg, err := m.WaitMessage(ctx, dm, func(msg member.Message) bool { return len(msg.Buttons()) == 2 })
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"1 v1", "2 v2"} {
		if err := m.Use(ctx, msg, msg.Buttons()[i]); err != nil {
			t.Fatal(err)
		}
		if got := <-actions; got != want {
			t.Errorf("button %d sent %q, want %q", i, got, want)
		}
	}
}
