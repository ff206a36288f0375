package demo

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
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
