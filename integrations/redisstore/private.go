package redisstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	maxSocketPath  = 100              // bytes; the system's bound is 104 or 108
	startTimeout   = 30 * time.Second // a long append-only file takes its time
	stopTimeout    = 5 * time.Second
	restartPause   = time.Second
	privateLogFile = "redis.log"
)

// private is a redis-server of this process alone: reached by a socket, never by network.
type private struct {
	client  *redis.Client
	program string
	dir     string
	socket  string
	log     *slog.Logger

	mu       sync.Mutex // guards process, and that none is started after stopping
	process  *os.Process
	ready    atomic.Bool
	stopping chan struct{}
	done     chan struct{}
}

func startPrivate(ctx context.Context, program, dir string, log *slog.Logger) (*private, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	socket, err := socketPath(dir)
	if err != nil {
		return nil, err
	}
	s := &private{program: program, dir: dir, socket: socket, log: log, stopping: make(chan struct{}), done: make(chan struct{}),
		client: redis.NewClient(&redis.Options{Network: "unix", Addr: socket, DialTimeout: dialTimeout, ReadTimeout: ioTimeout,
			WriteTimeout: ioTimeout, PoolTimeout: ioTimeout, PoolSize: poolSize, MaxRetries: retries, ContextTimeoutEnabled: true})}
	if err := s.endStale(ctx); err != nil {
		return nil, errors.Join(err, s.client.Close())
	}
	started := make(chan error, 1)
	go s.supervise(started)
	if err := <-started; err != nil {
		return nil, errors.Join(fmt.Errorf("redisstore: redis-server: %w", err), s.client.Close())
	}
	if err := s.answers(ctx); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

// socketPath is in dir, or under the temporary directory where dir's name is too long for a socket.
func socketPath(dir string) (string, error) {
	if path := filepath.Join(dir, "redis.sock"); len(path) <= maxSocketPath {
		return path, nil
	}
	short := filepath.Join(os.TempDir(), "huiban-"+strconv.Itoa(os.Getuid())+"-"+digest(dir))
	if err := os.Mkdir(short, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return "", fmt.Errorf("redisstore: socket: %w", err)
	}
	st, err := os.Lstat(short)
	if err != nil {
		return "", fmt.Errorf("redisstore: socket: %w", err)
	}
	// Somebody else may have made it first, to listen in.
	if !st.IsDir() || os.Chmod(short, 0o700) != nil {
		return "", fmt.Errorf("redisstore: socket: %s belongs to somebody else", short)
	}
	return filepath.Join(short, "redis.sock"), nil
}

// supervise runs the server, and again when it ends by itself after it was ready. It keeps its thread, because on Linux
// the server ends with the thread that started it.
func (s *private) supervise(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(s.done)
	cmd, err := s.spawn()
	started <- err
	for err == nil || s.ready.Load() {
		if err == nil {
			err = cmd.Wait()
		}
		if s.ended() || !s.ready.Load() {
			return
		}
		s.log.Error("the private redis-server ended and is started again", "error", err)
		select {
		case <-s.stopping:
			return
		case <-time.After(restartPause):
		}
		cmd, err = s.spawn()
	}
}

func (s *private) ended() bool {
	select {
	case <-s.stopping:
		return true
	default:
		return false
	}
}

var errNotListening = errors.New("its socket is not there yet")

var errStopping = errors.New("redisstore: the private redis-server is being stopped")

func (s *private) spawn() (*exec.Cmd, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended() {
		return nil, errStopping
	}
	cmd := exec.Command(s.program, "--port", "0", "--unixsocket", s.socket, "--unixsocketperm", "700", "--dir", s.dir,
		"--appendonly", "yes", "--appendfsync", "always", "--save", "", "--maxmemory-policy", "noeviction", "--daemonize", "no",
		"--pidfile", filepath.Join(s.dir, "redis.pid"), "--logfile", filepath.Join(s.dir, privateLogFile), "--loglevel", "warning")
	childOf(cmd)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s.process = cmd.Process
	return cmd, nil
}

// answers waits until the server has read its file.
func (s *private) answers(ctx context.Context) error {
	for {
		err := errNotListening
		if s.listens() {
			err = s.client.Ping(ctx).Err()
		}
		if err == nil {
			s.ready.Store(true)
			return nil
		}
		select {
		case <-s.done:
			return fmt.Errorf("redisstore: redis-server ended, see %s: %w", filepath.Join(s.dir, privateLogFile), err)
		case <-ctx.Done():
			return fmt.Errorf("redisstore: redis-server does not answer, see %s: %w", filepath.Join(s.dir, privateLogFile), err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// endStale ends the server of a process that was killed. Nobody else can be using it: the directory is locked.
func (s *private) endStale(ctx context.Context) error {
	deadline := time.Now().Add(stopTimeout)
	for tries := 0; s.listens(); tries++ {
		if tries == 0 {
			c := redis.NewClient(&redis.Options{Network: "unix", Addr: s.socket, MaxRetries: -1, ReadTimeout: ioTimeout})
			_ = c.ShutdownNoSave(ctx).Err() // the append-only file is written out all the same
			_ = c.Close()
		}
		if time.Now().After(deadline) {
			return s.killStale()
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("redisstore: an old redis-server: %w", ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
	return removeSocket(s.socket)
}

// listens reports whether somebody is at the other end of the socket.
func (s *private) listens() bool {
	c, err := net.DialTimeout("unix", s.socket, dialTimeout)
	if err != nil {
		return false
	}
	_ = c.Close()
	return true
}

func removeSocket(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("redisstore: socket: %w", err)
	}
	return nil
}

// killStale kills the process of the pid file, if that is a redis-server still.
func (s *private) killStale() error {
	stays := fmt.Errorf("redisstore: an old redis-server in %s does not end", s.dir)
	b, err := os.ReadFile(filepath.Join(s.dir, "redis.pid"))
	if err != nil {
		return errors.Join(stays, err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		return errors.Join(stays, err)
	}
	line, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
	if err != nil || !strings.Contains(string(line), "redis-server") {
		return stays
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return errors.Join(stays, err)
	}
	return errors.Join(p.Kill(), removeSocket(s.socket))
}

func (s *private) stop() error {
	err := s.client.Close()
	s.mu.Lock()
	close(s.stopping)
	process := s.process
	s.mu.Unlock()
	_ = process.Signal(os.Interrupt)
	select {
	case <-s.done:
	case <-time.After(stopTimeout):
		_ = process.Kill()
		<-s.done
	}
	return err
}
