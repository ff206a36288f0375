package redisstore

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

// Create stores a new proposal. With a request that was committed before it changes nothing.
func (s *Store) Create(ctx context.Context, p *tasks.Proposal, request string) error {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	out, err := s.commit(ctx, &record{}, p, request)
	switch {
	case err != nil:
		return err
	case out == conflict:
		return tasks.Refuse(tasks.Exists, "error.proposal_exists", "ID", p.ID)
	case out == seen:
		_, r, err := s.read(ctx, p.ID, "")
		if err != nil {
			return err
		}
		*p = *r.proposal
		return nil
	}
	p.Version++
	p.Committed()
	return nil
}

// Load reads a proposal in one round trip.
func (s *Store) Load(ctx context.Context, id string) (*tasks.Proposal, error) {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	_, r, err := s.read(ctx, id, "")
	if err != nil {
		return nil, err
	}
	return r.proposal, nil
}

// read fetches a proposal and whether the request was committed, in one round trip. The receipt is asked for first, so
// that the state is never older than it.
func (s *Store) read(ctx context.Context, id, request string) (bool, *record, error) {
	pipe := s.client.Pipeline()
	var receipt *redis.IntCmd
	if request != "" {
		receipt = pipe.Exists(ctx, s.key.receipt(id, request))
	}
	state := pipe.HGetAll(ctx, s.key.proposal(id))
	if _, err := pipe.Exec(ctx); err != nil {
		return false, nil, fault("read", err)
	}
	if len(state.Val()) == 0 {
		return false, nil, unknown()
	}
	r, err := s.decodeRecord(id, state.Val())
	return receipt != nil && receipt.Val() == 1, r, err
}

// Update lets decide change a proposal and commits: two round trips when nobody interferes, one when there is nothing
// to commit.
func (s *Store) Update(ctx context.Context, id, request string, decide func(*tasks.Proposal) error) (*tasks.Proposal, error) {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	release, err := s.locks.acquire(ctx, id)
	if err != nil {
		return nil, fault("update", err)
	}
	defer release()
	for attempt := range maxConflicts {
		if err := pause(ctx, attempt); err != nil {
			return nil, fault("update", err)
		}
		known, r, err := s.read(ctx, id, request)
		if err != nil {
			return nil, err
		}
		p := r.proposal
		if known {
			return p, nil
		}
		if err := decide(p); err != nil {
			return nil, err
		}
		if len(p.Events()) == 0 {
			return p, nil
		}
		out, err := s.commit(ctx, r, p, request)
		switch {
		case err != nil:
			return nil, err
		case out == committed:
			p.Version++
			p.Committed()
			return p, nil
		case out == seen:
			_, r, err := s.read(ctx, id, "")
			if err != nil {
				return nil, err
			}
			return r.proposal, nil
		}
		s.log.DebugContext(ctx, "update collided", "proposal", id, "attempt", attempt+1)
	}
	return nil, tasks.Refuse(tasks.Conflict, "error.conflict")
}

// pause spreads the next tries of those who collided.
func pause(ctx context.Context, attempt int) error {
	if attempt == 0 {
		return nil
	}
	longest := min(5*time.Millisecond<<attempt, 100*time.Millisecond)
	t := time.NewTimer(rand.N(longest))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
