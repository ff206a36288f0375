package demo

import (
	"fmt"
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

// openCaseStage opens the stage of a case, in its own city.
func openCaseStage(t *testing.T, c *Case, dir, lang string) *Stage {
	t.Helper()
	o := Options{CaseDir: dir, Headless: true, Lang: lang}
	cfg, err := o.config(c)
	if err != nil {
		t.Fatal(err)
	}
	return opened(t, o, cfg, begin(c, cfg))
}

// playCase plays a case folder through the chat, as demo --headless does.
func playCase(t *testing.T, dir string) played {
	t.Helper()
	c, err := LoadCase(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := openCaseStage(t, c, dir, "zh-CN")
	p := played{stage: s, pl: s.Player()}
	if err := p.pl.Play(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	l, err := p.pl.Letter(t.Context(), s.cfg.Slack.HeadlineChannel(p.pl.lead.ID))
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
	if err != nil || len(dirs) < 8 {
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

// TestReminders lets the clock jump over due dates: every stage reminds each liaison once, an urging comes on top.
func TestReminders(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		dir, unit      string
		remind, person int // reminders in the trail, notices of them that a person got
	}{
		{"silent", "renhang", 4, 4},
		{"county", "dianshang", 1, 1},
	} {
		t.Run(tc.dir, func(t *testing.T) {
			t.Parallel()
			p := playCase(t, filepath.Join("testdata/cases", tc.dir))
			var seqs []int64
			stages := map[string]bool{}
			for _, e := range p.trail {
				if e.Event == tasks.Remind && e.Department == tc.unit {
					seqs = append(seqs, e.Seq)
					stages[e.Reason] = true
				}
			}
			if len(seqs) != tc.remind || len(stages) != tc.remind {
				t.Errorf("%s was reminded %d times in %d stages, want %d", tc.unit, len(seqs), len(stages), tc.remind)
			}
			tl, err := count(t.Context(), p.stage.client)
			if err != nil {
				t.Fatal(err)
			}
			for _, post := range p.pl.City.Directory.Holders(tc.unit, tasks.RoleLiaison) {
				got := 0
				for _, seq := range seqs {
					got += tl.notices[fmt.Sprintf("%s %d %s", p.pl.proposal, seq, post.Person.Key)]
				}
				if got != tc.person {
					t.Errorf("%s got %d reminders, want %d", post.Person.Key, got, tc.person)
				}
			}
		})
	}
}

// TestFurtherExamples plays the two proposals that the demo leaves half way, in both languages.
func TestFurtherExamples(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh-CN", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			c, err := example("124302")
			if err != nil {
				t.Fatal(err)
			}
			s := openCaseStage(t, c, "", lang)
			pl := s.Player()
			if err := pl.Play(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			if err := pl.playFurther(t.Context()); err != nil {
				t.Fatal(err)
			}
			parked, err := s.Parts.Store.Parked(t.Context())
			if err != nil || len(parked) > 0 {
				t.Errorf("%d deliveries were set aside, %v", len(parked), err)
			}
		})
	}
}
