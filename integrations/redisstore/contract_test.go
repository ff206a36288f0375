package redisstore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"huiban/tasks"
)

// TestContract is what package tasks may rely on, on every kind of Redis.
func TestContract(t *testing.T) {
	t.Parallel()
	backends(t, func(t *testing.T, b backend) {
		for _, c := range contract {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				city := testCity(t)
				h := &harness{T: t, ctx: t.Context(), city: city, backend: b, prefix: c.name, now: start}
				h.store = h.another()
				c.test(h)
			})
		}
	})
}

var contract = []struct {
	name string
	test func(*harness)
}{
	{"create", testCreate},
	{"update", testUpdate},
	{"receipt", testReceipt},
	{"race", testRace},
	{"unknown", testUnknown},
	{"index", testIndex},
	{"number", testNumber},
	{"deliveries", testDeliveries},
	{"lease", testLease},
	{"replan", testReplan},
	{"retry", testRetry},
	{"park", testPark},
	{"timers", testTimers},
	{"share", testShare},
	{"cards", testCards},
	{"forms", testForms},
	{"intakes", testIntakes},
	{"export", testExport},
	{"lessons", testLessons},
	{"teach", testTeach},
}

type harness struct {
	*testing.T
	backend
	ctx    context.Context
	city   *tasks.City
	prefix string
	now    time.Time
	store  *Store
}

// another is a second process on the same data.
func (h *harness) another() *Store {
	return New(h.client, Options{City: h.city, Prefix: h.prefix, Now: func() time.Time { return h.now }})
}

func (h *harness) ok(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *harness) refused(err error, code tasks.Code) {
	h.Helper()
	if tasks.CodeOf(err) != code {
		h.Fatalf("error = %v, want code %s", err, code)
	}
}

// created stores a fresh proposal; dispatched hands it out as well.
func (h *harness) created(number string) *tasks.Proposal {
	h.Helper()
	p := draftPaper(h, h.city, number)
	h.ok(h.store.Create(h.ctx, p, ""))
	return p
}

func (h *harness) dispatched(number string) *tasks.Proposal {
	h.Helper()
	p, err := h.store.Update(h.ctx, h.created(number).ID, "", handOut(h.city))
	h.ok(err)
	return p
}

func (h *harness) claim(at time.Time, limit int) []tasks.Job {
	h.Helper()
	jobs, err := h.store.Claim(h.ctx, at, limit)
	h.ok(err)
	return jobs
}

// drain finishes everything that is due.
func (h *harness) drain(at time.Time) []tasks.Job {
	h.Helper()
	var all []tasks.Job
	for {
		jobs := h.claim(at, 100)
		if len(jobs) == 0 {
			return all
		}
		for _, j := range jobs {
			h.ok(h.store.Done(h.ctx, j))
		}
		all = append(all, jobs...)
	}
}

var sameProposal = cmp.Options{cmpopts.IgnoreUnexported(tasks.Proposal{})}

func testCreate(h *harness) {
	p := draftPaper(h, h.city, "1")
	h.ok(h.store.Create(h.ctx, p, "r1"))
	if p.Version != 1 || len(p.Events()) != 0 {
		h.Errorf("after Create: version %d, %d events", p.Version, len(p.Events()))
	}
	got, err := h.store.Load(h.ctx, p.ID)
	h.ok(err)
	if d := cmp.Diff(p, got, sameProposal); d != "" {
		h.Errorf("loaded differs (-stored +loaded):\n%s", d)
	}
	h.refused(h.store.Create(h.ctx, draftPaper(h, h.city, "1"), "r2"), tasks.Exists)
	again := draftPaper(h, h.city, "1")
	h.ok(h.store.Create(h.ctx, again, "r1"))
	if again.Version != 1 {
		h.Errorf("a repeated request gives version %d, want 1", again.Version)
	}
	if trail, err := h.store.Trail(h.ctx, p.ID); err != nil || len(trail) != 1 {
		h.Errorf("Trail = %d events, %v, want 1", len(trail), err)
	}
}

func testUpdate(h *harness) {
	p := h.dispatched("1")
	got, err := h.store.Update(h.ctx, p.ID, "", submit(h.city, "justice", "我局已列入计划。"))
	h.ok(err)
	loaded, err := h.store.Load(h.ctx, p.ID)
	h.ok(err)
	if d := cmp.Diff(got, loaded, sameProposal); d != "" {
		h.Errorf("loaded differs (-returned +loaded):\n%s", d)
	}
	refusal := errors.New("no")
	_, err = h.store.Update(h.ctx, p.ID, "", func(*tasks.Proposal) error { return refusal })
	if !errors.Is(err, refusal) {
		h.Errorf("error = %v, want that of decide", err)
	}
	same, err := h.store.Update(h.ctx, p.ID, "q", func(*tasks.Proposal) error { return nil })
	h.ok(err)
	if same.Version != got.Version {
		h.Errorf("version %d after a decision without events, want %d", same.Version, got.Version)
	}
	e, err := h.store.Event(h.ctx, p.ID, got.Trail.Seq)
	h.ok(err)
	if e.Event != tasks.Submit || e.Hash != got.Trail.Hash {
		h.Errorf("last event = %s %s, want the submission", e.Event, e.Hash)
	}
}

func testReceipt(h *harness) {
	p := h.dispatched("1")
	calls := 0
	for i := range 3 {
		got, err := h.another().Update(h.ctx, p.ID, "click", func(p *tasks.Proposal) error {
			calls++
			return submit(h.city, "justice", fmt.Sprintf("第%d稿。", i))(p)
		})
		h.ok(err)
		if as, _ := got.Assignment(got.Sections[0].ID, "justice"); len(as.Versions) != 1 {
			h.Errorf("try %d: %d versions, want 1", i, len(as.Versions))
		}
	}
	if calls != 1 {
		h.Errorf("decide ran %d times, want once", calls)
	}
}

func testRace(h *harness) {
	p := h.dispatched("1")
	h.drain(h.now)
	const processes, each = 3, 4
	var wg sync.WaitGroup
	for i := range processes {
		store := h.another()
		for k := range each {
			wg.Go(func() {
				text := fmt.Sprintf("意见%d之%d。", i, k)
				for { // a refusal for conflict says: try again
					_, err := store.Update(h.ctx, p.ID, text, submit(h.city, "justice", text))
					if tasks.CodeOf(err) != tasks.Conflict {
						if err != nil {
							h.Error(err)
						}
						return
					}
				}
			})
		}
	}
	wg.Wait()
	got, err := h.store.Load(h.ctx, p.ID)
	h.ok(err)
	as, _ := got.Assignment(got.Sections[0].ID, "justice")
	texts := map[string]bool{}
	for _, v := range as.Versions {
		texts[v.Text] = true
	}
	if len(as.Versions) != processes*each || len(texts) != processes*each {
		h.Errorf("%d versions, %d different, want %d", len(as.Versions), len(texts), processes*each)
	}
	trail, err := h.store.Trail(h.ctx, p.ID)
	h.ok(err)
	if err := tasks.VerifyTrail(trail); err != nil {
		h.Error(err)
	}
	if head := trail[len(trail)-1]; head.Hash != got.Trail.Hash {
		h.Errorf("head of the chain = %s, state says %s", head.Hash, got.Trail.Hash)
	}
}

func testUnknown(h *harness) {
	_, err := h.store.Load(h.ctx, "none")
	h.refused(err, tasks.NotFound)
	_, err = h.store.Update(h.ctx, "none", "r", func(*tasks.Proposal) error { return nil })
	h.refused(err, tasks.NotFound)
	_, err = h.store.Trail(h.ctx, "none")
	h.refused(err, tasks.NotFound)
	_, err = h.store.Event(h.ctx, "none", 1)
	h.refused(err, tasks.NotFound)
	_, err = h.store.Event(h.ctx, "none", 0)
	h.refused(err, tasks.NotFound)
	_, err = h.store.Intake(h.ctx, "none")
	h.refused(err, tasks.NotFound)
	h.refused(h.store.CloseIntake(h.ctx, tasks.Intake{ID: "none"}), tasks.NotFound)
	h.refused(h.store.Replay(h.ctx, h.now, "none"), tasks.NotFound)
	h.refused(h.store.Replay(h.ctx, h.now, "03-0011223344556677"), tasks.NotFound)
}
