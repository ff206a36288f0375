package slackapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/slack-go/slack"
	"go.yaml.in/yaml/v3"
)

// Callback ids of the shortcuts, and the slash command, as the manifest
// declares them and requests carry them.
const (
	Command                 = "/huiban"
	CallbackRegister        = "register"
	CallbackRegisterMessage = "register_message"
)

// Paths that HTTP requests from Slack arrive on.
const (
	PathCommands     = "/slack/commands"
	PathInteractions = "/slack/interactions"
	PathEvents       = "/slack/events"
)

// ManifestTexts are the manifest's texts for people, in the caller's language.
type ManifestTexts struct {
	AppName            string // at most 35 characters
	BotName            string // at most 80 characters
	Description        string // at most 140 characters
	CommandDescription string
	CommandUsage       string
	MessageShortcut    string // name of the shortcut on a message, at most 24 characters
	MessageShortcutTip string
	GlobalShortcut     string // name of the shortcut anywhere, at most 24 characters
	GlobalShortcutTip  string
}

// ManifestOptions says what manifest to make.
type ManifestOptions struct {
	SocketMode bool
	BaseURL    string // https address that Slack reaches the bot by; not for Socket Mode
	JSON       bool   // JSON in place of YAML
	Texts      ManifestTexts
}

// Manifest returns the app manifest to create the Slack app from.
func Manifest(o ManifestOptions) ([]byte, error) {
	at := func(string) string { return "" }
	if !o.SocketMode {
		u, err := url.Parse(o.BaseURL)
		if err != nil || u.Scheme != "https" || u.Host == "" {
			return nil, fmt.Errorf("slackapi: %w: base URL must be an https address", ErrArgument)
		}
		at = func(path string) string { return strings.TrimSuffix(o.BaseURL, "/") + path }
	}
	m := slack.Manifest{
		Display:     slack.Display{Name: o.Texts.AppName, Description: o.Texts.Description},
		Features:    features(o.Texts, at(PathCommands)),
		OAuthConfig: slack.OAuthConfig{Scopes: slack.OAuthScopes{Bot: RequiredScopes()}},
		Settings: slack.Settings{
			EventSubscriptions: &slack.EventSubscriptions{
				RequestUrl: at(PathEvents),
				BotEvents:  []string{EventAppHomeOpened, EventAppMention, EventFileShared, EventMessage + ".im"},
			},
			Interactivity: &slack.Interactivity{
				IsEnabled: true, RequestUrl: at(PathInteractions), MessageMenuOptionsUrl: at(PathInteractions),
			},
			SocketModeEnabled: o.SocketMode,
		},
	}
	return encodeManifest(m, o.JSON)
}

func features(t ManifestTexts, commandURL string) slack.Features {
	return slack.Features{
		AppHome: slack.AppHome{HomeTabEnabled: true, MessagesTabEnabled: true},
		BotUser: slack.BotUser{DisplayName: t.BotName, AlwaysOnline: true},
		Shortcuts: []slack.Shortcut{
			{Name: t.MessageShortcut, CallbackID: CallbackRegisterMessage, Description: t.MessageShortcutTip, Type: slack.MessageShortcut},
			{Name: t.GlobalShortcut, CallbackID: CallbackRegister, Description: t.GlobalShortcutTip, Type: slack.GlobalShortcut},
		},
		SlashCommands: []slack.ManifestSlashCommand{{
			Command: Command, Description: t.CommandDescription, UsageHint: t.CommandUsage, Url: commandURL,
		}},
	}
}

// encodeManifest writes out switches that are off, too: Slack takes an absent
// messages_tab_read_only_enabled for true and then people cannot write to the bot.
func encodeManifest(m slack.Manifest, asJSON bool) ([]byte, error) {
	raw, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("slackapi: encoding manifest: %w", err)
	}
	var tree map[string]any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return nil, fmt.Errorf("slackapi: encoding manifest: %w", err)
	}
	delete(tree, "_metadata")
	settings := tree["settings"].(map[string]any)
	for _, off := range []string{"org_deploy_enabled", "socket_mode_enabled", "token_rotation_enabled"} {
		if _, on := settings[off]; !on {
			settings[off] = false
		}
	}
	home := tree["features"].(map[string]any)["app_home"].(map[string]any)
	home["messages_tab_read_only_enabled"] = false
	if asJSON {
		out, err := json.MarshalIndent(tree, "", "  ")
		return append(out, '\n'), err
	}
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(tree); err != nil {
		return nil, fmt.Errorf("slackapi: encoding manifest: %w", err)
	}
	return out.Bytes(), enc.Close()
}
