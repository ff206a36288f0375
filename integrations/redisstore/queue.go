package redisstore

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

// planScript puts deliveries into a shard's queue.
//
// Input:
// KEYS[1] -> hb:{07}:queue
// KEYS[2] -> hb:{07}:attempts
// --
// ARGV[1...] -> due time in ms and member of each
//
// Output:
// Returns how many were named
var planScript = redis.NewScript(luaPlan + `
plan(KEYS[1], KEYS[2], ARGV)
return #ARGV / 2
`)

// doneScript takes a finished job out, and out of what was set aside.
//
// Input:
// KEYS[1] -> hb:{07}:inflight
// KEYS[2] -> hb:{07}:holders
// KEYS[3] -> hb:{07}:attempts
// KEYS[4] -> hb:{07}:parked
// --
// ARGV[1] -> member
// ARGV[2] -> token of the claim
// ARGV[3] -> id among the parked
//
// Output:
// Returns 1 when it was taken out, 0 when nobody holds it any more, -1 when another claim holds it
var doneScript = redis.NewScript(luaHeld + `
local mine = held(KEYS[2], ARGV[1], ARGV[2])
if mine == 1 then
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1])
  redis.call('HDEL', KEYS[3], ARGV[1])
  redis.call('HDEL', KEYS[4], ARGV[3])
end
return mine
`)

// retryScript gives a job back for later. The pause holds even when the job was planned again meanwhile: it is what the
// other side asked for.
//
// Input:
// KEYS[1] -> hb:{07}:inflight
// KEYS[2] -> hb:{07}:holders
// KEYS[3] -> hb:{07}:queue
// --
// ARGV[1] -> member
// ARGV[2] -> token of the claim
// ARGV[3] -> due time in ms
//
// Output:
// Returns 1, 0 or -1 as doneScript does
var retryScript = redis.NewScript(luaHeld + `
local mine = held(KEYS[2], ARGV[1], ARGV[2])
if mine == 1 then
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1])
  redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
end
return mine
`)

// Plan puts deliveries into the queue; one that is pending keeps the earlier time.
func (s *Store) Plan(ctx context.Context, proposal string, at time.Time, planned []tasks.Delivery) error {
	if len(planned) == 0 {
		return nil
	}
	ctx, cancel := s.bound(ctx)
	defer cancel()
	shard := shardOf(proposal)
	var args []any
	for _, v := range deliveries(proposal, at, planned) {
		args = append(args, v)
	}
	if err := planScript.Run(ctx, s.client, []string{s.key.queue(shard), s.key.attempts(shard)}, args...).Err(); err != nil {
		return fault("plan", err)
	}
	s.signal()
	return nil
}

// Done takes a finished job out of the queue. It refuses with Conflict when the lease ran out and somebody else has the
// job now; when nobody has, as after a repeated call, there is nothing to do.
func (s *Store) Done(ctx context.Context, job tasks.Job) error {
	shard := jobShard(job)
	return s.give(ctx, "done", doneScript, job, []string{s.key.inflight(shard), s.key.holders(shard), s.key.attempts(shard),
		s.key.parked(shard)}, jobID(shard, member(job), ""))
}

// Retry gives a job back to be tried again at a later time; its attempts go on counting. Conflict as for Done.
func (s *Store) Retry(ctx context.Context, job tasks.Job, at time.Time) error {
	shard := jobShard(job)
	return s.give(ctx, "retry", retryScript, job, []string{s.key.inflight(shard), s.key.holders(shard), s.key.queue(shard)}, at.UnixMilli())
}

// give runs one of the scripts that end a claim.
func (s *Store) give(ctx context.Context, op string, sc *redis.Script, job tasks.Job, keys []string, args ...any) error {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	_, _, token, _ := splitID(job.ID)
	mine, err := sc.Run(ctx, s.client, keys, append([]any{member(job), token}, args...)...).Int()
	if err != nil {
		return fault(op, err)
	}
	if mine < 0 {
		return tasks.Refuse(tasks.Conflict, "error.claim_lost", "Job", jobID(jobShard(job), member(job), ""))
	}
	return nil
}
