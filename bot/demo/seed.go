package demo

import (
	"regexp"
	"strings"

	"huiban/config"
	"huiban/integrations/slackapi"
	"huiban/integrations/workspace"
)

// Tokens of the local workspace: they open nothing but it.
const (
	localBotToken      = "xoxb-local-huiban"
	localAppToken      = "xapp-local-huiban"
	localSigningSecret = "local-signing-secret"
)

// LocalSeed is a workspace with everybody of the configured city, the headline channels, and the bot installed.
func LocalSeed(cfg *config.Config) workspace.Seed {
	seed := workspace.Seed{Team: workspace.Team{Name: cfg.City.Name, Domain: "huiban"}}
	for _, m := range cfg.Members() {
		seed.Members = append(seed.Members, workspace.Member{ID: m.Slack, Name: m.Name, Email: m.Email, Title: m.Title, Unit: m.Unit, Role: string(m.Role)})
	}
	channels := map[string]bool{}
	for _, d := range cfg.City.Directory.All() {
		name := cfg.Slack.HeadlineChannel(d.ID)
		if name == "" || channels[name] {
			continue
		}
		channels[name] = true
		seed.Channels = append(seed.Channels, localChannel(name))
	}
	seed.Apps = []workspace.App{{
		ID: "AHUIBAN", Name: "会办", BotToken: localBotToken, AppToken: localAppToken, SigningSecret: localSigningSecret, SocketMode: true,
		Scopes: slackapi.RequiredScopes(), Events: []string{"app_home_opened", "app_mention", "file_shared", "message.im"},
		Commands:  []workspace.Command{{Command: slackapi.Command}},
		Shortcuts: []workspace.Shortcut{{CallbackID: slackapi.CallbackRegister, Type: "global"}, {CallbackID: slackapi.CallbackRegisterMessage, Type: "message"}},
	}}
	return seed
}

var channelID = regexp.MustCompile(`^[CG][A-Z0-9]{5,}$`)

// localChannel is a channel that the configuration names, or gives the id of.
func localChannel(name string) workspace.Channel {
	if channelID.MatchString(name) {
		return workspace.Channel{ID: name, Name: strings.ToLower(name)}
	}
	return workspace.Channel{Name: strings.TrimPrefix(name, "#")}
}

func localSecrets(apiURL string) config.Secrets {
	return config.Secrets{BotToken: config.NewSecret(localBotToken), AppToken: config.NewSecret(localAppToken),
		SigningSecret: config.NewSecret(localSigningSecret), APIURL: config.NewSecret(apiURL)}
}
