package cli

import (
	"errors"
	"log/slog"
	"net"

	"github.com/spf13/cobra"

	"huiban/bot/demo"
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
