package redisstore

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
)

// SaveForm keeps what somebody typed, for a bounded time from now on Redis' clock.
func (s *Store) SaveForm(ctx context.Context, proposal, person, form string, values map[string]string, keep time.Duration) error {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	content, err := s.codec.encode(values, packOnce)
	if err != nil {
		return err
	}
	return fault("save form", s.client.Set(ctx, s.key.form(proposal, person, form), content, max(keep, time.Second)).Err())
}

// SavedForm returns what was typed; nil when nothing is kept (any more).
func (s *Store) SavedForm(ctx context.Context, proposal, person, form string) (map[string]string, error) {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	content, err := s.client.Get(ctx, s.key.form(proposal, person, form)).Result()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, fault("saved form", err)
	}
	var values map[string]string
	return values, s.codec.decode(content, &values)
}

// DropForm forgets it.
func (s *Store) DropForm(ctx context.Context, proposal, person, form string) error {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	return fault("drop form", s.client.Del(ctx, s.key.form(proposal, person, form)).Err())
}
