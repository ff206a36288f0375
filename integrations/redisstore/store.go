package redisstore

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

// Bounds that hold everywhere.
const (
	callTimeout  = 2 * time.Second // of one call, whatever it takes inside
	maxValue     = 8 << 20         // bytes of one stored field, uncompressed
	maxConflicts = 8               // attempts of one Update
)

// Options configure a Store. City is needed for whatever commits.
type Options struct {
	City       *tasks.City
	Prefix     string           // of every key; "hb"
	Now        func() time.Time // when a commit plans its deliveries and when a job was parked; time.Now
	Lease      time.Duration    // how long a claim holds without Extend; 3 s
	ReceiptTTL time.Duration    // how long a request is remembered; 24 h
	Logger     *slog.Logger
}

// Store implements the ports of package tasks. It is safe for concurrent use.
type Store struct {
	client redis.UniversalClient
	city   *tasks.City
	key    keys
	now    func() time.Time
	lease  time.Duration
	keep   time.Duration
	log    *slog.Logger
	codec  *codec
	cache  *cache[any]     // decoded fields by their content
	kept   *cache[*record] // proposals by id, as this process last saw them
	locks  *locks
	wake   chan struct{}
	node   string
	serial atomic.Uint64
}

var (
	_ tasks.Store   = (*Store)(nil)
	_ tasks.Index   = (*Store)(nil)
	_ tasks.Queue   = (*Store)(nil)
	_ tasks.Cards   = (*Store)(nil)
	_ tasks.Forms   = (*Store)(nil)
	_ tasks.Intakes = (*Store)(nil)
	_ tasks.Lessons = (*Store)(nil)
)

// New makes a Store over a client from Open or Embedded. Another client must have ContextTimeoutEnabled set, or calls
// may take longer than they should.
func New(client redis.UniversalClient, o Options) *Store {
	s := &Store{
		client: client, city: o.City, key: keys{prefix: cmp.Or(o.Prefix, "hb")}, now: o.Now, log: o.Logger,
		lease: cmp.Or(o.Lease, 3*time.Second), keep: cmp.Or(o.ReceiptTTL, 24*time.Hour),
		codec: newCodec(), cache: newCache[any](cacheBytes), kept: newCache[*record](keptBytes), locks: newLocks(), wake: make(chan struct{}, 1), node: rand.Text()[:10],
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	return s
}

// token names one commit or claim of this process, never twice.
func (s *Store) token() string { return fmt.Sprintf("%s.%d", s.node, s.serial.Add(1)) }

func (s *Store) bound(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, callTimeout)
}

// Wake signals after this process has planned something.
func (s *Store) Wake() <-chan struct{} { return s.wake }

func (s *Store) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Warm loads the scripts on every master, so that the first interactions take no extra round trip.
func (s *Store) Warm(ctx context.Context) error {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	load := func(ctx context.Context, c redis.Cmdable) error {
		for _, sc := range scripts {
			if err := sc.Load(ctx, c).Err(); err != nil {
				return err
			}
		}
		return nil
	}
	if cluster, ok := s.client.(*redis.ClusterClient); ok {
		return fault("warm", cluster.ForEachMaster(ctx, func(ctx context.Context, c *redis.Client) error { return load(ctx, c) }))
	}
	return fault("warm", load(ctx, s.client))
}
