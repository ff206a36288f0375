package bot_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"huiban/bot/catalog"
	"huiban/bot/demo"
	"huiban/bot/internal/logtest"
	"huiban/bot/wiring"
	"huiban/config"
	"huiban/integrations/workspace"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// conversation is the whole bot with its workspace and store in this process, and the people who talk to it.
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

// setting is what a conversation takes place in.
type setting struct {
	log     *slog.Logger
	members func([]workspace.Member) []workspace.Member
	redis   string        // URL; "" for one of its own
	within  time.Duration // which all of it ends
}

// converse opens a conversation in which nothing goes wrong: an error in the log fails the test.
func converse(t *testing.T) *conversation {
	t.Helper()
	c, _ := setting{log: logtest.Loud(t), within: time.Minute, members: func(all []workspace.Member) []workspace.Member {
		return append(all, workspace.Member{ID: stranger, Name: "新同事", Email: "new@zhongshan.example"})
	}}.open(t)
	return c
}

func (in setting) open(t *testing.T) (*conversation, *workspace.Server) {
	t.Helper()
	cfg, err := config.Default()
	check(t, err)
	clock := demo.NewClock(time.Date(2026, 3, 2, 9, 0, 0, 0, cfg.City.Zone))
	seed := demo.LocalSeed(cfg)
	seed.Members = in.members(seed.Members)
	ws, err := workspace.New(workspace.Options{Seed: seed, Now: clock.Now, Logger: in.log, RateScale: 20, PostBurst: 50})
	check(t, err)
	t.Cleanup(func() { check(t, ws.Close()) })
	check(t, ws.Start("127.0.0.1:0"))
	app := seed.Apps[0]
	s := wiring.Settings{Config: cfg, Now: clock.Now, Log: in.log, Secrets: config.Secrets{BotToken: config.NewSecret(app.BotToken),
		AppToken: config.NewSecret(app.AppToken), APIURL: config.NewSecret(ws.APIURL())}}
	if in.redis == "" {
		s.DataDir = t.TempDir()
	} else {
		s.Secrets.RedisURL = config.NewSecret(in.redis)
	}
	parts, err := wiring.Start(t.Context(), s)
	check(t, err)
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
	c.ctx, stop = context.WithTimeout(t.Context(), in.within)
	t.Cleanup(stop)
	c.until("the bot is connected", func() bool { return parts.Server.Connected() })
	return c, ws
}

// handedOut brings the small case as far as the liaisons.
func handedOut(t *testing.T) *conversation {
	t.Helper()
	c := converse(t)
	check(t, c.player.Begin(c.ctx, loadSmall(t)))
	return c
}

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

// intake opens the form that papers are registered with.
func (c *conversation) intake(m *member.Member) {
	c.t.Helper()
	_, err := m.Command(c.ctx, "/huiban", "登记")
	check(c.t, err)
	_, err = m.WaitView(c.ctx, "register")
	check(c.t, err)
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
