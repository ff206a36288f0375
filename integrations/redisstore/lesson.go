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

// maxLessons bounds the lessons of a shard; the oldest fall away.
const maxLessons = 20_000

// luaLearn appends lessons to a sorted set, scored by a number that only grows, so that a reader can go on where it
// was. A lesson that stands there already moves to the end.
const luaLearn = `
local function learn(key, keep, lessons)
  if #lessons == 0 then return end
  local last = redis.call('ZREVRANGE', key, 0, 0, 'WITHSCORES')
  local seq = tonumber(last[2] or '0')
  for _, lesson in ipairs(lessons) do
    seq = seq + 1
    redis.call('ZADD', key, string.format('%d', seq), lesson)
  end
  redis.call('ZREMRANGEBYRANK', key, 0, -keep - 1)
end
`

// teachScript keeps the lessons of a past letter, once.
//
// Input:
// KEYS[1] -> hb:{07}:lessons
// KEYS[2] -> hb:{07}:taught
// --
// ARGV[1] -> digest of the letter
// ARGV[2] -> how many lessons are kept
// ARGV[3...] -> lessons
//
// Output:
// Returns 1 when they were kept, 0 when the letter was known
var teachScript = redis.NewScript(luaLearn + `
if redis.call('SADD', KEYS[2], ARGV[1]) == 0 then return 0 end
local lessons = {}
for i = 3, #ARGV do lessons[#lessons + 1] = ARGV[i] end
learn(KEYS[1], tonumber(ARGV[2]), lessons)
return 1
`)

type storedLesson struct {
	Proposal string    `json:"proposal"`
	Section  int       `json:"section,omitzero"`
	Number   string    `json:"number,omitzero"`
	Title    string    `json:"title,omitzero"`
	Heading  string    `json:"heading,omitzero"`
	Text     string    `json:"text,omitzero"`
	Lead     string    `json:"lead,omitzero"`
	Units    []string  `json:"units,omitzero"`
	Not      []string  `json:"not,omitzero"`
	Copied   []string  `json:"copied,omitzero"`
	At       time.Time `json:"at,omitzero"`
}

func (s *Store) encodeLessons(lessons []tasks.Lesson) ([]string, error) {
	out := make([]string, 0, len(lessons))
	for _, l := range lessons {
		v := storedLesson(l)
		v.At = instant(l.At)
		content, err := s.codec.encode(v, packOnce)
		if err != nil {
			return nil, err
		}
		out = append(out, content)
	}
	return out, nil
}

// Teach keeps the lessons of a past letter, unless it was taught before.
func (s *Store) Teach(ctx context.Context, source string, lessons []tasks.Lesson) (bool, error) {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	contents, err := s.encodeLessons(lessons)
	if err != nil {
		return false, err
	}
	args := []any{source, maxLessons}
	for _, c := range contents {
		args = append(args, c)
	}
	shard := shardOf(source)
	kept, err := teachScript.Run(ctx, s.client, []string{s.key.lessons(shard), s.key.taught(shard)}, args...).Int()
	return kept == 1, fault("teach", err)
}

// LessonsSince reads all shards in one round trip. The cursor holds how far each was read.
func (s *Store) LessonsSince(ctx context.Context, cursor string, limit int) ([]tasks.Lesson, string, error) {
	at, err := parseCursor(cursor)
	if err != nil {
		return nil, cursor, err
	}
	ctx, cancel := s.bound(ctx)
	defer cancel()
	pipe := s.client.Pipeline()
	cmds := make([]*redis.ZSliceCmd, shards)
	for shard := range shards {
		cmds[shard] = pipe.ZRangeByScoreWithScores(ctx, s.key.lessons(shard), &redis.ZRangeBy{
			Min: "(" + strconv.FormatInt(at[shard], 10), Max: "+inf", Count: int64(max(1, limit/shards))})
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, cursor, fault("lessons", err)
	}
	var out []tasks.Lesson
	for shard, cmd := range cmds {
		for _, z := range cmd.Val() {
			var l storedLesson
			content, _ := z.Member.(string)
			if err := s.codec.decode(content, &l); err != nil {
				return nil, cursor, fmt.Errorf("lesson %.0f of shard %d: %w", z.Score, shard, err)
			}
			out = append(out, tasks.Lesson(l))
			at[shard] = int64(z.Score)
		}
	}
	return out, formatCursor(at), nil
}

func parseCursor(cursor string) (at [shards]int64, err error) {
	if cursor == "" {
		return at, nil
	}
	parts := strings.Split(cursor, ",")
	if len(parts) != shards {
		return at, fmt.Errorf("redisstore: lessons: cursor has %d parts, not %d", len(parts), shards)
	}
	for i, p := range parts {
		if at[i], err = strconv.ParseInt(p, 10, 64); err != nil {
			return at, fmt.Errorf("redisstore: lessons: cursor: %w", err)
		}
	}
	return at, nil
}

func formatCursor(at [shards]int64) string {
	parts := make([]string, shards)
	for i, n := range at {
		parts[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(parts, ",")
}
