package tasks_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
	"huiban/tasks/workday"
)

func TestApprovalChain(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	pl.complete()
	pl.ok(pl.p.RequestApproval(pl.city, pl.now, pl.coordinator()))
	first := len(pl.p.Drafts)
	pl.refused(tasks.Illegal, pl.p.Approve(pl.now, pl.leader(1), first))
	pl.refused(tasks.Forbidden, pl.p.Approve(pl.now, pl.coordinator(), first))
	pl.refused(tasks.Forbidden, pl.p.Approve(pl.now, actorOf(pl.city, party, tasks.RoleLeader, 0), first))
	pl.ok(pl.p.Approve(pl.now, pl.leader(0), first))
	if err := pl.p.Approve(pl.now, pl.leader(0), first); err != nil || len(pl.p.Events()) != 0 {
		t.Errorf("agreeing twice: %v, %d events", err, len(pl.p.Events()))
	}
	pl.refused(tasks.Invalid, pl.p.RejectDraft(pl.now, pl.leader(1), first, ""))
	pl.ok(pl.p.RejectDraft(pl.now, pl.leader(1), first, "措辞再斟酌"))
	if got := pl.p.Phase(); got != tasks.PhaseHandling {
		t.Fatalf("phase %s after the draft was sent back", got)
	}
	pl.send(3, civil, "市民政局另有新的进展。")
	pl.ok(pl.p.RequestApproval(pl.city, pl.now, pl.coordinator()))
	if order, ok := pl.p.Awaiting(); !ok || order != 0 {
		t.Errorf("awaiting %d (%v): earlier approvals still count", order, ok)
	}
	pl.refused(tasks.Illegal, pl.p.Approve(pl.now, pl.leader(0), first))
	pl.ok(pl.p.Approve(pl.now, pl.leader(0), len(pl.p.Drafts)))
	pl.ok(pl.p.RecallDraft(pl.now, pl.coordinator()))
	if len(pl.p.Drafts) != first+1 {
		t.Errorf("%d drafts kept, want %d", len(pl.p.Drafts), first+1)
	}
}

func TestOnlySignedWordsGoOut(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	pl.complete()
	pl.sign()
	pl.send(1, party, "我部在签发以后改口。")
	pl.ok(pl.p.Issue(pl.city, pl.now, pl.coordinator(), issuing()))
	final, _ := pl.p.Issued()
	if text := final.Letter.Text(); strings.Contains(text, "改口") || !strings.Contains(text, "认真办理") {
		t.Errorf("the letter is not what was signed:\n%s", text)
	}
}

func TestIssuing(t *testing.T) {
	t.Parallel()
	pl := handling(t)
	pl.complete()
	pl.refused(tasks.Illegal, pl.p.Issue(pl.city, pl.now, pl.coordinator(), issuing()))
	pl.sign()
	for _, tt := range []struct {
		name   string
		change func(*tasks.Issuing)
		field  string
	}{
		{"number of another form", func(is *tasks.Issuing) { is.Number = "67" }, "number"},
		{"no date", func(is *tasks.Issuing) { is.Date = workday.Date{} }, "date"},
		{"date before receipt", func(is *tasks.Issuing) { is.Date = workday.On(2020, 5, 29) }, "date"},
		{"class that the city does not have", func(is *tasks.Issuing) { is.Class = "甲" }, "class"},
		{"no disclosure mark", func(is *tasks.Issuing) { is.Disclosure.Mode = "" }, "disclosure"},
		{"withheld without a reason", func(is *tasks.Issuing) { is.Disclosure.Mode = "不予公开" }, "disclosure_reason"},
		{"endless contact", func(is *tasks.Issuing) { is.Contact.Name = strings.Repeat("长", 101) }, "contact"},
		{"endless copy entry", func(is *tasks.Issuing) { is.CopyList = []string{strings.Repeat("长", 61)} }, "copy"},
	} {
		is := issuing()
		tt.change(&is)
		err := pl.p.Issue(pl.city, pl.now, pl.coordinator(), is)
		refusal, ok := err.(*tasks.Error) //nolint:errorlint // Issue returns it bare
		if !ok || refusal.Field != tt.field {
			t.Errorf("%s: %v, want a refusal of field %q", tt.name, err, tt.field)
		}
	}
	is := issuing()
	is.CopyList = []string{"市政府办公室", "市发展和改革局", " 市工信局（2份） ", "市政府办公室", ""}
	pl.ok(pl.p.Issue(pl.city, pl.now, pl.coordinator(), is))
	if diff := cmp.Diff([]string{"市政府办公室", "市发改局", "市工信局（2份）"}, pl.p.CopyList(pl.city)); diff != "" {
		t.Errorf("copy list (-want +got):\n%s", diff)
	}
}

func TestSoundNumber(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, in, want string
		sound          bool
	}{
		{"already sound", "中民函〔2020〕67号", "中民函〔2020〕67号", true},
		{"square brackets and zeros", "中民函[2020]067号", "中民函〔2020〕67号", true},
		{"blanks and 第", " 中民函（2020）第 67 号", "中民函〔2020〕67号", true},
		{"none", "", "", true},
		{"no year", "中民函67号", "", false},
		{"brackets in the prefix", "中(民)函【2020】67号", "中（民）函〔2020〕67号", true},
		{"a letter in the prefix", "粤Z农函〔2020〕7号", "粤Z农函〔2020〕7号", true},
		{"no serial", "中民函〔2020〕0号", "", false},
		{"no prefix", "〔2020〕67号", "", false},
		{"more behind it", "中民函〔2020〕67号附件", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := tasks.SoundNumber(tt.in)
			if got != tt.want || (err == nil) != tt.sound {
				t.Errorf("SoundNumber(%q) = %q, %v", tt.in, got, err)
			}
		})
	}
}
