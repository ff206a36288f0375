package workspace

import (
	"fmt"
	"maps"
	"time"
)

// trigger lets an app open one modal for a member within a short time.
type trigger struct {
	app     *app
	user    string
	view    string
	expires time.Time
	used    bool
}

// An old trigger is remembered for a while, so that an app learns that it came too
// late; the sweep runs now and then because each costs a look at all.
const (
	triggerMemory = time.Minute
	sweepEvery    = 1024
)

// newTrigger makes a trigger for an interaction of user's; view is the modal it happened in, if any.
func (s *Server) newTrigger(a *app, user, view string) string {
	now := s.now()
	if len(s.triggers)%sweepEvery == sweepEvery-1 {
		maps.DeleteFunc(s.triggers, func(_ string, t *trigger) bool { return now.Sub(t.expires) > triggerMemory })
	}
	id := fmt.Sprintf("%d.%d.%s", now.UnixMilli(), len(s.triggers)+1, randomHex(16))
	s.triggers[id] = &trigger{app: a, user: user, view: view, expires: now.Add(s.opts.TriggerLifetime)}
	return id
}

// exchange uses the call's trigger_id up.
func (r *request) exchange() (*trigger, *apiError) {
	id := r.str("trigger_id")
	if id == "" {
		return nil, missingArgument("trigger_id")
	}
	t := r.triggers[id]
	switch {
	case t == nil || t.app != r.app:
		return nil, fail("invalid_trigger_id")
	case t.used:
		return nil, fail("exchanged_trigger_id")
	case r.now.After(t.expires):
		return nil, fail("expired_trigger_id")
	}
	t.used = true
	return t, nil
}
