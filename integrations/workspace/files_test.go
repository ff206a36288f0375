package workspace

import (
	"net/http"
	"strings"
	"testing"

	"huiban/integrations/workspace/member"
)

func download(t *testing.T, target, token string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(timeout(t), http.MethodGet, target, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	_, _, body := send(t, req)
	return string(body)
}

func TestUpload(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *Options) { o.MaxFileBytes = 100 })
	ask := func() answer {
		return call(t, s, "files.getUploadURLExternal", obj{"filename": "答复.docx", "length": 5})
	}
	if got := call(t, s, "files.getUploadURLExternal", obj{"filename": "a", "length": 101}).err(); got != "file_upload_size_restricted" {
		t.Errorf("too large: %q", got)
	}
	up := ask()
	target, id := up.str("upload_url"), up.str("file_id")
	const form = "multipart/form-data; boundary=x"
	for _, tt := range []struct {
		name, kind, body string
		want             int
	}{
		{"form without a file", form, "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n12345\r\n--x--\r\n", http.StatusBadRequest},
		{"empty form", form, "--x--", http.StatusBadRequest},
		{"form of another length", form, filePart("1234"), http.StatusBadRequest},
		{"too short", "application/octet-stream", "1234", http.StatusBadRequest},
		{"too long", "application/octet-stream", "123456", http.StatusBadRequest},
		{"right", "application/octet-stream", "12345", http.StatusOK},
		{"second time", "application/octet-stream", "12345", http.StatusNotFound},
	} {
		if got, _, body := post(t, target, tt.kind, "", tt.body); got != tt.want {
			t.Errorf("%s: %d %s", tt.name, got, body)
		}
	}
	if got := call(t, s, "files.completeUploadExternal", obj{"files": []obj{{"id": ask().str("file_id")}}, "channel_id": "C1"}).err(); got != "file_not_found" {
		t.Errorf("completing what was not uploaded: %q", got)
	}
	dm := call(t, s, "conversations.open", obj{"users": "U1"}).str("channel", "id")
	done := call(t, s, "files.completeUploadExternal", obj{
		"files": []obj{{"id": id, "title": "答复稿"}}, "channel_id": dm, "initial_comment": "请审",
	})
	if done.err() != "" {
		t.Fatal(done)
	}
	m := as(t, s, "U1")
	msg, err := m.WaitMessage(timeout(t), dm, member.Containing("请审"))
	if err != nil || len(msg.Files) != 1 || msg.Files[0].Name != "答复.docx" {
		t.Fatalf("message %+v, %v", msg, err)
	}
	data, err := m.Download(timeout(t), msg.Files[0])
	if err != nil || string(data) != "12345" {
		t.Errorf("download: %q, %v", data, err)
	}
	if _, err := as(t, s, "U2").Download(timeout(t), msg.Files[0]); code(err) != "file_not_found" {
		t.Errorf("somebody else reads the file: %v", err)
	}
}

// filePart is a form as Slack's SDK for JavaScript sends a file: one part named body.
func filePart(data string) string {
	return "--x\r\nContent-Disposition: form-data; name=\"body\"; filename=\"Untitled\"\r\n" +
		"Content-Type: application/octet-stream\r\n\r\n" + data + "\r\n--x--\r\n"
}

func TestUploadAsAForm(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	up := call(t, s, "files.getUploadURLExternal", obj{"filename": "意见.txt", "length": 5})
	for _, want := range []int{http.StatusOK, http.StatusNotFound} {
		if got, _, body := post(t, up.str("upload_url"), "multipart/form-data; boundary=x", "", filePart("12345")); got != want {
			t.Errorf("got %d, want %d: %s", got, want, body)
		}
	}
	done := call(t, s, "files.completeUploadExternal", obj{"files": []obj{{"id": up.str("file_id")}}, "channel_id": "C1"})
	if done.err() != "" {
		t.Fatal(done)
	}
	target := call(t, s, "files.info", obj{"file": up.str("file_id")}).str("file", "url_private")
	if got := download(t, target, testBotToken); got != "12345" {
		t.Errorf("file = %q", got)
	}
}

func TestPrivateURLNeedsTheToken(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	m := as(t, s, "U1")
	ctx := timeout(t)
	dm, err := m.DM(ctx)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := m.Upload(ctx, "未发.txt", []byte("私密"))
	if err != nil {
		t.Fatal(err)
	}
	id, err := m.Upload(ctx, "提案.txt", []byte("内容"))
	if err != nil {
		t.Fatal(err)
	}
	app := connect(t, s)
	if _, err := m.Say(ctx, dm, "", "", id); err != nil {
		t.Fatal(err)
	}
	e := app.next("events_api")
	app.ack(e, nil)
	if e.Payload.str("event", "subtype") != "file_share" || e.Payload.str("event", "channel_type") != "im" {
		t.Errorf("event = %v", e.Payload["event"])
	}
	e = app.next("events_api")
	app.ack(e, nil)
	if e.Payload.str("event", "type") != "file_shared" || e.Payload.str("event", "file_id") != id {
		t.Errorf("event = %v", e.Payload["event"])
	}
	target := call(t, s, "files.info", obj{"file": id}).str("file", "url_private")
	if got := download(t, target, testBotToken); got != "内容" {
		t.Errorf("with the token: %q", got)
	}
	for _, token := range []string{"", "xoxb-wrong"} {
		if got := download(t, target, token); !strings.Contains(got, "<!doctype html>") {
			t.Errorf("with token %q: %q", token, got)
		}
	}
	if got := call(t, s, "files.info", obj{"file": secret}).err(); got != "file_not_found" {
		t.Errorf("the app sees a file that was not shared: %q", got)
	}
}
