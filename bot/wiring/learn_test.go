package wiring

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huiban/config"
	"huiban/integrations/docx"
	"huiban/tasks"
	"huiban/tasks/letter"
)

// lessonBook keeps lessons in memory.
type lessonBook struct {
	sources []string
	lessons []tasks.Lesson
}

func (b *lessonBook) Teach(_ context.Context, source string, lessons []tasks.Lesson) (bool, error) {
	if slices.Contains(b.sources, source) {
		return false, nil
	}
	b.sources, b.lessons = append(b.sources, source), append(b.lessons, lessons...)
	return true, nil
}

func (b *lessonBook) LessonsSince(_ context.Context, cursor string, _ int) ([]tasks.Lesson, string, error) {
	from, _ := strconv.Atoi(cursor)
	return b.lessons[from:], strconv.Itoa(len(b.lessons)), nil
}

const pastLetter = `中山市水务局关于市政协十三届三次会议第021号提案的答复
王某某委员：
您提出的《关于整治河涌的建议》（第021号）收悉，现答复如下：
一、关于“加快截污管网建设”的建议
我局会同市住建局、市财政局推进截污管网建设，年内完成三十公里。
二、关于“严查偷排”的建议
市生态环境局已开展专项执法，查处偷排企业。
专此答复。
中山市水务局
2024年6月3日
抄送：市政府办公室，市政协提案委，市住建局，市财政局，市生态环境局，市发改局。
`

func TestLearn(t *testing.T) {
	t.Parallel()
	cfg, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name string, body []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var doc bytes.Buffer
	if err := docx.Write(&doc, letter.Letter{Title: "关于某事的通知", Body: []letter.Paragraph{{Text: "请各单位知悉。"}}}); err != nil {
		t.Fatal(err)
	}
	write("2024/a.txt", []byte(pastLetter))
	write("2024/copy of a.txt", []byte(pastLetter+"\n\n"))
	write("notice.docx", doc.Bytes())
	write("table.xlsx", []byte("PK"))
	write("empty.txt", nil)
	write("proposal.txt", []byte("关于整治河涌的建议\n第021号\n提案人：王某某\n建议：\n一、加快截污。\n"))
	write(".hidden/a.txt", []byte(pastLetter))

	var book lessonBook
	now := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	got, err := Learn(t.Context(), cfg.City, &book, dir, now)
	if err != nil {
		t.Fatal(err)
	}
	why := map[string]string{}
	for _, s := range got.Skipped {
		why[filepath.Base(s.File)] = s.Why
	}
	wantWhy := map[string]string{"notice.docx": "cli.learn.no_letter", "table.xlsx": "cli.learn.not_a_document", "empty.txt": "error.file_empty", "proposal.txt": "cli.learn.no_letter"}
	if diff := cmp.Diff(wantWhy, why); diff != "" {
		t.Error(diff)
	}
	if got.Letters != 1 || got.Known != 1 || got.Sections != 2 || got.Units != 3 {
		t.Errorf("got %+v", got)
	}
	again, err := Learn(t.Context(), cfg.City, &book, dir, now)
	if err != nil || again.Letters != 0 || again.Known != 2 {
		t.Errorf("again: %+v, %v", again, err)
	}

	if len(book.lessons) != 3 {
		t.Fatalf("%d lessons: %+v", len(book.lessons), book.lessons)
	}
	first := book.lessons[1]
	first.Text, first.Proposal = "", ""
	want := tasks.Lesson{Section: 1, Number: "021", Title: "关于整治河涌的建议", Heading: "加快截污管网建设", Lead: "shuiwu", Units: []string{"zhujian", "caizheng"},
		Copied: []string{"fagai"}, At: time.Date(2024, 6, 3, 0, 0, 0, 0, cfg.City.Zone)}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Error(diff)
	}

	x := cfg.City.Experience
	if _, err := x.CatchUp(t.Context(), &book, ""); err != nil {
		t.Fatal(err)
	}
	coordinator := cfg.City.Directory.Holders("shengtai", tasks.RoleCoordinator)[0]
	p, err := tasks.NewProposal(cfg.City, now, tasks.Actor{Person: coordinator.Person.Key, Posts: []tasks.Post{coordinator}}, "shengtai", tasks.Head{},
		tasks.Source{Text: "关于整治河涌的建议\n建议：\n加快截污管网建设，年内建成三十公里。\n"})
	if err != nil {
		t.Fatal(err)
	}
	var units []string
	for _, s := range p.Sections[0].Suggestions {
		units = append(units, s.Unit)
	}
	for _, u := range []string{"shuiwu", "zhujian", "caizheng"} {
		if !slices.Contains(units, u) {
			t.Errorf("%s is not among %v", u, units)
		}
	}
	if like := x.Similar(p, 3); len(like) != 1 || !like[0].Letter() {
		t.Errorf("similar: %+v", like)
	}
}

func TestLearnRefuses(t *testing.T) {
	t.Parallel()
	cfg, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Learn(t.Context(), cfg.City, &lessonBook{}, filepath.Join(t.TempDir(), "none"), time.Now()); err == nil {
		t.Error("a folder that is not there is taken")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Learn(ctx, cfg.City, &lessonBook{}, t.TempDir(), time.Now()); err == nil {
		t.Error("it goes on after the end of its context")
	}
}
