package workspace

import (
	"log/slog"
	"time"
)

// Options configure a Server. The zero value of every field but Seed is usable.
type Options struct {
	// Seed is what the workspace holds at the start. With DataDir and an earlier
	// snapshot only its apps are taken.
	Seed Seed
	// Now is the clock for timestamps, triggers, signatures and rate limits; nil is time.Now.
	Now func() time.Time
	// Logger receives ids only; nil discards.
	Logger *slog.Logger
	// DataDir keeps a JSON snapshot and the files; empty keeps all in memory.
	DataDir string
	// PublicHosts are further Host names that the page accepts beside loopback ones.
	PublicHosts []string

	// NoRateLimits switches rate limits off.
	NoRateLimits bool
	// RateScale multiplies what is allowed; 0 is 1, Slack's own limits.
	RateScale float64
	// PostBurst is how many messages a channel takes at once before one a second holds; 0 is 5.
	PostBurst int

	// AckTimeout is how long an app may take to acknowledge; 0 is 3 s.
	AckTimeout time.Duration
	// TriggerLifetime is how long a trigger_id works; 0 is 3 s.
	TriggerLifetime time.Duration
	// RetryDelays are the waits before an unacknowledged event is sent again; nil is at once, 1 min, 5 min.
	RetryDelays []time.Duration
	// PingInterval is the time between WebSocket pings; 0 is 5 s.
	PingInterval time.Duration
	// SocketLifetime is when a connection is asked to reconnect; 0 is one hour.
	SocketLifetime time.Duration
	// MaxFileBytes bounds one file; 0 is 64 MiB.
	MaxFileBytes int64
}

// withDefaults returns o with every unset value replaced by Slack's.
func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.RateScale <= 0 {
		o.RateScale = 1
	}
	if o.PostBurst <= 0 {
		o.PostBurst = 5
	}
	orDuration(&o.AckTimeout, 3*time.Second)
	orDuration(&o.TriggerLifetime, 3*time.Second)
	orDuration(&o.PingInterval, 5*time.Second)
	orDuration(&o.SocketLifetime, time.Hour)
	if o.RetryDelays == nil {
		o.RetryDelays = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	if o.MaxFileBytes <= 0 || o.MaxFileBytes > maxUploadBytes {
		o.MaxFileBytes = maxUploadBytes
	}
	return o
}

func orDuration(d *time.Duration, def time.Duration) {
	if *d <= 0 {
		*d = def
	}
}
