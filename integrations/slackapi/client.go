package slackapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/slack-go/slack"
	"golang.org/x/sync/singleflight"
)

const (
	defaultHTTPTimeout  = 10 * time.Second
	defaultMaxRetryWait = 3 * time.Second
	transferTimeout     = 2 * time.Minute

	channelCacheSize = 4096
	channelCacheTTL  = time.Hour
)

// Config is what a Client needs. Only BotToken is required.
type Config struct {
	BotToken Secret // xoxb-…
	AppToken Secret // xapp-…, for Socket Mode

	// APIURL is the root of the Web API; the default is Slack's. Another root
	// may be plain http, and its Socket Mode plain ws.
	APIURL string

	// HTTPTimeout bounds the wait for one answer; the default is 10 s.
	HTTPTimeout time.Duration
	// MaxRetryWait is the longest Retry-After that is waited for inside a call
	// (default 3 s); what is longer comes back as RateLimited.
	MaxRetryWait time.Duration

	Logger     *slog.Logger
	Now        func() time.Time
	Registerer prometheus.Registerer // nil: metrics are kept but not registered
}

// Client calls the Web API. It is safe for concurrent use. Its errors are
// CallErrors; see Code, Permanent, AuthFailed and RateLimited.
type Client struct {
	api         *slack.Client
	http        *http.Client
	apiURL      *url.URL
	callTimeout time.Duration
	hasAppToken bool
	log         *slog.Logger
	now         func() time.Time
	metrics     *clientMetrics
	transport   *http.Transport

	people   *people
	dms      *cache[string] // user id → channel id
	channels *cache[string] // name → channel id
	flight   singleflight.Group
}

// New returns a Client for c. It does not contact Slack.
func New(c Config) (*Client, error) {
	if c.BotToken == "" {
		return nil, fmt.Errorf("slackapi: %w: no bot token", ErrArgument)
	}
	root, err := apiRoot(c.APIURL)
	if err != nil {
		return nil, err
	}
	c = c.withDefaults()
	metrics := newClientMetrics()
	if err := metrics.register(c.Registerer); err != nil {
		return nil, err
	}
	base := newBaseTransport(c.HTTPTimeout)
	httpClient := &http.Client{
		Transport: &transport{
			base: base, api: root, token: c.BotToken.Reveal, maxWait: c.MaxRetryWait,
			retried: func(method string) { metrics.retries.WithLabelValues(method).Inc() },
		},
		CheckRedirect: stayHome(root),
	}
	client := &Client{
		http: httpClient, apiURL: root, transport: base,
		callTimeout: c.HTTPTimeout + 2*c.MaxRetryWait,
		hasAppToken: c.AppToken != "",
		log:         c.Logger, now: c.Now, metrics: metrics,
		people:   newPeople(c.Now),
		dms:      newCache[string](channelCacheSize, c.Now),
		channels: newCache[string](channelCacheSize, c.Now),
	}
	client.api = slack.New(c.BotToken.Reveal(),
		slack.OptionHTTPClient(httpClient),
		slack.OptionAPIURL(root.String()),
		slack.OptionAppLevelToken(c.AppToken.Reveal()),
		slack.OptionLog(log.New(io.Discard, "", 0)),
	)
	return client, nil
}

// Close lets go of idle connections.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

func (c Config) withDefaults() Config {
	if c.HTTPTimeout <= 0 {
		c.HTTPTimeout = defaultHTTPTimeout
	}
	if c.MaxRetryWait <= 0 {
		c.MaxRetryWait = defaultMaxRetryWait
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

// apiRoot parses the root of the API. slack-go appends the method's name to
// it, so it has to end in a slash.
func apiRoot(raw string) (*url.URL, error) {
	if raw == "" {
		raw = slack.APIURL
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("slackapi: %w: API root must be an http or https address", ErrArgument)
	}
	if u.Scheme == "http" && strings.HasSuffix(strings.ToLower(u.Hostname()), "slack.com") {
		return nil, fmt.Errorf("slackapi: %w: Slack's API root must be https", ErrArgument)
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	return u, nil
}

// plainSocket reports whether Socket Mode may run without TLS: against another
// API root that is itself plain http, never against Slack.
func (c *Client) plainSocket() bool { return c.apiURL.Scheme == "http" }

// stayHome refuses redirects that leave Slack and the API's host.
func stayHome(root *url.URL) func(*http.Request, []*http.Request) error {
	return func(req *http.Request, via []*http.Request) error {
		if len(via) >= 5 {
			return errors.New("too many redirects")
		}
		if !sameHost(root, req.URL) && !slackHost(req.URL) {
			if isDownload(req.Context()) {
				return ErrForeignHost
			}
			return errRedirected
		}
		return nil
	}
}

// call runs one Web API call under the call's time limit, wraps its error and
// counts its result.
func (c *Client) call(ctx context.Context, method string, fn func(context.Context) error) error {
	return c.callWithin(ctx, c.callTimeout, method, fn)
}

func (c *Client) callWithin(ctx context.Context, limit time.Duration, method string, fn func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	err := wrap(method, fn(ctx))
	c.metrics.calls.WithLabelValues(method, result(err)).Inc()
	return err
}

// shared runs fn once for all who ask for key, which begins with the method, at
// the same time. Each waits no longer than its own ctx; fn goes on for the
// others, under the call's limit.
func (c *Client) shared(ctx context.Context, key string, fn func(context.Context) (any, error)) (any, error) {
	answers := c.flight.DoChan(key, func() (any, error) { return fn(context.WithoutCancel(ctx)) })
	select {
	case a := <-answers:
		return a.Val, a.Err
	case <-ctx.Done():
		method, _, _ := strings.Cut(key, ":")
		return nil, wrap(method, ctx.Err())
	}
}

// result is the label under which a call's end is counted.
func result(err error) string {
	var status slack.StatusCodeError
	var limited *RateLimited
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &limited):
		return "rate_limited"
	case errors.As(err, &status):
		return "http_error"
	case Code(err) != "":
		return "slack_error"
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "canceled"
	}
	return "failed"
}
