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
	"sync"
	"syscall"
	"testing"
	"time"

	"huiban/integrations/workspace"
)

// Slow machines are waited for; only a play that stands still fails.
const (
	readyWithin = 30 * time.Second
	playWithin  = 8 * time.Minute
)

// buildDir holds the binary that all tests of this package share.
var buildDir string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "huiban-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	buildDir = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

var build = sync.OnceValues(func() (string, error) {
	name := filepath.Join(buildDir, "huiban")
	if out, err := exec.Command("go", "build", "-o", name, "huiban").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return name, nil
})

// binary builds the program once.
func binary(t *testing.T) string {
	t.Helper()
	name, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// needRedis skips the test where there is no redis-server, but not in CI.
func needRedis(t *testing.T) string {
	t.Helper()
	program, err := exec.LookPath("redis-server")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("redis-server is not on PATH")
		}
		t.Skip("redis-server is not on PATH")
	}
	return program
}

// caseDir is the real case, or the built-in one of the same facts.
func caseDir(t *testing.T) string {
	t.Helper()
	if dir, err := filepath.Abs("../../../shared/cases/124302"); err == nil {
		if _, err := os.Stat(filepath.Join(dir, "case.yaml")); err == nil {
			return dir
		}
	}
	dir, err := filepath.Abs("example/124302")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// checkLetter compares a letter with the case's.
func checkLetter(t *testing.T, dir string, got []byte) {
	t.Helper()
	c, err := LoadCase(dir)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(dir, "reply.txt"))
	if err != nil {
		t.Fatal(err)
	}
	at, err := c.Reply.Date.in(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	if err := SameLetter(got, want, c.Reply.Signature, at.Format("2006年1月2日")); err != nil {
		t.Error(err)
	}
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

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

// startRedis starts a Redis that keeps every write, and returns its URL.
func startRedis(t *testing.T) string {
	t.Helper()
	program := needRedis(t)
	dir, err := os.MkdirTemp("", "hb") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	socket := filepath.Join(dir, "s")
	p := start(t, nil, program, "--port", "0", "--unixsocket", socket, "--dir", dir, "--appendonly", "yes", "--save", "")
	for {
		c, err := net.Dial("unix", socket)
		if err == nil {
			_ = c.Close()
			return "unix://" + socket
		}
		select {
		case <-p.done:
			t.Fatal("redis-server has ended")
		case <-t.Context().Done():
			t.Fatal(t.Context().Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// transports are the two ways in which requests reach the bot.
var transports = []string{"socket mode", "signed http"}

// serveEnv is the environment of serve for a workspace and a transport.
func serveEnv(apiURL, redisURL, transport string) []string {
	env := []string{"SLACK_BOT_TOKEN=" + localBotToken, "SLACK_API_URL=" + apiURL, "REDIS_URL=" + redisURL, "SLACK_APP_TOKEN=", "SLACK_SIGNING_SECRET="}
	if transport == "socket mode" {
		return append(env, "SLACK_APP_TOKEN="+localAppToken)
	}
	return append(env, "SLACK_SIGNING_SECRET="+localSigningSecret)
}

// openWorkspace opens a workspace in this process that is not as slow as Slack's limits.
func openWorkspace(t *testing.T, transport, serveAddr string) *workspace.Server {
	t.Helper()
	seed := LocalSeed(builtInCity(t))
	if transport != "socket mode" {
		seed.Apps[0].SocketMode, seed.Apps[0].RequestURL = false, "http://"+serveAddr
	}
	ws, err := workspace.New(workspace.Options{Seed: seed, RateScale: 20, PostBurst: 50})
	if err != nil {
		t.Fatal(err)
	}
	if err := ws.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.Close() })
	return ws
}
