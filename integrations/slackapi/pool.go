package slackapi

import (
	"context"
	"errors"
	"sync"
)

var (
	errFull   = errors.New("queue is full")
	errClosed = errors.New("shutting down")
)

// task is work under a deadline. What it returns is done later, by other
// workers, once the task is out of the way; nil for nothing.
type task func() (after func())

// pool runs tasks on a fixed number of workers, and what follows them on a
// fixed number of others, so that slow after-work never delays a task. A task
// is only taken when there is a place for its after-work too: none is dropped.
type pool struct {
	mu     sync.RWMutex // guards closed against sends on queue
	closed bool

	queue  chan task
	places chan struct{}
	after  chan func()

	workers sync.WaitGroup
	afters  sync.WaitGroup
	done    chan struct{} // closed when the last after-work has ended
}

func newPool(workers, queue, afterWorkers, afterQueue int) *pool {
	places := workers + queue + afterWorkers + afterQueue
	p := &pool{
		queue:  make(chan task, queue),
		places: make(chan struct{}, places),
		after:  make(chan func(), places),
		done:   make(chan struct{}),
	}
	for range workers {
		p.workers.Go(p.work)
	}
	for range afterWorkers {
		p.afters.Go(p.workAfter)
	}
	return p
}

// submit hands t to a worker, or returns errFull or errClosed at once.
func (p *pool) submit(t task) error {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.closed {
		return errClosed
	}
	select {
	case p.places <- struct{}{}:
	default:
		return errFull
	}
	select {
	case p.queue <- t:
		return nil
	default:
		<-p.places
		return errFull
	}
}

func (p *pool) work() {
	for t := range p.queue {
		if after := t(); after != nil {
			p.after <- after
		} else {
			<-p.places
		}
	}
}

func (p *pool) workAfter() {
	for after := range p.after {
		after()
		<-p.places
	}
}

// close takes no more tasks, and waits until all that were taken, and their
// after-work, are done or ctx ends.
func (p *pool) close(ctx context.Context) error {
	p.mu.Lock()
	first := !p.closed
	p.closed = true
	p.mu.Unlock()
	if first {
		close(p.queue)
		go func() {
			p.workers.Wait()
			close(p.after)
			p.afters.Wait()
			close(p.done)
		}()
	}
	select {
	case <-p.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
