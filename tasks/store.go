package tasks

import (
	"context"
	"time"
)

// Store keeps proposals. Every method returns an *Error with code Unavailable when the store does not answer, and
// NotFound for an unknown id.
//
// Atomicity: Create and Update commit the state (compare-and-set on Version), the recorded audit events, the planned
// deliveries and timers and the index entry in one step, or nothing. A decision that records no event commits nothing
// and is no error. request is the platform's id of what a person did: a commit remembers it, and a second Update with
// the same request returns the present state without calling decide; "" switches that off.
type Store interface {
	Create(ctx context.Context, p *Proposal, request string) error // Exists when the id is taken
	Load(ctx context.Context, id string) (*Proposal, error)
	// Update loads, decides and commits, again from the start when somebody else was faster (a bounded number of
	// times, then Conflict). decide must be pure. It returns the state after the commit.
	Update(ctx context.Context, id, request string, decide func(*Proposal) error) (*Proposal, error)
	Trail(ctx context.Context, id string) ([]AuditEvent, error)
	Event(ctx context.Context, id string, seq int64) (AuditEvent, error)
}

// Index answers which proposals there are.
type Index interface {
	ByNumber(ctx context.Context, number string) ([]Summary, error)
	// Numbered reads the whole proposals with this number, newest first, a bounded number of them.
	Numbered(ctx context.Context, number string) ([]*Proposal, error)
	// Concerning lists the proposals that concern any of the departments, or all of them when departments is empty;
	// finished ones (issued, cancelled) only when asked for. Newest first, at most limit.
	Concerning(ctx context.Context, departments []string, finished bool, limit int) ([]Summary, error)
}

// Queue holds planned deliveries, timers and intakes. A job is given to one worker at a time; while that worker lives
// it extends the lease. A job that is planned again while it is being worked on runs once more afterwards.
type Queue interface {
	Claim(ctx context.Context, now time.Time, limit int) ([]Job, error)
	Extend(ctx context.Context, now time.Time, jobs []Job) error
	Done(ctx context.Context, job Job) error
	Retry(ctx context.Context, job Job, at time.Time) error
	Park(ctx context.Context, job Job, why string) error // set aside, visible, until replayed
	Parked(ctx context.Context) ([]ParkedJob, error)
	Replay(ctx context.Context, now time.Time, id string) error
	// Plan puts further deliveries into the queue, for instance when a card must be posted again.
	Plan(ctx context.Context, proposal string, at time.Time, deliveries []Delivery) error
	Wake() <-chan struct{} // signals that this process has planned something
}

// ParkedJob is a job that kept failing.
type ParkedJob struct {
	Job Job
	Why string
	At  time.Time
}

// Posted is where a card was posted and what it showed, as a digest.
type Posted struct {
	Channel string
	TS      string
	Digest  string
}

// Cards remembers posted cards, so that they are edited in place.
type Cards interface {
	Posted(ctx context.Context, proposal, card string) (Posted, bool, error)
	Remember(ctx context.Context, proposal, card string, at Posted) error
}

// Forms keeps what people typed into forms that they have not sent yet, for a bounded time.
type Forms interface {
	SaveForm(ctx context.Context, proposal, person, form string, values map[string]string, keep time.Duration) error
	SavedForm(ctx context.Context, proposal, person, form string) (map[string]string, error)
	DropForm(ctx context.Context, proposal, person, form string) error
}

// Intakes keeps papers on their way in.
type Intakes interface {
	SaveIntake(ctx context.Context, in Intake) error // plans its job; saving the same intake again changes nothing
	Intake(ctx context.Context, id string) (Intake, error)
	CloseIntake(ctx context.Context, in Intake) error // records Proposal or Failed
}
