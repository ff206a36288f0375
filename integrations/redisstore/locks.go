package redisstore

import "context"

// locks lets this process' own updates of a proposal wait for each other instead of colliding in Redis: a click and the
// delivery workers often meet on the same proposal. Between processes the version decides.
type locks struct{ stripes [256]chan struct{} }

func newLocks() *locks {
	var l locks
	for i := range l.stripes {
		l.stripes[i] = make(chan struct{}, 1)
	}
	return &l
}

func (l *locks) acquire(ctx context.Context, id string) (release func(), err error) {
	h := uint(0)
	for _, b := range []byte(id) {
		h = h*31 + uint(b)
	}
	stripe := l.stripes[h%uint(len(l.stripes))]
	select {
	case stripe <- struct{}{}:
		return func() { <-stripe }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
