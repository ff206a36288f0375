package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"huiban/integrations/slackapi"
	"huiban/tasks"
)

const (
	claimAtOnce     = 64
	extendEvery     = time.Second
	deliveryTimeout = 60 * time.Second
)

// Run delivers until ctx ends and then waits for what is under way.
func (b *Bot) Run(ctx context.Context) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	slots := make(chan struct{}, b.Deliveries)
	tick := time.NewTicker(b.Poll)
	defer tick.Stop()
	for {
		b.giveWay(ctx)
		free := b.Deliveries - len(slots)
		claimed := 0
		if free > 0 {
			jobs, err := b.Store.Claim(ctx, b.Now(), min(claimAtOnce, 4*free))
			if err != nil && ctx.Err() == nil {
				b.Log.Error("queue unavailable", "err", err)
			}
			claimed = len(jobs)
			b.start(ctx, jobs, slots, &wg)
		}
		if claimed > 0 {
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-b.Store.Wake():
		case <-tick.C:
		}
	}
}

// start works on claimed jobs, recipient by recipient. Their leases are kept from now on, also while they wait for a
// free worker: a job whose lease ran out would be done twice.
func (b *Bot) start(ctx context.Context, jobs []tasks.Job, slots chan struct{}, wg *sync.WaitGroup) {
	jobs = b.takeInHand(ctx, jobs)
	if len(jobs) == 0 {
		return
	}
	var lanesDone sync.WaitGroup
	stop := b.keepLease(ctx, jobs)
	for _, lane := range lanes(jobs) {
		slots <- struct{}{}
		lanesDone.Add(1)
		wg.Go(func() {
			defer func() { <-slots; lanesDone.Done() }()
			b.work(ctx, lane)
		})
	}
	wg.Go(func() { lanesDone.Wait(); stop() })
}

// takeInHand drops the jobs that this process is at work on. It gets them a second time when it stood still for longer
// than a lease, or when its clock was moved; they are looked at again later.
func (b *Bot) takeInHand(ctx context.Context, jobs []tasks.Job) []tasks.Job {
	var mine []tasks.Job
	for _, j := range jobs {
		if _, busy := b.inHand.LoadOrStore(whatOf(j), true); !busy {
			mine = append(mine, j)
			continue
		}
		if err := b.Store.Retry(context.WithoutCancel(ctx), j, b.Now().Add(extendEvery)); err != nil {
			b.Log.Error("delivery not settled", "job", j.ID, "err", err)
		}
	}
	return mine
}

// whatOf is a job without what changes from one claim to the next.
func whatOf(j tasks.Job) tasks.Job {
	return tasks.Job{Proposal: j.Proposal, Delivery: j.Delivery, Timer: j.Timer, Intake: j.Intake}
}

// lanes groups jobs by recipient: each recipient's are done in turn, so that a card stands before the notice that
// speaks of it, and nobody waits for anybody else.
func lanes(jobs []tasks.Job) [][]tasks.Job {
	at := map[string]int{}
	var groups [][]tasks.Job
	for _, j := range jobs {
		key := j.Delivery.Recipient
		if key == "" {
			key = j.ID
		}
		i, ok := at[key]
		if !ok {
			i = len(groups)
			at[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], j)
	}
	return groups
}

func (b *Bot) work(ctx context.Context, jobs []tasks.Job) {
	for _, j := range jobs {
		b.giveWay(ctx)
		jobCtx, cancel := context.WithTimeout(ctx, deliveryTimeout)
		err := b.do(jobCtx, j)
		cancel()
		b.settle(context.WithoutCancel(ctx), j, err)
		b.inHand.Delete(whatOf(j))
	}
}

// A delivery waits so long, in such steps, while people wait for acknowledgements: those have three seconds, a card has
// time. The bound keeps deliveries going however many requests come in.
const (
	giveWayStep  = 10 * time.Millisecond
	giveWaySteps = 5
)

// giveWay waits until no request is being answered, for a bounded time.
func (b *Bot) giveWay(ctx context.Context) {
	if b.acting.Load() == 0 {
		return
	}
	tick := time.NewTicker(giveWayStep)
	defer tick.Stop()
	for range giveWaySteps {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if b.acting.Load() == 0 {
			return
		}
	}
}

// keepLease extends the jobs' leases until stopped. An extension of a job that is done by then changes nothing.
func (b *Bot) keepLease(ctx context.Context, jobs []tasks.Job) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		tick := time.NewTicker(extendEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if err := b.Store.Extend(ctx, b.Now(), jobs); err != nil && ctx.Err() == nil {
					b.Log.Warn("lease not extended", "err", err)
				}
			}
		}
	}()
	return cancel
}

func (b *Bot) do(ctx context.Context, j tasks.Job) error {
	switch {
	case j.Timer != "":
		if at := b.afterQuiet(b.Now()); at.After(b.Now()) {
			return &notBefore{at}
		}
		_, err := b.Store.Update(ctx, j.Proposal, "", func(p *tasks.Proposal) error { return p.Fire(b.City, b.Now(), j.Timer) })
		return err
	case j.Intake != "":
		return b.takeIn(ctx, j.Intake)
	}
	switch j.Delivery.Kind {
	case tasks.CardDelivery:
		return b.bringCard(ctx, j)
	case tasks.NoticeDelivery:
		return b.bringNotice(ctx, j)
	case tasks.FileDelivery:
		return b.bringFile(ctx, j)
	case tasks.ReadDelivery:
		return b.readAttachment(ctx, j)
	}
	return tasks.Refuse(tasks.Invalid, "error.delivery_unknown", "Kind", string(j.Delivery.Kind))
}

// afterQuiet is the next instant, now included, that lies outside the quiet hours.
func (b *Bot) afterQuiet(now time.Time) time.Time {
	at := now.In(b.City.Zone)
	for range 24 {
		if !b.Quiet(at.Hour()) {
			return at
		}
		at = time.Date(at.Year(), at.Month(), at.Day(), at.Hour()+1, 0, 0, 0, b.City.Zone)
	}
	return now
}

// notBefore puts a job off; it is no failure.
type notBefore struct{ at time.Time }

func (e *notBefore) Error() string { return "not before " + e.at.Format(time.RFC3339) }

// errLater says that something else must be delivered first; it is no failure.
var errLater = errors.New("not yet")

// settle ends a job: done, tried again later with growing pauses, or parked.
func (b *Bot) settle(ctx context.Context, j tasks.Job, err error) {
	var end error
	limited, isLimited := errors.AsType[*slackapi.RateLimited](err)
	postponed, isPostponed := errors.AsType[*notBefore](err)
	switch {
	case isPostponed:
		end = b.Store.Retry(ctx, j, postponed.at)
	case err == nil:
		end = b.Store.Done(ctx, j)
	case errors.Is(err, errLater):
		end = b.Store.Retry(ctx, j, b.Now().Add(300*time.Millisecond))
	case isLimited:
		end = b.Store.Retry(ctx, j, b.Now().Add(limited.RetryAfter))
	case errors.Is(err, context.Canceled):
		end = b.Store.Retry(ctx, j, b.Now())
	case slackapi.Permanent(err) || j.Attempt >= b.Attempts && !passing(err):
		b.Log.Error("delivery parked", "job", j.ID, "attempt", j.Attempt, "err", err)
		end = b.Store.Park(ctx, j, whyParked(err))
	default:
		b.Log.Warn("delivery failed", "job", j.ID, "attempt", j.Attempt, "err", err)
		end = b.Store.Retry(ctx, j, b.Now().Add(backoff(j.Attempt)))
	}
	if tasks.CodeOf(end) == tasks.Conflict { // the lease ran out and another worker has the job: it looks before it posts
		b.Log.Info("delivery taken over", "job", j.ID)
		return
	}
	if end != nil {
		b.Log.Error("delivery not settled", "job", j.ID, "err", end)
	}
}

// whyParked is the reason that is shown with a parked job: Slack's code where there is one.
func whyParked(err error) string {
	if code := slackapi.Code(err); code != "" {
		return code
	}
	return err.Error()
}

// passing reports whether the fault lies with the platform, the network or the store: such a delivery waits for better
// days however long they take, for parking it would leave people without their cards after every outage.
func passing(err error) bool {
	_, platform := errors.AsType[*slackapi.CallError](err)
	return platform || tasks.CodeOf(err) == tasks.Unavailable
}

// backoff is 1 s, 2 s, 4 s … up to 5 minutes.
func backoff(attempt int) time.Duration {
	return min(time.Second<<min(max(attempt-1, 0), 16), 5*time.Minute)
}
