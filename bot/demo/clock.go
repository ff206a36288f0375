package demo

import (
	"sync"
	"time"
)

// Clock runs at the pace of the real one from wherever it was set; the play moves it through the months of a case.
type Clock struct {
	mu    sync.Mutex
	shown time.Time
	since time.Time
}

// NewClock begins at an instant.
func NewClock(at time.Time) *Clock { return &Clock{shown: at, since: time.Now()} }

// Now is what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shown.Add(time.Since(c.since))
}

// Advance moves the clock forward to an instant; it never goes back.
func (c *Clock) Advance(to time.Time) {
	if !to.After(c.Now()) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shown, c.since = to, time.Now()
}
