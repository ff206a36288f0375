package demo

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"huiban/tasks"
)

// played is a case that was played to its letter, with the workspace still open.
type played struct {
	stage *Stage
	pl    *Player
	text  []byte
	trail []tasks.AuditEvent
}

// playCase plays a case folder through the chat, as demo --headless does.
func playCase(t *testing.T, dir string) played {
	t.Helper()
	c, err := LoadCase(dir)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{CaseDir: dir, Headless: true, Lang: "zh-CN", Log: slog.New(failing{t: t})}
	cfg, err := o.config(c)
	if err != nil {
		t.Fatal(err)
	}
	s, err := o.open(t.Context(), cfg, begin(c, cfg))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	p := played{stage: s, pl: s.Player()}
	if err := p.pl.Play(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	l, err := p.pl.Letter(t.Context(), cfg.Slack.HeadlineChannel(p.pl.lead.ID))
	if err != nil {
		t.Fatal(err)
	}
	p.text = l.Text
	if p.trail, err = s.Parts.Store.Trail(t.Context(), p.pl.proposal); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestCases plays whole cases that are unlike one another, from intake to the issued letter.
func TestCases(t *testing.T) {
	t.Parallel()
	dirs, err := filepath.Glob("testdata/cases/*/case.yaml")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("%d cases, %v", len(dirs), err)
	}
	for _, file := range dirs {
		dir := filepath.Dir(file)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			p := playCase(t, dir)
			want := readFile(t, filepath.Join(dir, "reply.txt"))
			date := "2006年1月2日"
			at, err := p.pl.c.Reply.Date.in(time.UTC)
			if err != nil {
				at = p.stage.Clock.Now().In(p.pl.City.Zone)
			}
			signature := orNone(p.pl.c.Reply.Signature, p.pl.lead.Official)
			if err := SameLetter(p.text, want, signature, at.Format(date)); err != nil {
				t.Errorf("%v\n%s", err, p.text)
			}
			if err := tasks.VerifyTrail(p.trail); err != nil {
				t.Error(err)
			}
			tl, err := count(t.Context(), p.stage.client)
			if err != nil {
				t.Fatal(err)
			}
			tl.once(t)
		})
	}
}

// writeCase makes a case folder of texts.
func writeCase(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
