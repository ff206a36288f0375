package redisstore

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// scripts lists every script, for Warm.
var scripts = []*redis.Script{readScript, commitScript, planScript, claimScript, extendScript, doneScript, retryScript, parkScript,
	replayScript, intakeScript, closeScript, teachScript}

// luaPlan puts jobs into the queue, pairs of time and member. One that is pending keeps the earlier of both times; one
// that waits for another attempt keeps its pause, because the pause is what the recipient's side asked for.
const luaPlan = `
local function plan(queue, attempts, pairs)
  if #pairs == 0 then return end
  local ask, add = {'ZMSCORE', queue}, {'ZADD', queue}
  for i = 2, #pairs, 2 do ask[#ask + 1] = pairs[i] end
  local have = redis.call(unpack(ask))
  for i = 1, #pairs, 2 do
    local score, member, was = pairs[i], pairs[i + 1], have[(i + 1) / 2]
    if not was or (tonumber(score) < tonumber(was) and redis.call('HEXISTS', attempts, member) == 0) then
      add[#add + 1] = score
      add[#add + 1] = member
    end
  end
  if #add > 2 then redis.call(unpack(add)) end
end
`

// luaHeld compares the holder of a job with a token: 1 it is held by it, 0 nobody holds the job, -1 somebody else does.
const luaHeld = `
local function held(holders, member, token)
  local by = redis.call('HGET', holders, member)
  if not by then return 0 end
  if string.sub(by, 1, #token + 1) == token .. ' ' then return 1 end
  return -1
end
`

type call struct {
	keys []string
	args []any
}

// runAll runs a script in several slots in one pipeline. Only what a node did not know is sent again, with its text.
// Each command has its own outcome: a node that does not answer must not hide what the others gave.
func (s *Store) runAll(ctx context.Context, sc *redis.Script, calls []call) []*redis.Cmd {
	cmds := make([]*redis.Cmd, len(calls))
	pipe := s.client.Pipeline()
	for i, c := range calls {
		cmds[i] = pipe.EvalSha(ctx, sc.Hash(), c.keys, c.args...)
	}
	_, _ = pipe.Exec(ctx)
	pipe = s.client.Pipeline()
	for i, c := range calls {
		if redis.HasErrorPrefix(cmds[i].Err(), "NOSCRIPT") {
			cmds[i] = sc.Eval(ctx, pipe, c.keys, c.args...)
		}
	}
	if pipe.Len() > 0 {
		_, _ = pipe.Exec(ctx)
	}
	return cmds
}
