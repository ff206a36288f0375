package wiring

import (
	"context"
	"log/slog"
	"time"

	"huiban/tasks"
)

// followEvery is how soon a process learns what another one confirmed.
const followEvery = 2 * time.Second

// follow learns from what is confirmed until ctx ends.
func follow(ctx context.Context, x *tasks.Experience, from tasks.Lessons, log *slog.Logger) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	x.Follow(ctx, from, tick.C, func(err error) { log.Warn("lessons not read", "err", err) })
}
