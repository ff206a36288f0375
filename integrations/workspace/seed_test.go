package workspace

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"huiban/integrations/workspace/member"
)

func TestLoadSeed(t *testing.T) {
	t.Parallel()
	seed, err := LoadSeed(filepath.Join("testdata", "seed.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, func(o *Options) { o.Seed = seed })
	boot, err := member.Dial(s.URL()).Boot(timeout(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(boot.Members) != 3 || boot.Members[0].Unit != "市工信局" || boot.Members[1].ID == "" || !boot.Members[2].IsBot {
		t.Errorf("members = %+v", boot.Members)
	}
	if len(boot.Apps) != 1 || boot.Apps[0].BotUserID != boot.Members[2].ID {
		t.Errorf("apps = %+v", boot.Apps)
	}
	list, err := as(t, s, "lin@example.org").Conversations(timeout(t))
	if err != nil || len(list) != 2 || list[0].Name != "提案办理" || list[1].Type != "im" {
		t.Errorf("conversations = %+v, %v", list, err)
	}
}

func TestSeedFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"unknown key", "members: [{name: a, colour: red}]", []string{"colour"}},
		{"everything at once", "members: [{id: U1}, {id: U1, name: b}]\napps: [{name: x, socket_mode: true, commands: [{command: huiban}], shortcuts: [{callback_id: c, type: odd}]}]",
			[]string{"members[0] has no name", `id "U1" occurs twice`, "has no bot_token", "without an app_token", `"huiban" does not begin with /`, "global or message"}},
		{"JSON", `{"channels": [{"name": ""}]}`, []string{"channels[0] has no name"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := ReadSeed(strings.NewReader(tt.text))
			for _, want := range tt.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error %v lacks %q", err, want)
				}
			}
		})
	}
	if _, err := LoadSeed("no-such-file"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}

func TestSnapshotSurvivesARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open := func() *Server {
		s, err := New(Options{Seed: testSeed(), NoRateLimits: true, DataDir: dir})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Start("127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	bot := call(t, s, "auth.test", obj{}).str("user_id")
	ts := call(t, s, "chat.postMessage", obj{"channel": "U1", "text": "交办", "blocks": []any{actions(button("ok"))}}).str("ts")
	call(t, s, "views.publish", obj{"user_id": "U1", "view": obj{"type": "home", "blocks": []any{section("我的")}}})
	m := as(t, s, "U1")
	dm, err := m.DM(timeout(t))
	if err != nil {
		t.Fatal(err)
	}
	id, err := m.Upload(timeout(t), "a.txt", []byte("正文"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Say(timeout(t), dm, ts, "附件", id); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open()
	defer s.Close()
	if got := call(t, s, "auth.test", obj{}).str("user_id"); got != bot {
		t.Errorf("the bot is %s now, was %s", got, bot)
	}
	m = as(t, s, "U1")
	replies, err := m.Thread(timeout(t), dm, ts)
	if err != nil || len(replies) != 2 || !replies[0].HasAction("ok") || len(replies[1].Files) != 1 {
		t.Fatalf("thread = %+v, %v", replies, err)
	}
	if data, err := m.Download(timeout(t), replies[1].Files[0]); err != nil || string(data) != "正文" {
		t.Errorf("file: %q, %v", data, err)
	}
	if home, err := m.Home(timeout(t)); err != nil || home == nil || home.Text() != "我的" {
		t.Errorf("Home: %+v, %v", home, err)
	}
	if again := call(t, s, "chat.postMessage", obj{"channel": "U1", "text": "新"}).str("ts"); again <= ts {
		t.Errorf("timestamp %s does not follow %s", again, ts)
	}
}
