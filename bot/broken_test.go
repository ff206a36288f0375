package bot_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/alicebob/miniredis/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"huiban/bot"
	"huiban/bot/demo"
	"huiban/bot/wiring"
	"huiban/config"
	"huiban/integrations/workspace"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

// site is the whole bot in this process, with a workspace and a Redis that tests break.
type site struct {
	*conversation
	ws    *workspace.Server
	redis *miniredis.Miniredis
}

// breakable opens a site. without lists addresses of people who have no account.
func breakable(t *testing.T, without ...string) *site {
	t.Helper()
	cfg, err := config.Default()
	check(t, err)
	clock := demo.NewClock(time.Date(2026, 3, 2, 9, 0, 0, 0, cfg.City.Zone))
	seed := demo.LocalSeed(cfg)
	seed.Members = slices.DeleteFunc(seed.Members, func(m workspace.Member) bool { return slices.Contains(without, m.Email) })
	quiet := slog.New(slog.DiscardHandler)
	ws, err := workspace.New(workspace.Options{Seed: seed, Now: clock.Now, Logger: quiet, RateScale: 20, PostBurst: 50})
	check(t, err)
	t.Cleanup(func() { check(t, ws.Close()) })
	check(t, ws.Start("127.0.0.1:0"))
	s := &site{ws: ws, redis: miniredis.RunT(t)}
	app := seed.Apps[0]
	secrets := config.Secrets{BotToken: config.NewSecret(app.BotToken), AppToken: config.NewSecret(app.AppToken),
		APIURL: config.NewSecret(ws.APIURL()), RedisURL: config.NewSecret("redis://" + s.redis.Addr())}
	parts, err := wiring.Start(t.Context(), wiring.Settings{Config: cfg, Secrets: secrets, Now: clock.Now, Log: quiet})
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
	s.conversation = &conversation{t: t, text: parts.Text, city: cfg.City, parts: parts, client: client,
		player: &demo.Player{City: cfg.City, Workspace: client, Clock: clock, Text: parts.Text}}
	var stop context.CancelFunc
	s.ctx, stop = context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(stop)
	s.until("the bot is connected", func() bool { return parts.Server.Connected() })
	return s
}

// dispatched is a breakable site on which the small case has been handed out.
func dispatched(t *testing.T, without ...string) *site {
	t.Helper()
	s := breakable(t, without...)
	check(t, s.player.Begin(s.ctx, loadSmall(t)))
	return s
}

func loadSmall(t *testing.T) *demo.Case {
	t.Helper()
	dir := t.TempDir()
	for name, body := range smallCase {
		writeFile(t, dir, name, body)
	}
	c, err := demo.LoadCase(dir)
	check(t, err)
	return c
}

// messages are all that a member has in direct messages.
func (s *site) messages(m *member.Member) []member.Message {
	s.t.Helper()
	dm, err := m.DM(s.ctx)
	check(s.t, err)
	list, err := m.Messages(s.ctx, dm)
	check(s.t, err)
	return list
}

// register hands a paper in by the form and returns the word of refusal, or "" and the card.
func (s *site) register(m *member.Member, name string, body []byte) (string, member.Message) {
	s.t.Helper()
	before := len(s.messages(m))
	file, err := m.Upload(s.ctx, name, body)
	check(s.t, err)
	_, err = m.Command(s.ctx, "/huiban", "登记")
	check(s.t, err)
	_, err = m.WaitView(s.ctx, "register")
	check(s.t, err)
	check(s.t, m.Submit(s.ctx, map[string]any{"file": []string{file}}))
	var answer member.Message
	s.until("the paper is answered", func() bool {
		for _, msg := range s.messages(m)[before:] {
			if !msg.Ephemeral && (msg.EventType() == bot.RefusalMetadata || msg.HasAction("desk.dispatch")) {
				answer = msg
				return true
			}
		}
		return false
	})
	if answer.EventType() == bot.RefusalMetadata {
		return answer.Text(), answer
	}
	return "", answer
}

func zipOf(t *testing.T, name string, body []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range []struct {
		name string
		body []byte
	}{{"[Content_Types].xml", []byte(`<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`)}, {name, body}} {
		w, err := z.Create(part.name)
		check(t, err)
		_, err = w.Write(part.body)
		check(t, err)
	}
	check(t, z.Close())
	return out.Bytes()
}

func noise(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func utf16File(text string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// paper is the small case's paper under another number, so that each is a paper of its own.
func paper(number string) string {
	return strings.ReplaceAll(smallCase["proposal.txt"], "130017", number)
}

// TestBrokenPapers hands in what cannot be read: the sender is told why and what to do, nothing is registered, and the
// next sound paper is taken as ever.
func TestBrokenPapers(t *testing.T) {
	t.Parallel()
	s := breakable(t)
	m := s.holder("市民政局", tasks.RoleCoordinator)
	for _, tc := range []struct {
		name string
		body []byte
		says string
	}{
		{"空白.txt", []byte(" \n\u3000\n"), "空"},
		{"过大.txt", bytes.Repeat([]byte("建议"), 30<<20/6), "20 MB"},
		{"炸弹.docx", zipOf(t, "word/document.xml", bytes.Repeat([]byte{' '}, 300<<20)), "docx"},
		{"乱码.docx", append([]byte("PK\x03\x04"), noise(4096)...), "docx"},
		{"随机.docx", noise(4096), "docx"},
		{"随机.txt", noise(4096), ""},
		{"坏.pdf", append([]byte("%PDF-1.7\n"), noise(4096)...), ""},
		{"坏.doc", append([]byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}, noise(4096)...), ""},
	} {
		said, _ := s.register(m, tc.name, tc.body)
		switch {
		case said == "":
			t.Errorf("%s was registered", tc.name)
		case !strings.Contains(said, tc.says) || !strings.Contains(said, tc.name):
			t.Errorf("%s: %q does not name the file and say %q", tc.name, said, tc.says)
		case strings.Contains(said, "系统繁忙") || strings.Contains(said, "error."):
			t.Errorf("%s: %q does not say what is wrong", tc.name, said)
		}
	}
	if n := s.events(tasks.Register); n != 0 {
		t.Errorf("%d papers were registered", n)
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(paper("130018")))
	check(t, err)
	for number, body := range map[string][]byte{"130018": gb, "130019": utf16File(paper("130019"))} {
		said, card := s.register(m, number+".txt", body)
		if said != "" || !strings.Contains(card.Text(), number) || !strings.Contains(card.Text(), "林示例") {
			t.Errorf("%s in another encoding: %s %s", number, said, card.Text())
		}
	}
}

// TestShapelessPapers hands in texts that are readable, but of no known form.
func TestShapelessPapers(t *testing.T) {
	t.Parallel()
	s := breakable(t)
	m := s.holder("市民政局", tasks.RoleCoordinator)
	said, card := s.register(m, "便条.txt", []byte("请尽快答复。"))
	if said != "" || !card.HasAction("desk.head") {
		t.Fatalf("a note of one sentence: %s", said)
	}
	for _, el := range card.Elements() {
		if el.ActionID == "desk.dispatch" {
			check(t, m.Use(s.ctx, card, el))
		}
	}
	s.said(m, func(msg member.Message) bool { return msg.Ephemeral && strings.Contains(msg.Text(), "请填写") })

	_, err := m.Command(s.ctx, "/huiban", "登记")
	check(t, err)
	_, err = m.WaitView(s.ctx, "register")
	check(t, err)
	if err := m.Submit(s.ctx, map[string]any{"text": strings.Repeat("建", 3001)}); err == nil {
		t.Error("a field took more than Slack allows")
	}
	if err := m.Submit(s.ctx, map[string]any{}); !strings.Contains(fmt.Sprint(member.FieldErrors(err)), "请上传原件") {
		t.Errorf("an empty form was answered with %v", err)
	}
}

// TestSamePaperTwice registers one paper by two files, by text, and by the same click twice.
func TestSamePaperTwice(t *testing.T) {
	t.Parallel()
	s := breakable(t)
	m := s.holder("市民政局", tasks.RoleCoordinator)
	s.ws.LoseAcks("interactive", 1)
	file, err := m.Upload(s.ctx, "提案.txt", []byte(paper("130017")))
	check(t, err)
	_, err = m.Command(s.ctx, "/huiban", "登记")
	check(t, err)
	_, err = m.WaitView(s.ctx, "register")
	check(t, err)
	values := map[string]any{"file": []string{file}}
	if err := m.Submit(s.ctx, values); err == nil {
		t.Error("the acknowledgement was not lost")
	}
	check(t, m.Submit(s.ctx, values))
	s.card(m, "desk.dispatch")
	if said, _ := s.register(m, "再次.txt", []byte(paper("130017"))); !strings.Contains(said, "已经登记") {
		t.Errorf("the same paper in a second file was answered with %q", said)
	}
	_, err = m.Command(s.ctx, "/huiban", "登记")
	check(t, err)
	_, err = m.WaitView(s.ctx, "register")
	check(t, err)
	if err := m.Submit(s.ctx, map[string]any{"text": paper("130017")}); !strings.Contains(fmt.Sprint(member.FieldErrors(err)), "已经登记") {
		t.Errorf("the same paper as text was answered with %v", err)
	}
	if n := s.events(tasks.Register); n != 1 {
		t.Errorf("registered %d times", n)
	}
}

// open opens a form from a card's button and returns the name of its first field that begins so.
func (s *site) open(m *member.Member, action, callback, field string) string {
	s.t.Helper()
	msg, el := s.card(m, action)
	check(s.t, m.Use(s.ctx, msg, el))
	v, err := m.WaitView(s.ctx, callback)
	check(s.t, err)
	for _, el := range v.Elements() {
		if strings.HasPrefix(el.BlockID, field) {
			return el.BlockID
		}
	}
	s.t.Fatalf("the form %s has no field %s", callback, field)
	return ""
}

// TestBrokenContribution hands in a file that cannot be read: the liaison is told, nothing is lost, the next text counts.
func TestBrokenContribution(t *testing.T) {
	t.Parallel()
	s := dispatched(t)
	m := s.holder("市司法局", tasks.RoleLiaison)
	field := s.open(m, "prompt.write", "contribution", "file_")
	bad, err := m.Upload(s.ctx, "会办意见.docx", noise(2048))
	check(t, err)
	text := "text_" + strings.TrimPrefix(field, "file_")
	if err := m.Submit(s.ctx, map[string]any{field: []string{bad}, text: "我局另有意见。"}); len(member.FieldErrors(err)) != 1 {
		t.Errorf("a file and a text at once were answered with %v", err)
	}
	check(t, m.Submit(s.ctx, map[string]any{field: []string{bad}, text: ""}))
	s.said(m, func(msg member.Message) bool {
		return strings.Contains(msg.Text(), "docx") && strings.Contains(msg.Text(), "130017")
	})
	if n := s.events(tasks.Submit); n != 0 {
		t.Errorf("%d texts were submitted", n)
	}
	s.open(m, "prompt.write", "contribution", "text_")
	check(t, m.Submit(s.ctx, map[string]any{text: "我局开展法律援助。"}))
	s.until("the text is in", func() bool { return s.events(tasks.Submit) == 1 })
}

// hostile holds what Slack would take for commands, and characters that nobody can see.
const hostile = "<!channel> <@U1> *粗* & </w:t> \x07\u202e|x"

// marked walks blocks and returns every text that Slack reads as mrkdwn.
func marked(v any) []string {
	var list []string
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			list = append(list, marked(x)...)
		}
	case map[string]any:
		if text, ok := v["text"].(string); ok && v["type"] == "mrkdwn" {
			list = append(list, text)
		}
		for _, x := range v {
			list = append(list, marked(x)...)
		}
	}
	return list
}

// harmless fails the test where a message lets typed text act.
func (s *site) harmless(of string, list []member.Message) {
	s.t.Helper()
	for _, msg := range list {
		if !msg.Bot {
			continue
		}
		var blocks any
		if len(msg.Blocks) > 0 {
			check(s.t, json.Unmarshal(msg.Blocks, &blocks))
		}
		for _, text := range append(marked(blocks), msg.PlainText) {
			if strings.Contains(text, "<!channel") || strings.Contains(text, "<@U1") {
				s.t.Errorf("%s: %q is not escaped", of, text)
			}
		}
	}
}

// TestHostileText types Slack's commands into every field; cards show them, the letter has them word for word.
func TestHostileText(t *testing.T) {
	t.Parallel()
	s := breakable(t)
	small := loadSmall(t)
	small.Contributions = []demo.Contribution{{Department: "市司法局", Section: 1, Text: "我局意见" + hostile}, {Department: "市人社局", Section: 2, Text: hostile}}
	small.LeadText = map[int]string{1: "第一项" + hostile, 2: "第二项" + hostile}
	small.Events = []demo.Event{
		{Do: "return", Department: "市司法局", Section: 1, Reason: "other", Text: "退办" + hostile},
		{Do: "decide", Department: "市司法局", Section: 1, Reason: "uphold", Text: "维持" + hostile},
		{Do: "submit", Department: "市司法局", Section: 1},
		{Do: "send_back", Department: "市司法局", Section: 1, Text: "补充" + hostile},
		{Do: "submit", Department: "市司法局", Section: 1},
	}
	small.Reply = demo.Reply{Title: "关于" + hostile, Salutation: "委员" + hostile, Opening: "开头" + hostile, Closing: "结尾" + hostile,
		CopyOrder: []string{"市司法局", "甲" + hostile}, Disclosure: "主动公开"}
	small.Reply.Contact.Name = "某" + hostile
	check(t, s.player.Play(s.ctx, small))
	l, err := s.player.Letter(s.ctx, "提案办理")
	check(t, err)
	literal := "<!channel> <@U1> *粗* & </w:t>"
	if n := strings.Count(string(l.Text), literal); n != 10 {
		t.Errorf("the letter has the typed words %d times:\n%s", n, l.Text)
	}
	if strings.ContainsAny(string(l.Text), "\x07\u202e") {
		t.Error("the letter has characters that nobody can see")
	}
	boot, err := s.client.Boot(s.ctx)
	check(t, err)
	for _, person := range boot.Members {
		if person.IsBot {
			continue
		}
		m := s.client.As(person.ID)
		channels, err := m.Conversations(s.ctx)
		check(t, err)
		for _, c := range channels {
			list, err := m.Messages(s.ctx, c.ID)
			check(t, err)
			for _, msg := range list {
				if msg.ReplyCount > 0 {
					thread, err := m.Thread(s.ctx, c.ID, msg.TS)
					check(t, err)
					list = append(list, thread...)
				}
			}
			s.harmless(person.Name, list)
		}
	}
}

// TestRedisAway takes Redis away while people click: each is told that nothing was saved, and when it is back everything
// goes on where it stood.
func TestRedisAway(t *testing.T) {
	t.Parallel()
	s := dispatched(t)
	m := s.holder("市司法局", tasks.RoleLiaison)
	text := s.open(m, "prompt.write", "contribution", "text_")
	s.redis.Close()
	msg, el := s.card(m, "prompt.accept")
	if err := m.Submit(s.ctx, map[string]any{text: "我局意见。"}); !strings.Contains(fmt.Sprint(member.FieldErrors(err)), "暂时无法保存") {
		t.Errorf("without Redis a form was answered with %v", err)
	}
	check(t, m.CloseView(s.ctx))
	check(t, m.Use(s.ctx, msg, el))
	s.said(m, func(msg member.Message) bool {
		return msg.Ephemeral && strings.Contains(msg.Text(), "暂时无法保存")
	})
	answer, err := m.Command(s.ctx, "/huiban", "我的")
	if err == nil && (answer == nil || !strings.Contains(answer.Text(), "暂时无法")) {
		t.Errorf("without Redis a list was answered with %v", answer)
	}
	check(t, s.redis.Restart())
	s.until("Redis answers again", func() bool {
		_, err := s.parts.Store.Parked(s.ctx)
		return err == nil
	})
	check(t, m.Use(s.ctx, msg, el))
	s.until("the click counts", func() bool { return s.events(tasks.Accept) == 1 })
	s.open(m, "prompt.write", "contribution", "text_")
	check(t, m.Submit(s.ctx, map[string]any{text: "我局意见。"}))
	s.said(s.holder("市民政局", tasks.RoleCoordinator), func(msg member.Message) bool { return msg.HasAction("desk.adopt_all") })
}

// TestSlackStumbles lets Slack refuse, break and limit calls: every card arrives in the end, once.
func TestSlackStumbles(t *testing.T) {
	t.Parallel()
	s := breakable(t)
	s.ws.Fail("chat.postMessage", 1, workspace.Fault{Status: http.StatusTooManyRequests, RetryAfter: time.Second})
	s.ws.Fail("chat.postMessage", 1, workspace.Fault{Status: http.StatusInternalServerError})
	s.ws.Fail("chat.postMessage", 1, workspace.Fault{AfterEffect: true, Drop: true})
	s.ws.Fail("conversations.open", 1, workspace.Fault{Status: http.StatusBadGateway})
	s.ws.Fail("chat.update", 1, workspace.Fault{Error: "internal_error"})
	check(t, s.player.Begin(s.ctx, loadSmall(t)))
	for _, unit := range []string{"市司法局", "市人社局"} {
		for _, post := range s.city.Directory.Holders(s.id(unit), tasks.RoleLiaison) {
			m := s.client.As(post.Person.Key)
			s.card(m, "prompt.accept")
			n := 0
			for _, msg := range s.messages(m) {
				if msg.HasAction("prompt.accept") {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%s has %d cards", post.Person.Key, n)
			}
		}
	}
	parked, err := s.parts.Store.Parked(s.ctx)
	check(t, err)
	if len(parked) != 0 {
		t.Errorf("%d deliveries were set aside", len(parked))
	}
}

func (s *site) id(unit string) string {
	s.t.Helper()
	d, err := s.city.Directory.Resolve(unit)
	check(s.t, err)
	return d.ID
}

// TestFormDoesNotOpen lets a form's opening fail: the person is told.
func TestFormDoesNotOpen(t *testing.T) {
	t.Parallel()
	s := dispatched(t)
	m := s.holder("市司法局", tasks.RoleLiaison)
	msg, el := s.card(m, "prompt.return")
	s.ws.Fail("views.open", 1, workspace.Fault{Error: "expired_trigger_id"})
	check(t, m.Use(s.ctx, msg, el))
	s.said(m, func(msg member.Message) bool { return msg.Ephemeral && strings.Contains(msg.Text(), "再") })
	check(t, m.Use(s.ctx, msg, el))
	_, err := m.WaitView(s.ctx, "return")
	check(t, err)
}

// TestRecipientWithoutAccount: who has no account waits aside, in sight of whoever runs the bot; all others get theirs.
func TestRecipientWithoutAccount(t *testing.T) {
	t.Parallel()
	s := dispatched(t, "sifa.a@zhongshan.example")
	s.card(s.client.As("sifa.b@zhongshan.example"), "prompt.accept")
	s.card(s.holder("市人社局", tasks.RoleLiaison), "prompt.accept")
	var parked []tasks.ParkedJob
	s.until("the delivery is set aside", func() bool {
		list, err := s.parts.Store.Parked(s.ctx)
		parked = list
		return err == nil && len(list) > 0
	})
	for _, p := range parked {
		if p.Job.Delivery.Recipient != "sifa.a@zhongshan.example" || p.Why == "" {
			t.Errorf("%+v was set aside", p)
		}
	}
	check(t, s.parts.Store.Replay(s.ctx, s.player.Clock.Now(), parked[0].Job.ID))
	s.until("the replayed delivery is set aside again", func() bool {
		list, err := s.parts.Store.Parked(s.ctx)
		return err == nil && slices.ContainsFunc(list, func(p tasks.ParkedJob) bool {
			return p.Job.ID == parked[0].Job.ID && p.Job.Attempt > parked[0].Job.Attempt
		})
	})
}

func writeFile(t *testing.T, dir, name, body string) {
	t.Helper()
	check(t, os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600))
}
