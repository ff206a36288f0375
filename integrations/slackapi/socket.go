package slackapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
	"golang.org/x/sync/errgroup"
)

// DefaultConnections is how many Socket Mode connections to keep: a second one
// carries on while Slack renews the first, about once an hour.
const DefaultConnections = 2

const (
	maxConnections   = 10 // Slack's limit for one app, all replicas together
	socketReadLimit  = 4 << 20
	socketRestart    = time.Second
	socketMaxBackoff = 30 * time.Second
	// socketFlush is how long written acknowledgements may take to leave before
	// the connection closes: slack-go tells nobody when they have.
	socketFlush = 150 * time.Millisecond
)

var (
	errPlainSocket = errors.New("refusing Socket Mode without TLS")
	errLongBackoff = errors.New("connection keeps failing")
)

// Connected reports whether at least one Socket Mode connection is open.
func (s *Server) Connected() bool { return s.connected.Load() > 0 }

// RunSocketMode keeps n Socket Mode connections (0: DefaultConnections) with
// c's app token until ctx or the Server ends, reconnecting as needed. On the
// way out it still acknowledges what it took. It returns an error only when
// Slack refuses the token, and then at once.
func (s *Server) RunSocketMode(ctx context.Context, c *Client, n int) error {
	if n <= 0 {
		n = DefaultConnections
	}
	if n > maxConnections || !c.hasAppToken {
		return fmt.Errorf("slackapi: %w: Socket Mode needs an app token and at most %d connections", ErrArgument, maxConnections)
	}
	s.mu.Lock()
	if s.isClosing {
		s.mu.Unlock()
		return nil
	}
	s.sockets.Add(1)
	s.mu.Unlock()
	defer s.sockets.Done()

	group, ctx := errgroup.WithContext(ctx)
	for i := range n {
		group.Go(func() error { return s.keepSocket(ctx, c, i) })
	}
	return group.Wait()
}

// keepSocket runs one connection after another.
func (s *Server) keepSocket(ctx context.Context, c *Client, index int) error {
	for {
		err := s.runSocket(ctx, c)
		if s.stopping(ctx) {
			return nil
		}
		if refused(err) {
			return fmt.Errorf("slackapi: Socket Mode: %w", wrap("apps.connections.open", err))
		}
		s.opts.Logger.Warn("slack socket ended", "socket", index, "code", Code(err))
		wait := socketRestart
		if errors.Is(err, errLongBackoff) {
			wait = socketMaxBackoff
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
		case <-s.closing:
		}
		timer.Stop()
	}
}

func (s *Server) stopping(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return true
	case <-s.closing:
		return true
	default:
		return false
	}
}

// refused reports whether Slack will not have this token, ever.
func refused(err error) bool {
	var status slack.StatusCodeError
	return AuthFailed(err) || (errors.As(err, &status) && status.Code == http.StatusNotFound)
}

// socket is one run of slack-go's client, which reconnects by itself.
type socket struct {
	server *Server
	api    *Client
	client *socketmode.Client
	open   bool
	taken  sync.WaitGroup // requests taken and not yet answered
}

// runSocket runs one client until it gives up or the Server stops. The
// connection outlives ctx by the time that taken requests need for their answer.
func (s *Server) runSocket(ctx context.Context, c *Client) error {
	k := &socket{server: s, api: c, client: socketmode.New(c.api,
		socketmode.OptionDialer(dialer(c.plainSocket())),
		socketmode.OptionReadLimit(socketReadLimit),
	)}
	defer k.mark(false)
	live, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- k.client.RunContext(live) }()
	for {
		select {
		case <-ctx.Done():
			return k.drain(cancel, ended)
		case <-s.closing:
			return k.drain(cancel, ended)
		case err := <-ended:
			return err
		case ev := <-k.client.Events:
			if err := k.handle(ev); err != nil {
				cancel()
				k.discard(ended)
				return err
			}
		}
	}
}

// drain waits for the answers that are still to come, lets them leave, and
// closes. Requests that arrive meanwhile are not acknowledged and so go to
// another connection.
func (k *socket) drain(cancel context.CancelFunc, ended <-chan error) error {
	answered := make(chan struct{})
	go func() { k.taken.Wait(); close(answered) }()
	limit := time.NewTimer(k.server.opts.AckTimeout + ackGrace)
	defer limit.Stop()
	for waiting := answered; waiting != nil; {
		select {
		case <-waiting:
			waiting = nil
		case <-limit.C:
			waiting = nil
		case <-k.client.Events:
		case err := <-ended:
			return err
		}
	}
	flush := time.NewTimer(socketFlush)
	defer flush.Stop()
	for {
		select {
		case <-k.client.Events:
		case <-flush.C:
			cancel()
			k.discard(ended)
			return nil
		}
	}
}

// discard reads events away until the client has ended.
func (k *socket) discard(ended <-chan error) {
	for {
		select {
		case <-k.client.Events:
		case <-ended: //nolint:errcheck // it was told to end: how it did is no news
			return
		}
	}
}

// handle acts on one event of slack-go's client.
func (k *socket) handle(ev socketmode.Event) error {
	switch ev.Type {
	case socketmode.EventTypeConnected:
		k.mark(true)
	case socketmode.EventTypeConnecting:
		k.mark(false)
	case socketmode.EventTypeConnectionError:
		k.mark(false)
		failed, ok := ev.Data.(*slack.ConnectionErrorEvent)
		var limited *slack.RateLimitedError
		if ok && failed.Backoff > socketMaxBackoff && !errors.As(failed.ErrorObj, &limited) {
			return errLongBackoff
		}
	case socketmode.EventTypeErrorWriteFailed:
		k.server.opts.Logger.Warn("slack socket could not write an acknowledgement")
	case socketmode.EventTypeErrorBadMessage:
		if bad, ok := ev.Data.(*socketmode.ErrorBadMessage); ok {
			k.takeBad(bad.Message)
		}
	case socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive, socketmode.EventTypeEventsAPI:
		if ev.Request != nil {
			k.take(*ev.Request, ev.Data)
		}
	}
	return nil
}

func (k *socket) mark(open bool) {
	if open == k.open {
		return
	}
	k.open = open
	delta := int64(1)
	if !open {
		delta = -1
	}
	k.server.connected.Add(delta)
	k.server.metrics.sockets.Add(float64(delta))
}

// dialer keeps a socket off plain ws unless the API root is another, plain one.
// gorilla asks Proxy before it dials, with ws and wss turned into http and https.
func dialer(plain bool) *websocket.Dialer {
	return &websocket.Dialer{
		HandshakeTimeout: 10 * time.Second,
		WriteBufferSize:  32 << 10, // an acknowledgement must fit one frame
		Proxy: func(r *http.Request) (*url.URL, error) {
			if !plain && r.URL.Scheme != "https" {
				return nil, errPlainSocket
			}
			return http.ProxyFromEnvironment(r)
		},
	}
}
