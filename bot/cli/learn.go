package cli

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"huiban/bot/wiring"
	"huiban/integrations/redisstore"
)

// shownUnknown is how many unknown names are listed.
const shownUnknown = 20

func (c *command) learn() *cobra.Command {
	var pl place
	cmd := &cobra.Command{
		Use: "learn DIR", Short: "Learn from past letters which units handle what, and who is usually copied", Args: cobra.ExactArgs(1),
		Long: `Read the past letters (.txt, .docx, .pdf) in a folder and below it. What they teach is kept in the Redis of REDIS_URL,
or in --data without one, and every running bot takes it up within seconds. A letter that was learned before teaches nothing twice.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withStore(cmd.Context(), pl, func(store *redisstore.Store, s wiring.Settings) error {
				learned, err := wiring.Learn(cmd.Context(), s.Config.City, store, args[0], time.Now())
				c.report(learned)
				return err
			})
		},
	}
	pl.flags(cmd)
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
