package demo

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"huiban/bot/internal/logtest"
	"huiban/config"
	"huiban/tasks"
)

// need skips the test where a program is missing, but not in CI, which must have all. It returns the first that is there.
func need(t *testing.T, oneOf ...string) string {
	t.Helper()
	for _, name := range oneOf {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("CI has none of %v", oneOf)
	}
	t.Skipf("none of %v on this machine", oneOf)
	return ""
}

// openStage opens the built-in city on a day in 2020.
func openStage(t *testing.T, lang string) *Stage {
	t.Helper()
	cfg, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2020, 6, 1, 9, 0, 0, 0, cfg.City.Zone)
	return opened(t, Options{Lang: lang, Listen: "127.0.0.1:0"}, cfg, at)
}

// opened opens a stage for as long as the test lasts; an error in its log fails the test.
func opened(t *testing.T, o Options, cfg *config.Config, at time.Time) *Stage {
	t.Helper()
	o.Log = logtest.Loud(t)
	s, err := o.open(t.Context(), cfg, at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// page is the workspace in a browser, used as people do: by clicking and typing.
type page struct {
	t     *testing.T
	ctx   context.Context
	stage *Stage
	lang  string
}

// openPage starts a browser of its own on the stage.
func openPage(t *testing.T, s *Stage, lang string, width, height int64) *page {
	t.Helper()
	program := need(t, "chromium", "chromium-browser", "google-chrome")
	ctx, cancel := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir()), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("lang", lang), chromedp.Env("LANGUAGE="+lang))...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Log("browser:", err)
		}
		cancel()
	})
	p := &page{t: t, ctx: ctx, stage: s, lang: lang}
	// The browser lives as long as the context of the first step.
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height)); err != nil {
		t.Fatal(err)
	}
	return p
}

// patience is how long the page is waited for at each step.
const patience = 15 * time.Second

func (p *page) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.lost(what, err)
	}
}

// lost ends the test with a picture of where it stood.
func (p *page) lost(what string, err error) {
	p.t.Helper()
	if png, shotErr := chromedp.Run(p.ctx, chromedp.CaptureScreenshot()); shotErr == nil {
		name := filepath.Join(os.TempDir(), strings.ReplaceAll(p.t.Name(), "/", "-")+"-lost.png")
		if os.WriteFile(name, png, 0o600) == nil {
			p.t.Log("picture:", name)
		}
	}
	p.t.Fatalf("%s: %v", what, err)
}

// newest finds the last element of a selector: of several cards, the one that came last.
func newest(sel string) chromedp.JSPath {
	return chromedp.JSPath(fmt.Sprintf("Array.from(document.querySelectorAll(%q)).at(-1)", sel))
}

func action(id string) string { return `#main article:not(.ephemeral) [data-action-id="` + id + `"]` }
func view(callback string) string {
	return `dialog.view[data-callback-id="` + callback + `"]`
}

func (p *page) wait(sel string) {
	p.t.Helper()
	p.do("wait for "+sel, chromedp.WaitVisible(newest(sel)))
}

func (p *page) gone(sel string) {
	p.t.Helper()
	p.holds("no "+sel, fmt.Sprintf("!document.querySelector(%q)", sel))
}

// holds waits until an expression is true in the page.
func (p *page) holds(what, expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression)); err != nil {
		p.lost(what, err)
	}
}

func (p *page) click(sel string) {
	p.t.Helper()
	p.do("click "+sel, chromedp.Click(newest(sel)))
}

// enter replaces what stands in a field.
func (p *page) enter(sel, text string) {
	p.t.Helper()
	p.do("type into "+sel, chromedp.Focus(newest(sel)), chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.SendKeys(newest(sel), text))
}

func (p *page) text(sel string) string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	words, err := chromedp.Run(ctx, chromedp.Text(newest(sel)))
	if err != nil {
		p.lost("read "+sel, err)
	}
	return words
}

// open presses what opens a form.
func (p *page) open(press, callback string) {
	p.t.Helper()
	p.click(press)
	p.wait(view(callback))
}

// submit sends the form that is open and waits until it has been taken.
func (p *page) submit(callback string) {
	p.t.Helper()
	p.click(view(callback) + " [data-view=submit]")
	p.gone(view(callback))
}

func (p *page) confirm(press string) {
	p.t.Helper()
	p.click(press)
	p.click("dialog.confirm [data-confirm=ok]")
	p.gone("dialog.confirm")
}

// person is who holds a post.
func (p *page) person(department string, role tasks.Role, nth int) string {
	p.t.Helper()
	holders := p.stage.cfg.City.Directory.Holders(department, role)
	if nth >= len(holders) {
		p.t.Fatalf("%s has no %s %d", department, role, nth)
	}
	return holders[nth].Person.Key
}

// become shows the workspace as a member: at "home", at the direct messages with the bot (""), or at a channel.
func (p *page) become(person, place string) {
	p.t.Helper()
	m := p.stage.client.As(person)
	id, err := m.ID(p.ctx)
	if err != nil {
		p.t.Fatal(err)
	}
	switch place {
	case "home":
	case "":
		place, err = m.DM(p.ctx)
	default:
		place, err = m.Channel(p.ctx, place)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	q := url.Values{"as": {id}, "c": {place}, "lang": {p.lang}}
	p.do("become "+person, chromedp.Navigate(p.stage.URL+"/?"+q.Encode()), chromedp.WaitReady(chromedp.CSS(`body[data-ready="`+id+`"]`)))
}

func (p *page) shot(name string) {
	p.t.Helper()
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(name, png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}
