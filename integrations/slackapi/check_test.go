package slackapi

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"go.yaml.in/yaml/v3"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	all := strings.Join(RequiredScopes(), ",")
	auth := func(scopes string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-OAuth-Scopes", scopes)
			_, _ = w.Write([]byte(`{"ok":true,"team":"City","team_id":"T1","user_id":"UB","bot_id":"B1","url":"https://city.slack.com/"}`))
		}
	}
	t.Run("all well", func(t *testing.T) {
		t.Parallel()
		f := newFakeSlack(t)
		f.handle("auth.test", auth(all))
		f.on("apps.connections.open", `{"ok":true,"url":"ws://x"}`)
		r := f.client(t).Check(t.Context(), true)
		if !r.OK() || r.UserID != "UB" || r.BotID != "B1" || r.TeamID != "T1" {
			t.Errorf("Check() = %+v", r)
		}
		if got := f.seen("apps.connections.open")[0].auth; got != "Bearer xapp-test-1" {
			t.Errorf("connection asked with %q", got)
		}
	})
	t.Run("scopes missing", func(t *testing.T) {
		t.Parallel()
		f := newFakeSlack(t)
		f.handle("auth.test", auth(strings.ReplaceAll(strings.ReplaceAll(all, "files:write,", ""), "commands,", "")))
		r := f.client(t).Check(t.Context(), false)
		if diff := cmp.Diff([]string{"commands", "files:write"}, r.Missing); diff != "" || r.OK() {
			t.Errorf("OK %t, missing: %s", r.OK(), diff)
		}
	})
	t.Run("tokens refused", func(t *testing.T) {
		t.Parallel()
		f := newFakeSlack(t)
		f.on("auth.test", `{"ok":false,"error":"invalid_auth"}`)
		f.on("apps.connections.open", `{"ok":false,"error":"not_allowed_token_type"}`)
		r := f.client(t).Check(t.Context(), true)
		if Code(r.Auth) != "invalid_auth" || Code(r.App) != "not_allowed_token_type" || r.Missing != nil {
			t.Errorf("Check() = %+v", r)
		}
	})
	t.Run("no app token", func(t *testing.T) {
		t.Parallel()
		f := newFakeSlack(t)
		f.handle("auth.test", auth(all))
		r := f.client(t, func(c *Config) { c.AppToken = "" }).Check(t.Context(), true)
		if !errors.Is(r.App, ErrArgument) || r.Auth != nil {
			t.Errorf("Check() = %+v", r)
		}
	})
}

func TestRequiredScopesSorted(t *testing.T) {
	t.Parallel()
	if s := RequiredScopes(); !slices.IsSorted(s) || len(slices.Compact(slices.Clone(s))) != len(s) {
		t.Errorf("RequiredScopes() = %v", s)
	}
}

func TestManifest(t *testing.T) {
	t.Parallel()
	texts := ManifestTexts{
		AppName: "会办", BotName: "huiban", Description: "提案办理", CommandDescription: "登记、查进度", CommandUsage: "[登记|进度]",
		MessageShortcut: "登记为提案", MessageShortcutTip: "以这条消息登记", GlobalShortcut: "登记提案", GlobalShortcutTip: "打开登记表",
	}
	tests := []struct {
		name   string
		o      ManifestOptions
		events string
		cmd    string
	}{
		{"socket", ManifestOptions{SocketMode: true, BaseURL: "ignored", Texts: texts}, "", ""},
		{"http", ManifestOptions{BaseURL: "https://bot.example/", Texts: texts}, "https://bot.example/slack/events", "https://bot.example/slack/commands"},
		{"json", ManifestOptions{SocketMode: true, JSON: true, Texts: texts}, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, err := Manifest(tt.o)
			if err != nil {
				t.Fatal(err)
			}
			var m slack.Manifest
			if tt.o.JSON {
				err = json.Unmarshal(out, &m)
			} else {
				err = yaml.Unmarshal(out, &m)
			}
			if err != nil {
				t.Fatal(err)
			}
			if m.Settings.SocketModeEnabled != tt.o.SocketMode || m.Settings.EventSubscriptions.RequestUrl != tt.events ||
				m.Features.SlashCommands[0].Url != tt.cmd || !m.Settings.Interactivity.IsEnabled {
				t.Errorf("settings = %+v", m.Settings)
			}
			if diff := cmp.Diff(RequiredScopes(), m.OAuthConfig.Scopes.Bot); diff != "" {
				t.Error(diff)
			}
			if got := m.Features.Shortcuts[0]; got.Name != "登记为提案" || got.CallbackID != "register_message" || got.Type != slack.MessageShortcut {
				t.Errorf("message shortcut = %+v", got)
			}
			if !strings.Contains(string(out), "messages_tab_read_only_enabled") || !m.Features.AppHome.HomeTabEnabled {
				t.Errorf("app home not spelled out:\n%s", out)
			}
		})
	}
	if _, err := Manifest(ManifestOptions{BaseURL: "http://bot.example", Texts: texts}); !errors.Is(err, ErrArgument) {
		t.Errorf("plain http base: %v", err)
	}
}
