package redisstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"

	"github.com/redis/go-redis/v9"
)

// Embedded brings its own Redis, whose data lie in dir: a private redis-server when that program is on PATH, else one
// inside this process. Both have every acknowledged write on the disk and survive kill -9. A directory stays with the
// kind that it was begun with. One process at a time may use it. describe says in a word what is running.
func Embedded(ctx context.Context, dir string, log *slog.Logger) (client redis.UniversalClient, describe string, stop func() error, err error) {
	program, err := exec.LookPath("redis-server")
	if err != nil {
		program = ""
	}
	return embedded(ctx, dir, program, log)
}

func embedded(ctx context.Context, dir, program string, log *slog.Logger) (redis.UniversalClient, string, func() error, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, "", nil, fmt.Errorf("redisstore: embedded: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, "", nil, fmt.Errorf("redisstore: embedded: %w", err)
	}
	unlock, err := lockDir(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, "", nil, err
	}
	served, journaled := exists(filepath.Join(dir, "appendonlydir")), exists(filepath.Join(dir, "journal"))
	if served && program == "" {
		return nil, "", nil, errors.Join(fmt.Errorf("redisstore: %s was written by redis-server, which is not on PATH", dir), unlock())
	}
	if program == "" || journaled && !served {
		m, err := openMemory(dir, log)
		if err != nil {
			return nil, "", nil, errors.Join(err, unlock())
		}
		return m.client, "miniredis with a journal in " + dir, sync.OnceValue(func() error { return errors.Join(m.stop(), unlock()) }), nil
	}
	s, err := startPrivate(ctx, program, dir, log)
	if err != nil {
		return nil, "", nil, errors.Join(err, unlock())
	}
	return s.client, "private redis-server in " + dir, sync.OnceValue(func() error { return errors.Join(s.stop(), unlock()) }), nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
