package demo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/bot/catalog"
	"huiban/bot/wiring"
	"huiban/config"
	"huiban/integrations/redisstore"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// TestJoin plays against three programs, as they run in production: the workspace with Slack's own limits, the bot, and
// Redis.
func TestJoin(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("plays at the pace that Slack allows")
	}
	for _, transport := range transports {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			redisURL, program := startRedis(t), binary(t)
			wsAddr, serveAddr, out, dir := freeAddr(t), freeAddr(t), t.TempDir(), caseDir(t)
			wsArgs := []string{"workspace", "--listen", wsAddr}
			if transport != "socket mode" {
				wsArgs = append(wsArgs, "--request-url", "http://"+serveAddr)
			}
			ws := start(t, nil, program, wsArgs...)
			if err := waitFor(t.Context(), "http://"+wsAddr+"/healthz", ws); err != nil {
				t.Fatal(err)
			}
			env := serveEnv("http://"+wsAddr+"/api/", redisURL, transport)
			serve := newServer(t, serveAddr, env)
			serve.up(t)
			run(t, nil, "demo", "--join", "http://"+wsAddr, "--case", dir, "--out", out)
			checkLetter(t, dir, readFile(t, filepath.Join(out, "reply.txt")))

			exported := filepath.Join(out, "audit.jsonl")
			if err := os.WriteFile(exported, run(t, env, "audit", "export"), 0o600); err != nil {
				t.Fatal(err)
			}
			run(t, nil, "audit", "verify", exported)
			if len(trailOf(t, readFile(t, exported))) == 0 {
				t.Error("the audit trail is empty")
			}
			client := member.Dial("http://" + wsAddr)
			defer client.Close()
			settle(t, client, settings(t, redisURL, ""), undisturbed(t, dir), serve)
		})
	}
}

// TestDemo plays the built-in example in one process, on both kinds of embedded Redis.
func TestDemo(t *testing.T) {
	dir, err := filepath.Abs("example/124302")
	if err != nil {
		t.Fatal(err)
	}
	binary(t) // as long as go is on PATH
	for _, tc := range []struct {
		name string
		path bool // whether redis-server can be found
	}{{"redis-server", true}, {"miniredis", false}} {
		t.Run(tc.name, func(t *testing.T) {
			if tc.path {
				needRedis(t)
			} else {
				t.Setenv("PATH", t.TempDir())
			}
			out, said := t.TempDir(), ""
			err := Run(t.Context(), Options{Out: out, Headless: true, Print: func(line string) { said += line + "\n" }})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(said, tc.name) {
				t.Errorf("the play does not say that it stands on %s", tc.name)
			}
			checkLetter(t, dir, readFile(t, filepath.Join(out, "reply.txt")))
			run(t, nil, "audit", "verify", filepath.Join(out, "audit.jsonl"))
		})
	}
}

// TestReplicas plays with two bots on one Redis, both connected.
func TestReplicas(t *testing.T) {
	t.Parallel()
	redisURL, dir := startRedis(t), caseDir(t)
	ws := openWorkspace(t, "socket mode", "")
	var replicas []*server
	for range 2 {
		s := newServer(t, freeAddr(t), serveEnv(ws.APIURL(), redisURL, "socket mode"))
		s.up(t)
		replicas = append(replicas, s)
	}
	if n := ws.Connections(""); n < 2 {
		t.Fatalf("%d connections, want some of each replica", n)
	}
	client := member.Dial(ws.URL())
	defer client.Close()
	play(t, client, dir)
	settle(t, client, settings(t, redisURL, ""), undisturbed(t, dir), replicas...)
}

// patient is a case and a player of it whom a slow machine does not put off.
func patient(t *testing.T, client *member.Client, dir string) (*Case, *Player) {
	t.Helper()
	c, err := LoadCase(dir)
	if err != nil {
		t.Fatal(err)
	}
	text, err := catalog.New("zh-CN")
	if err != nil {
		t.Fatal(err)
	}
	return c, &Player{City: builtInCity(t).City, Workspace: client, Text: text, Patience: playWithin}
}

// checkPosted compares the letter in the lead's channel with the case's.
func checkPosted(t *testing.T, pl *Player, dir string) {
	t.Helper()
	l, err := pl.Letter(t.Context(), builtInCity(t).Slack.HeadlineChannel(pl.lead.ID))
	if err != nil {
		t.Fatal(err)
	}
	checkLetter(t, dir, l.Text)
}

// play plays the case and compares the letter.
func play(t *testing.T, client *member.Client, dir string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), playWithin)
	defer cancel()
	c, pl := patient(t, client, dir)
	if err := pl.Play(ctx, c); err != nil {
		t.Fatal(err)
	}
	checkPosted(t, pl, dir)
}

func settings(t *testing.T, redisURL, dataDir string) wiring.Settings {
	t.Helper()
	return wiring.Settings{Config: builtInCity(t), Secrets: config.Secrets{RedisURL: config.NewSecret(redisURL)}, DataDir: dataDir}
}

// undisturbed is the outline of the case when nothing goes wrong.
func undisturbed(t *testing.T, dir string) []string {
	t.Helper()
	s, err := Open(t.Context(), Options{CaseDir: dir, Headless: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	play(t, s.client, dir)
	for !isQuiet(t, s.Parts.Redis) {
		if err := sleep(t.Context(), 10*time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	tl, err := count(t.Context(), s.client)
	if err != nil {
		t.Fatal(err)
	}
	tl.once(t)
	return tl.outline(trails(t, s.Parts.Store))
}

// settle ends the bots when everything is delivered, and looks at what is left: everything once in the workspace, as in
// an undisturbed play, one proposal with a whole audit trail, an empty queue and nothing set aside.
func settle(t *testing.T, client *member.Client, s wiring.Settings, want []string, bots ...*server) {
	t.Helper()
	var trail []tasks.AuditEvent
	for quiet := false; !quiet; {
		for _, b := range bots {
			b.now.end()
		}
		store, redis, _, stop, err := wiring.OpenStore(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		if quiet = isQuiet(t, redis); quiet {
			trail = trails(t, store)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		if quiet {
			break
		}
		for _, b := range bots {
			b.up(t)
		}
		if err := sleep(t.Context(), time.Second); err != nil { // a lease may have to run out
			t.Fatal(err)
		}
	}
	tl, err := count(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	tl.once(t)
	sameOutline(t, tl.outline(trail), want)
}

// isQuiet reports whether nothing but timers is planned and nothing is being worked on. It fails the test for what was
// set aside.
func isQuiet(t *testing.T, client redis.UniversalClient) bool {
	t.Helper()
	quiet := true
	for shard := range 16 {
		key := func(kind string) string { return fmt.Sprintf("hb:{%02d}:%s", shard, kind) }
		jobs, err := client.ZRange(t.Context(), key("queue"), 0, -1).Result()
		if err != nil {
			t.Fatal(err)
		}
		for _, job := range jobs {
			quiet = quiet && strings.HasPrefix(job, `["timer"`)
		}
		parked, err := client.HVals(t.Context(), key("parked")).Result()
		if err != nil {
			t.Fatal(err)
		}
		for _, job := range parked {
			t.Errorf("set aside: %s", job)
		}
		quiet = quiet && client.ZCard(t.Context(), key("inflight")).Val() == 0
	}
	return quiet
}

// trails reads the audit trail of the only proposal and verifies it.
func trails(t *testing.T, store *redisstore.Store) []tasks.AuditEvent {
	t.Helper()
	var ids []string
	if err := store.AllIDs(t.Context(), func(id string) error { ids = append(ids, id); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(ids) != 1 {
		t.Fatalf("%d proposals, want one: %v", len(ids), ids)
	}
	trail, err := store.Trail(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := tasks.VerifyTrail(trail); err != nil {
		t.Error(err)
	}
	return trail
}
