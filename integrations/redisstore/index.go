package redisstore

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
	"huiban/tasks/workday"
)

// Kinds of sorted sets in the index, scored by the time of the last step. What is finished stands apart, so that lists
// of open work stay short for ever.
const (
	kindOpen   = "open"
	kindDone   = "done"
	kindNumber = "number"
)

// maxListed bounds every list, whatever the caller asks for.
const maxListed = 500

// maxNumbered bounds how many whole proposals are read at once.
const maxNumbered = 10

type storedSummary struct {
	ID        string       `json:"id"`
	Number    string       `json:"number,omitzero"`
	Kind      string       `json:"kind,omitzero"`
	Title     string       `json:"title,omitzero"`
	Lead      string       `json:"lead"`
	Phase     string       `json:"phase"`
	Sections  int          `json:"sections,omitzero"`
	Have      int          `json:"have,omitzero"`
	Expected  int          `json:"expected,omitzero"`
	Due       workday.Date `json:"due,omitzero"`
	NextDue   workday.Date `json:"next_due,omitzero"`
	Waiting   []string     `json:"waiting,omitzero"`
	Questions int          `json:"questions,omitzero"`
	Since     time.Time    `json:"since,omitzero"`
	Units     []string     `json:"units,omitzero"`
	UpdatedAt time.Time    `json:"updated_at,omitzero"`
}

func toSummary(s tasks.Summary) storedSummary {
	return storedSummary{ID: s.ID, Number: s.Number, Kind: string(s.Kind), Title: s.Title, Lead: s.Lead, Phase: string(s.Phase),
		Sections: s.Sections, Have: s.Have, Expected: s.Expected, Due: s.Due, NextDue: s.NextDue, Waiting: s.Waiting,
		Questions: s.Questions, Since: instant(s.Since), Units: s.Units, UpdatedAt: instant(s.UpdatedAt)}
}

func (s storedSummary) summary() tasks.Summary {
	return tasks.Summary{ID: s.ID, Number: s.Number, Kind: tasks.Kind(s.Kind), Title: s.Title, Lead: s.Lead, Phase: tasks.Phase(s.Phase),
		Sections: s.Sections, Have: s.Have, Expected: s.Expected, Due: s.Due, NextDue: s.NextDue, Waiting: s.Waiting,
		Questions: s.Questions, Since: s.Since, Units: s.Units, UpdatedAt: s.UpdatedAt}
}

func finished(ph tasks.Phase) bool { return ph == tasks.PhaseIssued || ph == tasks.PhaseCancelled }

// members lists the sorted sets that a proposal belongs to.
func (k keys) members(id string, s tasks.Summary) []string {
	shard, kind := shardOf(id), kindOpen
	if finished(s.Phase) {
		kind = kindDone
	}
	list := []string{k.member(shard, kind)}
	for _, unit := range s.Units {
		list = append(list, k.member(shard, kind, unit))
	}
	if n := numberKey(s.Number); n != "" {
		list = append(list, k.member(shard, kindNumber, n))
	}
	return list
}

// ByNumber lists the proposals with this number, newest first; width, case and blanks do not matter.
func (s *Store) ByNumber(ctx context.Context, number string) ([]tasks.Summary, error) {
	n := numberKey(number)
	if n == "" {
		return nil, nil
	}
	return s.list(ctx, [][]string{{kindNumber, n}}, maxListed, func(f tasks.Summary) bool { return numberKey(f.Number) == n })
}

// Numbered reads the proposals with this number, newest first, in two round trips.
func (s *Store) Numbered(ctx context.Context, number string) ([]*tasks.Proposal, error) {
	n := numberKey(number)
	if n == "" {
		return nil, nil
	}
	ctx, cancel := s.bound(ctx)
	defer cancel()
	ids, err := s.newest(ctx, [][]string{{kindNumber, n}}, maxNumbered)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	had, calls := make([]*record, len(ids)), make([]call, len(ids))
	for i, id := range ids {
		had[i], calls[i] = s.asking(id, "")
	}
	var list []*tasks.Proposal
	for i, cmd := range s.runAll(ctx, readScript, calls) {
		_, r, err := s.answered(ids[i], had[i], cmd)
		if err != nil {
			return nil, err
		}
		if numberKey(r.proposal.Head.Number) == n { // the sets hold what stood there a moment ago
			list = append(list, r.proposal.Clone())
		}
	}
	return list, nil
}

// Concerning lists proposals by the units that they concern.
func (s *Store) Concerning(ctx context.Context, departments []string, withFinished bool, limit int) ([]tasks.Summary, error) {
	kinds := []string{kindOpen}
	if withFinished {
		kinds = append(kinds, kindDone)
	}
	var sets [][]string
	for _, kind := range kinds {
		if len(departments) == 0 {
			sets = append(sets, []string{kind})
		}
		for _, d := range departments {
			sets = append(sets, []string{kind, d})
		}
	}
	return s.list(ctx, sets, min(limit, maxListed), func(f tasks.Summary) bool { return withFinished || !finished(f.Phase) })
}

// list merges sorted sets of all shards and fetches the summaries of the newest: two round trips, and the second asks
// only for what is shown. Sets hold what stood there a moment ago, so keep looks at each summary again.
func (s *Store) list(ctx context.Context, sets [][]string, limit int, keep func(tasks.Summary) bool) ([]tasks.Summary, error) {
	if limit <= 0 {
		return nil, nil
	}
	ctx, cancel := s.bound(ctx)
	defer cancel()
	ids, err := s.newest(ctx, sets, limit)
	if err != nil {
		return nil, err
	}
	return s.summaries(ctx, ids, keep)
}

// newest lists the ids in the sorted sets of all shards, newest first, in one round trip.
func (s *Store) newest(ctx context.Context, sets [][]string, limit int) ([]string, error) {
	pipe := s.client.Pipeline()
	var cmds []*redis.ZSliceCmd
	for shard := range shards {
		for _, set := range sets {
			cmds = append(cmds, pipe.ZRevRangeWithScores(ctx, s.key.member(shard, set[0], set[1:]...), 0, int64(limit-1)))
		}
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, fault("list", err)
	}
	scores := map[string]float64{}
	for _, cmd := range cmds {
		for _, z := range cmd.Val() {
			scores[z.Member.(string)] = z.Score
		}
	}
	ids := make([]string, 0, len(scores))
	for id := range scores {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b)) })
	return ids[:min(limit, len(ids))], nil
}

func (s *Store) summaries(ctx context.Context, ids []string, keep func(tasks.Summary) bool) ([]tasks.Summary, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	pipe := s.client.Pipeline()
	cmds := make([]*redis.StringCmd, len(ids))
	for i, id := range ids {
		cmds[i] = pipe.HGet(ctx, s.key.index(shardOf(id)), id)
	}
	_, _ = pipe.Exec(ctx) // each command has its own outcome
	var list []tasks.Summary
	for _, cmd := range cmds {
		if errors.Is(cmd.Err(), redis.Nil) {
			continue
		}
		if cmd.Err() != nil {
			return nil, fault("list", cmd.Err())
		}
		var f storedSummary
		if err := s.codec.decode(cmd.Val(), &f); err != nil {
			return nil, err
		}
		if sum := f.summary(); keep(sum) {
			list = append(list, sum)
		}
	}
	return list, nil
}
