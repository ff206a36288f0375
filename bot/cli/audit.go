package cli

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"huiban/bot/wiring"
	"huiban/integrations/redisstore"
)

func (c *command) audit() *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "Export and verify the audit trail"}
	cmd.AddCommand(c.auditExport(), c.auditVerify())
	return cmd
}

func (c *command) auditExport() *cobra.Command {
	var pl place
	cmd := &cobra.Command{Use: "export", Short: "Write every event as a line of JSON to standard output", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return c.withStore(cmd.Context(), pl, func(store *redisstore.Store, _ wiring.Settings) error {
			return wiring.ExportAudit(cmd.Context(), store, c.out)
		})
	}}
	pl.flags(cmd)
	return cmd
}

func (c *command) auditVerify() *cobra.Command {
	return &cobra.Command{Use: "verify FILE", Short: "Check the hash chain of an exported trail", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
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
}
