package demo

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"huiban/tasks"
)

const picturesDir = "../../docs/images"

// TestPictures draws the README's pictures anew: HUIBAN_SCREENSHOTS=1 go test ./bot/demo -run TestPictures.
func TestPictures(t *testing.T) {
	if os.Getenv("HUIBAN_SCREENSHOTS") != "1" {
		t.Skip("HUIBAN_SCREENSHOTS=1 draws the README's pictures anew")
	}
	c, err := example("124302")
	if err != nil {
		t.Fatal(err)
	}
	p := openPage(t, openStage(t, "zh-CN"), "zh-CN", 1280, 900)
	pl := p.stage.Player()
	step := func(do ...func(context.Context) error) {
		t.Helper()
		for _, do := range do {
			if err := do(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	step(func(ctx context.Context) error { return pl.Begin(ctx, c) })
	p.become(p.person("renshe", tasks.RoleLiaison, 0), "")
	p.wait(action("prompt.accept"))
	p.picture("liaison")

	step(pl.contribute)
	p.become(p.person(pl.lead.ID, tasks.RoleCoordinator, 0), "")
	p.wait(action("desk.adopt_all"))
	p.picture("coordinator")

	step(pl.adopt, pl.leadText, pl.arrange, pl.frame, pl.preview)
	p.click(action("desk.request"))
	p.become(p.person(pl.lead.ID, tasks.RoleLeader, 0), "")
	p.wait(action("approval.approve"))
	p.picture("leader")

	step(pl.approve, pl.issue)
	channel := p.stage.cfg.Slack.HeadlineChannel(pl.lead.ID)
	l, err := pl.Letter(t.Context(), channel)
	if err != nil {
		t.Fatal(err)
	}
	p.become(p.person(pl.lead.ID, tasks.RoleCoordinator, 0), channel)
	p.click("#main .replies")
	p.wait(`#thread a.file-card[download$=".txt"]`)
	p.picture("channel")
	drawLetter(t, l.Docx, filepath.Join(picturesDir, "letter.png"))

	step(pl.playFurther)
	p.become(p.person("caizheng", tasks.RoleLiaison, 0), "home")
	p.wait(`#main [data-action-id="prompt.write"]`)
	p.picture("home")
}

// picture is taken when the fonts are there and nothing moves any more.
func (p *page) picture(name string) {
	p.t.Helper()
	p.holds("the page stands still", `document.fonts.status === "loaded" && document.getAnimations().every((a) => a.playState !== "running")`)
	p.shot(filepath.Join(picturesDir, name+".png"))
}

// drawLetter draws the first page of a letter.
func drawLetter(t *testing.T, docx []byte, name string) {
	t.Helper()
	need(t, "soffice")
	need(t, "pdftoppm")
	fonts, err := filepath.Abs("../../integrations/docx/fonts.conf")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "letter.docx"), docx, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	for _, args := range [][]string{
		{"soffice", "-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "pdf", "letter.docx"},
		{"pdftoppm", "-r", "80", "-png", "-f", "1", "-l", "1", "-singlefile", "letter.pdf", "page"},
	} {
		cmd := exec.CommandContext(ctx, args[0], args[1:]...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "FONTCONFIG_FILE="+fonts, "HOME="+dir)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", args[0], err, out)
		}
	}
	picture, err := os.ReadFile(filepath.Join(dir, "page.png"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(picture)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, picture, 0o644); err != nil {
		t.Fatal(err)
	}
}
