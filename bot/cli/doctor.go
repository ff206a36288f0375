package cli

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"huiban/bot/wiring"
)

const doctorTimeout = 30 * time.Second

func (c *command) doctor() *cobra.Command {
	var pl place
	cmd := &cobra.Command{Use: "doctor", Short: "Check configuration, Redis and Slack, and say how to mend each", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		s, err := c.settings(pl, slog.LevelError)
		if err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(cmd.Context(), doctorTimeout)
		defer cancel()
		return c.reportHealth(wiring.Examine(ctx, s))
	}}
	pl.flags(cmd)
	return cmd
}

// reportHealth prints what was found, and fails when something is to be mended.
func (c *command) reportHealth(findings []wiring.Finding) error {
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
}
