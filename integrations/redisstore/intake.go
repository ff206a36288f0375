package redisstore

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

type storedIntake struct {
	ID       string     `json:"id"`
	By       string     `json:"by"`
	Lead     string     `json:"lead"`
	Head     storedHead `json:"head"`
	FileID   string     `json:"file_id"`
	FileName string     `json:"file_name,omitzero"`
	At       time.Time  `json:"at,omitzero"`
	Failed   string     `json:"failed,omitzero"`
	Proposal string     `json:"proposal,omitzero"`
}

func toIntake(in tasks.Intake) storedIntake {
	return storedIntake{ID: in.ID, By: in.By, Lead: in.Lead, Head: toHead(in.Head), FileID: in.FileID, FileName: in.FileName,
		At: instant(in.At), Failed: in.Failed, Proposal: in.Proposal}
}

func (in storedIntake) intake() tasks.Intake {
	return tasks.Intake{ID: in.ID, By: in.By, Lead: in.Lead, Head: in.Head.head(), FileID: in.FileID, FileName: in.FileName,
		At: in.At, Failed: in.Failed, Proposal: in.Proposal}
}

// intakeScript stores an intake that is new and plans its job.
//
// Input:
// KEYS[1] -> hb:{07}:intakes
// KEYS[2] -> hb:{07}:queue
// KEYS[3] -> hb:{07}:attempts
// --
// ARGV[1] -> id
// ARGV[2] -> content
// ARGV[3] -> due time in ms
// ARGV[4] -> member of its job
//
// Output:
// Returns 1 when it was stored, 0 when it was there
var intakeScript = redis.NewScript(luaPlan + `
if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
plan(KEYS[2], KEYS[3], {ARGV[3], ARGV[4]})
return 1
`)

// closeScript overwrites an intake that is there.
//
// Input:
// KEYS[1] -> hb:{07}:intakes
// --
// ARGV[1] -> id
// ARGV[2] -> content
//
// Output:
// Returns 1, or 0 when there is no such intake
var closeScript = redis.NewScript(`
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
`)

// SaveIntake keeps a paper on its way in and plans its job, due at once.
func (s *Store) SaveIntake(ctx context.Context, in tasks.Intake) error {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	content, err := s.codec.encode(toIntake(in), packOnce)
	if err != nil {
		return err
	}
	shard := shardOf(in.ID)
	n, err := intakeScript.Run(ctx, s.client, []string{s.key.intakes(shard), s.key.queue(shard), s.key.attempts(shard)},
		in.ID, content, s.now().UnixMilli(), member(tasks.Job{Intake: in.ID})).Int()
	if err != nil {
		return fault("save intake", err)
	}
	if n == 1 {
		s.signal()
	}
	return nil
}

// Intake returns one paper on its way in.
func (s *Store) Intake(ctx context.Context, id string) (tasks.Intake, error) {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	content, err := s.client.HGet(ctx, s.key.intakes(shardOf(id)), id).Result()
	if errors.Is(err, redis.Nil) {
		return tasks.Intake{}, tasks.Refuse(tasks.NotFound, "error.intake_unknown")
	}
	if err != nil {
		return tasks.Intake{}, fault("intake", err)
	}
	var in storedIntake
	if err := s.codec.decode(content, &in); err != nil {
		return tasks.Intake{}, err
	}
	return in.intake(), nil
}

// CloseIntake records what became of it.
func (s *Store) CloseIntake(ctx context.Context, in tasks.Intake) error {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	content, err := s.codec.encode(toIntake(in), packOnce)
	if err != nil {
		return err
	}
	n, err := closeScript.Run(ctx, s.client, []string{s.key.intakes(shardOf(in.ID))}, in.ID, content).Int()
	if err != nil {
		return fault("close intake", err)
	}
	if n == 0 {
		return tasks.Refuse(tasks.NotFound, "error.intake_unknown")
	}
	return nil
}
