package demo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"slices"
	"time"

	"huiban/bot/catalog"
	"huiban/bot/wiring"
	"huiban/config"
	"huiban/integrations/slackapi"
	"huiban/integrations/workspace"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// Stage is a workspace with a bot in it, both in this process, for people or a Player to click in.
type Stage struct {
	URL   string // where the page is
	Where string // which Redis is in use, for people
	Clock *Clock
	Parts *wiring.Parts

	cfg    *config.Config
	client *member.Client
	text   *catalog.Text
	undo   []func() error // in the order of what was started
}

// Open starts a workspace with everybody of the city in it, and the bot by Socket Mode, at the hour when the case
// begins. The caller closes the stage.
func Open(ctx context.Context, o Options) (*Stage, error) {
	c, err := openCase(o.CaseDir)
	if err != nil {
		return nil, err
	}
	cfg, err := o.config(c)
	if err != nil {
		return nil, err
	}
	return o.open(ctx, cfg, begin(c, cfg))
}

func (o Options) open(ctx context.Context, cfg *config.Config, at time.Time) (_ *Stage, err error) {
	if o.Lang == "" {
		o.Lang = cfg.Lang
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Stage{Clock: NewClock(at), cfg: cfg}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	if s.text, err = catalog.New(o.Lang); err != nil {
		return nil, err
	}
	data, err := os.MkdirTemp("", "huiban-demo-")
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	s.undo = append(s.undo, func() error { return os.RemoveAll(data) })
	ws, err := o.workspace(cfg, s.Clock)
	if err != nil {
		return nil, err
	}
	s.URL, s.undo = ws.URL(), append(s.undo, ws.Close)
	s.Parts, err = wiring.Start(ctx, wiring.Settings{Config: cfg, Secrets: localSecrets(ws.APIURL()), Lang: o.Lang, DataDir: data, Now: s.Clock.Now, Log: o.Log})
	if err != nil {
		return nil, err
	}
	s.Where, s.undo = s.Parts.Where, append(s.undo, s.closeParts)
	s.connect(ctx, o.Log)
	s.client = member.Dial(ws.URL())
	s.undo = append(s.undo, func() error { s.client.Close(); return nil })
	return s, waitConnected(ctx, s.Parts.Server)
}

// connect keeps the bot connected until the stage closes.
func (s *Stage) connect(ctx context.Context, log *slog.Logger) {
	ctx, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	go func() {
		if err := s.Parts.Server.RunSocketMode(ctx, s.Parts.Client, 2); err != nil && ctx.Err() == nil {
			log.Error("socket mode ended", "err", err)
		}
	}()
	s.undo = append(s.undo, func() error { hangUp(); return nil })
}

func (s *Stage) closeParts() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return s.Parts.Close(ctx)
}

// Close ends the bot and the workspace and removes what they stored.
func (s *Stage) Close() error {
	var errs []error
	for len(s.undo) > 0 {
		last := len(s.undo) - 1
		errs = append(errs, s.undo[last]())
		s.undo = s.undo[:last]
	}
	return errors.Join(errs...)
}

// Player plays on this stage.
func (s *Stage) Player() *Player {
	return &Player{City: s.cfg.City, Workspace: s.client, Clock: s.Clock, Text: s.text, Settled: s.settled}
}

// settled reports whether every reminder that has fallen due was given; in quiet hours none is.
func (s *Stage) settled(ctx context.Context, proposal string) (bool, error) {
	now := s.Clock.Now()
	if s.cfg.Slack.Quiet(now.In(s.cfg.City.Zone).Hour()) {
		return true, nil
	}
	p, err := s.Parts.Store.Load(ctx, proposal)
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(p.Timers(s.cfg.City), func(t tasks.Timer) bool { return !t.At.After(now) }), nil
}

func waitConnected(ctx context.Context, s *slackapi.Server) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for !s.Connected() {
		if err := sleep(ctx, 5*time.Millisecond); err != nil {
			return fmt.Errorf("demo: the bot did not connect to the workspace: %w", err)
		}
	}
	return nil
}

// begin is when the play starts: the morning on which the paper was received, or now.
func begin(c *Case, cfg *config.Config) time.Time {
	if at, err := c.Proposal.Received.in(cfg.City.Zone); err == nil && !c.Proposal.Received.IsZero() {
		return at.Add(9 * time.Hour)
	}
	return time.Now()
}

func (o Options) workspace(cfg *config.Config, clock *Clock) (*workspace.Server, error) {
	ws, err := workspace.New(workspace.Options{Seed: LocalSeed(cfg), Now: clock.Now, Logger: o.Log, RateScale: 20, PostBurst: 50})
	if err != nil {
		return nil, err
	}
	listen := o.Listen
	if listen == "" {
		listen = "127.0.0.1:8065"
		if o.Headless || taken(listen) {
			listen = "127.0.0.1:0"
		}
	}
	if err := ws.Start(listen); err != nil {
		return nil, errors.Join(err, ws.Close())
	}
	return ws, nil
}

func taken(addr string) bool {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return true
	}
	return l.Close() != nil
}
