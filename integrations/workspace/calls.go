package workspace

import (
	"slices"
	"time"
)

// Call is one request to the Web API, for tests that count what an app did.
type Call struct {
	Time   time.Time
	App    string
	Method string
	// Args holds the request's short arguments (channel, ts, thread_ts, user, view_id,
	// callback_id, metadata_type …), of text its length in characters and of blocks theirs in bytes.
	Args map[string]string
	// Error is Slack's error string, empty when the call succeeded.
	Error string
	// Faults are the details that went with the error.
	Faults []string
	// TS is the timestamp of the message that the call made.
	TS string
}

// Delivery is one payload sent to an app.
type Delivery struct {
	Time time.Time
	App  string
	// Kind is slash_commands, interactive or events_api; Type is the command, the
	// interaction's type or the event's.
	Kind string
	Type string
	// Took is the time until the acknowledgement; Error says why there was none.
	Took    time.Duration
	Error   string
	Attempt int
}

// Calls returns the Web API calls so far, oldest first.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// CountCalls returns how many calls of method succeeded.
func (s *Server) CountCalls(method string) int {
	n := 0
	for _, c := range s.Calls() {
		if c.Method == method && c.Error == "" {
			n++
		}
	}
	return n
}

// Deliveries returns the payloads sent to apps so far, oldest first.
func (s *Server) Deliveries() []Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

// bounded appends e to log and drops the older half when it is full.
func bounded[T any](log []T, e T) []T {
	if len(log) >= maxLogged {
		log = slices.Clone(log[maxLogged/2:])
	}
	return append(log, e)
}

// Fault is a failure that the next call of a method meets.
type Fault struct {
	// Status is the HTTP status, such as 429 or 500; 0 means 200 with Error.
	Status int
	// RetryAfter goes with a 429.
	RetryAfter time.Duration
	// Error is Slack's error string; for a 429 it is ratelimited.
	Error string
	// Delay is waited before the answer.
	Delay time.Duration
	// AfterEffect lets the call do its work and only loses the answer.
	AfterEffect bool
	// Drop closes the connection without an answer.
	Drop bool
}

// Fail makes the next n calls of method meet f. The method * stands for any.
func (s *Server) Fail(method string, n int, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.faults[method] = append(s.faults[method], f)
	}
}

// LoseAcks makes the next n acknowledgements of payloads of a kind (slash_commands,
// interactive, events_api) get lost on their way: the app has done its work, but the
// member sees a failure, and an event is sent again.
func (s *Server) LoseAcks(kind string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loseAcks[kind] += n
}

func (s *Server) takeFault(method string) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range []string{method, "*"} {
		if fs := s.faults[key]; len(fs) > 0 {
			f := fs[0]
			s.faults[key] = fs[1:]
			return &f
		}
	}
	return nil
}
