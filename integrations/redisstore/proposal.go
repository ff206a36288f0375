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
		*p = *r.proposal.Clone()
	}
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
	return r.proposal.Clone(), nil
}

// readScript reads a proposal, unless the caller has this state already, and asks whether a request was committed.
//
// Input:
// KEYS[1] -> hb:{07}:proposal:<id>
// KEYS[2] -> hb:{07}:receipt:<id>:<request>
// --
// ARGV[1] -> token of the commit that the caller's state is the outcome of; empty for none
// ARGV[2] -> version of that state
//
// Output:
// Returns 1 or 0 for the receipt, then the hash, or the word same alone; nothing when there is no such proposal
var readScript = redis.NewScript(`
local out = {redis.call('EXISTS', KEYS[2])}
if ARGV[1] ~= '' then
  local have = redis.call('HMGET', KEYS[1], 'last', 'v')
  if have[1] == ARGV[1] and have[2] == ARGV[2] then
    out[2] = 'same'
    return out
  end
end
for i, v in ipairs(redis.call('HGETALL', KEYS[1])) do out[i + 1] = v end
return out
`)

// read fetches a proposal and whether the request was committed, in one round trip. What this process has seen last is
// not sent again: its token tells whether it is still the state.
func (s *Store) read(ctx context.Context, id, request string) (bool, *record, error) {
	have, c := s.asking(id, request)
	return s.answered(id, have, readScript.Run(ctx, s.client, c.keys, c.args...))
}

func (s *Store) asking(id, request string) (*record, call) {
	have, ok := s.kept.get(id)
	if !ok {
		have = &record{proposal: &tasks.Proposal{}}
	}
	return have, call{keys: []string{s.key.proposal(id), s.key.receipt(id, request)}, args: []any{have.last, have.proposal.Version}}
}

func (s *Store) answered(id string, have *record, cmd *redis.Cmd) (bool, *record, error) {
	values, err := cmd.Slice()
	if err != nil {
		return false, nil, fault("read", err)
	}
	if len(values) < 2 {
		return false, nil, unknown()
	}
	known := values[0] == int64(1)
	if len(values) == 2 {
		return known, have, nil
	}
	fields := make(map[string]string, len(values)/2)
	for i := 1; i+1 < len(values); i += 2 {
		name, _ := values[i].(string)
		fields[name], _ = values[i+1].(string)
	}
	r, err := s.decodeRecord(id, fields)
	if err == nil {
		s.kept.put(id, r, weight(r.proposal))
	}
	return known, r, err
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
		p := r.proposal.Clone()
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
			return p, nil
		case out == seen:
			_, r, err := s.read(ctx, id, "")
			if err != nil {
				return nil, err
			}
			return r.proposal.Clone(), nil
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
