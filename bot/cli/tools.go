package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/spf13/cobra"

	"huiban/bot/demo"
	"huiban/bot/wiring"
	"huiban/config"
	"huiban/integrations/slackapi"
	"huiban/integrations/workspace"
)

func (c *command) workspace() *cobra.Command {
	var listen, seedFile, configDir, dataDir, requestURL string
	cmd := &cobra.Command{
		Use: "workspace", Short: "Run the local Slack-compatible workspace alone", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			seed, err := c.seed(seedFile, configDir)
			if err != nil {
				return err
			}
			if requestURL != "" {
				for i := range seed.Apps {
					seed.Apps[i].SocketMode, seed.Apps[i].RequestURL = false, requestURL
				}
			}
			ws, err := workspace.New(workspace.Options{Seed: seed, Logger: c.logger(slog.LevelWarn), DataDir: dataDir})
			if err != nil {
				return err
			}
			l, err := net.Listen("tcp", listen)
			if err != nil {
				return errors.Join(err, ws.Close())
			}
			c.print(c.text().Say("cli.workspace.started", "URL", "http://"+l.Addr().String(), "API", "http://"+l.Addr().String()+"/api/"))
			for _, a := range seed.Apps {
				c.print(c.text().Say("cli.workspace.tokens", "Bot", a.BotToken, "App", a.AppToken, "Secret", a.SigningSecret))
			}
			return errors.Join(ws.Serve(cmd.Context(), l), ws.Close())
		},
	}
	f := cmd.Flags()
	f.StringVar(&listen, "listen", "127.0.0.1:8065", "address to listen on")
	f.StringVar(&seedFile, "seed", "", "YAML or JSON file with members, channels and apps (default: everybody of the configured city)")
	f.StringVar(&configDir, "config", "", "configuration folder of the city whose people are the members")
	f.StringVar(&dataDir, "data", "", "folder to keep the workspace in (default: memory only)")
	f.StringVar(&requestURL, "request-url", "", "send requests by signed HTTP to this address instead of Socket Mode")
	return cmd
}

func (c *command) seed(file, configDir string) (workspace.Seed, error) {
	if file != "" {
		return workspace.LoadSeed(file)
	}
	cfg, err := c.configured(configDir)
	if err != nil {
		return workspace.Seed{}, err
	}
	return demo.LocalSeed(cfg), nil
}

func (c *command) split() *cobra.Command {
	var asJSON bool
	var configDir string
	cmd := &cobra.Command{
		Use: "split FILE", Short: "Show how a proposal is read and split, and which units are suggested", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			cfg, err := c.configured(configDir)
			if err != nil {
				return err
			}
			result, err := wiring.Split(cfg, args[0])
			if err != nil {
				return err
			}
			if asJSON {
				enc := json.NewEncoder(c.out)
				enc.SetIndent("", "  ")
				enc.SetEscapeHTML(false)
				return enc.Encode(result)
			}
			c.print(result.Number + " " + result.Title)
			for _, s := range result.Sections {
				c.print(fmt.Sprintf("%d. %s", s.No, s.Heading))
				for _, d := range s.Departments {
					c.print(fmt.Sprintf("   %s %.2f %v", d.Name, d.Score, d.Evidence))
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().StringVar(&configDir, "config", "", "configuration folder of the city")
	return cmd
}

func (c *command) audit() *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "Export and verify the audit trail"}
	var configDir, dataDir string
	export := &cobra.Command{Use: "export", Short: "Write every event as a line of JSON to standard output", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		cfg, err := c.configured(configDir)
		if err != nil {
			return err
		}
		sec, err := config.LoadSecrets(os.Getenv, config.ReadSecretFile)
		if err != nil {
			return err
		}
		store, _, _, stop, err := wiring.OpenStore(cmd.Context(), wiring.Settings{Config: cfg, Secrets: sec, DataDir: dataDir, Log: c.logger(slog.LevelWarn)})
		if err != nil {
			return err
		}
		return errors.Join(wiring.ExportAudit(cmd.Context(), store, c.out), stop())
	}}
	export.Flags().StringVar(&configDir, "config", "", "configuration folder of the city")
	export.Flags().StringVar(&dataDir, "data", "data", "folder of the embedded Redis, when REDIS_URL is not set")
	verify := &cobra.Command{Use: "verify FILE", Short: "Check the hash chain of an exported trail", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
		f, err := os.Open(args[0])
		if err != nil {
			return err
		}
		defer f.Close()
		proposals, events, err := wiring.VerifyAudit(f)
		if err != nil {
			return errors.New(c.text().Say("cli.audit.broken", "Why", err.Error()))
		}
		c.print(c.text().Say("cli.audit.sound", "Proposals", proposals, "Events", events))
		return nil
	}}
	cmd.AddCommand(export, verify)
	return cmd
}

const doctorTimeout = 30 * time.Second

func (c *command) doctor() *cobra.Command {
	var configDir, dataDir string
	cmd := &cobra.Command{Use: "doctor", Short: "Check configuration, Redis and Slack, and say how to mend each", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		cfg, err := c.configured(configDir)
		if err != nil {
			return err
		}
		sec, err := config.LoadSecrets(os.Getenv, config.ReadSecretFile)
		if err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(cmd.Context(), doctorTimeout)
		defer cancel()
		findings := wiring.Examine(ctx, wiring.Settings{Config: cfg, Secrets: sec, DataDir: dataDir, Log: c.logger(slog.LevelError)})
		sick := 0
		for _, f := range findings {
			mark := "cli.doctor.ok"
			if !f.OK {
				mark = "cli.doctor.mend"
				sick++
			}
			c.print(c.text().Say(mark, "What", c.text().SayMap(f.Message, f.Args)))
		}
		if sick > 0 {
			return errors.New(c.text().Say("cli.doctor.sick", "N", sick))
		}
		c.print(c.text().Say("cli.doctor.well"))
		return nil
	}}
	cmd.Flags().StringVar(&configDir, "config", "", "configuration folder of the city")
	cmd.Flags().StringVar(&dataDir, "data", "data", "folder of the embedded Redis, when REDIS_URL is not set")
	return cmd
}

func (c *command) manifest() *cobra.Command {
	var o slackapi.ManifestOptions
	cmd := &cobra.Command{Use: "manifest", Short: "Print the manifest to create the Slack app from", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		o.SocketMode = o.BaseURL == ""
		t := c.text()
		o.Texts = slackapi.ManifestTexts{AppName: t.Say("manifest.name"), BotName: t.Say("manifest.bot"), Description: t.Say("manifest.description"),
			CommandDescription: t.Say("manifest.command"), CommandUsage: t.Say("manifest.usage"),
			MessageShortcut: t.Say("manifest.message_shortcut"), MessageShortcutTip: t.Say("manifest.message_shortcut_tip"),
			GlobalShortcut: t.Say("manifest.shortcut"), GlobalShortcutTip: t.Say("manifest.shortcut_tip")}
		m, err := slackapi.Manifest(o)
		if err != nil {
			return err
		}
		_, err = c.out.Write(m)
		return err
	}}
	cmd.Flags().StringVar(&o.BaseURL, "url", "", "https address of the bot, for HTTP; without it the manifest is for Socket Mode")
	cmd.Flags().BoolVar(&o.JSON, "json", false, "JSON instead of YAML")
	return cmd
}
