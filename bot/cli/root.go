// Package cli is Huiban's command line: it reads flags and the environment, calls the packages that do the work, and
// says how it went. Texts come from the catalogs; errors end with status 1.
package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"

	"huiban/bot/catalog"
	"huiban/config"
	"huiban/integrations/redisstore"
)

// command is what all subcommands share.
type command struct {
	lang   string
	out    io.Writer
	errOut io.Writer
}

// Main runs the command line and returns the exit status.
func Main(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	redisstore.LogTo(slog.New(slog.NewTextHandler(os.Stderr, nil)))
	return run(ctx, args, os.Stdout, os.Stderr)
}

func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	c := &command{out: out, errOut: errOut}
	root := c.root()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errOut)
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(c.errOut, c.explain(err))
		return 1
	}
	return 0
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use: "huiban", SilenceErrors: true, SilenceUsage: true,
		Short: "Coordinates how several departments answer one proposal (提案办理)",
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if c.lang == "" {
				return nil
			}
			_, err := catalog.New(c.lang)
			return err
		},
	}
	root.PersistentFlags().StringVar(&c.lang, "lang", "", "language of the texts: zh-CN or en (default: the configuration's)")
	root.AddCommand(c.demo(), c.serve(), c.workspace(), c.split(), c.learn(), c.eval(), c.audit(), c.queue(), c.doctor(), c.manifest(), c.health(), c.version())
	return root
}

// text is the catalog of the chosen language.
func (c *command) text() *catalog.Text {
	text, err := catalog.New(c.language())
	if err != nil {
		panic(fmt.Sprintf("cli: built-in catalogs do not load: %v", err)) // --lang was checked before
	}
	return text
}

func (c *command) print(line string) { fmt.Fprintln(c.out, line) }

// logger writes to standard error; ids only, never texts, names or tokens.
func (c *command) logger(level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(c.errOut, &slog.HandlerOptions{Level: level}))
}

// configured loads the city of --config, or the built-in one.
func (c *command) configured(dir string) (*config.Config, error) {
	cfg, err := config.Default()
	if dir != "" {
		cfg, err = config.Load(dir)
	}
	if err != nil {
		return nil, err
	}
	if c.lang == "" {
		c.lang = cfg.Lang
	}
	return cfg, nil
}

func (c *command) version() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		version, revision := "devel", ""
		if info, ok := debug.ReadBuildInfo(); ok {
			version = info.Main.Version
			for _, s := range info.Settings {
				if s.Key == "vcs.revision" {
					revision = " " + s.Value
				}
			}
			c.print("huiban " + version + revision + " " + info.GoVersion)
			return nil
		}
		c.print("huiban " + version)
		return nil
	}}
}
