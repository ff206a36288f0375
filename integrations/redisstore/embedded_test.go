package redisstore

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

// What a re-executed test binary is to do: keep committing to a directory until it is killed.
const (
	envCrashDir     = "REDISSTORE_CRASH_DIR"
	envCrashProgram = "REDISSTORE_CRASH_PROGRAM"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(envCrashDir); dir != "" {
		fmt.Println("stopped:", commitUntilKilled(dir, os.Getenv(envCrashProgram)))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// fakeT lets the helpers of tests be used by the re-executed binary.
type fakeT struct{ testing.TB }

func (fakeT) Helper()           {}
func (fakeT) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

// commitUntilKilled works on two proposals at once and prints each commit after it was acknowledged.
func commitUntilKilled(dir, program string) error {
	ctx := context.Background()
	client, _, _, err := embedded(ctx, dir, program, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	city := testCity(fakeT{})
	s := New(client, Options{City: city})
	failed := make(chan error, 2)
	for _, number := range []string{"1", "2"} {
		p := draftPaper(fakeT{}, city, number)
		if err := s.Create(ctx, p, ""); err != nil && tasks.CodeOf(err) != tasks.Exists {
			return err
		}
		if _, err := s.Update(ctx, p.ID, "", handOut(city)); err != nil {
			return err
		}
		go func() {
			for i := 0; ; i++ {
				got, err := s.Update(ctx, p.ID, "", submit(city, "justice", fmt.Sprintf("意见之%d，%d。", os.Getpid(), i)))
				if err != nil {
					failed <- err
					return
				}
				fmt.Printf("%s %d\n", p.ID, got.Version)
			}
		}()
	}
	return <-failed
}

func kinds(t *testing.T, test func(t *testing.T, program string)) {
	t.Run("journal", func(t *testing.T) {
		t.Parallel()
		test(t, "")
	})
	t.Run("server", func(t *testing.T) {
		t.Parallel()
		needServer(t)
		program, err := exec.LookPath("redis-server")
		if err != nil {
			t.Fatal(err)
		}
		test(t, program)
	})
}

func open(t *testing.T, dir, program string) (*Store, redis.UniversalClient, func()) {
	t.Helper()
	client, describe, stop, err := embedded(t.Context(), dir, program, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(describe, dir) {
		t.Errorf("describe = %q, want the directory", describe)
	}
	end := func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(end)
	return New(client, Options{City: testCity(t)}), client, end
}

func TestEmbeddedSurvivesKill(t *testing.T) {
	t.Parallel()
	kinds(t, func(t *testing.T, program string) {
		dir := t.TempDir()
		told := map[string]int64{}
		for round := range 3 {
			killAfter(t, dir, program, 15+round*10, told)
			s, _, stop := open(t, dir, program)
			for id, version := range told {
				p, err := s.Load(t.Context(), id)
				if err != nil {
					t.Fatal(err)
				}
				trail, err := s.Trail(t.Context(), id)
				if err != nil {
					t.Fatal(err)
				}
				if p.Version < version {
					t.Errorf("round %d: version %d is stored, %d was acknowledged", round, p.Version, version)
				}
				if err := tasks.VerifyTrail(trail); err != nil || trail[len(trail)-1].Hash != p.Trail.Hash {
					t.Errorf("round %d: the chain is broken: %v", round, err)
				}
			}
			jobs, err := s.Claim(t.Context(), time.Now(), 10)
			if err != nil || len(jobs) == 0 {
				t.Errorf("round %d: claimed %d jobs, %v", round, len(jobs), err)
			}
			stop()
		}
	})
}

// killAfter lets another process commit and kills it after so many acknowledged commits.
func killAfter(t *testing.T, dir, program string, commits int, told map[string]int64) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), envCrashDir+"="+dir, envCrashProgram+"="+program)
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		var id string
		var version int64
		if _, err := fmt.Sscan(lines.Text(), &id, &version); err != nil {
			t.Errorf("the other process says %q %s", lines.Text(), problems.String())
			break
		}
		told[id] = max(told[id], version)
		if n == commits {
			_ = cmd.Process.Kill()
		}
	}
	_ = cmd.Wait()
	if len(told) == 0 {
		t.Fatalf("no commit: %s", problems.String())
	}
}

func TestEmbeddedRefusesTwo(t *testing.T) {
	t.Parallel()
	kinds(t, func(t *testing.T, program string) {
		dir := t.TempDir()
		open(t, dir, program)
		if _, _, _, err := embedded(t.Context(), dir, program, slog.New(slog.DiscardHandler)); err == nil {
			t.Error("a second one opened the same directory")
		}
	})
}

// TestEmbeddedStaysWithItsKind: data must not seem to vanish when redis-server comes or goes.
func TestEmbeddedStaysWithItsKind(t *testing.T) {
	t.Parallel()
	needServer(t)
	program, _ := exec.LookPath("redis-server")
	dir := t.TempDir()
	_, client, stop := open(t, dir, "")
	client.Set(t.Context(), "a", "b", 0)
	stop()
	_, client, _ = open(t, dir, program)
	if v := client.Get(t.Context(), "a").Val(); v != "b" {
		t.Errorf("a = %q, want what the journal holds", v)
	}
	served := t.TempDir()
	_, _, stop = open(t, served, program)
	stop()
	if _, _, _, err := embedded(t.Context(), served, "", slog.New(slog.DiscardHandler)); err == nil {
		t.Error("data of a missing redis-server were passed over")
	}
}

func TestPrivateTakesOverStaleServer(t *testing.T) {
	t.Parallel()
	needServer(t)
	program, _ := exec.LookPath("redis-server")
	dir := filepath.Join(t.TempDir(), strings.Repeat("long", 30))
	_, client, stop := open(t, dir, program)
	client.Set(t.Context(), "a", "b", 0)
	stop()
	socket, err := socketPath(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(socket) > maxSocketPath {
		t.Errorf("socket path has %d bytes", len(socket))
	}
	old := exec.Command(program, "--port", "0", "--unixsocket", socket, "--dir", dir, "--appendonly", "yes", "--save", "")
	childOf(old)
	if err := old.Start(); err != nil {
		t.Fatal(err)
	}
	c := redis.NewClient(&redis.Options{Network: "unix", Addr: socket})
	waitFor(t, func() error { return c.Set(t.Context(), "c", "d", 0).Err() })
	_ = c.Close()
	gone := make(chan error, 1)
	go func() { gone <- old.Wait() }()
	_, client, _ = open(t, dir, program)
	if got := client.MGet(t.Context(), "a", "c").Val(); got[0] != "b" || got[1] != "d" {
		t.Errorf("values = %v, want those of both servers before", got)
	}
	select {
	case <-gone:
	case <-time.After(10 * time.Second):
		t.Error("the old server still runs")
	}
}

// TestPrivateRestarts: a server that ends by itself comes back with its data.
func TestPrivateRestarts(t *testing.T) {
	t.Parallel()
	needServer(t)
	program, _ := exec.LookPath("redis-server")
	s, client, _ := open(t, t.TempDir(), program)
	client.Set(t.Context(), "a", "b", 0)
	_ = client.ShutdownNoSave(t.Context())
	waitFor(t, func() error { return s.Ready(t.Context()) })
	if v := client.Get(t.Context(), "a").Val(); v != "b" {
		t.Errorf("a = %q after the restart", v)
	}
}

func TestPrivateSaysWhyItCannotStart(t *testing.T) {
	t.Parallel()
	if _, _, _, err := embedded(t.Context(), t.TempDir(), "/nowhere/redis-server", slog.New(slog.DiscardHandler)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error = %v, want that the program does not exist", err)
	}
}
