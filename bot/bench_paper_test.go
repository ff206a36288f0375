package bot_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"huiban/bot/wiring"
	"huiban/tasks"
)

// proposals puts n dispatched proposals into Redis, each accepted by all of its units, with nothing left to deliver.
func (r *rig) proposals(b *testing.B, n int) []*tasks.Proposal {
	b.Helper()
	store, client, _, stop, err := wiring.OpenStore(b.Context(), r.settings())
	if err != nil {
		b.Fatal(err)
	}
	list := make([]*tasks.Proposal, n)
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := worker; i < n; i += 8 {
				if list[i], err = r.dispatched(b.Context(), store); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	for shard := range 16 {
		client.Del(b.Context(), fmt.Sprintf("hb:{%02d}:queue", shard))
	}
	if err := stop(); err != nil || b.Failed() {
		b.Fatal("proposals were not made:", err)
	}
	return list
}

func (r *rig) actor(department string, role tasks.Role) tasks.Actor {
	person := r.cfg.City.Directory.Holders(department, role)[0].Person.Key
	return tasks.Actor{Person: person, Posts: r.cfg.City.Directory.PostsOf(person)}
}

func (r *rig) dispatched(ctx context.Context, store tasks.Store) (*tasks.Proposal, error) {
	city, now, coordinator := r.cfg.City, time.Now(), r.actor(r.lead.ID, tasks.RoleCoordinator)
	text := strings.ReplaceAll(r.paper, "124302", strconv.FormatInt(200000+r.seq.Add(1), 10))
	p, err := tasks.NewProposal(city, now, coordinator, r.lead.ID, tasks.Head{}, tasks.Source{Text: text, File: "proposal.txt"})
	if err != nil {
		return nil, err
	}
	if err := store.Create(ctx, p, p.ID); err != nil {
		return nil, err
	}
	return store.Update(ctx, p.ID, "", func(p *tasks.Proposal) error {
		for i, s := range p.Sections {
			units := []string{}
			if i < len(asked) {
				units = []string{asked[i]}
			}
			if err := p.SetUnits(city, now, coordinator, s.ID, units); err != nil {
				return err
			}
		}
		if err := p.HandOut(city, now, coordinator); err != nil {
			return err
		}
		for _, as := range slices.Clone(p.Assignments) {
			if as.Role != tasks.Contributor {
				continue
			}
			if err := p.TakeOver(city, now, r.actor(as.Department, tasks.RoleLiaison), as.Section, as.Department, ""); err != nil {
				return err
			}
		}
		return nil
	})
}

type pair struct {
	p  *tasks.Proposal
	as tasks.Assignment
}

// pairs are n assignments that wait for a text.
func (r *rig) pairs(b *testing.B, n int) []pair {
	b.Helper()
	var list []pair
	for _, p := range r.proposals(b, (n+len(asked)-1)/len(asked)) {
		for _, as := range p.Assignments {
			if as.Role == tasks.Contributor {
				list = append(list, pair{p, as})
			}
		}
	}
	// One proposal's units do not all write in the same second.
	slices.SortStableFunc(list, func(x, y pair) int { return cmp.Compare(x.as.Section, y.as.Section) })
	return list
}
