package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
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
