package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

// Output of commitScript.
const (
	committed = "ok"
	seen      = "seen"
	conflict  = "conflict"
)

// commitScript writes one step of a proposal, whole or not at all.
//
// Input:
// KEYS[1] -> hb:{07}:proposal:<id>
// KEYS[2] -> hb:{07}:audit:<id>
// KEYS[3] -> hb:{07}:index
// KEYS[4] -> hb:{07}:queue
// KEYS[5] -> hb:{07}:attempts
// KEYS[6] -> hb:{07}:receipt:<id>:<request>
// KEYS[7] -> hb:{07}:lessons
// KEYS[8...] -> sorted sets that the proposal leaves, then those that it is a member of
// --
// ARGV[1] -> version that the step was decided on, 0 to create
// ARGV[2] -> token of this commit
// ARGV[3] -> for how many ms the receipt is kept, 0 for no receipt
// ARGV[4] -> proposal id
// ARGV[5] -> summary
// ARGV[6] -> score in the sorted sets
// ARGV[7] -> how many sorted sets it leaves
// ARGV[8] -> how many lessons are kept
// ARGV[9...14] -> number of values in each of the lists that follow
// ARGV[15...] -> fields and contents; events; times and members of deliveries; members of timers that fall away;
// times and members of timers that are new or moved; lessons
//
// Output:
// Returns ok when it was written now, or by an earlier try of the same commit
// Returns seen when the request was committed before
// Returns conflict when the version is another one
var commitScript = redis.NewScript(luaPlan + luaLearn + `
if tonumber(ARGV[3]) > 0 then
  local by = redis.call('GET', KEYS[6])
  if by == ARGV[2] then return 'ok' end
  if by then return 'seen' end
end
local have = redis.call('HMGET', KEYS[1], 'v', 'last')
if (have[1] or '0') ~= ARGV[1] then
  if have[2] == ARGV[2] then return 'ok' end
  return 'conflict'
end
local at = 15
local function list(n, step, f)
  for i = at, at + n - 1, step do f(ARGV[i], ARGV[i + 1]) end
  at = at + n
end
local counts = {}
for i = 1, 6 do counts[i] = tonumber(ARGV[8 + i]) end
local hset = {'HSET', KEYS[1], 'v', string.format('%d', tonumber(ARGV[1]) + 1), 'last', ARGV[2]}
list(counts[1], 2, function(field, content)
  if #hset > 1000 then
    redis.call(unpack(hset))
    hset = {'HSET', KEYS[1]}
  end
  hset[#hset + 1] = field
  hset[#hset + 1] = content
end)
redis.call(unpack(hset))
list(counts[2], 1, function(event) redis.call('RPUSH', KEYS[2], event) end)
local planned = {}
list(counts[3], 2, function(score, member)
  if #planned >= 1000 then
    plan(KEYS[4], KEYS[5], planned)
    planned = {}
  end
  planned[#planned + 1] = score
  planned[#planned + 1] = member
end)
plan(KEYS[4], KEYS[5], planned)
list(counts[4], 1, function(member)
  if redis.call('ZREM', KEYS[4], member) == 1 then redis.call('HDEL', KEYS[5], member) end
end)
list(counts[5], 2, function(score, member) redis.call('ZADD', KEYS[4], score, member) end)
local lessons = {}
list(counts[6], 1, function(lesson) lessons[#lessons + 1] = lesson end)
learn(KEYS[7], tonumber(ARGV[8]), lessons)
redis.call('HSET', KEYS[3], ARGV[4], ARGV[5])
local leaves = tonumber(ARGV[7])
for i = 8, #KEYS do
  if i < 8 + leaves then
    redis.call('ZREM', KEYS[i], ARGV[4])
  else
    redis.call('ZADD', KEYS[i], ARGV[6], ARGV[4])
  end
end
if tonumber(ARGV[3]) > 0 then redis.call('SET', KEYS[6], ARGV[2], 'PX', ARGV[3]) end
return 'ok'
`)

// commit writes what p has become since r was read; r is empty for a new proposal. Afterwards p is the committed state.
func (s *Store) commit(ctx context.Context, r *record, p *tasks.Proposal, request string) (string, error) {
	if s.city == nil {
		return "", errors.New("redisstore: commit: no city")
	}
	summary, plan := p.Summarize(), p.Plan(s.city)
	content, err := s.codec.encode(toSummary(summary), packOften)
	if err != nil {
		return "", err
	}
	timers := make(map[string]int64, len(plan.Timers))
	for _, t := range plan.Timers {
		timers[t.Key] = t.At.UnixMilli()
	}
	members := s.key.members(p.ID, summary)
	leaves := slices.DeleteFunc(slices.Clone(r.members), func(m string) bool { return slices.Contains(members, m) })
	gone, set := timerChanges(p.ID, r.timers, timers)
	pairs, err := s.changes(r, p)
	if err == nil {
		pairs, err = bookkeeping(r, pairs, members, timers)
	}
	events, e := encodeEvents(p.Events())
	lessons, le := s.encodeLessons(p.Lessons(s.city))
	if err = errors.Join(err, e, le); err != nil {
		return "", err
	}
	keep := int64(0)
	if request != "" {
		keep = s.keep.Milliseconds()
	}
	shard, token := shardOf(p.ID), s.token()
	keys := slices.Concat([]string{s.key.proposal(p.ID), s.key.audit(p.ID), s.key.index(shard), s.key.queue(shard),
		s.key.attempts(shard), s.key.receipt(p.ID, request), s.key.lessons(shard)}, leaves, members)
	args := []any{p.Version, token, keep, p.ID, content, summary.UpdatedAt.UnixMilli(), len(leaves), maxLessons}
	args = appendLists(args, pairs, events, deliveries(p.ID, s.now(), plan.Deliveries), gone, set, lessons)
	out, err := commitScript.Run(ctx, s.client, keys, args...).Text()
	if err != nil || out != committed {
		return out, fault("commit", err)
	}
	p.Version++
	p.Committed()
	now := &record{last: token, proposal: asStored(p), members: members, timers: timers}
	s.kept.put(p.ID, now, weight(now.proposal))
	if len(plan.Deliveries)+len(set) > 0 {
		s.signal()
	}
	return out, nil
}

// appendLists appends the lengths of the lists, then the lists.
func appendLists(args []any, lists ...[]string) []any {
	for _, l := range lists {
		args = append(args, len(l))
	}
	for _, v := range slices.Concat(lists...) {
		args = append(args, v)
	}
	return args
}

// bookkeeping adds what the next commit has to know of this one, where it is not the same as before.
func bookkeeping(r *record, pairs, members []string, timers map[string]int64) ([]string, error) {
	put := func(field string, v any) error {
		b, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("redisstore: encode: %w", err)
		}
		pairs = append(pairs, field, string(b))
		return nil
	}
	var err error
	if r.proposal == nil || !slices.Equal(r.members, members) {
		err = put(fieldMembers, members)
	}
	if r.proposal == nil || !maps.Equal(r.timers, timers) {
		err = errors.Join(err, put(fieldTimers, timers))
	}
	return pairs, err
}

func encodeEvents(events []tasks.AuditEvent) ([]string, error) {
	var list []string
	for _, e := range events {
		b, err := json.Marshal(e) // the form that its hash covers, kept as it is
		if err != nil {
			return nil, fmt.Errorf("redisstore: encode event: %w", err)
		}
		list = append(list, string(b))
	}
	return list, nil
}

// deliveries gives each its time and its member. Thousandths of a millisecond keep them in the order of the plan.
func deliveries(proposal string, at time.Time, planned []tasks.Delivery) []string {
	var list []string
	for i, d := range planned {
		list = append(list, fmt.Sprintf("%d.%03d", at.UnixMilli(), min(i, 999)), member(tasks.Job{Proposal: proposal, Delivery: d}))
	}
	return list
}

func timerChanges(proposal string, before, after map[string]int64) (gone, set []string) {
	name := func(key string) string { return member(tasks.Job{Proposal: proposal, Timer: key}) }
	for key := range before {
		if _, stays := after[key]; !stays {
			gone = append(gone, name(key))
		}
	}
	for key, at := range after {
		if was, ok := before[key]; !ok || was != at {
			set = append(set, strconv.FormatInt(at, 10), name(key))
		}
	}
	return gone, set
}
