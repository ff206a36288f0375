package cli

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"huiban/bot/wiring"
)

func (c *command) split() *cobra.Command {
	var asJSON bool
	var configDir, lead string
	cmd := &cobra.Command{
		Use: "split FILE", Short: "Show how a proposal is read and split, and which units are suggested", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := c.configured(configDir)
			if err != nil {
				return err
			}
			result, err := wiring.Split(cmd.Context(), cfg, args[0], lead)
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
	cmd.Flags().StringVar(&lead, "lead", "", "lead bureau, by any of its names (default: guessed from the text)")
	cmd.Flags().StringVar(&configDir, "config", "", "configuration folder of the city")
	return cmd
}
