package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"huiban/bot/catalog"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// Player plays a case through the chat, as each person would: it sees cards and forms, clicks and fills in, and nothing
// else. A click that the service does not answer is repeated, as people do; a refusal ends the play.
type Player struct {
	City      *tasks.City
	Workspace *member.Client
	Clock     *Clock // nil: time is the service's own
	Text      *catalog.Text
	Narrate   func(line string) // nil: silent
	Pause     time.Duration     // between steps, for people who watch
	Patience  time.Duration     // for one step; default 60 s

	// Settled reports whether what the clock has set off has happened; nil: nobody can tell.
	Settled func(ctx context.Context, proposal string) (bool, error)

	c        *Case
	lead     tasks.Department
	unit     string // id of the unit that acts: one person may answer for several
	proposal string // id, seen on the card
	sections []string
}

// Refused is the end of a play: the chat would not do what the case says.
type Refused struct {
	Step string
	Why  string
}

func (r *Refused) Error() string { return r.Step + ": " + r.Why }

// refuse ends the play in words of the catalog.
func (pl *Player) refuse(step, id string, kv ...any) *Refused {
	return &Refused{Step: step, Why: pl.Text.Say(id, kv...)}
}

// notOffered is an act for which the chat shows nothing to click. What stays so for a while is refused.
type notOffered struct{ why string }

func (e *notOffered) Error() string { return e.why }

func (pl *Player) say(id string, kv ...any) {
	if pl.Narrate != nil {
		pl.Narrate(pl.Text.Say(id, kv...))
	}
}

// person is somebody with a post, as a member of the workspace.
func (pl *Player) person(department string, role tasks.Role, nth int) (*member.Member, tasks.Post, error) {
	holders := pl.City.Directory.Holders(department, role)
	if nth >= len(holders) {
		return nil, tasks.Post{}, pl.refuse("person", "cli.demo.refusal.nobody", "Unit", pl.City.Directory.Short(department), "Role", role)
	}
	return pl.Workspace.As(holders[nth].Person.Key), holders[nth], nil
}

func (pl *Player) coordinator() (*member.Member, tasks.Post, error) {
	return pl.person(pl.lead.ID, tasks.RoleCoordinator, 0)
}

// step acts until it is seen to be done. Before every try it looks whether the step is done already, so that a click
// whose answer was lost is not taken for a failure.
func (pl *Player) step(ctx context.Context, name string, act func(context.Context) error, done func(context.Context) (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, pl.patience())
	defer cancel()
	var lastErr error
	var missed time.Time
	for {
		ok, err := done(ctx)
		switch {
		case ctx.Err() != nil:
			return fmt.Errorf("%s: %w", name, errors.Join(ctx.Err(), lastErr))
		case err == nil && ok:
			return pl.rest(ctx)
		case err != nil:
			lastErr = err
		default:
			try, stop := context.WithTimeout(ctx, 10*time.Second)
			lastErr = act(try)
			stop()
			if refused := refusal(name, lastErr); refused != nil {
				return refused
			}
			if refused := pl.missing(name, lastErr, &missed); refused != nil {
				return refused
			}
			if lastErr == nil {
				if ok, refused := pl.seen(ctx, name, done); ok || refused != nil {
					return refused
				}
				continue
			}
		}
		if err := sleep(ctx, 200*time.Millisecond); err != nil {
			return fmt.Errorf("%s: %w", name, errors.Join(err, lastErr))
		}
	}
}

func (pl *Player) patience() time.Duration {
	if pl.Patience > 0 {
		return pl.Patience
	}
	return time.Minute
}

// missing refuses a step that the chat has not offered for a tenth of the patience.
func (pl *Player) missing(name string, err error, since *time.Time) error {
	absent, ok := errors.AsType[*notOffered](err)
	switch {
	case !ok:
		*since = time.Time{}
	case since.IsZero():
		*since = time.Now()
	case time.Since(*since) > pl.patience()/10:
		return &Refused{Step: name, Why: absent.why}
	}
	return nil
}

// seen waits a while for the effect of an act to show.
func (pl *Player) seen(ctx context.Context, name string, done func(context.Context) (bool, error)) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, 8*time.Second)
	defer cancel()
	for ctx.Err() == nil {
		ok, err := done(ctx)
		if ok && err == nil {
			return true, pl.rest(ctx)
		}
		if refused := refusal(name, err); refused != nil {
			return false, refused
		}
		_ = sleep(ctx, 15*time.Millisecond)
	}
	return false, nil
}

func (pl *Player) rest(ctx context.Context) error {
	if pl.Pause <= 0 {
		return nil
	}
	return sleep(ctx, pl.Pause)
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// refusal tells a refusal, which ends the play, from a service that is away, which is waited for.
func refusal(step string, err error) error {
	if refused, ok := errors.AsType[*Refused](err); ok {
		return refused
	}
	if e, ok := errors.AsType[*member.Error](err); ok && len(e.Fields) > 0 {
		var why []string
		for _, text := range e.Fields {
			why = append(why, text)
		}
		slices.Sort(why)
		return &Refused{Step: step, Why: strings.Join(why, "；")}
	}
	return nil
}

// once is a step that is done when its act has succeeded.
func once(act func(context.Context) error) (func(context.Context) error, func(context.Context) (bool, error)) {
	ok := false
	return func(ctx context.Context) error {
			err := act(ctx)
			ok = err == nil
			return err
		}, func(context.Context) (bool, error) {
			return ok, nil
		}
}
