package cli

import (
	"strings"
	"testing"

	"huiban/bot/demo"
	"huiban/config"
	"huiban/integrations/workspace"
)

// localSlack is a workspace whose app has lost some scopes.
func localSlack(t *testing.T, without ...string) (seed workspace.App, apiURL string) {
	t.Helper()
	cfg, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	s := demo.LocalSeed(cfg)
	var scopes []string
	for _, scope := range s.Apps[0].Scopes {
		if !strings.Contains(strings.Join(without, " "), scope) {
			scopes = append(scopes, scope)
		}
	}
	s.Apps[0].Scopes = scopes
	ws, err := workspace.New(workspace.Options{Seed: s, RateScale: 20})
	if err != nil {
		t.Fatal(err)
	}
	if err := ws.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ws.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Apps[0], ws.APIURL()
}

func TestDoctor(t *testing.T) {
	app, api := localSlack(t)
	poor, poorAPI := localSlack(t, "files:read", "users:read.email")
	for _, tc := range []struct {
		name string
		env  map[string]string
		zh   []string
		en   []string
		sick bool
	}{
		{"well", map[string]string{"SLACK_BOT_TOKEN": app.BotToken, "SLACK_APP_TOKEN": app.AppToken, "SLACK_API_URL": api}, []string{"各项正常"}, []string{"huiban serve"}, false},
		{"scopes", map[string]string{"SLACK_BOT_TOKEN": poor.BotToken, "SLACK_APP_TOKEN": poor.AppToken, "SLACK_API_URL": poorAPI}, []string{"files:read", "huiban manifest"}, []string{"files:read", "huiban manifest"}, true},
		{"token", map[string]string{"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_APP_TOKEN": app.AppToken, "SLACK_API_URL": api}, []string{"invalid_auth", "SLACK_BOT_TOKEN"}, []string{"invalid_auth"}, true},
		{"app token", map[string]string{"SLACK_BOT_TOKEN": app.BotToken, "SLACK_APP_TOKEN": "xapp-wrong", "SLACK_API_URL": api}, []string{"SLACK_APP_TOKEN"}, []string{"SLACK_APP_TOKEN"}, true},
		{"Slack away", map[string]string{"SLACK_BOT_TOKEN": app.BotToken, "SLACK_APP_TOKEN": app.AppToken, "SLACK_API_URL": "http://127.0.0.1:1/api/"}, []string{"待处理"}, []string{"127.0.0.1:1"}, true},
		{"Redis dead", map[string]string{"SLACK_BOT_TOKEN": app.BotToken, "SLACK_APP_TOKEN": app.AppToken, "SLACK_API_URL": api, "REDIS_URL": "redis://127.0.0.1:1"}, []string{"Redis 不能使用", "REDIS_URL"}, []string{"REDIS_URL"}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			environment(t, tc.env)
			for lang, says := range map[string][]string{"zh-CN": tc.zh, "en": tc.en} {
				status, out, errOut := huiban(t, "doctor", "--lang", lang, "--data", t.TempDir())
				if (status == 1) != tc.sick {
					t.Errorf("status %d\n%s%s", status, out, errOut)
				}
				for _, words := range says {
					if !strings.Contains(out, words) {
						t.Errorf("the doctor says %q, want it to name %q", out, words)
					}
				}
			}
		})
	}
}
