package redisstore

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
)

func card(recipient string) tasks.Delivery {
	return tasks.Delivery{Kind: tasks.CardDelivery, Name: tasks.CardDesk, Recipient: recipient}
}

func (h *harness) plan(at time.Time, list ...tasks.Delivery) {
	h.Helper()
	h.ok(h.store.Plan(h.ctx, "p", at, list))
}

// one claims exactly one job.
func (h *harness) one(s *Store, at time.Time) tasks.Job {
	h.Helper()
	jobs, err := s.Claim(h.ctx, at, 10)
	h.ok(err)
	if len(jobs) != 1 {
		h.Fatalf("claimed %d jobs, want 1: %+v", len(jobs), jobs)
	}
	return jobs[0]
}

func (h *harness) none(s *Store, at time.Time) {
	h.Helper()
	jobs, err := s.Claim(h.ctx, at, 10)
	h.ok(err)
	if len(jobs) != 0 {
		h.Fatalf("claimed %+v, want nothing", jobs)
	}
}

func testDeliveries(h *harness) {
	p := h.created("1")
	select {
	case <-h.store.Wake():
	default:
		h.Error("a commit that planned something gave no signal")
	}
	h.drain(h.now)
	before, err := h.store.Load(h.ctx, p.ID)
	h.ok(err)
	var want []tasks.Delivery
	_, err = h.store.Update(h.ctx, p.ID, "", func(p *tasks.Proposal) error {
		defer func() { want = p.Plan(h.city).Deliveries }()
		return handOut(h.city)(p)
	})
	h.ok(err)
	var got []tasks.Delivery
	for _, j := range h.drain(h.now) {
		if j.Proposal != before.ID || j.Attempt != 1 || !j.At.Equal(h.now) {
			h.Errorf("job = %+v", j)
		}
		got = append(got, j.Delivery)
	}
	if d := cmp.Diff(want, got); d != "" {
		h.Errorf("deliveries, in the order of the plan (-want +got):\n%s", d)
	}
}

func testLease(h *harness) {
	h.plan(h.now, card("a"))
	slow, other := h.store, h.another()
	job := h.one(slow, h.now)
	h.none(other, h.now.Add(2*time.Second))
	h.ok(slow.Extend(h.ctx, h.now.Add(2*time.Second), []tasks.Job{job}))
	h.none(other, h.now.Add(4*time.Second))

	again := h.one(other, h.now.Add(6*time.Second))
	if again.Attempt != 2 || !again.At.Equal(h.now) || again.Delivery != job.Delivery {
		h.Errorf("second claim = %+v", again)
	}
	h.refused(slow.Done(h.ctx, job), tasks.Conflict)
	h.refused(slow.Retry(h.ctx, job, h.now), tasks.Conflict)
	h.refused(slow.Park(h.ctx, job, "late"), tasks.Conflict)
	h.ok(slow.Extend(h.ctx, h.now.Add(time.Hour), []tasks.Job{job}))
	third := h.one(slow, h.now.Add(10*time.Second)) // the stale Extend did not prolong the other's lease
	h.ok(slow.Done(h.ctx, third))
	h.ok(slow.Done(h.ctx, third))
	h.none(other, h.now.Add(time.Hour))
}

func testReplan(h *harness) {
	h.plan(h.now, card("a"))
	job := h.one(h.store, h.now)
	h.plan(h.now.Add(time.Second), card("a"))
	h.none(h.store, h.now.Add(2*time.Second))
	h.ok(h.store.Done(h.ctx, job))
	again := h.one(h.store, h.now.Add(2*time.Second))
	if again.Attempt != 1 {
		h.Errorf("attempt = %d, want 1: the first run had succeeded", again.Attempt)
	}
	h.ok(h.store.Done(h.ctx, again))

	h.plan(h.now.Add(time.Hour), card("b"))
	h.plan(h.now, card("b"))
	h.plan(h.now.Add(2*time.Hour), card("b"))
	h.ok(h.store.Done(h.ctx, h.one(h.store, h.now)))
	h.none(h.store, h.now.Add(3*time.Hour))
}

func testRetry(h *harness) {
	h.plan(h.now, card("a"))
	h.ok(h.store.Retry(h.ctx, h.one(h.store, h.now), h.now.Add(time.Minute)))
	h.plan(h.now, card("a")) // must not cut the pause short
	h.none(h.store, h.now.Add(59*time.Second))
	job := h.one(h.store, h.now.Add(time.Minute))
	if job.Attempt != 2 {
		h.Errorf("attempt = %d, want 2", job.Attempt)
	}
	h.plan(h.now, card("a"))
	h.ok(h.store.Retry(h.ctx, job, h.now.Add(time.Hour)))
	h.none(h.store, h.now.Add(59*time.Minute))
	h.ok(h.store.Done(h.ctx, h.one(h.store, h.now.Add(time.Hour))))
	h.plan(h.now, card("a"))
	if job := h.one(h.store, h.now); job.Attempt != 1 {
		h.Errorf("attempt = %d, want 1 after success", job.Attempt)
	}
}

func testPark(h *harness) {
	h.plan(h.now, card("a"))
	job := h.one(h.store, h.now)
	h.ok(h.store.Park(h.ctx, job, strings.Repeat("长", 1000)))
	h.none(h.store, h.now.Add(time.Hour))
	list, err := h.store.Parked(h.ctx)
	h.ok(err)
	if len(list) != 1 || list[0].Job.Delivery != job.Delivery || len([]rune(list[0].Why)) != maxWhy || !list[0].At.Equal(h.now) {
		h.Fatalf("Parked = %+v", list)
	}
	h.ok(h.store.Replay(h.ctx, h.now, list[0].Job.ID))
	h.refused(h.store.Replay(h.ctx, h.now, list[0].Job.ID), tasks.NotFound)
	again := h.one(h.store, h.now)
	if again.Attempt != 2 {
		h.Errorf("attempt = %d, want 2: the message may be there already", again.Attempt)
	}
	h.ok(h.store.Park(h.ctx, again, "still dead"))
	h.plan(h.now, card("a"))
	h.ok(h.store.Done(h.ctx, h.one(h.store, h.now)))
	if list, err = h.store.Parked(h.ctx); err != nil || len(list) != 0 {
		h.Errorf("Parked = %+v, %v: what succeeded after all must not stay", list, err)
	}
}

func testTimers(h *harness) {
	p := h.dispatched("1")
	h.drain(h.now)
	timersAt := func(at time.Time) map[string]bool {
		keys := map[string]bool{}
		for _, j := range h.drain(at) {
			if j.Timer != "" {
				keys[j.Timer] = true
			}
		}
		return keys
	}
	planned := p.Plan(h.city).Timers
	if len(planned) != 4 {
		h.Fatalf("%d timers planned, want 4", len(planned))
	}
	if got := timersAt(planned[0].At.Add(-time.Second)); len(got) != 0 {
		h.Errorf("timers before their time: %v", got)
	}
	_, err := h.store.Update(h.ctx, p.ID, "", submit(h.city, "justice", "已办。"))
	h.ok(err)
	got := timersAt(start.AddDate(1, 0, 0))
	for key := range got {
		if !strings.HasPrefix(key, "remind/labour/") {
			h.Errorf("timer %s stayed after the answer", key)
		}
	}
	if len(got) != 2 {
		h.Errorf("timers = %v, want the two of labour", got)
	}
}

func testShare(h *harness) {
	var all []tasks.Delivery
	for i := range 30 {
		all = append(all, card(fmt.Sprint(i)))
	}
	for i := range 20 {
		h.ok(h.store.Plan(h.ctx, fmt.Sprint("p", i), h.now, all))
	}
	found := map[string]bool{}
	for {
		jobs := h.claim(h.now, 70)
		if len(jobs) > 70 {
			h.Fatalf("claimed %d, limit 70", len(jobs))
		}
		if len(jobs) == 0 {
			break
		}
		for _, j := range jobs {
			key := j.Proposal + "/" + j.Delivery.Recipient
			if found[key] {
				h.Errorf("%s was handed out twice", key)
			}
			found[key] = true
		}
	}
	if len(found) != 600 {
		h.Errorf("%d jobs, want 600", len(found))
	}
}

func TestShareIsFair(t *testing.T) {
	t.Parallel()
	due := [shards]int{0: 1000, 3: 2, 9: 5}
	got := share(due, 12, 3)
	if want := ([shards]int{0: 5, 3: 2, 9: 5}); got != want {
		t.Errorf("share = %v, want %v", got, want)
	}
	if got := share([shards]int{}, 12, 3); got != [shards]int{} {
		t.Errorf("share of nothing = %v", got)
	}
}

func TestMemberRoundTrip(t *testing.T) {
	t.Parallel()
	for name, j := range map[string]tasks.Job{
		"delivery": {Proposal: "p", Delivery: tasks.Delivery{Kind: tasks.NoticeDelivery, Name: "direct", Unit: `a"b`, Recipient: "x|y,z", Seq: 7}},
		"timer":    {Proposal: "p", Timer: "remind/civil/2025-03-03/0"},
		"intake":   {Intake: "i"},
	} {
		got, err := parseMember(member(j))
		if err != nil || got != j {
			t.Errorf("%s: %+v, %v, want %+v", name, got, err, j)
		}
	}
	for _, bad := range []string{"", "x", "[]", `["a","b","c","d","e","f"]`, `["timer"]`} {
		if _, err := parseMember(bad); err == nil {
			t.Errorf("parseMember(%q) gave no error", bad)
		}
	}
}
