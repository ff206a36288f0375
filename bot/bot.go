package bot

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"huiban/bot/catalog"
	"huiban/integrations/slackapi"
	"huiban/tasks"
)

// Options wires a Bot. All fields but Now, Log and the numbers are needed.
type Options struct {
	City      *tasks.City
	Text      *catalog.Text
	Store     Store
	Chat      Chat
	Documents Documents
	Channels  func(department string) string // where a lead bureau's headline cards stand; "" for the coordinator's DM
	Quiet     func(hour int) bool            // hours of the local day in which nobody is reminded; nil: none
	Now       func() time.Time
	Log       *slog.Logger

	Deliveries   int           // deliveries at once; default 16
	Poll         time.Duration // how often the queue is looked at without a signal; default 500 ms
	MaxFileBytes int64         // of a file that people send; default 20 MiB
	Attempts     int           // before a delivery is parked; default 8
}

// Bot answers requests and delivers what commits have planned. It is safe for concurrent use.
type Bot struct {
	Options
	routes routes
	people people
	inHand sync.Map     // jobs that are being worked on, by what they are
	acting atomic.Int64 // requests that are being answered; deliveries give way to them
}

// New makes a bot; Run must be called for deliveries to happen.
func New(o Options) *Bot {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Channels == nil {
		o.Channels = func(string) string { return "" }
	}
	if o.Quiet == nil {
		o.Quiet = func(int) bool { return false }
	}
	orDefault(&o.Deliveries, 16)
	orDefault(&o.Attempts, 8)
	if o.Poll <= 0 {
		o.Poll = 500 * time.Millisecond
	}
	if o.MaxFileBytes <= 0 {
		o.MaxFileBytes = 20 << 20
	}
	b := &Bot{Options: o, people: people{chat: o.Chat, directory: o.City.Directory}}
	b.people.index()
	b.routes = b.allRoutes()
	return b
}

func orDefault(n *int, standard int) {
	if *n <= 0 {
		*n = standard
	}
}

// Handle answers one request: it is the slackapi.Handler.
func (b *Bot) Handle(ctx context.Context, r slackapi.Request) slackapi.Reply {
	b.acting.Add(1)
	defer b.acting.Add(-1)
	switch {
	case r.Command != nil:
		return b.command(ctx, r)
	case r.Interaction != nil:
		return b.interaction(ctx, r)
	case r.Event != nil:
		return b.event(ctx, r)
	}
	return slackapi.Reply{}
}
