package redisstore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

const (
	maxWhy    = 300  // runes of the reason that is kept
	maxParked = 1000 // jobs listed of each shard
)

type storedParked struct {
	Member  string    `json:"m"`
	Why     string    `json:"why"`
	At      time.Time `json:"at"`
	Due     time.Time `json:"due,omitzero"`
	Attempt int       `json:"attempt,omitzero"`
}

// parkScript sets a job aside. Its attempts stay, so that a worker who gets it again looks first whether the message is
// already there.
//
// Input:
// KEYS[1] -> hb:{07}:inflight
// KEYS[2] -> hb:{07}:holders
// KEYS[3] -> hb:{07}:parked
// --
// ARGV[1] -> member
// ARGV[2] -> token of the claim
// ARGV[3] -> id among the parked
// ARGV[4] -> what is kept of it
//
// Output:
// Returns 1, 0 or -1 as doneScript does
var parkScript = redis.NewScript(luaHeld + `
local mine = held(KEYS[2], ARGV[1], ARGV[2])
if mine == 1 then
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1])
  redis.call('HSET', KEYS[3], ARGV[3], ARGV[4])
end
return mine
`)

// replayScript puts a parked job back, with its attempts counted anew from the second.
//
// Input:
// KEYS[1] -> hb:{07}:parked
// KEYS[2] -> hb:{07}:queue
// KEYS[3] -> hb:{07}:attempts
// --
// ARGV[1] -> id among the parked
// ARGV[2] -> due time in ms
//
// Output:
// Returns 1, or 0 when there is no such job
var replayScript = redis.NewScript(`
local kept = redis.call('HGET', KEYS[1], ARGV[1])
if not kept then return 0 end
local member = cjson.decode(kept)['m']
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[3], member, 1)
redis.call('ZADD', KEYS[2], ARGV[2], member)
return 1
`)

// Park sets a job aside until it is replayed, or until it is planned again and succeeds. Conflict as for Done.
func (s *Store) Park(ctx context.Context, job tasks.Job, why string) error {
	if r := []rune(why); len(r) > maxWhy {
		why = string(r[:maxWhy])
	}
	shard, m := jobShard(job), member(job)
	kept, err := json.Marshal(storedParked{Member: m, Why: why, At: instant(s.now()), Due: instant(job.At), Attempt: job.Attempt})
	if err != nil {
		return fmt.Errorf("redisstore: encode: %w", err)
	}
	return s.give(ctx, "park", parkScript, job,
		[]string{s.key.inflight(shard), s.key.holders(shard), s.key.parked(shard)}, jobID(shard, m, ""), kept)
}

// Parked lists what was set aside, oldest first, up to maxParked or so of each shard.
func (s *Store) Parked(ctx context.Context) ([]tasks.ParkedJob, error) {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	var cmds [shards]*redis.ScanCmd
	pipe := s.client.Pipeline()
	for shard := range shards {
		cmds[shard] = pipe.HScan(ctx, s.key.parked(shard), 0, "", maxParked)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, fault("parked", err)
	}
	var list []tasks.ParkedJob
	for _, cmd := range cmds {
		page, _ := cmd.Val()
		for i := 0; i+1 < len(page); i += 2 {
			var kept storedParked
			if err := json.Unmarshal([]byte(page[i+1]), &kept); err != nil {
				return nil, fmt.Errorf("redisstore: parked job: %w", err)
			}
			j, err := parseMember(kept.Member)
			if err != nil {
				return nil, err
			}
			j.ID, j.At, j.Attempt = page[i], kept.Due, kept.Attempt
			list = append(list, tasks.ParkedJob{Job: j, Why: kept.Why, At: kept.At})
		}
	}
	slices.SortFunc(list, func(a, b tasks.ParkedJob) int { return a.At.Compare(b.At) })
	return list, nil
}

// Replay puts a parked job back into the queue; id is its Job.ID.
func (s *Store) Replay(ctx context.Context, now time.Time, id string) error {
	shard, parked, _, ok := splitID(id)
	if !ok {
		return tasks.Refuse(tasks.NotFound, "error.parked_unknown", "Job", id)
	}
	ctx, cancel := s.bound(ctx)
	defer cancel()
	n, err := replayScript.Run(ctx, s.client, []string{s.key.parked(shard), s.key.queue(shard), s.key.attempts(shard)}, parked, now.UnixMilli()).Int()
	if err != nil {
		return fault("replay", err)
	}
	if n == 0 {
		return tasks.Refuse(tasks.NotFound, "error.parked_unknown", "Job", id)
	}
	s.signal()
	return nil
}
