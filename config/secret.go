package config

import (
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"unicode"
)

const redacted = "‹secret›"

// Secret is a token, password or signing secret. However it is printed, marshalled or logged it shows as ‹secret›, and
// as nothing when it is not set. The value is behind a pointer, so that printing an unexported field shows an address.
type Secret struct{ value *string }

// NewSecret keeps a value secret; the empty one is not set.
func NewSecret(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{&value}
}

// Reveal is the value itself, for the request that needs it.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// IsSet reports whether there is a value.
func (s Secret) IsSet() bool { return s.value != nil }

// String is ‹secret›.
func (s Secret) String() string {
	if s.value == nil {
		return ""
	}
	return redacted
}

// GoString is ‹secret›.
func (s Secret) GoString() string { return s.String() }

// Format prints ‹secret› for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText is ‹secret›, for JSON, YAML and whatever else asks.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue is ‹secret›.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Secrets are what the environment holds. Every one may be missing: which are needed depends on the command.
type Secrets struct {
	BotToken      Secret // SLACK_BOT_TOKEN, xoxb-…
	AppToken      Secret // SLACK_APP_TOKEN, xapp-…, for Socket Mode
	SigningSecret Secret // SLACK_SIGNING_SECRET, for HTTP
	APIURL        Secret // SLACK_API_URL, another root of the Web API; may carry a password
	RedisURL      Secret // REDIS_URL; may carry a password
}

const maxSecret = 8 << 10

// LoadSecrets takes each secret from NAME, or from the file that NAME_FILE names, as os.Getenv and ReadSecretFile read
// them. Faults never show a value. The error is Faults.
func LoadSecrets(getenv func(string) string, readFile func(string) ([]byte, error)) (Secrets, error) {
	var s Secrets
	var faults Faults
	for _, v := range []struct {
		name  string
		dst   *Secret
		wrong func(string) string // message id; "" when the value is sound
	}{
		{"SLACK_BOT_TOKEN", &s.BotToken, begins("xoxb-", "secret_bot_token")},
		{"SLACK_APP_TOKEN", &s.AppToken, begins("xapp-", "secret_app_token")},
		{"SLACK_SIGNING_SECRET", &s.SigningSecret, nil},
		{"SLACK_API_URL", &s.APIURL, webAddress},
		{"REDIS_URL", &s.RedisURL, anyAddress},
	} {
		value, from, fault := secretValue(v.name, getenv, readFile)
		switch {
		case fault != nil:
			faults = append(faults, *fault)
			continue
		case value == "":
			continue
		case len(value) > maxSecret:
			faults = append(faults, Fault{File: from, Message: "secret_large", Args: args([]any{"max", maxSecret})})
			continue
		case strings.ContainsFunc(value, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }):
			faults = append(faults, Fault{File: from, Message: "secret_blanks"})
			continue
		case v.wrong != nil && v.wrong(value) != "":
			faults = append(faults, Fault{File: from, Message: v.wrong(value)})
			continue
		}
		*v.dst = NewSecret(value)
	}
	if len(faults) > 0 {
		return Secrets{}, faults
	}
	return s, nil
}

// secretValue is the value and the variable that it came from.
func secretValue(name string, getenv func(string) string, readFile func(string) ([]byte, error)) (string, string, *Fault) {
	value, file := strings.TrimSpace(getenv(name)), getenv(name+"_FILE")
	switch {
	case file == "":
		return value, name, nil
	case value != "":
		return "", name, &Fault{File: name, Message: "secret_both", Args: args([]any{"name", name})}
	}
	data, err := readFile(file)
	if err != nil {
		return "", "", &Fault{File: name + "_FILE", Message: "file_unreadable", Args: args([]any{"detail", cause(err)}), Err: err}
	}
	if value = strings.TrimSpace(string(data)); value == "" {
		return "", "", &Fault{File: name + "_FILE", Message: "secret_empty"}
	}
	return value, name + "_FILE", nil
}

// ReadSecretFile reads a secret's file, and no more of it than a secret may have.
func ReadSecretFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxSecret+2))
}

func begins(prefix, message string) func(string) string {
	return func(value string) string {
		if strings.HasPrefix(value, prefix) {
			return ""
		}
		return message
	}
}

func webAddress(value string) string {
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "secret_web_address"
	}
	return ""
}

func anyAddress(value string) string {
	if u, err := url.Parse(value); err != nil || u.Scheme == "" {
		return "secret_address"
	}
	return ""
}
