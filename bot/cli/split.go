package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"huiban/bot/wiring"
)

// showSplit prints the sections with their units, each with its role, its chance and the words that speak for it.
func (c *command) showSplit(r *wiring.SplitResult) {
	c.print(strings.TrimSpace(r.Number + " " + r.Title))
	for _, s := range r.Sections {
		c.print(fmt.Sprintf("%d. %s", s.No, s.Heading))
		for _, d := range s.Departments {
			var words []string
			for _, e := range d.Evidence {
				words = append(words, e.Word)
			}
			c.print(c.text().Say("cli.split.unit", "Role", c.text().Say("split_role."+d.Role), "Unit", d.Name, "Percent", int(d.Score*100+0.5), "Words", strings.Join(words, "、")))
		}
	}
}

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
			c.showSplit(result)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().StringVar(&lead, "lead", "", "lead bureau, by any of its names (default: guessed from the text)")
	cmd.Flags().StringVar(&configDir, "config", "", "configuration folder of the city")
	return cmd
}
