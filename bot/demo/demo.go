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
	"os"
	"path/filepath"
	"strings"
	"time"

	"huiban/bot/catalog"
	"huiban/bot/wiring"
	"huiban/config"
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
	if len(c.Ignored) > 0 {
		o.Print(text.Say("cli.demo.ignored", "Fields", strings.Join(c.Ignored, "; ")))
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
	case c.Config != "":
		return config.Load(beside(o.CaseDir, c.Config))
	}
	return config.Default()
}

// beside finds a folder that a case names: in the case's folder, or next to it.
func beside(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	inside := filepath.Join(dir, name)
	if _, err := os.Stat(inside); err == nil {
		return inside
	}
	if next := filepath.Join(filepath.Dir(filepath.Clean(dir)), name); isFolder(next) {
		return next
	}
	return inside
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
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
	s, err := o.open(ctx, cfg, begin(c, cfg))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	o.Print(text.Say("cli.demo.redis", "Where", s.Where))
	pl := s.Player()
	pl.Narrate = o.Print
	if !o.Headless {
		pl.Pause = 600 * time.Millisecond
		o.Print(text.Say("cli.demo.workspace_at", "URL", s.URL))
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
	if err := writeAudit(ctx, s.Parts, filepath.Join(o.Out, "audit.jsonl")); err != nil {
		return err
	}
	o.Print(text.Say("cli.demo.letter_at", "Path", filepath.Join(o.Out, "reply.docx")))
	o.Print(text.Say("cli.demo.audit", "Path", filepath.Join(o.Out, "audit.jsonl")))
	if o.Headless {
		return nil
	}
	return o.stay(ctx, s, pl)
}

// stay leaves two further proposals in mid-flight and keeps the workspace open.
func (o Options) stay(ctx context.Context, s *Stage, pl *Player) error {
	if o.ConfigDir == "" && o.CaseDir == "" {
		pl.Pause, pl.Narrate = 0, nil
		if err := pl.playFurther(ctx); err != nil {
			return err
		}
	}
	o.Print(s.text.Say("cli.demo.stay", "URL", s.URL))
	<-ctx.Done()
	return nil
}

// playFurther leaves the built-in further proposals in mid-flight.
func (pl *Player) playFurther(ctx context.Context) error {
	for _, name := range []string{"second", "third"} {
		c, err := example(name)
		if err != nil {
			return err
		}
		if err := pl.PlayHalf(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func writeAudit(ctx context.Context, parts *wiring.Parts, name string) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return wiring.ExportAudit(ctx, parts.Store, io.Writer(f))
}
