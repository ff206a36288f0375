package slackapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"
)

// The example that Slack publishes for signature checks.
const (
	vectorSecret = Secret("8f742231b10e8888abcd99yyyzzz85a5")
	vectorBody   = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	vectorTime   = 1531420618
	vectorSum    = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
)

func TestVerify(t *testing.T) {
	t.Parallel()
	at := time.Unix(vectorTime, 0)
	tests := []struct {
		name   string
		secret Secret
		stamp  string
		sum    string
		body   string
		now    time.Time
		ok     bool
	}{
		{"published vector", vectorSecret, "1531420618", vectorSum, vectorBody, at, true},
		{"five minutes late", vectorSecret, "1531420618", vectorSum, vectorBody, at.Add(5 * time.Minute), true},
		{"too late", vectorSecret, "1531420618", vectorSum, vectorBody, at.Add(5*time.Minute + time.Second), false},
		{"from the future", vectorSecret, "1531420618", vectorSum, vectorBody, at.Add(-5*time.Minute - time.Second), false},
		{"other secret", "another", "1531420618", vectorSum, vectorBody, at, false},
		{"no secret", "", "1531420618", vectorSum, vectorBody, at, false},
		{"other body", vectorSecret, "1531420618", vectorSum, vectorBody + "&x=1", at, false},
		{"other time", vectorSecret, "1531420619", vectorSum, vectorBody, at, false},
		{"time is no number", vectorSecret, "soon", vectorSum, vectorBody, at, false},
		{"no version", vectorSecret, "1531420618", strings.TrimPrefix(vectorSum, "v0="), vectorBody, at, false},
		{"no signature", vectorSecret, "1531420618", "", vectorBody, at, false},
		{"not hex", vectorSecret, "1531420618", "v0=zz", vectorBody, at, false},
		{"shortened", vectorSecret, "1531420618", vectorSum[:20], vectorBody, at, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := http.Header{"X-Slack-Request-Timestamp": {tt.stamp}, "X-Slack-Signature": {tt.sum}}
			if err := Verify(tt.secret, h, []byte(tt.body), tt.now); (err == nil) != tt.ok {
				t.Errorf("Verify() = %v, want ok %t", err, tt.ok)
			} else if err != nil && !errors.Is(err, ErrUnverified) {
				t.Errorf("Verify() = %v, want ErrUnverified", err)
			}
		})
	}
}

func TestVerifyAnyDuringRotation(t *testing.T) {
	t.Parallel()
	h := sign("new", "body", testNow)
	if err := verifyAny([]Secret{"old", "new"}, h, []byte("body"), testNow); err != nil {
		t.Errorf("second secret refused: %v", err)
	}
	if err := verifyAny([]Secret{"old"}, h, []byte("body"), testNow); err == nil {
		t.Error("unknown secret accepted")
	}
	if err := verifyAny(nil, h, []byte("body"), testNow); err == nil {
		t.Error("accepted without any secret")
	}
}

func TestSecretNeverShows(t *testing.T) {
	t.Parallel()
	const plain = "xoxb-very-private"
	cfg := Config{BotToken: plain, AppToken: plain}
	var logged strings.Builder
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("config", "token", cfg.BotToken, "config", cfg.BotToken)
	raw, err := json.Marshal(map[string]Secret{"t": plain})
	if err != nil {
		t.Fatal(err)
	}
	for name, out := range map[string]string{
		"v": fmt.Sprintf("%v", cfg), "+v": fmt.Sprintf("%+v", cfg), "#v": fmt.Sprintf("%#v", cfg),
		"s": fmt.Sprintf("%s", cfg.BotToken), "q": fmt.Sprintf("%q", cfg.BotToken), "d": fmt.Sprintf("%d", cfg.BotToken),
		"x": fmt.Sprintf("%x", cfg.BotToken), "log": logged.String(), "json": string(raw),
	} {
		if strings.Contains(out, "private") || strings.Contains(out, "70726976617465") {
			t.Errorf("%s shows the secret: %s", name, out)
		}
		if !strings.Contains(out, redacted) {
			t.Errorf("%s = %s, want %s in it", name, out, redacted)
		}
	}
	if got := Secret("").String(); got != "" {
		t.Errorf("unset secret prints as %q", got)
	}
	if got := Secret(plain).Reveal(); got != plain {
		t.Errorf("Reveal() = %q", got)
	}
}
