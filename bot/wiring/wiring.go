// Package wiring puts the parts together: configuration, store, platform client, bot. It is the only place that knows
// them all; everything below it meets through interfaces.
package wiring

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"huiban/bot"
	"huiban/bot/catalog"
	"huiban/config"
	"huiban/integrations/redisstore"
	"huiban/integrations/slackapi"
)

// GCPercent is how a process that serves collects garbage unless GOGC says otherwise: most of what it holds are the
// proposals that it has seen last, at most some 64 MB, and walking them again and again costs more than the memory.
const GCPercent = 300

// Settings say which parts to put together.
type Settings struct {
	Config   *config.Config
	Secrets  config.Secrets
	Lang     string           // "" takes the configuration's
	DataDir  string           // of the embedded Redis
	Now      func() time.Time // nil: the real clock
	Log      *slog.Logger
	Registry *prometheus.Registry
	// MaxFileBytes overrides the configuration's bound; 0 keeps it.
	MaxFileBytes int64
}

// Parts are a bot with all that it stands on. Close ends them in order.
type Parts struct {
	Text   *catalog.Text
	Store  *redisstore.Store
	Redis  redisstore.Client
	Where  string // which Redis is in use, for people
	Client *slackapi.Client
	Server *slackapi.Server
	Bot    *bot.Bot

	cancel context.CancelFunc
	done   sync.WaitGroup
	stop   func() error
}

// OpenStore connects to the Redis of REDIS_URL, or starts the embedded one.
func OpenStore(ctx context.Context, s Settings) (*redisstore.Store, redisstore.Client, string, func() error, error) {
	var client redisstore.Client
	where, stop := "REDIS_URL", func() error { return nil }
	var err error
	if s.Secrets.RedisURL.IsSet() {
		if client, err = redisstore.Open(ctx, s.Secrets.RedisURL.Reveal()); err == nil {
			stop = client.Close
		}
	} else {
		client, where, stop, err = redisstore.Embedded(ctx, s.DataDir, s.Log)
	}
	if err != nil {
		return nil, nil, "", nil, err
	}
	return redisstore.New(client, redisstore.Options{City: s.Config.City, Now: s.Now}), client, where, stop, nil
}

// Start puts the parts together and begins deliveries. Requests come in through Server: as an http.Handler, or by
// RunSocketMode.
func Start(ctx context.Context, s Settings) (*Parts, error) {
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if s.Lang == "" {
		s.Lang = s.Config.Lang
	}
	text, err := catalog.New(s.Lang)
	if err != nil {
		return nil, err
	}
	p := &Parts{Text: text}
	if p.Client, err = newClient(s); err != nil {
		return nil, err
	}
	if p.Store, p.Redis, p.Where, p.stop, err = OpenStore(ctx, s); err != nil {
		return nil, err
	}
	if err := p.Store.Warm(ctx); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	limit := s.MaxFileBytes
	if limit == 0 {
		limit = int64(s.Config.Bot.MaxFileMB) << 20
	}
	p.Bot = bot.New(bot.Options{
		City: s.Config.City, Text: text, Store: p.Store, Chat: p.Client, Documents: documents{}, Channels: s.Config.Slack.HeadlineChannel,
		Quiet: s.Config.Slack.Quiet, Now: s.Now, Log: s.Log, Deliveries: s.Config.Bot.DeliveryWorkers, MaxFileBytes: limit,
	})
	var registerer prometheus.Registerer
	if s.Registry != nil {
		registerer = s.Registry
	}
	p.Server, err = slackapi.NewServer(p.Bot.Handle, slackapi.Options{
		SigningSecrets: signing(s.Secrets), Workers: s.Config.Bot.Workers, Queue: s.Config.Bot.Queue, Logger: s.Log, Registerer: registerer,
	})
	if err != nil {
		return nil, errors.Join(err, p.stop())
	}
	p.begin(ctx, s)
	return p, nil
}

func newClient(s Settings) (*slackapi.Client, error) {
	var registerer prometheus.Registerer
	if s.Registry != nil {
		registerer = s.Registry
	}
	return slackapi.New(slackapi.Config{
		BotToken: slackapi.Secret(s.Secrets.BotToken.Reveal()), AppToken: slackapi.Secret(s.Secrets.AppToken.Reveal()),
		APIURL: s.Secrets.APIURL.Reveal(), Logger: s.Log, Registerer: registerer,
	})
}

func signing(s config.Secrets) []slackapi.Secret {
	if !s.SigningSecret.IsSet() {
		return nil
	}
	return []slackapi.Secret{slackapi.Secret(s.SigningSecret.Reveal())}
}

func (p *Parts) begin(ctx context.Context, s Settings) {
	log := s.Log
	ctx, p.cancel = context.WithCancel(context.WithoutCancel(ctx))
	p.done.Go(func() {
		if err := p.Bot.Run(ctx); err != nil {
			log.Error("deliveries ended", "err", err)
		}
	})
	p.done.Go(func() {
		if err := p.Client.Warm(ctx); err != nil && ctx.Err() == nil {
			log.Warn("people not loaded in advance", "err", err)
		}
	})
	p.done.Go(func() { follow(ctx, s.Config.City.Experience, p.Store, log) })
}

// Close takes no more requests, finishes what is under way, and closes the store.
func (p *Parts) Close(ctx context.Context) error {
	err := p.Server.Shutdown(ctx)
	p.cancel()
	p.done.Wait()
	p.Client.Close()
	return errors.Join(err, p.stop())
}
