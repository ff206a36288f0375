package demo

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"huiban/integrations/workspace/member"
)

const (
	kills     = 8 // HUIBAN_KILLS sets another number
	longestUp = 600 * time.Millisecond
	starting  = 0.2 // share of the kills that may come before the bot is ready again
	inCall    = 0.4 // share of the kills that come when Slack has done what it was asked to, but has not said so
)

// trap stands before a workspace and kills the bot in the middle of a call that leaves something behind.
type trap struct {
	next http.Handler
	set  chan func() // what to do in the next such call
}

func (tr *trap) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/api/chat.postMessage", "/api/chat.update", "/api/files.completeUploadExternal":
	default:
		tr.next.ServeHTTP(w, r)
		return
	}
	answer := httptest.NewRecorder()
	tr.next.ServeHTTP(answer, r)
	select {
	case kill := <-tr.set:
		kill()
	default:
	}
	maps.Copy(w.Header(), answer.Header())
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

// TestKilled plays the case while the bot is killed again and again, and started again at once: nothing is lost, and
// nothing is there twice. HUIBAN_SEED repeats a run's moments.
func TestKilled(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name      string
		transport string
		url       bool // whether Redis is a server of its own, which is not killed
		path      bool // whether the bot finds redis-server
	}{
		{"redis", "socket mode", true, true},
		{"redis, signed http", "signed http", true, true},
		{"embedded redis-server", "socket mode", false, true},
		{"embedded miniredis", "socket mode", false, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if tc.path {
				needRedis(t)
			}
			addr, dir, data, redisURL := freeAddr(t), caseDir(t), shortDir(t), ""
			if tc.url {
				redisURL = startRedis(t)
			}
			tr := &trap{next: openWorkspace(t, tc.transport, addr), set: make(chan func())}
			front := httptest.NewServer(tr)
			t.Cleanup(front.Close)
			env := serveEnv(front.URL+"/api/", redisURL, tc.transport)
			if !tc.path {
				env = append(env, "PATH="+t.TempDir())
			}
			s := newServer(t, addr, env, "--data", data)
			s.up(t)
			client := member.Dial(front.URL)
			defer client.Close()
			playKilled(t, client, dir, s, tr, number(t, "HUIBAN_KILLS", kills))
			settle(t, client, settings(t, redisURL, data), undisturbed(t, dir), s)
		})
	}
}

// shortDir is a temporary folder whose name is short enough for a socket in it.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "hb")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func number(t *testing.T, name string, otherwise int) int {
	t.Helper()
	raw := os.Getenv(name)
	if raw == "" {
		return otherwise
	}
	n, err := strconv.Atoi(raw)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// playKilled plays the case and kills the bot n times meanwhile. People pause between steps as long as it takes for all
// the kills to fall into the play.
func playKilled(t *testing.T, client *member.Client, dir string, s *server, tr *trap, n int) {
	t.Helper()
	seed := uint64(number(t, "HUIBAN_SEED", int(time.Now().UnixNano()&0xffffffff)))
	t.Logf("HUIBAN_SEED=%d HUIBAN_KILLS=%d", seed, n)
	ctx, cancel := context.WithTimeout(t.Context(), playWithin)
	defer cancel()
	c, pl := patient(t, client, dir)
	var steps []string
	pl.Pause, pl.Narrate = time.Duration(n)*longestUp/40, func(line string) { steps = append(steps, line) }
	played, killing := make(chan struct{}), sync.WaitGroup{}
	killed := 0
	killing.Go(func() {
		random := rand.New(rand.NewPCG(seed, 1))
		for killed < n {
			if err := killOnce(ctx, s, tr, random, played); err != nil {
				t.Errorf("kill %d: %v", killed+1, err)
				return
			}
			select {
			case <-played:
				return
			default:
				killed++
			}
		}
	})
	err := pl.Play(ctx, c)
	close(played)
	killing.Wait()
	if err != nil {
		t.Fatalf("after %d steps and %d kills: %v", len(steps), killed, err)
	}
	if killed < n {
		t.Errorf("only %d of %d kills fell into the play", killed, n)
	}
	if err := s.ready(ctx); err != nil {
		t.Fatal(err)
	}
	checkPosted(t, pl, dir)
}

// killOnce lets the bot live for a random while, kills it and starts it again, unless the play ends before.
func killOnce(ctx context.Context, s *server, tr *trap, random *rand.Rand, played <-chan struct{}) error {
	impatient, trapped := random.Float64() < starting, random.Float64() < inCall
	up := time.Duration(random.Int64N(int64(longestUp)))
	if !impatient {
		if err := s.ready(ctx); err != nil {
			return err
		}
	}
	var set chan func()
	killed := make(chan struct{})
	if trapped {
		set = tr.set
	}
	timer := time.NewTimer(up)
	defer timer.Stop()
	select {
	case set <- func() { s.now.kill(); close(killed) }:
		<-killed
	case <-timer.C:
		s.now.kill()
	case <-played:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("the play stands still: %w", ctx.Err())
	}
	return s.start()
}
