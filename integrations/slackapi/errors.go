package slackapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

var (
	// ErrTooLarge reports a file above the limit that the caller gave.
	ErrTooLarge = errors.New("file is too large")
	// ErrForeignHost reports an address to which the token must not be sent.
	ErrForeignHost = errors.New("address is not on Slack's or the API's host")
	// ErrNotFile reports that a web page came in place of a file: what Slack
	// answers when the token may not read it.
	ErrNotFile = errors.New("a web page came in place of the file")
	// ErrNotFound reports that no such channel or person is known.
	ErrNotFound = errors.New("not found")
	// ErrDeactivated reports a person whose account is deactivated.
	ErrDeactivated = errors.New("account is deactivated")
	// ErrArgument reports a call that Slack would refuse for its arguments.
	ErrArgument = errors.New("invalid argument")
)

// errRedirected reports an answer that sends the call to another host. It is not
// permanent: a proxy on the way does so for a while, Slack never does.
var errRedirected = errors.New("redirected to a foreign host")

// defaultRetryAfter serves where Slack names no time.
const defaultRetryAfter = time.Second

// RateLimited is in the chain of every error of a call that Slack turned away
// for coming too often.
type RateLimited struct {
	Method     string        // Web API method, such as chat.postMessage
	RetryAfter time.Duration // how long Slack asks to wait, at least one second
}

func (e *RateLimited) Error() string {
	return fmt.Sprintf("rate limited, retry after %s", e.RetryAfter)
}

// CallError names the method whose call failed.
type CallError struct {
	Method string
	Err    error
}

func (e *CallError) Error() string { return "slack " + e.Method + ": " + e.Err.Error() }

func (e *CallError) Unwrap() error { return e.Err }

// wrap puts err into the forms that this package promises.
func wrap(method string, err error) error {
	if err == nil {
		return nil
	}
	// The address goes: a response_url or an upload address is as good as a token.
	var address *url.Error
	if errors.As(err, &address) {
		err = fmt.Errorf("%s: %w", strings.ToLower(address.Op), address.Err)
	}
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	switch {
	case errors.As(err, &limited):
		err = &RateLimited{Method: method, RetryAfter: max(limited.RetryAfter, defaultRetryAfter)}
	case errors.As(err, &status) && status.Code == http.StatusTooManyRequests:
		err = &RateLimited{Method: method, RetryAfter: defaultRetryAfter}
	case Code(err) == "ratelimited" || Code(err) == "rate_limited":
		err = &RateLimited{Method: method, RetryAfter: defaultRetryAfter}
	}
	return &CallError{Method: method, Err: err}
}

// Code returns Slack's error string, such as channel_not_found; "ratelimited"
// for a rate limit; and "" when the error did not come from Slack.
func Code(err error) string {
	var limited *RateLimited
	if errors.As(err, &limited) {
		return "ratelimited"
	}
	var answer slack.SlackErrorResponse
	if errors.As(err, &answer) {
		return answer.Err
	}
	return ""
}

// AuthFailed reports whether the token or its scopes are at fault: nothing
// that the message's author or recipient could mend.
func AuthFailed(err error) bool {
	switch Code(err) {
	case "not_authed", "invalid_auth", "token_expired", "token_revoked",
		"account_inactive", "missing_scope", "not_allowed_token_type":
		return true
	}
	return false
}

// Permanent reports whether repeating the same call cannot help. Rate limits,
// faults of the network or of Slack itself, a cancelled context, and a broken
// token (see AuthFailed) are not permanent.
func Permanent(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	for _, fatal := range []error{ErrTooLarge, ErrForeignHost, ErrNotFound, ErrDeactivated, ErrArgument} {
		if errors.Is(err, fatal) {
			return true
		}
	}
	var status slack.StatusCodeError
	if errors.As(err, &status) {
		return status.Code >= 400 && status.Code < 500 &&
			status.Code != http.StatusTooManyRequests && status.Code != http.StatusRequestTimeout
	}
	switch Code(err) {
	case "", "ratelimited", "internal_error", "fatal_error", "service_unavailable",
		"request_timeout", "team_added_to_org", "external_channel_migrating":
		return false
	}
	return !AuthFailed(err)
}
