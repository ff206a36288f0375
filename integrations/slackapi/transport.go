package slackapi

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

const (
	maxAttempts     = 4
	backoffFirst    = 100 * time.Millisecond
	maxAPIAnswer    = 32 << 20
	maxDrainedBytes = 64 << 10
)

// transport sends requests on behalf of a Client: it adds the token where it
// belongs, and repeats what may be repeated. It stands below slack-go, so that
// every path through that library gets both.
type transport struct {
	base    http.RoundTripper
	api     *url.URL
	token   func() string
	maxWait time.Duration // a longer Retry-After is left to the caller
	retried func(method string)
}

func newBaseTransport(headerTimeout time.Duration) *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          128,
		MaxIdleConnsPerHost:   64,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   5 * time.Second,
		ExpectContinueTimeout: time.Second,
		ResponseHeaderTimeout: headerTimeout,
	}
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	method := t.method(req.URL)
	repeatable := req.Body == nil || req.Body == http.NoBody || req.GetBody != nil
	again := retryAsked(req.Context()) || idempotent(req.Method, method)
	for attempt := 1; ; attempt++ {
		try, err := t.prepare(req, attempt)
		if err != nil {
			return nil, err
		}
		resp, err := t.base.RoundTrip(try)
		wait, retry := t.verdict(resp, err, again, attempt)
		if !retry || !repeatable || attempt == maxAttempts || !fits(req.Context(), wait) {
			return bounded(req.Context(), resp), err
		}
		if resp != nil {
			_, _ = io.CopyN(io.Discard, resp.Body, maxDrainedBytes)
			_ = resp.Body.Close()
		}
		if err := pause(req.Context(), wait); err != nil {
			return nil, err
		}
		t.retried(method)
	}
}

// prepare returns the request of one attempt: a copy with the token, and the
// body from its beginning.
func (t *transport) prepare(req *http.Request, attempt int) (*http.Request, error) {
	try := req.Clone(req.Context())
	if attempt > 1 && req.GetBody != nil {
		body, err := req.GetBody()
		if err != nil {
			return nil, err
		}
		try.Body = body
	}
	if try.Header.Get("Authorization") == "" && t.mayHaveToken(req) {
		if token := t.token(); token != "" {
			try.Header.Set("Authorization", "Bearer "+token)
		}
	}
	return try, nil
}

// mayHaveToken: the API's own host always, Slack's other hosts only for
// downloads. A redirect passes here again and so cannot carry the token away.
func (t *transport) mayHaveToken(req *http.Request) bool {
	return sameHost(t.api, req.URL) || (isDownload(req.Context()) && slackHost(req.URL))
}

// verdict says whether an attempt's outcome is worth another, and after how long.
func (t *transport) verdict(resp *http.Response, err error, again bool, attempt int) (time.Duration, bool) {
	backoff := backoffFirst<<(attempt-1) + rand.N(backoffFirst)
	switch {
	case err != nil:
		var dial *net.OpError
		unsent := errors.As(err, &dial) && dial.Op == "dial"
		return backoff, again || unsent
	case resp.StatusCode == http.StatusTooManyRequests:
		wait := retryAfter(resp.Header)
		// slack-go knows a rate limit only by whole seconds.
		resp.Header.Set("Retry-After", strconv.Itoa(int(wait/time.Second)))
		return wait, wait <= t.maxWait
	case resp.StatusCode >= 500:
		return backoff, again
	}
	return 0, false
}

// method names the Web API method of u for metrics and retries.
func (t *transport) method(u *url.URL) string {
	if sameHost(t.api, u) && strings.HasPrefix(u.Path, t.api.Path) {
		if name := path.Base(u.Path); knownMethod(name) {
			return name
		}
	}
	return "other"
}

func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(strings.TrimSpace(h.Get("Retry-After")))
	if err != nil || seconds < 1 {
		return defaultRetryAfter
	}
	return time.Duration(seconds) * time.Second
}

func fits(ctx context.Context, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return !ok || time.Until(deadline) > wait
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// bounded keeps a runaway answer from filling memory: slack-go decodes
// whatever comes. A download has its caller's limit.
func bounded(ctx context.Context, resp *http.Response) *http.Response {
	if resp != nil && resp.Body != nil && !isDownload(ctx) {
		resp.Body = &boundedBody{Reader: io.LimitReader(resp.Body, maxAPIAnswer), Closer: resp.Body}
	}
	return resp
}

type boundedBody struct {
	io.Reader
	io.Closer
}

// sameHost reports whether u is on the API's host. The names of this machine are
// one host: a local server may call itself otherwise than the configuration does.
func sameHost(api, u *url.URL) bool {
	return u.Scheme == api.Scheme && (strings.EqualFold(u.Host, api.Host) ||
		u.Port() == api.Port() && loopback(u.Hostname()) && loopback(api.Hostname()))
}

func loopback(host string) bool {
	return strings.EqualFold(host, "localhost") || host == "127.0.0.1" || host == "::1"
}

// slackHost reports whether u is an https address on a host of Slack.
func slackHost(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	return u.Scheme == "https" && (host == "slack.com" || strings.HasSuffix(host, ".slack.com") ||
		host == "slack-gov.com" || strings.HasSuffix(host, ".slack-gov.com"))
}
