package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"go.yaml.in/yaml/v3"
)

// Seed is the content of a new workspace. In a file it is YAML or JSON with the same names.
type Seed struct {
	Team     Team      `yaml:"team" json:"team"`
	Members  []Member  `yaml:"members" json:"members"`
	Channels []Channel `yaml:"channels" json:"channels"`
	Apps     []App     `yaml:"apps" json:"apps"`
}

// Team names the workspace.
type Team struct {
	ID     string `yaml:"id" json:"id"`
	Name   string `yaml:"name" json:"name"`
	Domain string `yaml:"domain" json:"domain"`
}

// Member is a person in the workspace. ID is made up when empty; RealName defaults to Name.
type Member struct {
	ID       string `yaml:"id" json:"id"`
	Name     string `yaml:"name" json:"name"`
	RealName string `yaml:"real_name" json:"real_name"`
	Email    string `yaml:"email" json:"email"`
	Title    string `yaml:"title" json:"title"`
	Unit     string `yaml:"unit" json:"unit"`
	Role     string `yaml:"role" json:"role"`
	Deleted  bool   `yaml:"deleted" json:"deleted"`
}

// Channel is a public channel. Members are ids, names, e-mail addresses or app
// names; without any, every member and every app is in it.
type Channel struct {
	ID      string   `yaml:"id" json:"id"`
	Name    string   `yaml:"name" json:"name"`
	Topic   string   `yaml:"topic" json:"topic"`
	Members []string `yaml:"members" json:"members"`
}

// App is an installed Slack app. With SocketMode payloads travel over its WebSocket
// connections, else to the three URLs; RequestURL fills those that are empty with
// /slack/commands, /slack/interactions and /slack/events below it.
type App struct {
	ID              string     `yaml:"id" json:"id"`
	Name            string     `yaml:"name" json:"name"`
	BotToken        string     `yaml:"bot_token" json:"bot_token"`
	AppToken        string     `yaml:"app_token" json:"app_token"`
	SigningSecret   string     `yaml:"signing_secret" json:"signing_secret"`
	Scopes          []string   `yaml:"scopes" json:"scopes"`
	Events          []string   `yaml:"events" json:"events"`
	Commands        []Command  `yaml:"commands" json:"commands"`
	Shortcuts       []Shortcut `yaml:"shortcuts" json:"shortcuts"`
	SocketMode      bool       `yaml:"socket_mode" json:"socket_mode"`
	RequestURL      string     `yaml:"request_url" json:"request_url"`
	CommandsURL     string     `yaml:"commands_url" json:"commands_url"`
	InteractionsURL string     `yaml:"interactions_url" json:"interactions_url"`
	EventsURL       string     `yaml:"events_url" json:"events_url"`
}

// Command is a slash command, such as /huiban.
type Command struct {
	Command     string `yaml:"command" json:"command"`
	Description string `yaml:"description" json:"description"`
	UsageHint   string `yaml:"usage_hint" json:"usage_hint"`
}

// Shortcut is a global ("global") or message ("message") shortcut.
type Shortcut struct {
	CallbackID string `yaml:"callback_id" json:"callback_id"`
	Name       string `yaml:"name" json:"name"`
	Type       string `yaml:"type" json:"type"`
}

// ReadSeed reads a YAML or JSON seed; unknown keys are errors.
func ReadSeed(r io.Reader) (Seed, error) {
	var seed Seed
	dec := yaml.NewDecoder(r)
	dec.KnownFields(true)
	if err := dec.Decode(&seed); err != nil {
		return Seed{}, fmt.Errorf("workspace seed: %w", err)
	}
	return seed, seed.check()
}

// LoadSeed reads the seed in the named file.
func LoadSeed(name string) (Seed, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return Seed{}, fmt.Errorf("workspace seed: %w", err)
	}
	seed, err := ReadSeed(bytes.NewReader(data))
	if err != nil {
		return Seed{}, fmt.Errorf("%s: %w", name, err)
	}
	return seed, nil
}

// check reports every fault of the seed at once.
func (s Seed) check() error {
	var errs []error
	seen := map[string]string{}
	unique := func(kind, v string) {
		if v == "" {
			return
		}
		if other, dup := seen[kind+" "+v]; dup {
			errs = append(errs, fmt.Errorf("workspace seed: %s %q occurs twice (%s)", kind, v, other))
		}
		seen[kind+" "+v] = kind
	}
	for i, m := range s.Members {
		if m.Name == "" {
			errs = append(errs, fmt.Errorf("workspace seed: members[%d] has no name", i))
		}
		unique("id", m.ID)
		unique("name", m.Name)
		unique("email", m.Email)
	}
	for i, c := range s.Channels {
		if c.Name == "" {
			errs = append(errs, fmt.Errorf("workspace seed: channels[%d] has no name", i))
		}
		unique("id", c.ID)
		unique("channel", c.Name)
	}
	for i, a := range s.Apps {
		errs = append(errs, a.check(i)...)
		unique("id", a.ID)
		unique("bot_token of app", a.Name)
		for _, c := range a.Commands {
			unique("command", c.Command)
		}
	}
	return errors.Join(errs...)
}

func (a App) check(i int) []error {
	var errs []error
	fail := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("workspace seed: apps[%d] %s", i, fmt.Sprintf(format, args...)))
	}
	if a.Name == "" {
		fail("has no name")
	}
	if a.BotToken == "" {
		fail("has no bot_token")
	}
	if a.SocketMode && a.AppToken == "" {
		fail("uses Socket Mode without an app_token")
	}
	for _, c := range a.Commands {
		if len(c.Command) < 2 || c.Command[0] != '/' {
			fail("command %q does not begin with /", c.Command)
		}
	}
	for _, c := range a.Shortcuts {
		if c.Type != "global" && c.Type != "message" {
			fail("shortcut %q: type must be global or message", c.CallbackID)
		}
	}
	return errs
}
