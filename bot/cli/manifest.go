package cli

import (
	"github.com/spf13/cobra"

	"huiban/integrations/slackapi"
)

func (c *command) manifest() *cobra.Command {
	var o slackapi.ManifestOptions
	cmd := &cobra.Command{Use: "manifest", Short: "Print the manifest to create the Slack app from", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		o.SocketMode = o.BaseURL == ""
		t := c.text()
		o.Texts = slackapi.ManifestTexts{AppName: t.Say("manifest.name"), BotName: t.Say("manifest.bot"), Description: t.Say("manifest.description"),
			CommandDescription: t.Say("manifest.command"), CommandUsage: t.Say("manifest.usage"),
			MessageShortcut: t.Say("manifest.message_shortcut"), MessageShortcutTip: t.Say("manifest.message_shortcut_tip"),
			GlobalShortcut: t.Say("manifest.shortcut"), GlobalShortcutTip: t.Say("manifest.shortcut_tip")}
		m, err := slackapi.Manifest(o)
		if err != nil {
			return err
		}
		_, err = c.out.Write(m)
		return err
	}}
	cmd.Flags().StringVar(&o.BaseURL, "url", "", "https address of the bot, for HTTP; without it the manifest is for Socket Mode")
	cmd.Flags().BoolVar(&o.JSON, "json", false, "JSON instead of YAML")
	return cmd
}
