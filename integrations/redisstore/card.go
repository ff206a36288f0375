package redisstore

import (
	"context"
	"errors"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

type storedCard struct {
	Channel string `json:"channel"`
	TS      string `json:"ts"`
	Digest  string `json:"digest,omitzero"`
}

// Posted tells where a card was posted; ok is false when it was not.
func (s *Store) Posted(ctx context.Context, proposal, card string) (tasks.Posted, bool, error) {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	content, err := s.client.HGet(ctx, s.key.cards(proposal), card).Result()
	if errors.Is(err, redis.Nil) {
		return tasks.Posted{}, false, nil
	}
	if err != nil {
		return tasks.Posted{}, false, fault("posted", err)
	}
	var c storedCard
	if err := s.codec.decode(content, &c); err != nil {
		return tasks.Posted{}, false, err
	}
	return tasks.Posted{Channel: c.Channel, TS: c.TS, Digest: c.Digest}, true, nil
}

// Remember keeps where a card is and what it shows.
func (s *Store) Remember(ctx context.Context, proposal, card string, at tasks.Posted) error {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	content, err := s.codec.encode(storedCard{Channel: at.Channel, TS: at.TS, Digest: at.Digest}, packOften)
	if err != nil {
		return err
	}
	return fault("remember", s.client.HSet(ctx, s.key.cards(proposal), card, content).Err())
}
