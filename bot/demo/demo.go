// Package demo plays whole cases through the chat, and opens a workspace in which newcomers can click on.
//
// Invariant: a play reaches the bot only through the workspace, as people do. What it writes is what people could
// download, but for the audit trail, which is exported from the store.
package demo

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"huiban/bot/catalog"
	"huiban/bot/wiring"
	"huiban/config"
	"huiban/integrations/slackapi"
	"huiban/integrations/workspace"
	"huiban/integrations/workspace/member"
)

//go:embed example
var examples embed.FS

// Options of a demo.
type Options struct {
	CaseDir   string // "" plays the built-in example
	ConfigDir string // "" takes the case's, else the built-in city
	Out       string
	Headless  bool
	Lang      string
	Listen    string // of the workspace; default 127.0.0.1:8065, or any free port when taken or headless
	Join      string // address of a running workspace with a bot in it: plays there and starts nothing
	Print     func(string)
	Log       *slog.Logger
}

// Run plays the case. Unless it is headless, the workspace then stays open until ctx ends.
func Run(ctx context.Context, o Options) error {
	c, err := openCase(o.CaseDir)
	if err != nil {
		return err
	}
	cfg, err := o.config(c)
	if err != nil {
		return err
	}
	if o.Lang == "" {
		o.Lang = cfg.Lang
	}
	text, err := catalog.New(o.Lang)
	if err != nil {
		return err
	}
	if o.Join != "" {
		return o.join(ctx, c, cfg, text)
	}
	return o.stage(ctx, c, cfg, text)
}

func openCase(dir string) (*Case, error) {
	if dir != "" {
		return LoadCase(dir)
	}
	return example("124302")
}

func example(name string) (*Case, error) {
	files, err := fs.Sub(examples, "example/"+name)
	if err != nil {
		return nil, err
	}
	return loadCase(files, name)
}

func (o Options) config(c *Case) (*config.Config, error) {
	switch {
	case o.ConfigDir != "":
		return config.Load(o.ConfigDir)
	case c.Config != "" && filepath.IsLocal(c.Config):
		return config.Load(filepath.Join(o.CaseDir, c.Config))
	case c.Config != "":
		return nil, fmt.Errorf("case: config must name a folder beside the case")
	}
	return config.Default()
}

// join plays against a bot that runs elsewhere.
func (o Options) join(ctx context.Context, c *Case, cfg *config.Config, text *catalog.Text) error {
	client := member.Dial(o.Join)
	defer client.Close()
	pl := &Player{City: cfg.City, Workspace: client, Text: text, Narrate: o.Print, Patience: 3 * time.Minute}
	if err := pl.Play(ctx, c); err != nil {
		return err
	}
	l, err := pl.Letter(ctx, cfg.Slack.HeadlineChannel(pl.lead.ID))
	if err != nil {
		return err
	}
	return l.Write(o.Out)
}

// stage starts workspace and bot, plays, and writes letter and audit trail.
func (o Options) stage(ctx context.Context, c *Case, cfg *config.Config, text *catalog.Text) (err error) {
	data, err := os.MkdirTemp("", "huiban-demo-")
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	clock := NewClock(begin(c, cfg))
	ws, err := o.workspace(cfg, clock)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ws.Close()) }()
	parts, err := wiring.Start(ctx, wiring.Settings{Config: cfg, Secrets: localSecrets(ws.APIURL()), Lang: o.Lang, DataDir: data, Now: clock.Now, Log: o.Log})
	if err != nil {
		return err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		err = errors.Join(err, parts.Close(closing))
	}()
	socketCtx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	go func() {
		if err := parts.Server.RunSocketMode(socketCtx, parts.Client, 2); err != nil && socketCtx.Err() == nil {
			o.Log.Error("socket mode ended", "err", err)
		}
	}()
	o.Print(text.Say("cli.demo.redis", "Where", parts.Where))
	return o.show(ctx, c, cfg, text, clock, ws, parts)
}

func (o Options) show(ctx context.Context, c *Case, cfg *config.Config, text *catalog.Text, clock *Clock, ws *workspace.Server, parts *wiring.Parts) error {
	client := member.Dial(ws.URL())
	defer client.Close()
	pl := &Player{City: cfg.City, Workspace: client, Clock: clock, Text: text, Narrate: o.Print}
	if !o.Headless {
		pl.Pause = 600 * time.Millisecond
		o.Print(text.Say("cli.demo.workspace_at", "URL", ws.URL()))
	}
	if err := waitConnected(ctx, parts.Server); err != nil {
		return err
	}
	if err := pl.Play(ctx, c); err != nil {
		return err
	}
	l, err := pl.Letter(ctx, cfg.Slack.HeadlineChannel(pl.lead.ID))
	if err != nil {
		return err
	}
	if err := l.Write(o.Out); err != nil {
		return err
	}
	if err := writeAudit(ctx, parts, filepath.Join(o.Out, "audit.jsonl")); err != nil {
		return err
	}
	o.Print(text.Say("cli.demo.letter_at", "Path", filepath.Join(o.Out, "reply.docx")))
	o.Print(text.Say("cli.demo.audit", "Path", filepath.Join(o.Out, "audit.jsonl")))
	if o.Headless {
		return nil
	}
	return o.stay(ctx, cfg, text, clock, ws, pl)
}

// stay leaves two further proposals in mid-flight and keeps the workspace open.
func (o Options) stay(ctx context.Context, cfg *config.Config, text *catalog.Text, clock *Clock, ws *workspace.Server, pl *Player) error {
	if o.ConfigDir == "" && o.CaseDir == "" {
		pl.Pause, pl.Narrate = 0, nil
		for _, name := range []string{"second", "third"} {
			c, err := example(name)
			if err != nil {
				return err
			}
			if err := pl.PlayHalf(ctx, c); err != nil {
				return err
			}
		}
	}
	o.Print(text.Say("cli.demo.stay", "URL", ws.URL()))
	<-ctx.Done()
	return nil
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

func writeAudit(ctx context.Context, parts *wiring.Parts, name string) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return wiring.ExportAudit(ctx, parts.Store, io.Writer(f))
}
