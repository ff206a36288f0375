package bot_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"huiban/bot/catalog"
	"huiban/bot/demo"
	"huiban/bot/wiring"
	"huiban/config"
	"huiban/integrations/slackapi"
	"huiban/integrations/workspace"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// smallCase is a paper of two sections, each for one co-handler.
var smallCase = map[string]string{
	"case.yaml": `
proposal: {file: proposal.txt, kind: 政协提案, received: 2026-03-02}
lead: 市民政局
assignments:
  1: [市司法局]
  2: [市人社局]
`,
	"proposal.txt": `中山市政协十三届一次会议提案
第130017号
案由：关于办好社区长者饭堂的建议
提案人：林示例

（一）开展长者饭堂法律服务
建议组织律师和公证人员定期到长者饭堂，为老年人提供公共法律服务和法律援助咨询。

（二）培训长者饭堂从业人员
建议把长者饭堂的厨师、护理员纳入职业技能培训，给予培训补贴。
`,
}

// conversation is the whole bot with its workspace and store in this process, and the people who talk to it. An error
// in the log fails the test.
type conversation struct {
	t      *testing.T
	ctx    context.Context
	text   *catalog.Text
	city   *tasks.City
	parts  *wiring.Parts
	client *member.Client
	player *demo.Player
}

// stranger is a member of the workspace whom the directory does not know.
const stranger = "UGUEST"

func converse(t *testing.T) *conversation {
	t.Helper()
	cfg, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(loud{t: t})
	clock := demo.NewClock(time.Date(2026, 3, 2, 9, 0, 0, 0, cfg.City.Zone))
	seed := demo.LocalSeed(cfg)
	seed.Members = append(seed.Members, workspace.Member{ID: stranger, Name: "新同事", Email: "new@zhongshan.example"})
	ws, err := workspace.New(workspace.Options{Seed: seed, Now: clock.Now, Logger: log, RateScale: 20, PostBurst: 50})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { check(t, ws.Close()) })
	check(t, ws.Start("127.0.0.1:0"))
	app := seed.Apps[0]
	secrets := config.Secrets{BotToken: config.NewSecret(app.BotToken), AppToken: config.NewSecret(app.AppToken), APIURL: config.NewSecret(ws.APIURL())}
	parts, err := wiring.Start(t.Context(), wiring.Settings{Config: cfg, Secrets: secrets, DataDir: t.TempDir(), Now: clock.Now, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	ctx, hangUp := context.WithCancel(context.WithoutCancel(t.Context()))
	t.Cleanup(func() {
		hangUp()
		ending, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		check(t, parts.Close(ending))
	})
	go func() { _ = parts.Server.RunSocketMode(ctx, parts.Client, 1) }()
	client := member.Dial(ws.URL())
	t.Cleanup(client.Close)
	c := &conversation{t: t, text: parts.Text, city: cfg.City, parts: parts, client: client,
		player: &demo.Player{City: cfg.City, Workspace: client, Clock: clock, Text: parts.Text}}
	var stop context.CancelFunc
	c.ctx, stop = context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(stop)
	c.until("the bot is connected", func() bool { return parts.Server.Connected() })
	return c
}

// handedOut brings the small case as far as the liaisons.
func handedOut(t *testing.T) *conversation {
	t.Helper()
	c := converse(t)
	dir := t.TempDir()
	for name, body := range smallCase {
		check(t, os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600))
	}
	small, err := demo.LoadCase(dir)
	if err != nil {
		t.Fatal(err)
	}
	check(t, c.player.Begin(c.ctx, small))
	return c
}

// loud is a log in which an error fails the test.
type loud struct {
	slog.Handler
	t *testing.T
}

func (l loud) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }

func (l loud) Handle(_ context.Context, r slog.Record) error {
	words := []string{r.Message}
	r.Attrs(func(a slog.Attr) bool { words = append(words, a.String()); return true })
	l.t.Errorf("the service logged an error: %s", strings.Join(words, " "))
	return nil
}

func (l loud) WithAttrs([]slog.Attr) slog.Handler { return l }
func (l loud) WithGroup(string) slog.Handler      { return l }

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (c *conversation) until(what string, holds func() bool) {
	c.t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-c.ctx.Done():
			c.t.Fatalf("waited in vain until %s", what)
		case <-tick.C:
		}
	}
}

func (c *conversation) holder(unit string, role tasks.Role) *member.Member {
	c.t.Helper()
	d, err := c.city.Directory.Resolve(unit)
	check(c.t, err)
	holders := c.city.Directory.Holders(d.ID, role)
	if len(holders) == 0 {
		c.t.Fatalf("%s has nobody for %s", unit, role)
	}
	return c.client.As(holders[0].Person.Key)
}

// card waits for a message in the member's direct messages that has this button.
func (c *conversation) card(m *member.Member, action string) (member.Message, member.Element) {
	c.t.Helper()
	msg := c.said(m, func(msg member.Message) bool { return msg.HasAction(action) })
	for _, el := range msg.Elements() {
		if el.ActionID == action {
			return msg, el
		}
	}
	return msg, member.Element{}
}

func (c *conversation) said(m *member.Member, ok func(member.Message) bool) member.Message {
	c.t.Helper()
	dm, err := m.DM(c.ctx)
	check(c.t, err)
	msg, err := m.WaitMessage(c.ctx, dm, ok)
	check(c.t, err)
	return msg
}

// events counts what the audit trail has of a kind.
func (c *conversation) events(kind tasks.Event) int {
	c.t.Helper()
	var trail bytes.Buffer
	check(c.t, wiring.ExportAudit(c.ctx, c.parts.Store, &trail))
	return strings.Count(trail.String(), `"event":"`+string(kind)+`"`)
}

func TestDraftIsKept(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	liaison := c.holder("市司法局", tasks.RoleLiaison)
	open := func() *member.View {
		msg, el := c.card(liaison, "prompt.write")
		check(t, liaison.Use(c.ctx, msg, el))
		v, err := liaison.WaitView(c.ctx, "contribution")
		check(t, err)
		return v
	}
	block := ""
	for _, el := range open().Elements() {
		if el.Type == "plain_text_input" {
			block = el.BlockID
		}
	}
	const typed = "我局拟组织律师每月到长者饭堂值守，"
	check(t, liaison.ClickInView(c.ctx, "contribution.save", nil, map[string]any{block: typed}))
	check(t, liaison.CloseView(c.ctx))
	check(t, liaison.WaitNoView(c.ctx))
	shown := ""
	for _, entry := range open().State.Values[block] {
		shown, _ = entry["value"].(string)
	}
	if shown != typed {
		t.Errorf("the form opened again shows %q, want what was typed", shown)
	}
	check(t, liaison.Submit(c.ctx, map[string]any{block: typed + "并公布名单。"}))
	c.until("the text is handed in", func() bool { return c.events(tasks.Submit) == 1 })
	if n := c.events(tasks.Submit); n != 1 {
		t.Errorf("%d submissions, want 1", n)
	}
}

func TestTwoClicksDoOnce(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	liaison := c.holder("市司法局", tasks.RoleLiaison)
	msg, el := c.card(liaison, "prompt.accept")
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if err := liaison.Use(c.ctx, msg, el); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	c.said(liaison, func(m member.Message) bool { return m.TS == msg.TS && !m.HasAction("prompt.accept") })
	if n := c.events(tasks.Accept); n != 1 {
		t.Errorf("accepted %d times, want once", n)
	}
	if n := c.events(tasks.Dispatch); n != 1 {
		t.Errorf("handed out %d times, want once", n)
	}
}

func TestTextInTheWrongPlace(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	liaison := c.holder("市司法局", tasks.RoleLiaison)
	dm, err := liaison.DM(c.ctx)
	check(t, err)
	_, err = liaison.Say(c.ctx, dm, "", "我局没有意见。")
	check(t, err)
	answer := c.said(liaison, member.Containing(c.text.Say("wrong_place.body")))
	if !answer.HasAction("prompt.write") {
		t.Errorf("the answer has no button to write: %s", answer.Text())
	}
	if n := c.events(tasks.Submit); n != 0 {
		t.Errorf("%d submissions from a message, want none", n)
	}
}

func TestUnknownWordGetsHelp(t *testing.T) {
	t.Parallel()
	c := converse(t)
	coordinator := c.holder("市民政局", tasks.RoleCoordinator)
	for _, word := range []string{"登录", "help", "", "进渡 124302"} {
		answer, err := coordinator.Command(c.ctx, "/huiban", word)
		check(t, err)
		if answer == nil || !strings.Contains(answer.Text(), "/huiban 登记") {
			t.Errorf("/huiban %s: answer %v, want the commands", word, answer)
		}
	}
}

func TestStrangerIsToldWhy(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	guest := c.client.As(stranger)
	for word, want := range map[string]string{"我的": "error.no_post", "进度": "error.no_post", "登记": "error.not_coordinator"} {
		answer, err := guest.Command(c.ctx, "/huiban", word)
		check(t, err)
		if answer == nil || answer.Text() != c.text.Say(want) {
			t.Errorf("/huiban %s: answer %v, want %q", word, answer, c.text.Say(want))
		}
	}
	_, err := guest.Command(c.ctx, "/huiban", "进度 130017")
	check(t, err)
	unknown := c.said(guest, func(m member.Message) bool { return m.Ephemeral && strings.Contains(m.Text(), "130017") })
	if want := c.text.Say("error.number_unknown", "Number", "130017"); unknown.Text() != want {
		t.Errorf("a stranger asks for a number and is told %q, want %q", unknown.Text(), want)
	}
	check(t, guest.OpenHome(c.ctx))
	home, err := guest.WaitHome(c.ctx, func(v *member.View) bool { return v != nil })
	check(t, err)
	if !strings.Contains(home.Text(), c.text.Say("home.no_post")) {
		t.Errorf("a stranger's Home tab says %q", home.Text())
	}
}

// TestColleagueCannotAct lets a leader of the co-handling unit send the very click that its liaison's card would send.
func TestColleagueCannotAct(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	_, el := c.card(c.holder("市司法局", tasks.RoleLiaison), "prompt.accept")
	leader := c.holder("市司法局", tasks.RoleLeader)
	id, err := leader.ID(c.ctx)
	check(t, err)
	reply := c.parts.Bot.Handle(c.ctx, slackapi.Request{ID: "forged", Interaction: &slack.InteractionCallback{
		Type: slack.InteractionTypeBlockActions, User: slack.User{ID: id},
		ActionCallback: slack.ActionCallbacks{BlockActions: []*slack.BlockAction{{ActionID: el.ActionID, Value: el.Value}}},
	}})
	if reply.After == nil {
		t.Fatal("nothing is said to somebody who may not act")
	}
	reply.After(c.ctx)
	answer := c.said(leader, func(m member.Message) bool { return m.Bot })
	want := c.text.Say("error.forbidden_step", "Event", c.text.Say("event.accept"))
	if answer.Text() != want {
		t.Errorf("told %q, want %q", answer.Text(), want)
	}
	if n := c.events(tasks.Accept); n != 0 {
		t.Errorf("accepted %d times by somebody who may not", n)
	}
}

// TestUrgingAnswersWhereOneLooks urges from the progress window, which says so itself; a second time it is refused.
func TestUrgingAnswersWhereOneLooks(t *testing.T) {
	t.Parallel()
	c := handedOut(t)
	coordinator := c.holder("市民政局", tasks.RoleCoordinator)
	_, err := coordinator.Command(c.ctx, "/huiban", "我的")
	check(t, err)
	list := c.said(coordinator, func(m member.Message) bool { return m.Ephemeral && m.HasAction("progress.open") })
	check(t, coordinator.Click(c.ctx, list, "progress.open"))
	_, err = coordinator.WaitView(c.ctx, "progress")
	check(t, err)
	check(t, coordinator.ClickInView(c.ctx, "urge", nil, nil))
	done := c.text.Say("urge.done", "Unit", "市司法局")
	_, err = coordinator.WaitViewThat(c.ctx, func(v *member.View) bool { return v != nil && strings.Contains(v.Text(), done) })
	check(t, err)
	check(t, coordinator.ClickInView(c.ctx, "urge", nil, nil))
	c.said(coordinator, func(m member.Message) bool { return m.Text() == c.text.Say("error.urged_lately") })
	if n := c.events(tasks.Remind); n != 1 {
		t.Errorf("urged %d times, want once", n)
	}
}
