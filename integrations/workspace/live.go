package workspace

import (
	"context"
	"slices"
	"sync"
)

// liveEvent tells a member's page what to read again.
type liveEvent struct {
	Seq     int64  `json:"seq"`
	Type    string `json:"type"`
	Channel string `json:"channel,omitempty"`
	Error   string `json:"error,omitempty"`
	// to are the members concerned; none means everybody.
	to []string
}

// feed is a bounded log of live events that readers can wait on.
type feed struct {
	mu      sync.Mutex
	last    int64
	events  []liveEvent
	changed chan struct{}
}

func newFeed() *feed { return &feed{changed: make(chan struct{})} }

func (f *feed) add(e liveEvent) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last++
	e.Seq = f.last
	if len(f.events) >= maxLive {
		f.events = slices.Clone(f.events[maxLive/2:])
	}
	f.events = append(f.events, e)
	close(f.changed)
	f.changed = make(chan struct{})
}

// after returns what concerns user since seq, and the newest seq.
func (f *feed) after(user string, since int64) ([]liveEvent, int64, <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []liveEvent
	for i := len(f.events) - 1; i >= 0 && f.events[i].Seq > since; i-- {
		if e := f.events[i]; len(e.to) == 0 || slices.Contains(e.to, user) {
			out = append(out, e)
		}
	}
	slices.Reverse(out)
	return out, f.last, f.changed
}

// wait is after that blocks until there is something or ctx ends. A seq of the future comes from
// a reader of an earlier process, who is told at once where the log stands.
func (f *feed) wait(ctx context.Context, user string, since int64) ([]liveEvent, int64) {
	for {
		events, last, changed := f.after(user, since)
		if len(events) > 0 || since > last {
			return events, last
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, last
		}
	}
}
