package cli

import (
	"context"
	"errors"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"huiban/bot/wiring"
	"huiban/config"
	"huiban/integrations/redisstore"
)

// place is where a command works: whose configuration, which Redis.
type place struct {
	configDir string
	dataDir   string
}

func (pl *place) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&pl.configDir, "config", "", "configuration folder of the city (default: the built-in one)")
	cmd.Flags().StringVar(&pl.dataDir, "data", "data", "folder of the embedded Redis, when REDIS_URL is not set")
}

// settings reads the configuration and the environment.
func (c *command) settings(pl place, level slog.Level) (wiring.Settings, error) {
	cfg, err := c.configured(pl.configDir)
	if err != nil {
		return wiring.Settings{}, err
	}
	sec, err := config.LoadSecrets(os.Getenv, config.ReadSecretFile)
	return wiring.Settings{Config: cfg, Secrets: sec, Lang: c.lang, DataDir: pl.dataDir, Log: c.logger(level)}, err
}

// withStore opens the store, does what is to be done with it, and closes it.
func (c *command) withStore(ctx context.Context, pl place, do func(*redisstore.Store, wiring.Settings) error) error {
	s, err := c.settings(pl, slog.LevelWarn)
	if err != nil {
		return err
	}
	store, _, _, stop, err := wiring.OpenStore(ctx, s)
	if err != nil {
		return err
	}
	return errors.Join(do(store, s), stop())
}
