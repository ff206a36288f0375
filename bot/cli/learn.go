package cli

import (
	"cmp"
	"errors"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"huiban/bot/wiring"
	"huiban/config"
)

// shownUnknown is how many unknown names are listed.
const shownUnknown = 20

func (c *command) learn() *cobra.Command {
	var configDir, dataDir string
	cmd := &cobra.Command{
		Use: "learn DIR", Short: "Learn from past letters which units handle what, and who is usually copied", Args: cobra.ExactArgs(1),
		Long: `Read the past letters (.txt, .docx, .pdf) in a folder and below it. What they teach is kept in the Redis of REDIS_URL,
or in --data without one, and every running bot takes it up within seconds. A letter that was learned before teaches nothing twice.`,
		RunE: func(cmd *cobra.Command, args []string) error {
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
			learned, err := wiring.Learn(cmd.Context(), cfg.City, store, args[0], time.Now())
			c.report(learned)
			return errors.Join(err, stop())
		},
	}
	cmd.Flags().StringVar(&configDir, "config", "", "configuration folder of the city")
	cmd.Flags().StringVar(&dataDir, "data", "data", "folder of the embedded Redis, when REDIS_URL is not set")
	return cmd
}

func (c *command) report(l *wiring.Learned) {
	t := c.text()
	for _, s := range l.Skipped {
		c.print(t.Say("cli.learn.skipped", "File", s.File, "Why", t.SayMap(s.Why, s.Args)))
	}
	if len(l.Unknown) > 0 {
		names := slices.SortedFunc(maps.Keys(l.Unknown), func(a, b string) int {
			return cmp.Or(cmp.Compare(l.Unknown[b], l.Unknown[a]), cmp.Compare(a, b))
		})
		c.print(t.Say("cli.learn.unknown", "N", len(names), "Names", strings.Join(names[:min(len(names), shownUnknown)], "、")))
	}
	c.print(t.Say("cli.learn.done", "Letters", l.Letters, "Sections", l.Sections, "Units", l.Units, "Known", l.Known, "Skipped", len(l.Skipped)))
}
