package workspace

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// newEgress is the client for requests to apps; it follows no redirects.
func newEgress(timeout time.Duration) *http.Client {
	return &http.Client{
		Timeout: 2 * timeout,
		Transport: &http.Transport{
			MaxIdleConnsPerHost: 64,
			IdleConnTimeout:     time.Minute,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Signature is Slack's v0 request signature of body at the given time.
func Signature(secret string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%d:", at.Unix())
	mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// post sends an attempt to the app's URL, signed, and returns the body of its 2xx answer.
func (s *Server) post(at *attempt, payload json.RawMessage, reason string) ([]byte, error) {
	target, kind, body, err := s.encode(at, payload)
	if err != nil {
		return nil, err
	}
	if at.kind == "events_api" {
		if err := s.verifyEvents(at.app, target); err != nil {
			return nil, err
		}
	}
	header := http.Header{"Content-Type": {kind}}
	if at.number > 0 {
		header.Set("X-Slack-Retry-Num", strconv.Itoa(at.number))
		header.Set("X-Slack-Retry-Reason", reason)
	}
	return s.signed(at.app, target, header, body)
}

// encode returns where a payload goes and its body: commands are forms, interactions
// a form with one JSON field, events JSON.
func (s *Server) encode(at *attempt, payload json.RawMessage) (target, kind string, body []byte, err error) {
	s.mu.Lock()
	a := at.app.App
	s.mu.Unlock()
	const form = "application/x-www-form-urlencoded"
	switch at.kind {
	case "slash_commands":
		var fields map[string]any
		if err := json.Unmarshal(payload, &fields); err != nil {
			return "", "", nil, err
		}
		values := url.Values{}
		for k, v := range fields {
			values.Set(k, fmt.Sprint(v))
		}
		target, kind, body = a.CommandsURL, form, []byte(values.Encode())
	case "interactive":
		target, kind, body = a.InteractionsURL, form, []byte(url.Values{"payload": {string(payload)}}.Encode())
	default:
		target, kind, body = a.EventsURL, "application/json", payload
	}
	if target == "" {
		return "", "", nil, errNoConnection
	}
	return target, kind, body, nil
}

func (s *Server) signed(a *app, target string, header http.Header, body []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(s.ctx, s.opts.AckTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoConnection, err)
	}
	now := s.now()
	req.Header = header
	req.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	req.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(now.Unix(), 10))
	req.Header.Set("X-Slack-Signature", Signature(a.SigningSecret, now, body))
	resp, err := s.client.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, errAckTimeout
		}
		return nil, errConnLost
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAckBody))
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, errAckTimeout
	case err != nil:
		return nil, errConnLost
	case resp.Header.Get("X-Slack-No-Retry") == "1" && resp.StatusCode > 299:
		return nil, errNoRetry
	case resp.StatusCode < 200 || resp.StatusCode > 299:
		return nil, errHTTPStatus
	}
	return bytes.TrimSpace(answer), nil
}

// verifyEvents makes the app prove once that the event URL is its own.
func (s *Server) verifyEvents(a *app, target string) error {
	s.mu.Lock()
	verified := a.verified
	s.mu.Unlock()
	if verified {
		return nil
	}
	challenge := randomHex(24)
	body, _ := json.Marshal(obj{"token": "verification", "challenge": challenge, "type": "url_verification"})
	answer, err := s.signed(a, target, http.Header{"Content-Type": {"application/json"}}, body)
	if err != nil {
		return err
	}
	var in struct {
		Challenge string `json:"challenge"`
	}
	_ = json.Unmarshal(answer, &in)
	values, _ := url.ParseQuery(string(answer))
	if string(answer) != challenge && in.Challenge != challenge && values.Get("challenge") != challenge {
		return errHTTPStatus
	}
	s.mu.Lock()
	a.verified = true
	s.mu.Unlock()
	return nil
}
