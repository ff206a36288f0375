package redisstore

import (
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

// passing lists the server's answers that mean "not now" or "not set up", as opposed to a fault in a command.
var passing = []string{"LOADING", "READONLY", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN", "OOM", "MISCONF", "BUSY",
	"NOREPLICAS", "NOAUTH", "WRONGPASS", "NOPERM", "MOVED", "ASK", "UNKILLABLE", "ERR max number of clients"}

// fault turns an error of the client into what the ports promise.
func fault(op string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*tasks.Error](err); ok {
		return err
	}
	if _, ok := errors.AsType[redis.Error](err); ok && !waits(err) {
		return fmt.Errorf("redisstore: %s: %w", op, err)
	}
	return &tasks.Error{Code: tasks.Unavailable, Message: "error.store_unavailable", Err: fmt.Errorf("redisstore: %s: %w", op, err)}
}

func waits(err error) bool {
	for _, p := range passing {
		if redis.HasErrorPrefix(err, p) {
			return true
		}
	}
	return false
}

func unknown() error { return tasks.Refuse(tasks.NotFound, "error.proposal_unknown") }
