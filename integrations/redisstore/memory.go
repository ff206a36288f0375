package redisstore

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

const (
	compactAbove      = 64 << 20         // bytes of the journal while it runs
	memoryTimeout     = 30 * time.Second // never reached, unless the process as a whole stands still
	compactAboveStart = 4 << 20          // bytes at start, where a long journal costs time
)

// memory is a Redis in this process whose writes go to a journal. All writes must come through its client: the hook
// runs them one after the other and writes each down before its answer is given.
type memory struct {
	server  *miniredis.Miniredis
	client  *redis.Client
	journal *journal
	log     *slog.Logger
	ticks   chan struct{}
	ticking sync.WaitGroup

	mu      sync.Mutex // one write at a time, so that the journal's order is the order of events
	scripts map[string]string
	written map[string]bool // scripts that the present file holds
	limit   int64
}

func openMemory(dir string, log *slog.Logger) (*memory, error) {
	m := &memory{server: miniredis.NewMiniRedis(), log: log, scripts: map[string]string{}, written: map[string]bool{}, limit: compactAbove, ticks: make(chan struct{})}
	plain := m.connect()
	if err := plain.Ping(context.Background()).Err(); err != nil { // the first connection starts the server
		return nil, fmt.Errorf("redisstore: miniredis: %w", err)
	}
	var last time.Time
	j, err := openJournal(filepath.Join(dir, "journal"), func(e entry) error {
		if !last.IsZero() && e.at.After(last) {
			m.server.FastForward(e.at.Sub(last))
		}
		last = e.at
		return m.replay(plain, e.args)
	})
	_ = plain.Close()
	if err != nil {
		m.server.Close()
		return nil, err
	}
	if now := time.Now(); !last.IsZero() && now.After(last) {
		m.server.FastForward(now.Sub(last))
	}
	m.journal = j
	if j.torn > 0 {
		log.Warn("the end of the journal was torn and cut off", "bytes", j.torn)
	}
	if j.size > compactAboveStart {
		if err := m.compact(); err != nil {
			return nil, errors.Join(err, j.close())
		}
	}
	m.client = m.connect()
	m.client.AddHook(m)
	m.ticking.Go(m.tick)
	return m, nil
}

func (m *memory) connect() *redis.Client {
	return redis.NewClient(&redis.Options{
		Addr: "memory", DisableIdentity: true, ContextTimeoutEnabled: true, PoolSize: poolSize, MaxRetries: -1, ReadTimeout: memoryTimeout,
		Dialer: func(context.Context, string, string) (net.Conn, error) {
			c, err := m.server.Dial()
			if err != nil {
				return nil, err
			}
			return newBufferedConn(c), nil
		},
	})
}

// replay does one command again. Its outcome was seen by whoever sent it, an error as well; only a script that is not
// there means that the journal does not fit together.
func (m *memory) replay(c *redis.Client, args []string) error {
	if strings.EqualFold(args[0], "script") && len(args) == 3 {
		m.learn(args[2])
		m.written[scriptSum(args[2])] = true
	}
	list := make([]any, len(args))
	for i, a := range args {
		list[i] = a
	}
	err := c.Do(context.Background(), list...).Err()
	if redis.HasErrorPrefix(err, "NOSCRIPT") {
		return fmt.Errorf("a command uses a script that is not in the journal: %w", err)
	}
	if _, answered := errors.AsType[redis.Error](err); err != nil && !answered && !errors.Is(err, redis.Nil) {
		return err
	}
	return nil
}

// tick lets the server's clock run: without it nothing would ever expire.
func (m *memory) tick() {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for last := time.Now(); ; {
		select {
		case now := <-t.C:
			m.server.FastForward(now.Sub(last))
			last = now
		case <-m.ticks:
			return
		}
	}
}

func (m *memory) stop() error {
	close(m.ticks)
	m.ticking.Wait()
	err := m.client.Close()
	m.server.Close()
	return errors.Join(err, m.journal.close())
}

// DialHook implements redis.Hook.
func (m *memory) DialHook(next redis.DialHook) redis.DialHook { return next }

// ProcessHook implements redis.Hook.
func (m *memory) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if !m.writes(cmd) {
			return next(ctx, cmd)
		}
		return m.run(func() error {
			err := next(context.WithoutCancel(ctx), cmd)
			cmd.SetErr(err) // the client itself does so only after the hooks
			return err
		}, cmd)
	}
}

// ProcessPipelineHook implements redis.Hook.
func (m *memory) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		for _, cmd := range cmds {
			if m.writes(cmd) {
				return m.run(func() error { return next(context.WithoutCancel(ctx), cmds) }, cmds...)
			}
		}
		return next(ctx, cmds)
	}
}

// run does a write and keeps it. The caller's deadline does not reach into it: a command that was done but not written
// down would be forgotten by the next start.
func (m *memory) run(do func() error, cmds ...redis.Cmder) error {
	m.mu.Lock()
	err := do()
	seq, kept := m.keep(cmds)
	if kept == nil && m.journal.size > m.limit {
		if e := m.compact(); e != nil {
			m.log.Error("journal was not compacted", "error", e)
		}
		m.limit = max(compactAbove, 2*m.journal.size)
	}
	m.mu.Unlock()
	if kept == nil && seq > 0 {
		kept = m.journal.sync(seq)
	}
	if kept != nil {
		for _, cmd := range cmds {
			cmd.SetErr(kept)
		}
		return kept
	}
	return err
}

// writes reports whether a command may change something. SCRIPT LOAD counts, because the journal must know the text.
func (m *memory) writes(cmd redis.Cmder) bool {
	switch name := strings.ToUpper(cmd.Name()); name {
	case "PING", "HELLO", "AUTH", "SELECT", "CLIENT", "INFO", "COMMAND", "CONFIG", "TIME", "CLUSTER", "ECHO", "QUIT", "MEMORY":
		return false
	default:
		return !m.server.IsReadOnlyCommand(name)
	}
}

// keep writes commands to the journal, scripts as EVALSHA after their text has been written once.
func (m *memory) keep(cmds []redis.Cmder) (seq uint64, err error) {
	for _, cmd := range cmds {
		if !m.writes(cmd) || notDone(cmd.Err()) {
			continue
		}
		if err := unsure(cmd.Err()); err != nil {
			return 0, m.journal.fail(err)
		}
		args := texts(cmd.Args())
		switch strings.ToUpper(args[0]) {
		case "SCRIPT":
			if len(args) == 3 && strings.EqualFold(args[1], "load") {
				m.learn(args[2])
			}
			continue
		case "EVAL":
			args[0], args[1] = "evalsha", m.learn(args[1])
		}
		now := time.Now()
		if strings.EqualFold(args[0], "evalsha") && !m.written[args[1]] {
			if m.scripts[args[1]] == "" {
				return 0, errors.New("redisstore: journal: a script whose text never came by")
			}
			if _, err := m.journal.append(entry{now, []string{"script", "load", m.scripts[args[1]]}}); err != nil {
				return 0, err
			}
			m.written[args[1]] = true
		}
		if seq, err = m.journal.append(entry{now, args}); err != nil {
			return 0, err
		}
	}
	return seq, nil
}

// notDone lists errors after which a command certainly changed nothing.
func notDone(err error) bool {
	return redis.HasErrorPrefix(err, "NOSCRIPT") || errors.Is(err, redis.ErrClosed) || errors.Is(err, redis.ErrPoolTimeout)
}

// unsure returns an error that leaves open whether the command was done. The journal can then no longer say what this
// server holds, so nothing more is acknowledged; the next start reads what was.
func unsure(err error) error {
	if _, answered := errors.AsType[redis.Error](err); err == nil || answered || errors.Is(err, redis.Nil) {
		return nil
	}
	return fmt.Errorf("redisstore: journal: the server in this process did not answer: %w", err)
}

func (m *memory) learn(script string) string {
	sum := scriptSum(script)
	m.scripts[sum] = script
	return sum
}

func scriptSum(script string) string {
	sum := sha1.Sum([]byte(script))
	return hex.EncodeToString(sum[:])
}

// texts writes arguments as the client sends them.
func texts(args []any) []string {
	out := make([]string, len(args))
	for i, a := range args {
		switch v := a.(type) {
		case string:
			out[i] = v
		case []byte:
			out[i] = string(v)
		case bool:
			out[i] = "0"
			if v {
				out[i] = "1"
			}
		case float64:
			out[i] = strconv.FormatFloat(v, 'f', -1, 64)
		default:
			out[i] = fmt.Sprint(v)
		}
	}
	return out
}
