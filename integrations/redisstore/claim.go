package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

// claimScript hands out what is due in one shard. A member that is being worked on is passed over: it was planned again
// and runs once more when its worker is done.
//
// Input:
// KEYS[1] -> hb:{07}:queue
// KEYS[2] -> hb:{07}:inflight
// KEYS[3] -> hb:{07}:attempts
// KEYS[4] -> hb:{07}:holders
// --
// ARGV[1] -> now in ms, with .999 so that the order within a millisecond does not hide anything
// ARGV[2] -> when the lease ends, in ms
// ARGV[3] -> at most so many
// ARGV[4] -> token of this claim
//
// Output:
// Returns member, due time and attempt of each
//
// Note: first, what is held by a lease that has run out goes back with its old due time.
var claimScript = redis.NewScript(`
local expired = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, 1000)
for _, member in ipairs(expired) do
  local by = redis.call('HGET', KEYS[4], member)
  local due = by and string.match(by, ' (.+)$') or ARGV[1]
  redis.call('ZREM', KEYS[2], member)
  redis.call('HDEL', KEYS[4], member)
  local have = redis.call('ZSCORE', KEYS[1], member)
  if not have or tonumber(due) < tonumber(have) then
    redis.call('ZADD', KEYS[1], due, member)
  end
end
local got, passed, most = {}, 0, 3 * tonumber(ARGV[3])
while #got < most do
  local page = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', passed, 100)
  if #page == 0 then break end
  for i = 1, #page, 2 do
    if #got >= most then break end
    local member, due = page[i], page[i + 1]
    if redis.call('ZSCORE', KEYS[2], member) then
      passed = passed + 1
    else
      redis.call('ZREM', KEYS[1], member)
      redis.call('ZADD', KEYS[2], ARGV[2], member)
      redis.call('HSET', KEYS[4], member, ARGV[4] .. ' ' .. due)
      got[#got + 1] = member
      got[#got + 1] = due
      got[#got + 1] = tostring(redis.call('HINCRBY', KEYS[3], member, 1))
    end
  end
end
return got
`)

// Claim takes due jobs, at most limit. One pipeline asks all shards how much is due; a second one claims, only where
// something is. With nothing to do, which is nearly always, a poll is one round trip and runs no script.
func (s *Store) Claim(ctx context.Context, now time.Time, limit int) ([]tasks.Job, error) {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	due, err := s.due(ctx, now)
	if err != nil {
		return nil, err
	}
	var calls []call
	var at []int
	token := s.token()
	for shard, n := range share(due, limit, int(s.serial.Load()%shards)) {
		if n > 0 {
			at = append(at, shard)
			calls = append(calls, call{
				keys: []string{s.key.queue(shard), s.key.inflight(shard), s.key.attempts(shard), s.key.holders(shard)},
				args: []any{until(now), now.Add(s.lease).UnixMilli(), n, token},
			})
		}
	}
	if len(calls) == 0 {
		return nil, nil
	}
	var jobs []tasks.Job
	for i, cmd := range s.runAll(ctx, claimScript, calls) {
		values, e := cmd.StringSlice()
		if e == nil {
			jobs, e = s.claimed(jobs, at[i], token, values)
		}
		if e != nil {
			err = e
			s.log.WarnContext(ctx, "claim failed", "shard", at[i], "error", e)
		}
	}
	if len(jobs) > 0 {
		return jobs, nil
	}
	return nil, fault("claim", err)
}

// until includes everything planned within the millisecond of now.
func until(now time.Time) string { return fmt.Sprintf("%d.999", now.UnixMilli()) }

// due counts what could be claimed in each shard: planned and due, or held by a lease that has run out.
func (s *Store) due(ctx context.Context, now time.Time) ([shards]int, error) {
	var counts [shards]int
	var cmds [2 * shards]*redis.IntCmd
	pipe := s.client.Pipeline()
	for shard := range shards {
		cmds[2*shard] = pipe.ZCount(ctx, s.key.queue(shard), "-inf", until(now))
		cmds[2*shard+1] = pipe.ZCount(ctx, s.key.inflight(shard), "-inf", until(now))
	}
	_, err := pipe.Exec(ctx)
	some := false
	for i, cmd := range cmds {
		counts[i/2] += int(cmd.Val())
		some = some || cmd.Val() > 0
	}
	if some {
		return counts, nil // shards whose node does not answer wait; the others go on
	}
	return counts, fault("claim", err)
}

// share divides limit among the shards one by one, beginning with another shard each time, so that a full shard leaves
// room for the others.
func share(due [shards]int, limit, first int) [shards]int {
	var out [shards]int
	for left := limit; left > 0; {
		before := left
		for i := range shards {
			if shard := (first + i) % shards; left > 0 && out[shard] < due[shard] {
				out[shard]++
				left--
			}
		}
		if left == before {
			break
		}
	}
	return out
}

func (s *Store) claimed(jobs []tasks.Job, shard int, token string, values []string) ([]tasks.Job, error) {
	for i := 0; i+2 < len(values); i += 3 {
		j, err := parseMember(values[i])
		if err != nil {
			return jobs, err
		}
		whole, _, _ := strings.Cut(values[i+1], ".")
		ms, err := strconv.ParseInt(whole, 10, 64)
		if err != nil {
			return jobs, fmt.Errorf("redisstore: job: due time: %w", err)
		}
		if j.Attempt, err = strconv.Atoi(values[i+2]); err != nil {
			return jobs, fmt.Errorf("redisstore: job: attempt: %w", err)
		}
		j.ID, j.At = jobID(shard, values[i], token), time.UnixMilli(ms).UTC()
		jobs = append(jobs, j)
	}
	return jobs, nil
}

// extendScript prolongs the leases that are still held by the tokens.
//
// Input:
// KEYS[1] -> hb:{07}:inflight
// KEYS[2] -> hb:{07}:holders
// --
// ARGV[1] -> when the lease ends, in ms
// ARGV[2...] -> member and token of each
//
// Output:
// Returns how many were prolonged
var extendScript = redis.NewScript(luaHeld + `
local n = 0
for i = 2, #ARGV, 2 do
  if held(KEYS[2], ARGV[i], ARGV[i + 1]) == 1 then
    redis.call('ZADD', KEYS[1], ARGV[1], ARGV[i])
    n = n + 1
  end
end
return n
`)

// Extend prolongs the leases of the jobs that their claims still hold. One that was finished or lost meanwhile is passed
// over: whoever extends in the background cannot know.
func (s *Store) Extend(ctx context.Context, now time.Time, jobs []tasks.Job) error {
	if len(jobs) == 0 {
		return nil
	}
	ctx, cancel := s.bound(ctx)
	defer cancel()
	byShard := map[int][]any{}
	for _, j := range jobs {
		if _, _, token, ok := splitID(j.ID); ok && token != "" {
			byShard[jobShard(j)] = append(byShard[jobShard(j)], member(j), token)
		}
	}
	var calls []call
	for shard, args := range byShard {
		calls = append(calls, call{
			keys: []string{s.key.inflight(shard), s.key.holders(shard)},
			args: append([]any{now.Add(s.lease).UnixMilli()}, args...),
		})
	}
	for _, cmd := range s.runAll(ctx, extendScript, calls) {
		if cmd.Err() != nil {
			return fault("extend", cmd.Err())
		}
	}
	return nil
}
