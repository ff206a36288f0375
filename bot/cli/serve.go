package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/spf13/cobra"

	"huiban/bot/wiring"
	"huiban/config"
	"huiban/tasks"
)

type serveOptions struct {
	place
	listen  string
	sockets int
	verbose bool
}

func (c *command) serve() *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use: "serve", Short: "Run the bot against Slack", Args: cobra.NoArgs,
		Long: `Run the bot. SLACK_BOT_TOKEN is needed, and SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP).
REDIS_URL names the Redis; without it a private one is started in --data. SLACK_API_URL names another API root.
Each of these may come from a file named by NAME_FILE instead.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.runServe(cmd.Context(), o) },
	}
	o.place.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.listen, "listen", "127.0.0.1:8080", "address for /slack/*, /healthz, /readyz and /metrics")
	f.IntVar(&o.sockets, "sockets", 2, "Socket Mode connections, 1 to 10")
	f.BoolVar(&o.verbose, "verbose", false, "log more")
	return cmd
}

// sufficient refuses to serve without a token, or without a way for Slack's requests to come in.
func sufficient(s config.Secrets) error {
	switch {
	case !s.BotToken.IsSet():
		return tasks.Refuse(tasks.Invalid, "cli.error.no_bot_token")
	case !s.AppToken.IsSet() && !s.SigningSecret.IsSet():
		return tasks.Refuse(tasks.Invalid, "cli.error.no_transport")
	}
	return nil
}

func (c *command) runServe(ctx context.Context, o serveOptions) error {
	level := slog.LevelInfo
	if o.verbose {
		level = slog.LevelDebug
	}
	s, err := c.settings(o.place, level)
	if err != nil {
		return err
	}
	if err := sufficient(s.Secrets); err != nil {
		return err
	}
	s.Registry = prometheus.NewRegistry()
	s.Registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(wiring.GCPercent)
	}
	listener, err := net.Listen("tcp", o.listen)
	if err != nil {
		return err
	}
	parts, err := wiring.Start(ctx, s)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	c.print(c.text().Say("cli.serve.started", "Addr", listener.Addr().String(), "Redis", parts.Where, "Units", len(s.Config.City.Directory.All())))
	err = c.serveUntil(ctx, parts, listener, s, o.sockets)
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	return errors.Join(err, parts.Close(closing))
}

// serveUntil answers HTTP and Socket Mode until ctx ends or one of them fails for good.
func (c *command) serveUntil(ctx context.Context, parts *wiring.Parts, l net.Listener, s wiring.Settings, sockets int) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	server := &http.Server{Handler: routes(parts, s), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute}
	failed := make(chan error, 2)
	go func() { failed <- server.Serve(l) }()
	if s.Secrets.AppToken.IsSet() {
		go func() { failed <- parts.Server.RunSocketMode(ctx, parts.Client, sockets) }()
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
		if errors.Is(err, http.ErrServerClosed) || ctx.Err() != nil {
			err = nil
		}
	}
	closing, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer stop()
	return errors.Join(err, server.Shutdown(closing))
}

func routes(parts *wiring.Parts, s wiring.Settings) http.Handler {
	mux := http.NewServeMux()
	if s.Secrets.SigningSecret.IsSet() {
		mux.Handle("/slack/", parts.Server)
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		switch {
		case parts.Redis.Ping(ctx).Err() != nil:
			http.Error(w, "redis does not answer", http.StatusServiceUnavailable)
		case s.Secrets.AppToken.IsSet() && !parts.Server.Connected():
			http.Error(w, "socket mode is not connected", http.StatusServiceUnavailable)
		default:
			fmt.Fprintln(w, "ready")
		}
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.Registry, promhttp.HandlerOpts{}))
	return mux
}

// health asks a running bot for its health: what a container's health check calls.
func (c *command) health() *cobra.Command {
	var addr string
	cmd := &cobra.Command{Use: "health", Short: "Ask a running bot whether it is ready", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		ctx, cancel := context.WithTimeout(cmd.Context(), 3*time.Second)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/readyz", nil)
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			return errors.New(resp.Status)
		}
		return nil
	}}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "address of the bot")
	return cmd
}
