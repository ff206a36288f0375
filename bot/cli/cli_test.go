package cli

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"huiban/bot/demo"
	"huiban/config"
	"huiban/integrations/redisstore"
	"huiban/integrations/workspace"
	"huiban/tasks"
)

// Tests of the command line set the environment and so run one after another.

var secretNames = []string{"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "REDIS_URL"}

// environment sets these secrets and no others.
func environment(t *testing.T, env map[string]string) {
	t.Helper()
	for _, name := range secretNames {
		t.Setenv(name, env[name])
		t.Setenv(name+"_FILE", "")
	}
}

// huiban runs a command to its end, which must come within seconds.
func huiban(t *testing.T, args ...string) (status int, out, errOut string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	var o, e bytes.Buffer
	status = run(ctx, args, &o, &e)
	if ctx.Err() != nil {
		t.Fatalf("%v did not end by itself", args)
	}
	return status, o.String(), e.String()
}

func file(t *testing.T, name string, body []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// refused runs a command that must fail with status 1 and say something.
func refused(t *testing.T, says []string, args ...string) {
	t.Helper()
	status, out, errOut := huiban(t, args...)
	if status != 1 {
		t.Errorf("%v ended with status %d, want 1\n%s", args, status, out)
	}
	for _, words := range says {
		if !strings.Contains(errOut, words) {
			t.Errorf("%v says %q, want it to name %q", args, errOut, words)
		}
	}
}

const someTokens = "xoxb-some"

func TestServeRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	bad := t.TempDir()
	if err := os.CopyFS(bad, os.DirFS("../../config/testdata/yunxi")); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"bot.yaml": "workers: many\nqueuee: 3\n", "rules.yaml": "x: [\n"} {
		if err := os.WriteFile(filepath.Join(bad, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tokens := map[string]string{"SLACK_BOT_TOKEN": someTokens, "SLACK_APP_TOKEN": "xapp-some"}
	with := func(name, value string) map[string]string {
		env := map[string]string{name: value}
		for k, v := range tokens {
			env[k] = v
		}
		return env
	}
	for _, tc := range []struct {
		name string
		env  map[string]string
		args []string
		zh   []string
		en   []string
	}{
		{"no token", nil, nil, []string{"SLACK_BOT_TOKEN", "huiban demo"}, []string{"SLACK_BOT_TOKEN", "huiban demo"}},
		{"no transport", map[string]string{"SLACK_BOT_TOKEN": someTokens}, nil, []string{"SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "缺少"}, []string{"no way"}},
		{"bad configuration", tokens, []string{"--config", bad}, []string{"bot.yaml:1:10", "bot.yaml:2:1", "queuee", "rules.yaml:1:1"}, []string{"bot.yaml:1:10", "queuee"}},
		{"no configuration", tokens, []string{"--config", filepath.Join(bad, "nowhere")}, []string{"nowhere"}, []string{"nowhere"}},
		{"no Redis", with("REDIS_URL", "redis://127.0.0.1:1"), []string{"--listen", "127.0.0.1:0"}, []string{"Redis 没有应答", "REDIS_URL"}, []string{"Redis does not answer"}},
		{"no address of a Redis", with("REDIS_URL", "nonsense"), []string{"--listen", "127.0.0.1:0"}, []string{"REDIS_URL", "redis://"}, []string{"REDIS_URL"}},
		{"address in use", tokens, []string{"--listen", taken.Addr().String(), "--data", t.TempDir()}, []string{taken.Addr().String(), "--listen"}, []string{taken.Addr().String(), "--listen"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			environment(t, tc.env)
			refused(t, tc.zh, append([]string{"serve"}, tc.args...)...)
			refused(t, tc.en, append([]string{"serve", "--lang", "en"}, tc.args...)...)
		})
	}
}

func TestDemoRefusesBrokenCases(t *testing.T) {
	environment(t, nil)
	for _, tc := range []struct {
		name string
		yaml string // "" for no file
		zh   string
		en   string
	}{
		{"no file", "", "没有 case.yaml", "no case.yaml"},
		{"no YAML", "lead: [", "有误", "has a fault"},
		{"a wrong date", "lead: 市民政局\nproposal: {file: p.txt, received: 不知}", "不知", "不知"},
		{"no proposal", "lead: 市民政局", "proposal.file", "proposal.file"},
		{"no lead", "proposal: {file: p.txt}", "lead", "lead"},
		{"no such proposal", "lead: 市民政局\nproposal: {file: q.txt}", "q.txt", "q.txt"},
		{"no such lead", "lead: 市古树局\nproposal: {file: p.txt}", "市古树局", "市古树局"},
		{"an empty proposal", "lead: 市民政局\nproposal: {file: p.txt}", "空", "empty"},
		{"no such configuration", "lead: 市民政局\nconfig: elsewhere\nproposal: {file: p.txt}", "elsewhere", "elsewhere"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			if tc.yaml != "" {
				for name, body := range map[string]string{"case.yaml": tc.yaml, "p.txt": " \n"} {
					if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
			refused(t, []string{tc.zh}, "demo", "--headless", "--case", dir, "--out", t.TempDir())
			refused(t, []string{tc.en}, "demo", "--headless", "--lang", "en", "--case", dir, "--out", t.TempDir())
		})
	}
}

func TestSplit(t *testing.T) {
	environment(t, nil)
	const paper = "中山市政协十三届一次会议提案\n第130017号\n案由：关于长者饭堂的建议\n提案人：林示例\n\n一、开展法律服务\n建议律师到场服务。\n\n二、培训厨师\n建议给予培训补贴。\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(paper))
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string][]byte{"utf8.txt": []byte(paper), "gb.txt": gb, "crlf.txt": []byte(strings.ReplaceAll(paper, "\n", "\r\n"))} {
		status, out, errOut := huiban(t, "split", file(t, name, body))
		if status != 0 || !strings.Contains(out, "130017 关于长者饭堂的建议") || !strings.Contains(out, "2. 培训厨师") {
			t.Errorf("%s: status %d\n%s%s", name, status, out, errOut)
		}
	}
	status, out, _ := huiban(t, "split", "--json", file(t, "p.txt", []byte(paper)))
	if status != 0 || !strings.Contains(out, `"heading": "开展法律服务"`) {
		t.Errorf("JSON: status %d\n%s", status, out)
	}
	refused(t, []string{"空"}, "split", file(t, "empty.txt", nil))
	refused(t, []string{"docx"}, "split", file(t, "noise.docx", []byte{0, 1, 2, 0xff, 0xfe, 0, 7, 0x80}))
	refused(t, []string{"没有这个文件", "nowhere.txt"}, "split", "nowhere.txt")
	refused(t, []string{"There is no file"}, "split", "--lang", "en", "nowhere.txt")
}

func TestAuditVerify(t *testing.T) {
	environment(t, nil)
	out := t.TempDir()
	if status, _, errOut := huiban(t, "demo", "--headless", "--out", out); status != 0 {
		t.Fatal(errOut)
	}
	trail, err := os.ReadFile(filepath.Join(out, "audit.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if status, said, errOut := huiban(t, "audit", "verify", filepath.Join(out, "audit.jsonl")); status != 0 || !strings.Contains(said, "未被改动") {
		t.Errorf("a sound trail: status %d %s%s", status, said, errOut)
	}
	lines := strings.SplitAfter(strings.TrimSpace(string(trail)), "\n")
	changed := strings.Join(lines[:4], "") + strings.Replace(lines[4], `"actor":"`, `"actor":"x`, 1) + strings.Join(lines[5:], "")
	refused(t, []string{"可能被改动", "event 5"}, "audit", "verify", file(t, "changed.jsonl", []byte(changed)))
	refused(t, []string{"event 4"}, "audit", "verify", file(t, "dropped.jsonl", []byte(strings.Join(lines[:3], "")+strings.Join(lines[4:], ""))))
	refused(t, []string{"line 2"}, "audit", "verify", "--lang", "en", file(t, "torn.jsonl", []byte(lines[0]+"{\"seq\":")))
	refused(t, []string{"nowhere"}, "audit", "verify", "nowhere.jsonl")
}

func TestManifest(t *testing.T) {
	environment(t, nil)
	status, socket, _ := huiban(t, "manifest")
	if status != 0 || !strings.Contains(socket, "socket_mode_enabled: true") || !strings.Contains(socket, "会办") {
		t.Errorf("Socket Mode: status %d\n%s", status, socket)
	}
	status, web, _ := huiban(t, "manifest", "--lang", "en", "--url", "https://huiban.example")
	if status != 0 || !strings.Contains(web, "https://huiban.example/slack/interactions") || strings.Contains(web, "socket_mode_enabled: true") {
		t.Errorf("HTTP: status %d\n%s", status, web)
	}
	refused(t, []string{"https"}, "manifest", "--url", "http://huiban.example")
}

// localSlack is a workspace whose app has lost some scopes.
func localSlack(t *testing.T, without ...string) (seed workspace.App, apiURL string) {
	t.Helper()
	cfg, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	s := demo.LocalSeed(cfg)
	var scopes []string
	for _, scope := range s.Apps[0].Scopes {
		if !strings.Contains(strings.Join(without, " "), scope) {
			scopes = append(scopes, scope)
		}
	}
	s.Apps[0].Scopes = scopes
	ws, err := workspace.New(workspace.Options{Seed: s, RateScale: 20})
	if err != nil {
		t.Fatal(err)
	}
	if err := ws.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ws.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Apps[0], ws.APIURL()
}

func TestDoctor(t *testing.T) {
	app, api := localSlack(t)
	poor, poorAPI := localSlack(t, "files:read", "users:read.email")
	for _, tc := range []struct {
		name string
		env  map[string]string
		zh   []string
		en   []string
		sick bool
	}{
		{"well", map[string]string{"SLACK_BOT_TOKEN": app.BotToken, "SLACK_APP_TOKEN": app.AppToken, "SLACK_API_URL": api}, []string{"各项正常"}, []string{"huiban serve"}, false},
		{"scopes", map[string]string{"SLACK_BOT_TOKEN": poor.BotToken, "SLACK_APP_TOKEN": poor.AppToken, "SLACK_API_URL": poorAPI}, []string{"files:read", "huiban manifest"}, []string{"files:read", "huiban manifest"}, true},
		{"token", map[string]string{"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_APP_TOKEN": app.AppToken, "SLACK_API_URL": api}, []string{"invalid_auth", "SLACK_BOT_TOKEN"}, []string{"invalid_auth"}, true},
		{"app token", map[string]string{"SLACK_BOT_TOKEN": app.BotToken, "SLACK_APP_TOKEN": "xapp-wrong", "SLACK_API_URL": api}, []string{"SLACK_APP_TOKEN"}, []string{"SLACK_APP_TOKEN"}, true},
		{"Slack away", map[string]string{"SLACK_BOT_TOKEN": app.BotToken, "SLACK_APP_TOKEN": app.AppToken, "SLACK_API_URL": "http://127.0.0.1:1/api/"}, []string{"待处理"}, []string{"127.0.0.1:1"}, true},
		{"Redis dead", map[string]string{"SLACK_BOT_TOKEN": app.BotToken, "SLACK_APP_TOKEN": app.AppToken, "SLACK_API_URL": api, "REDIS_URL": "redis://127.0.0.1:1"}, []string{"Redis 不能使用", "REDIS_URL"}, []string{"REDIS_URL"}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			environment(t, tc.env)
			for lang, says := range map[string][]string{"zh-CN": tc.zh, "en": tc.en} {
				status, out, errOut := huiban(t, "doctor", "--lang", lang, "--data", t.TempDir())
				if (status == 1) != tc.sick {
					t.Errorf("status %d\n%s%s", status, out, errOut)
				}
				for _, words := range says {
					if !strings.Contains(out, words) {
						t.Errorf("the doctor says %q, want it to name %q", out, words)
					}
				}
			}
		})
	}
}

func TestQueue(t *testing.T) {
	mini := miniredis.RunT(t)
	env := map[string]string{"REDIS_URL": "redis://" + mini.Addr()}
	environment(t, env)
	if status, out, _ := huiban(t, "queue", "list"); status != 0 || !strings.Contains(out, "共 0 项") {
		t.Errorf("an empty queue: status %d %s", status, out)
	}
	cfg, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	client, err := redisstore.Open(t.Context(), env["REDIS_URL"])
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	store := redisstore.New(client, redisstore.Options{City: cfg.City})
	now := time.Now()
	d := tasks.Delivery{Kind: tasks.CardDelivery, Name: tasks.CardPrompt, Unit: "sifa", Recipient: "sifa.a@zhongshan.example"}
	if err := store.Plan(t.Context(), "p1", now, []tasks.Delivery{d}); err != nil {
		t.Fatal(err)
	}
	jobs, err := store.Claim(t.Context(), now, 10)
	if err != nil || len(jobs) != 1 {
		t.Fatal(jobs, err)
	}
	if err := store.Park(t.Context(), jobs[0], "users_not_found"); err != nil {
		t.Fatal(err)
	}
	status, out, _ := huiban(t, "queue", "list")
	if status != 0 || !strings.Contains(out, "users_not_found") || !strings.Contains(out, "sifa.a@zhongshan.example") || !strings.Contains(out, "共 1 项") {
		t.Errorf("the list: status %d\n%s", status, out)
	}
	id, _, _ := strings.Cut(out, "\u3000")
	refused(t, []string{"--all"}, "queue", "replay")
	refused(t, []string{"未找到"}, "queue", "replay", "00-ffffffffffffffff")
	refused(t, []string{"no"}, "queue", "replay", "--lang", "en", "nonsense")
	if status, out, errOut := huiban(t, "queue", "replay", id); status != 0 || !strings.Contains(out, "1 项") {
		t.Errorf("replay: status %d %s%s", status, out, errOut)
	}
	again, err := store.Claim(t.Context(), time.Now(), 10)
	if err != nil || len(again) != 1 || again[0].Delivery != d || again[0].Attempt < 2 {
		t.Errorf("after the replay the queue has %+v, %v", again, err)
	}
	if status, out, _ := huiban(t, "queue", "replay", "--all"); status != 0 || !strings.Contains(out, "0 项") {
		t.Errorf("replay of nothing: status %d %s", status, out)
	}
}
