package cli

import (
	"net"
	"os"
	"path/filepath"
	"testing"
)

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
