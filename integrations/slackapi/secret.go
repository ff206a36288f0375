package slackapi

import (
	"fmt"
	"io"
	"log/slog"
)

// redacted stands for a secret wherever one is printed.
const redacted = "‹secret›"

// Secret is a token or signing secret. However it is printed, marshalled or
// logged, it shows as ‹secret›, and as the empty string when unset.
type Secret string

// Reveal returns the secret itself, for the request that needs it.
func (s Secret) Reveal() string { return string(s) }

// String returns ‹secret›.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// GoString returns ‹secret› for %#v.
func (s Secret) GoString() string { return s.String() }

// Format answers every verb, since fmt prints the value itself for a verb
// that does not suit the type.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalJSON returns "‹secret›".
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + s.String() + `"`), nil }

// MarshalText returns ‹secret›, for YAML and everything else that asks.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue returns ‹secret› for log/slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
