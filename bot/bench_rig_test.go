package bot_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"
	"testing"
	"time"

	"huiban/bot"
	"huiban/bot/demo"
	"huiban/bot/wiring"
	"huiban/config"
	"huiban/integrations/slackapi"
	"huiban/integrations/workspace"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// clients is how many people act at once for each processor.
const clients = 4

// asked are the units that each of the benchmarks' proposals waits for, one a section.
var asked = []string{"市委组织部", "市工信局", "市司法局", "市人社局"}

// rig is a whole bot: a workspace, a redis-server with append-only file, and the bot between them, reached by signed HTTP.
type rig struct {
	cfg   *config.Config
	app   workspace.App
	redis string
	ws    *workspace.Server
	front *httptest.Server // before ws; takes answers to commands, which ws would want to have asked for
	http  *http.Client
	lead  tasks.Department
	paper string
	seq   atomic.Int64
	users map[string]string // person → account
}

func newRig(b *testing.B) *rig {
	b.Helper()
	debug.SetGCPercent(wiring.GCPercent) // as serve has it
	cfg, err := config.Default()
	if err != nil {
		b.Fatal(err)
	}
	r := &rig{cfg: cfg, redis: startRedis(b), users: map[string]string{}, http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}}
	seed := demo.LocalSeed(cfg)
	seed.Apps[0].SocketMode, seed.Apps[0].RequestURL = false, "http://127.0.0.1:9"
	r.app = seed.Apps[0]
	if r.ws, err = workspace.New(workspace.Options{Seed: seed, NoRateLimits: true}); err != nil {
		b.Fatal(err)
	}
	r.front = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.URL.Path == "/answer" {
			_, _ = io.Copy(io.Discard, req.Body)
			_, _ = io.WriteString(w, "ok")
			return
		}
		r.ws.ServeHTTP(w, req)
	}))
	b.Cleanup(func() {
		_ = r.ws.Close()
		r.front.Close()
	})
	if r.lead, err = cfg.City.Directory.Resolve("市民政局"); err != nil {
		b.Fatal(err)
	}
	paper, err := os.ReadFile("demo/example/124302/proposal.txt")
	if err != nil {
		b.Fatal(err)
	}
	r.paper = string(paper)
	r.meet(b)
	return r
}

// meet learns everybody's account.
func (r *rig) meet(b *testing.B) {
	b.Helper()
	client := member.Dial(r.front.URL)
	defer client.Close()
	boot, err := client.Boot(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for _, p := range boot.Members {
		r.users[p.Email] = p.ID
	}
}

func startRedis(b *testing.B) string {
	b.Helper()
	program, err := exec.LookPath("redis-server")
	if err != nil {
		b.Skip("redis-server is not on PATH")
	}
	dir, err := os.MkdirTemp("", "hb")
	if err != nil {
		b.Fatal(err)
	}
	socket := filepath.Join(dir, "s")
	cmd := exec.Command(program, "--port", "0", "--unixsocket", socket, "--dir", dir, "--appendonly", "yes", "--save", "")
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = os.RemoveAll(dir)
	})
	for range 500 {
		if c, err := net.Dial("unix", socket); err == nil {
			_ = c.Close()
			return "unix://" + socket
		}
		time.Sleep(10 * time.Millisecond)
	}
	b.Fatal("redis-server does not start")
	return ""
}

func (r *rig) settings() wiring.Settings {
	return wiring.Settings{Config: r.cfg, Secrets: config.Secrets{BotToken: config.NewSecret(r.app.BotToken), SigningSecret: config.NewSecret(r.app.SigningSecret),
		APIURL: config.NewSecret(r.front.URL + "/api/"), RedisURL: config.NewSecret(r.redis)}}
}

// serve starts the bot and returns its address.
func (r *rig) serve(b *testing.B) string {
	b.Helper()
	parts, err := wiring.Start(b.Context(), r.settings())
	if err != nil {
		b.Fatal(err)
	}
	front := httptest.NewServer(parts.Server)
	b.Cleanup(func() {
		front.Close()
		if err := parts.Close(context.WithoutCancel(b.Context())); err != nil {
			b.Error(err)
		}
	})
	if err := parts.Client.Warm(b.Context()); err != nil {
		b.Fatal(err)
	}
	return front.URL
}

// answer starts a bot that answers and commits but leaves deliveries to other replicas, and returns its address.
func (r *rig) answer(b *testing.B) string {
	b.Helper()
	s := r.settings()
	s.Secrets.RedisURL = config.NewSecret(r.redis + "?db=1") // nothing is ever due there
	parts, err := wiring.Start(b.Context(), s)
	if err != nil {
		b.Fatal(err)
	}
	store, _, _, stop, err := wiring.OpenStore(b.Context(), r.settings())
	if err != nil {
		b.Fatal(err)
	}
	if err := errors.Join(store.Warm(b.Context()), parts.Client.Warm(b.Context())); err != nil {
		b.Fatal(err)
	}
	o := parts.Bot.Options
	o.Store = store
	server, err := slackapi.NewServer(bot.New(o).Handle, slackapi.Options{SigningSecrets: []slackapi.Secret{slackapi.Secret(r.app.SigningSecret)}})
	if err != nil {
		b.Fatal(err)
	}
	front := httptest.NewServer(server)
	b.Cleanup(func() {
		front.Close()
		ctx := context.WithoutCancel(b.Context())
		if err := errors.Join(server.Shutdown(ctx), parts.Close(ctx), stop()); err != nil {
			b.Error(err)
		}
	})
	return front.URL
}
