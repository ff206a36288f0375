package workspace

import (
	"math"
	"sync"
	"time"
)

// tier is how many calls of a method an app may make in a minute; 0 is unlimited.
type tier int

const (
	tier2 tier = 20
	tier3 tier = 50
	tier4 tier = 100
	// tierSpecial stands for methods that Slack bounds generously without a figure.
	tierSpecial tier = 600
)

type bucket struct {
	tokens float64
	at     time.Time
}

// limiter keeps one token bucket for each key.
type limiter struct {
	off   bool
	scale float64
	burst float64

	mu      sync.Mutex
	buckets map[string]*bucket
}

func newLimiter(o Options) *limiter {
	return &limiter{off: o.NoRateLimits, scale: o.RateScale, burst: float64(o.PostBurst), buckets: map[string]*bucket{}}
}

// take spends one token of key's bucket, which holds size and gains perSecond; it
// returns how long to wait when there is none.
func (l *limiter) take(key string, size, perSecond float64, now time.Time) time.Duration {
	if l.off {
		return 0
	}
	size, perSecond = size*l.scale, perSecond*l.scale
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.buckets[key]
	if b == nil {
		b = &bucket{tokens: size, at: now}
		l.buckets[key] = b
	}
	b.tokens = min(size, b.tokens+max(0, now.Sub(b.at).Seconds())*perSecond)
	b.at = now
	if b.tokens < 1 {
		wait := math.Ceil((1 - b.tokens) / perSecond)
		return time.Duration(max(1, wait)) * time.Second
	}
	b.tokens--
	return 0
}

func (l *limiter) method(app, name string, t tier, now time.Time) time.Duration {
	if t == 0 {
		return 0
	}
	return l.take(app+" "+name, float64(t), float64(t)/60, now)
}

// post is the limit of one message a second in a channel.
func (l *limiter) post(app, channel string, now time.Time) time.Duration {
	return l.take(app+" post "+channel, l.burst, 1, now)
}
