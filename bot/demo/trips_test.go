package demo

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/bot/catalog"
	"huiban/bot/wiring"
	"huiban/integrations/slackapi"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// maxTrips is what an interaction may cost before it is acknowledged and committed.
const maxTrips = 2

type tripsKey struct{}

// counted gives a request's context a counter. What other goroutines do for deliveries has none, and work after the
// acknowledgement gets another context.
func counted(ctx context.Context) (context.Context, *atomic.Int64) {
	n := &atomic.Int64{}
	return context.WithValue(ctx, tripsKey{}, n), n
}

// tripHook counts each command and each pipeline as one round trip of whoever asked for it.
type tripHook struct{}

func (tripHook) DialHook(next redis.DialHook) redis.DialHook { return next }

func (tripHook) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		add(ctx, cmd)
		return next(ctx, cmd)
	}
}

func (tripHook) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		add(ctx, cmds[0])
		return next(ctx, cmds)
	}
}

// add leaves out what opens a connection.
func add(ctx context.Context, first redis.Cmder) {
	n, ok := ctx.Value(tripsKey{}).(*atomic.Int64)
	if name := first.Name(); ok && name != "hello" && name != "client" {
		n.Add(1)
	}
}

// tripLog keeps the most round trips of each kind of request.
type tripLog struct {
	mu   sync.Mutex
	most map[string]int64
}

func (l *tripLog) around(next slackapi.Handler) slackapi.Handler {
	return func(ctx context.Context, r slackapi.Request) slackapi.Reply {
		ctx, n := counted(ctx)
		reply := next(ctx, r)
		l.mu.Lock()
		defer l.mu.Unlock()
		what := nameOf(r)
		l.most[what] = max(l.most[what], n.Load())
		return reply
	}
}

func nameOf(r slackapi.Request) string {
	switch {
	case r.Command != nil:
		word, rest, _ := strings.Cut(r.Command.Text, " ")
		if rest != "" {
			word += " …"
		}
		return "command " + word
	case r.Event != nil:
		return "event " + r.Event.Type
	case len(r.Interaction.ActionCallback.BlockActions) > 0:
		action := r.Interaction.ActionCallback.BlockActions[0]
		name, _, _ := strings.Cut(action.ActionID, "#")
		return "action " + name + " " + action.SelectedOption.Value[strings.LastIndex(action.SelectedOption.Value, "|")+1:]
	}
	return string(r.Interaction.Type) + " " + cmp.Or(r.Interaction.View.CallbackID, r.Interaction.CallbackID)
}

// TestRoundTrips plays every case that there is and looks at what each interaction asks of Redis.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	cfg, log := builtInCity(t), &tripLog{most: map[string]int64{}}
	clock := NewClock(time.Date(2020, 6, 1, 9, 0, 0, 0, cfg.City.Zone))
	ws, err := Options{Headless: true}.workspace(cfg, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.Close() })
	parts, err := wiring.Start(t.Context(), wiring.Settings{Config: cfg, Secrets: localSecrets(ws.APIURL()), DataDir: shortDir(t), Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := parts.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	}()
	parts.Redis.AddHook(tripHook{})
	server, err := slackapi.NewServer(log.around(parts.Bot.Handle), slackapi.Options{Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(func() {
		if err := server.RunSocketMode(t.Context(), parts.Client, 1); err != nil {
			t.Error(err)
		}
	})
	if err := waitConnected(t.Context(), server); err != nil {
		t.Fatal(err)
	}
	client := member.Dial(ws.URL())
	defer client.Close()
	playAll(t, client, clock)
	if err := server.Shutdown(context.WithoutCancel(t.Context())); err != nil {
		t.Error(err)
	}
	running.Wait()
	for _, what := range slices.Sorted(maps.Keys(log.most)) {
		t.Logf("%d  %s", log.most[what], what)
		if n := log.most[what]; n > maxTrips {
			t.Errorf("%s costs %d round trips before it is acknowledged, at most %d are allowed", what, n, maxTrips)
		}
	}
	for _, want := range []string{"command 进度 …", "command 进度", "command 我的", "command 帮助", "view_submission contribution",
		"action desk.dispatch ", "action approval.approve ", "view_submission issue", "event app_home_opened"} {
		if _, ok := log.most[want]; !ok {
			t.Errorf("the play has no %s", want)
		}
	}
}

// playAll plays the built-in cases and asks what can be asked.
func playAll(t *testing.T, client *member.Client, clock *Clock) {
	t.Helper()
	play(t, client, caseDir(t))
	cfg := builtInCity(t)
	text, err := catalog.New("zh-CN")
	if err != nil {
		t.Fatal(err)
	}
	pl := &Player{City: cfg.City, Workspace: client, Clock: clock, Text: text}
	for _, name := range []string{"second", "third"} {
		c, err := example(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := pl.PlayHalf(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	for _, role := range []tasks.Role{tasks.RoleCoordinator, tasks.RoleLeader, tasks.RoleLiaison} {
		m, _, err := pl.person(pl.lead.ID, role, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range []string{"帮助", "我的", "进度", "进度 124302"} {
			if _, err := m.Command(t.Context(), "/huiban", words); err != nil {
				t.Errorf("%s: %v", words, err)
			}
		}
		if err := m.OpenHome(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err := m.WaitHome(t.Context(), func(*member.View) bool { return true }); err != nil {
			t.Error(err)
		}
	}
}
