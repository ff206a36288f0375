package bot_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

func zipOf(t *testing.T, name string, body []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range []struct {
		name string
		body []byte
	}{{"[Content_Types].xml", []byte(`<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`)}, {name, body}} {
		w, err := z.Create(part.name)
		check(t, err)
		_, err = w.Write(part.body)
		check(t, err)
	}
	check(t, z.Close())
	return out.Bytes()
}

func noise(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func utf16File(text string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// paper is the small case's paper under another number, so that each is a paper of its own.
func paper(number string) string {
	return strings.ReplaceAll(smallCase["proposal.txt"], "130017", number)
}

// TestBrokenPapers hands in what cannot be read: the sender is told why and what to do, nothing is registered, and the
// next sound paper is taken as ever.
func TestBrokenPapers(t *testing.T) {
	t.Parallel()
	s := breakable(t)
	m := s.holder("市民政局", tasks.RoleCoordinator)
	for _, tc := range []struct {
		name string
		body []byte
		says string
	}{
		{"空白.txt", []byte(" \n\u3000\n"), "空"},
		{"过大.txt", bytes.Repeat([]byte("建议"), 30<<20/6), "20 MB"},
		{"炸弹.docx", zipOf(t, "word/document.xml", bytes.Repeat([]byte{' '}, 300<<20)), "docx"},
		{"乱码.docx", append([]byte("PK\x03\x04"), noise(4096)...), "docx"},
		{"随机.docx", noise(4096), "docx"},
		{"随机.txt", noise(4096), ""},
		{"坏.pdf", append([]byte("%PDF-1.7\n"), noise(4096)...), ""},
		{"坏.doc", append([]byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}, noise(4096)...), ""},
	} {
		said, _ := s.register(m, tc.name, tc.body)
		switch {
		case said == "":
			t.Errorf("%s was registered", tc.name)
		case !strings.Contains(said, tc.says) || !strings.Contains(said, tc.name):
			t.Errorf("%s: %q does not name the file and say %q", tc.name, said, tc.says)
		case strings.Contains(said, "系统繁忙") || strings.Contains(said, "error."):
			t.Errorf("%s: %q does not say what is wrong", tc.name, said)
		}
	}
	if n := s.events(tasks.Register); n != 0 {
		t.Errorf("%d papers were registered", n)
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(paper("130018")))
	check(t, err)
	for number, body := range map[string][]byte{"130018": gb, "130019": utf16File(paper("130019"))} {
		said, card := s.register(m, number+".txt", body)
		if said != "" || !strings.Contains(card.Text(), number) || !strings.Contains(card.Text(), "林示例") {
			t.Errorf("%s in another encoding: %s %s", number, said, card.Text())
		}
	}
}

// TestShapelessPapers hands in texts that are readable, but of no known form.
func TestShapelessPapers(t *testing.T) {
	t.Parallel()
	s := breakable(t)
	m := s.holder("市民政局", tasks.RoleCoordinator)
	said, card := s.register(m, "便条.txt", []byte("请尽快答复。"))
	if said != "" || !card.HasAction("desk.head") {
		t.Fatalf("a note of one sentence: %s", said)
	}
	for _, el := range card.Elements() {
		if el.ActionID == "desk.dispatch" {
			check(t, m.Use(s.ctx, card, el))
		}
	}
	s.said(m, func(msg member.Message) bool { return msg.Ephemeral && strings.Contains(msg.Text(), "请填写") })

	s.intake(m)
	if err := m.Submit(s.ctx, map[string]any{"text": strings.Repeat("建", 3001)}); err == nil {
		t.Error("a field took more than Slack allows")
	}
	if err := m.Submit(s.ctx, map[string]any{}); !strings.Contains(fmt.Sprint(member.FieldErrors(err)), "请上传原件") {
		t.Errorf("an empty form was answered with %v", err)
	}
}

// TestSamePaperTwice registers one paper by two files, by text, and by the same click twice.
func TestSamePaperTwice(t *testing.T) {
	t.Parallel()
	s := breakable(t)
	m := s.holder("市民政局", tasks.RoleCoordinator)
	s.ws.LoseAcks("interactive", 1)
	file, err := m.Upload(s.ctx, "提案.txt", []byte(paper("130017")))
	check(t, err)
	s.intake(m)
	values := map[string]any{"file": []string{file}}
	if err := m.Submit(s.ctx, values); err == nil {
		t.Error("the acknowledgement was not lost")
	}
	check(t, m.Submit(s.ctx, values))
	s.card(m, "desk.dispatch")
	if said, _ := s.register(m, "再次.txt", []byte(paper("130017"))); !strings.Contains(said, "已经登记") {
		t.Errorf("the same paper in a second file was answered with %q", said)
	}
	s.intake(m)
	if err := m.Submit(s.ctx, map[string]any{"text": paper("130017")}); !strings.Contains(fmt.Sprint(member.FieldErrors(err)), "已经登记") {
		t.Errorf("the same paper as text was answered with %v", err)
	}
	if n := s.events(tasks.Register); n != 1 {
		t.Errorf("registered %d times", n)
	}
}

// TestBrokenContribution hands in a file that cannot be read: the liaison is told, nothing is lost, the next text counts.
func TestBrokenContribution(t *testing.T) {
	t.Parallel()
	s := dispatched(t)
	m := s.holder("市司法局", tasks.RoleLiaison)
	field := s.open(m, "prompt.write", "contribution", "file_")
	bad, err := m.Upload(s.ctx, "会办意见.docx", noise(2048))
	check(t, err)
	text := "text_" + strings.TrimPrefix(field, "file_")
	if err := m.Submit(s.ctx, map[string]any{field: []string{bad}, text: "我局另有意见。"}); len(member.FieldErrors(err)) != 1 {
		t.Errorf("a file and a text at once were answered with %v", err)
	}
	check(t, m.Submit(s.ctx, map[string]any{field: []string{bad}, text: ""}))
	s.said(m, func(msg member.Message) bool {
		return strings.Contains(msg.Text(), "docx") && strings.Contains(msg.Text(), "130017")
	})
	if n := s.events(tasks.Submit); n != 0 {
		t.Errorf("%d texts were submitted", n)
	}
	s.open(m, "prompt.write", "contribution", "text_")
	check(t, m.Submit(s.ctx, map[string]any{text: "我局开展法律援助。"}))
	s.until("the text is in", func() bool { return s.events(tasks.Submit) == 1 })
}
