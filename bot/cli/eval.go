package cli

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"huiban/bot/wiring"
)

// shownMisses is how many misses of a field are listed; --json has them all.
const shownMisses = 5

func (c *command) eval() *cobra.Command {
	var asJSON bool
	var configDir string
	cmd := &cobra.Command{
		Use: "eval DIR", Short: "Measure reading, splitting and routing against labelled files", Args: cobra.ExactArgs(1),
		Long: `Measure how a configuration reads letters and splits and routes proposals. DIR holds labelled files: a gold.jsonl with
the facts of letters, and a .json beside each proposal; docs/eval.md has the forms.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := c.configured(configDir)
			if err != nil {
				return err
			}
			result, err := wiring.Eval(cmd.Context(), cfg, args[0])
			if err != nil {
				return err
			}
			for i, s := range result.Skipped {
				if len(s.Args) > 0 || strings.Contains(s.Why, "error.") {
					result.Skipped[i].Why = c.text().SayMap(s.Why, s.Args)
				}
			}
			if asJSON {
				enc := json.NewEncoder(c.out)
				enc.SetIndent("", "  ")
				enc.SetEscapeHTML(false)
				return enc.Encode(result)
			}
			return c.evaluation(result)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, with every miss")
	cmd.Flags().StringVar(&configDir, "config", "", "configuration folder of the city")
	return cmd
}

// evaluation prints a table: what, right, of how many, percent.
func (c *command) evaluation(e *wiring.Evaluation) error {
	w := tabwriter.NewWriter(c.out, 0, 4, 2, ' ', 0)
	share := func(what string, right, cases int, percent float64) {
		fmt.Fprintf(w, "%s\t%d/%d\t%.1f%%\n", what, right, cases, percent)
	}
	for _, m := range []struct {
		name string
		of   wiring.Measured
	}{{"letters", e.Letters}, {"proposals", e.Proposals}} {
		fmt.Fprintf(w, "%s\t%d\t\n", m.name, m.of.Files)
		for _, f := range m.of.Fields {
			share("  "+f.Field, f.Right, f.Held, f.Percent)
			for _, miss := range f.Misses[:min(len(f.Misses), shownMisses)] {
				fmt.Fprintf(w, "    %s: %q, %q\t\t\n", miss.File, miss.Want, miss.Got)
			}
		}
	}
	fmt.Fprintf(w, "routing\t%d\t\n", e.Routing.Sections)
	for _, s := range []struct {
		name string
		of   wiring.Suggesting
	}{
		{"before", e.Routing.Before}, {"after", e.Routing.After},
		{"letters as written, before", e.Routing.Written.Before}, {"letters as written, after", e.Routing.Written.After},
	} {
		if s.of.RecallAt5.Cases == 0 {
			continue
		}
		share("  "+s.name+" recall_at_5", s.of.RecallAt5.Right, s.of.RecallAt5.Cases, s.of.RecallAt5.Percent)
		share("  "+s.name+" pressed", s.of.Pressed.Right, s.of.Pressed.Cases, s.of.Pressed.Percent)
		share("  "+s.name+" shown", s.of.Shown.Right, s.of.Shown.Cases, s.of.Shown.Percent)
		for _, t := range s.of.Calibration {
			share(fmt.Sprintf("    %.1f–%.1f", t.From, t.To), t.Right, t.Cases, t.Percent)
		}
	}
	for _, s := range e.Skipped {
		fmt.Fprintf(w, "skipped\t%s\t%s\n", s.File, s.Why)
	}
	return w.Flush()
}
