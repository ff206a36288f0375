package demo

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// process is a program under test. What it printed is shown when the test fails.
type process struct {
	cmd  *exec.Cmd
	done chan struct{}
}

func start(t *testing.T, env []string, program string, args ...string) *process {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := spawn(out, env, program, args...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.end()
		showLog(t, filepath.Base(program)+" "+args[0], out)
	})
	return p
}

func spawn(out *os.File, env []string, program string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command(program, args...), done: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = out, out
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = p.cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// showLog closes a process' output and shows its end when the test has failed.
func showLog(t *testing.T, of string, out *os.File) {
	_ = out.Close()
	if !t.Failed() {
		return
	}
	const most = 6000
	b, err := os.ReadFile(out.Name())
	if err != nil {
		t.Error(err)
	}
	t.Logf("%s:\n%s", of, b[max(0, len(b)-most):])
}

// end asks the process to end, and kills it when it does not.
func (p *process) end() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(30 * time.Second):
		p.kill()
	}
}

// kill is SIGKILL.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}

// server is a bot in its own process, which can be killed and started again.
type server struct {
	addr string

	program string
	env     []string
	args    []string
	out     *os.File
	now     *process
}

func newServer(t *testing.T, addr string, env []string, args ...string) *server {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "serve"))
	if err != nil {
		t.Fatal(err)
	}
	s := &server{addr: addr, program: binary(t), env: env, args: append([]string{"serve", "--listen", addr}, args...), out: out}
	t.Cleanup(func() {
		if s.now != nil {
			s.now.end()
		}
		showLog(t, "serve", out)
	})
	return s
}

func (s *server) start() (err error) {
	s.now, err = spawn(s.out, s.env, s.program, s.args...)
	return err
}

// ready waits until the bot is connected.
func (s *server) ready(ctx context.Context) error {
	return waitFor(ctx, "http://"+s.addr+"/readyz", s.now)
}

// up starts the bot and waits until it is ready.
func (s *server) up(t *testing.T) {
	t.Helper()
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	if err := s.ready(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// run runs a command of the program to its end and returns what it printed.
func run(t *testing.T, env []string, args ...string) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), playWithin)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary(t), args...)
	cmd.Env = append(os.Environ(), env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s\n%s", strings.Join(args, " "), err, out.String(), errs.String())
	}
	return out.Bytes()
}

// freeAddr is an address that nobody listens on at the moment.
func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// waitFor asks an address until it answers 200. It gives up when the process has ended.
func waitFor(ctx context.Context, url string, p *process) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(req)
		if err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-p.done:
			return fmt.Errorf("%s: the process has ended", url)
		case <-ctx.Done():
			return fmt.Errorf("%s: %w", url, ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}
