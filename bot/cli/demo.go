package cli

import (
	"log/slog"

	"github.com/spf13/cobra"

	"huiban/bot/demo"
)

func (c *command) demo() *cobra.Command {
	var o demo.Options
	cmd := &cobra.Command{
		Use: "demo", Short: "Play a whole case in a local workspace: no token, no server", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Lang, o.Print, o.Log = c.lang, c.print, c.logger(slog.LevelError)
			return demo.Run(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.CaseDir, "case", "", "folder of the case to play (default: the built-in example)")
	f.StringVar(&o.ConfigDir, "config", "", "configuration folder of the city (default: the case's, else the built-in one)")
	f.StringVar(&o.Out, "out", "out", "folder for reply.docx, reply.txt and audit.jsonl")
	f.BoolVar(&o.Headless, "headless", false, "play and exit; otherwise the workspace stays open")
	f.StringVar(&o.Listen, "listen", "", "address of the workspace (default 127.0.0.1:8065, or a free port)")
	f.StringVar(&o.Join, "join", "", "play in a workspace that is running already, with a bot in it; writes no audit.jsonl")
	return cmd
}
