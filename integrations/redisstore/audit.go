package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

// Trail returns a proposal's whole audit chain, oldest first.
func (s *Store) Trail(ctx context.Context, id string) ([]tasks.AuditEvent, error) {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	list, err := s.client.LRange(ctx, s.key.audit(id), 0, -1).Result()
	if err != nil {
		return nil, fault("trail", err)
	}
	if len(list) == 0 {
		return nil, unknown()
	}
	events := make([]tasks.AuditEvent, len(list))
	for i, b := range list {
		if err := json.Unmarshal([]byte(b), &events[i]); err != nil {
			return nil, fmt.Errorf("redisstore: proposal %s: event %d: %w", id, i+1, err)
		}
	}
	return events, nil
}

// Event returns one event by its number, from 1.
func (s *Store) Event(ctx context.Context, id string, seq int64) (tasks.AuditEvent, error) {
	var e tasks.AuditEvent
	if seq < 1 {
		return e, tasks.Refuse(tasks.NotFound, "error.event_unknown", "Seq", seq)
	}
	ctx, cancel := s.bound(ctx)
	defer cancel()
	b, err := s.client.LIndex(ctx, s.key.audit(id), seq-1).Bytes()
	if errors.Is(err, redis.Nil) {
		return e, tasks.Refuse(tasks.NotFound, "error.event_unknown", "Seq", seq)
	}
	if err != nil {
		return e, fault("event", err)
	}
	if err := json.Unmarshal(b, &e); err != nil {
		return e, fmt.Errorf("redisstore: proposal %s: event %d: %w", id, seq, err)
	}
	return e, nil
}

const scanPage = 200

// AllIDs calls fn with the id of every proposal, shard by shard, in no order, until fn returns an error. One that is
// stored meanwhile may be missing; none is named twice.
func (s *Store) AllIDs(ctx context.Context, fn func(id string) error) error {
	for shard := range shards {
		named := map[string]bool{}
		for cursor := uint64(0); ; {
			page, next, err := s.scan(ctx, s.key.index(shard), cursor)
			if err != nil {
				return err
			}
			for i := 0; i+1 < len(page); i += 2 {
				if id := page[i]; !named[id] {
					named[id] = true
					if err := fn(id); err != nil {
						return err
					}
				}
			}
			if cursor = next; cursor == 0 {
				break
			}
		}
	}
	return nil
}

func (s *Store) scan(ctx context.Context, key string, cursor uint64) ([]string, uint64, error) {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	page, next, err := s.client.HScan(ctx, key, cursor, "", scanPage).Result()
	return page, next, fault("scan", err)
}
