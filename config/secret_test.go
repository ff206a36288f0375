package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSecretNeverShows(t *testing.T) {
	t.Parallel()
	const private = "xoxb-very-private"
	s := struct {
		Open   Secret
		hidden Secret
		List   []Secret
	}{NewSecret(private), NewSecret(private), []Secret{NewSecret(private)}}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "secret", s.Open, "all", s)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "secret", s.Open, "all", s)
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	outputs := []string{log.String(), string(data), s.Open.String(), s.Open.GoString(), fmt.Sprint(errors.New(s.Open.String()))}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T %p"} {
		outputs = append(outputs, fmt.Sprintf(verb, s.Open), fmt.Sprintf(verb, s))
	}
	for _, out := range outputs {
		if strings.Contains(out, private) || strings.Contains(out, fmt.Sprintf("%x", private)) {
			t.Errorf("the secret shows: %s", out)
		}
	}
	if got := fmt.Sprintf("%s|%v|%#v|%q", s.Open, s.Open, s.Open, s.Open); got != "‹secret›|‹secret›|‹secret›|‹secret›" {
		t.Errorf("printed as %s", got)
	}
	if s.Open.Reveal() != private || s.hidden.Reveal() != private {
		t.Error("the secret cannot be revealed")
	}
	if none := NewSecret(""); none.IsSet() || none.Reveal() != "" || none.String() != "" {
		t.Error("an empty secret is set")
	}
}

func TestLoadSecrets(t *testing.T) {
	t.Parallel()
	files := map[string]string{"/run/token": "xoxb-from-file\n", "/run/empty": "\n", "/run/large": strings.Repeat("x", maxSecret+1)}
	read := func(name string) ([]byte, error) {
		if text, ok := files[name]; ok {
			return []byte(text), nil
		}
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	for name, tt := range map[string]struct {
		env  map[string]string
		want string // bot token, or the faults
		bad  bool
	}{
		"nothing":     {nil, "", false},
		"variable":    {map[string]string{"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": "http://127.0.0.1:8065/api/", "REDIS_URL": "redis://:pw@localhost:6379/0"}, "xoxb-1", false},
		"file":        {map[string]string{"SLACK_BOT_TOKEN_FILE": "/run/token"}, "xoxb-from-file", false},
		"both":        {map[string]string{"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_BOT_TOKEN_FILE": "/run/token"}, "SLACK_BOT_TOKEN: both SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are set; set one of them", true},
		"absent file": {map[string]string{"REDIS_URL_FILE": "/run/absent"}, "REDIS_URL_FILE: cannot be read: file does not exist", true},
		"empty file":  {map[string]string{"SLACK_SIGNING_SECRET_FILE": "/run/empty"}, "SLACK_SIGNING_SECRET_FILE: the file is empty", true},
		"large file":  {map[string]string{"SLACK_SIGNING_SECRET_FILE": "/run/large"}, "SLACK_SIGNING_SECRET_FILE: the value is larger than 8192 bytes", true},
		"mistaken": {map[string]string{"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "a b", "SLACK_API_URL": "slack.com", "REDIS_URL": "localhost"},
			"SLACK_BOT_TOKEN: this is no bot token; it begins with xoxb-\nSLACK_APP_TOKEN: this is no app-level token; it begins with xapp-\n" +
				"SLACK_SIGNING_SECRET: the value holds blanks or control characters\nSLACK_API_URL: this is no web address; it begins with https:// or http://\n" +
				"REDIS_URL: this is no address; it begins with redis://, rediss:// or unix://", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := LoadSecrets(func(name string) string { return tt.env[name] }, read)
			got := s.BotToken.Reveal()
			if err != nil {
				got = faultsOf(t, err).Error()
			}
			if got != tt.want || (err != nil) != tt.bad {
				t.Errorf("got %q (%v), want %q", got, err, tt.want)
			}
		})
	}
}

func TestReadSecretFile(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(name, bytes.Repeat([]byte("x"), 3*maxSecret), 0o600); err != nil {
		t.Fatal(err)
	}
	data, err := ReadSecretFile(name)
	if err != nil || len(data) <= maxSecret || len(data) > maxSecret+2 {
		t.Errorf("%d bytes (%v): not bounded, or not told from a sound one", len(data), err)
	}
	if _, err := ReadSecretFile(name + ".absent"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
