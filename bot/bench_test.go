package bot_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

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

// proposals puts n dispatched proposals into Redis, each accepted by all of its units, with nothing left to deliver.
func (r *rig) proposals(b *testing.B, n int) []*tasks.Proposal {
	b.Helper()
	store, client, _, stop, err := wiring.OpenStore(b.Context(), r.settings())
	if err != nil {
		b.Fatal(err)
	}
	list := make([]*tasks.Proposal, n)
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := worker; i < n; i += 8 {
				if list[i], err = r.dispatched(b.Context(), store); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	for shard := range 16 {
		client.Del(b.Context(), fmt.Sprintf("hb:{%02d}:queue", shard))
	}
	if err := stop(); err != nil || b.Failed() {
		b.Fatal("proposals were not made:", err)
	}
	return list
}

func (r *rig) actor(department string, role tasks.Role) tasks.Actor {
	person := r.cfg.City.Directory.Holders(department, role)[0].Person.Key
	return tasks.Actor{Person: person, Posts: r.cfg.City.Directory.PostsOf(person)}
}

func (r *rig) dispatched(ctx context.Context, store tasks.Store) (*tasks.Proposal, error) {
	city, now, coordinator := r.cfg.City, time.Now(), r.actor(r.lead.ID, tasks.RoleCoordinator)
	text := strings.ReplaceAll(r.paper, "124302", strconv.FormatInt(200000+r.seq.Add(1), 10))
	p, err := tasks.NewProposal(city, now, coordinator, r.lead.ID, tasks.Head{}, tasks.Source{Text: text, File: "proposal.txt"})
	if err != nil {
		return nil, err
	}
	if err := store.Create(ctx, p, p.ID); err != nil {
		return nil, err
	}
	return store.Update(ctx, p.ID, "", func(p *tasks.Proposal) error {
		for i, s := range p.Sections {
			units := []string{}
			if i < len(asked) {
				units = []string{asked[i]}
			}
			if err := p.SetUnits(city, now, coordinator, s.ID, units); err != nil {
				return err
			}
		}
		if err := p.HandOut(city, now, coordinator); err != nil {
			return err
		}
		for _, as := range slices.Clone(p.Assignments) {
			if as.Role != tasks.Contributor {
				continue
			}
			if err := p.TakeOver(city, now, r.actor(as.Department, tasks.RoleLiaison), as.Section, as.Department, ""); err != nil {
				return err
			}
		}
		return nil
	})
}

// command is a slash command as Slack sends it.
func (r *rig) command(user, text string) (path string, body []byte) {
	return slackapi.PathCommands, []byte(url.Values{"command": {slackapi.Command}, "text": {text}, "user_id": {user}, "channel_id": {"D1"},
		"team_id": {"T1"}, "trigger_id": {fmt.Sprintf("t%d", r.seq.Add(1))}, "response_url": {r.front.URL + "/answer"}}.Encode())
}

// submission is a liaison's filled form as Slack sends it.
func (r *rig) submission(p *tasks.Proposal, as tasks.Assignment) (path string, body []byte) {
	name := fmt.Sprintf("text_%d", as.Section)
	payload, err := json.Marshal(map[string]any{
		"type": "view_submission", "team": map[string]any{"id": "T1"}, "trigger_id": fmt.Sprintf("t%d", r.seq.Add(1)),
		"user": map[string]any{"id": r.users[r.actor(as.Department, tasks.RoleLiaison).Person]},
		"view": map[string]any{"id": "V1", "type": "modal", "callback_id": "contribution",
			"private_metadata": fmt.Sprintf("%s|0|%s|0|", p.ID, as.Department),
			"blocks":           []any{map[string]any{"type": "input", "block_id": name, "label": map[string]any{"type": "plain_text", "text": name}, "element": map[string]any{"type": "plain_text_input", "action_id": "v"}}},
			"state":            map[string]any{"values": map[string]any{name: map[string]any{"v": map[string]any{"type": "plain_text_input", "value": "我局" + strings.Repeat("积极推进此项工作，已取得成效。", 20)}}}},
		},
	})
	if err != nil {
		panic(err)
	}
	return slackapi.PathInteractions, []byte(url.Values{"payload": {string(payload)}}.Encode())
}

// send sends a signed request and returns the answer.
func (r *rig) send(base, path string, body []byte) ([]byte, error) {
	now := time.Now()
	req, err := http.NewRequest(http.MethodPost, base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(now.Unix(), 10))
	req.Header.Set("X-Slack-Signature", workspace.Signature(r.app.SigningSecret, now, body))
	resp, err := r.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, resp.Status)
	}
	return answer, err
}

// bare verifies, does one GET and one SET and answers: what no bot of this kind can do without.
func (r *rig) bare(b *testing.B) string {
	b.Helper()
	o, err := redis.ParseURL(r.redis)
	if err != nil {
		b.Fatal(err)
	}
	o.PoolSize = 32
	client := redis.NewClient(o)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil || slackapi.Verify(slackapi.Secret(r.app.SigningSecret), req.Header, body, time.Now()) != nil {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		key := "bare:" + strconv.FormatInt(r.seq.Add(1)%1000, 10)
		_ = client.Get(req.Context(), key).Err()
		if err := client.Set(req.Context(), key, body, 0).Err(); err != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"text":"ok"}`)
	}))
	b.Cleanup(func() {
		front.Close()
		_ = client.Close()
	})
	return front.URL
}

// load sends b.N requests from several clients at once and reports the times to the acknowledgement. It returns the
// nanoseconds of one request, all clients together.
func load(b *testing.B, one func(i int) error) float64 {
	b.Helper()
	var mu sync.Mutex
	var all []time.Duration
	var next atomic.Int64
	b.SetParallelism(clients)
	busy := processorTime(b)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		var took []time.Duration
		for pb.Next() {
			began := time.Now()
			if err := one(int(next.Add(1) - 1)); err != nil {
				b.Error(err)
				return
			}
			took = append(took, time.Since(began))
		}
		mu.Lock()
		defer mu.Unlock()
		all = append(all, took...)
	})
	b.StopTimer()
	b.ReportMetric(float64((processorTime(b)-busy).Microseconds())/float64(b.N), "cpu-µs/op")
	slices.SortFunc(all, func(x, y time.Duration) int { return cmp.Compare(x, y) })
	if len(all) > 0 {
		b.ReportMetric(float64(all[len(all)/2].Microseconds()), "p50-µs")
		b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), "p99-µs")
	}
	each := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	b.ReportMetric(1e9/each, "acks/s")
	return each
}

// processorTime is what this process has used: clients, bot and workspace together, without Redis. It depends less on
// what else the machine does than the clock.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkAck is the way from a signed request to its acknowledgement, with deliveries at work beside it, next to a
// bare handler on the same Redis. times-bare compares throughput.
func BenchmarkAck(b *testing.B) {
	r := newRig(b)
	coordinator := r.users[r.actor(r.lead.ID, tasks.RoleCoordinator).Person]
	bare := map[string]float64{}
	compare := func(b *testing.B, kind string, each float64) {
		if bare[kind] > 0 {
			b.ReportMetric(each/bare[kind], "times-bare")
		}
	}
	known := r.proposals(b, 20)
	b.Run("bare/command", func(b *testing.B) {
		base := r.bare(b)
		bare["command"] = load(b, func(int) error {
			path, body := r.command(coordinator, "帮助")
			_, err := r.send(base, path, body)
			return err
		})
	})
	b.Run("help", func(b *testing.B) {
		base := r.serve(b)
		compare(b, "command", load(b, func(int) error {
			path, body := r.command(coordinator, "帮助")
			_, err := r.send(base, path, body)
			return err
		}))
	})
	b.Run("progress", func(b *testing.B) {
		base := r.serve(b)
		compare(b, "command", load(b, func(i int) error {
			path, body := r.command(coordinator, "进度 "+known[i%len(known)].Head.Number)
			_, err := r.send(base, path, body)
			return err
		}))
	})
	b.Run("bare/submission", func(b *testing.B) {
		base := r.bare(b)
		p := known[0]
		bare["submission"] = load(b, func(int) error {
			path, body := r.submission(p, p.Assignments[0])
			_, err := r.send(base, path, body)
			return err
		})
	})
	submit := func(b *testing.B, base string, pairs []pair) {
		compare(b, "submission", load(b, func(i int) error {
			path, body := r.submission(pairs[i].p, pairs[i].as)
			answer, err := r.send(base, path, body)
			if err == nil && len(answer) > 0 {
				err = fmt.Errorf("refused: %s", answer)
			}
			return err
		}))
	}
	b.Run("submission", func(b *testing.B) {
		pairs := r.pairs(b, b.N)
		submit(b, r.serve(b), pairs)
	})
	b.Run("submission/delivered-elsewhere", func(b *testing.B) {
		pairs := r.pairs(b, b.N)
		submit(b, r.answer(b), pairs)
	})
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

type pair struct {
	p  *tasks.Proposal
	as tasks.Assignment
}

// pairs are n assignments that wait for a text.
func (r *rig) pairs(b *testing.B, n int) []pair {
	b.Helper()
	var list []pair
	for _, p := range r.proposals(b, (n+len(asked)-1)/len(asked)) {
		for _, as := range p.Assignments {
			if as.Role == tasks.Contributor {
				list = append(list, pair{p, as})
			}
		}
	}
	// One proposal's units do not all write in the same second.
	slices.SortStableFunc(list, func(x, y pair) int { return cmp.Compare(x.as.Section, y.as.Section) })
	return list
}

// BenchmarkCommit is one step of a proposal through the store alone: read, decide, commit.
func BenchmarkCommit(b *testing.B) {
	r := newRig(b)
	pairs := r.pairs(b, b.N)
	store, _, _, stop, err := wiring.OpenStore(b.Context(), r.settings())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = stop() }()
	if err := store.Warm(b.Context()); err != nil {
		b.Fatal(err)
	}
	each := load(b, func(i int) error {
		at := pairs[i]
		_, err := store.Update(b.Context(), at.p.ID, fmt.Sprintf("r%d", i), func(p *tasks.Proposal) error {
			return p.Submit(r.cfg.City, time.Now(), r.actor(at.as.Department, tasks.RoleLiaison), at.as.Section, at.as.Department, "我局已办。", "")
		})
		return err
	})
	b.ReportMetric(1e9/each, "commits/s")
}

// BenchmarkMemory plays the built-in case to its end and weighs what Redis keeps of it, and what 200 proposals that are
// being worked on add.
func BenchmarkMemory(b *testing.B) {
	r := newRig(b)
	o, err := redis.ParseURL(r.redis)
	if err != nil {
		b.Fatal(err)
	}
	client := redis.NewClient(o)
	defer client.Close()
	const n = 200
	before := usedMemory(b, client)
	r.proposals(b, n)
	open, issued := float64(usedMemory(b, client)-before)/n, float64(issuedBytes(b))
	for b.Loop() { // there is nothing to be timed
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(open, "B/open-proposal")
	b.ReportMetric(issued, "B/issued-proposal")
}

func usedMemory(b *testing.B, client *redis.Client) int64 {
	b.Helper()
	info, err := client.InfoMap(b.Context(), "memory").Result()
	if err != nil {
		b.Fatal(err)
	}
	n, err := strconv.ParseInt(info["Memory"]["used_memory"], 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// issuedBytes is MEMORY USAGE over the keys of a proposal that was issued.
func issuedBytes(b *testing.B) int64 {
	b.Helper()
	s, err := demo.Open(b.Context(), demo.Options{Headless: true})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	c, err := demo.LoadCase("demo/example/124302")
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Player().Play(b.Context(), c); err != nil {
		b.Fatal(err)
	}
	var id string
	if err := s.Parts.Store.AllIDs(b.Context(), func(found string) error { id = found; return nil }); err != nil {
		b.Fatal(err)
	}
	total := int64(0)
	names, err := s.Parts.Redis.Keys(b.Context(), "hb:*"+id+"*").Result()
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		n, err := s.Parts.Redis.MemoryUsage(b.Context(), name).Result()
		if err != nil {
			b.Fatal(err)
		}
		total += n
	}
	return total
}
