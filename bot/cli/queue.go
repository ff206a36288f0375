package cli

import (
	"time"

	"github.com/spf13/cobra"

	"huiban/bot/wiring"
	"huiban/config"
	"huiban/integrations/redisstore"
	"huiban/tasks"
)

// queue shows deliveries that were set aside and puts them back.
func (c *command) queue() *cobra.Command {
	cmd := &cobra.Command{Use: "queue", Short: "Show deliveries that were set aside, and replay them"}
	cmd.AddCommand(c.queueList(), c.queueReplay())
	return cmd
}

func (c *command) queueList() *cobra.Command {
	var pl place
	cmd := &cobra.Command{Use: "list", Short: "List the deliveries that kept failing, oldest first", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return c.withStore(cmd.Context(), pl, func(store *redisstore.Store, s wiring.Settings) error {
			parked, err := store.Parked(cmd.Context())
			if err != nil {
				return err
			}
			for _, p := range parked {
				c.print(c.parked(s.Config, p))
			}
			c.print(c.text().Say("cli.queue.count", "N", len(parked)))
			return nil
		})
	}}
	pl.flags(cmd)
	return cmd
}

// parked is a line about one job: ids only, for the output may end up in a ticket.
func (c *command) parked(cfg *config.Config, p tasks.ParkedJob) string {
	what := "intake " + p.Job.Intake
	switch d := p.Job.Delivery; {
	case p.Job.Timer != "":
		what = p.Job.Timer
	case d.Kind != "":
		what = string(d.Kind) + " " + d.Name + " → " + d.Recipient
	}
	return c.text().Say("cli.queue.entry", "ID", p.Job.ID, "At", p.At.In(cfg.City.Zone).Format(time.DateTime), "What", what,
		"Attempt", p.Job.Attempt, "Why", p.Why, "Proposal", p.Job.Proposal)
}

func (c *command) queueReplay() *cobra.Command {
	var pl place
	var all bool
	cmd := &cobra.Command{
		Use: "replay [ID...]", Short: "Put deliveries that were set aside back into the queue",
		Args: func(cmd *cobra.Command, args []string) error {
			if !all && len(args) == 0 {
				return tasks.Refuse(tasks.Invalid, "cli.queue.which")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, ids []string) error {
			return c.withStore(cmd.Context(), pl, func(store *redisstore.Store, _ wiring.Settings) error {
				if all {
					parked, err := store.Parked(cmd.Context())
					if err != nil {
						return err
					}
					ids = nil
					for _, p := range parked {
						ids = append(ids, p.Job.ID)
					}
				}
				for _, id := range ids {
					if err := store.Replay(cmd.Context(), time.Now(), id); err != nil {
						return err
					}
				}
				c.print(c.text().Say("cli.queue.replayed", "N", len(ids)))
				return nil
			})
		},
	}
	pl.flags(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "replay everything that was set aside")
	return cmd
}
