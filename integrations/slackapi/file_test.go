package slackapi

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

func TestUploadPostsRawBytes(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("files.getUploadURLExternal", `{"ok":true,"file_id":"F1","upload_url":"`+f.URL+`/upload/F1"}`)
	tries := 0
	f.handle("/upload/F1", func(w http.ResponseWriter, _ *http.Request) {
		if tries++; tries == 1 {
			w.WriteHeader(http.StatusBadGateway)
		}
	})
	f.on("files.completeUploadExternal", `{"ok":true,"files":[{"id":"F1","title":"复函"}]}`)
	body := []byte("PK\x03\x04 raw")
	id, err := f.client(t).Upload(t.Context(), File{
		Name: "reply.docx", Title: "复函", Channel: "C1", ThreadTS: "1.1", Comment: "完成", Body: body,
	})
	if err != nil || id != "F1" {
		t.Fatalf("Upload() = %q, %v", id, err)
	}
	if got := f.seen("files.getUploadURLExternal")[0].form; got.Get("filename") != "reply.docx" || got.Get("length") != "8" {
		t.Errorf("asked with %v", got)
	}
	sent := f.seen("/upload/F1")
	if len(sent) != 2 || !bytes.Equal(sent[1].body, body) {
		t.Errorf("uploads = %q", sent)
	}
	done := f.seen("files.completeUploadExternal")[0].form
	for field, want := range map[string]string{
		"channel_id": "C1", "thread_ts": "1.1", "initial_comment": "完成", "files": `[{"id":"F1","title":"复函"}]`,
	} {
		if done.Get(field) != want {
			t.Errorf("%s = %q, want %q", field, done.Get(field), want)
		}
	}
}

func TestUploadRefused(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("files.getUploadURLExternal", `{"ok":true,"file_id":"F1","upload_url":"https://evil.example/up"}`)
	c := f.client(t)
	if _, err := c.Upload(t.Context(), File{Name: "a.docx"}); !errors.Is(err, ErrArgument) {
		t.Errorf("empty file: %v", err)
	}
	if _, err := c.Upload(t.Context(), File{Name: "a.docx", Body: []byte("x")}); !errors.Is(err, ErrForeignHost) {
		t.Errorf("foreign upload address: %v", err)
	}
}

func TestUsedUploadAddressIsNotPermanent(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("files.getUploadURLExternal", `{"ok":true,"file_id":"F1","upload_url":"`+f.URL+`/upload/F1"}`)
	f.on("/upload/F1", "404")
	_, err := f.client(t).Upload(t.Context(), File{Name: "a.docx", Body: []byte("x")})
	if !errors.Is(err, errUpload) || Permanent(err) {
		t.Errorf("Upload() = %v, permanent %t", err, Permanent(err))
	}
}

func TestDownload(t *testing.T) {
	t.Parallel()
	stranger := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("a stranger was asked, with Authorization %q", r.Header.Get("Authorization"))
	}))
	t.Cleanup(stranger.Close)
	f := newFakeSlack(t)
	f.handle("/files/F1", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = w.Write([]byte("0123456789"))
	})
	f.handle("/files/login", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte("<html>"))
	})
	f.handle("/files/away", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", stranger.URL)
		w.WriteHeader(http.StatusFound)
	})
	f.on("files.info", `{"ok":true,"file":{"id":"F1","name":"a.txt","mimetype":"text/plain","url_private_download":"`+f.URL+`/files/F1"}}`)
	at := func(path string, size int) slack.File {
		return slack.File{ID: "F1", Name: "a.txt", Mimetype: "text/plain", Size: size, URLPrivate: f.URL + path}
	}
	tests := []struct {
		name string
		file slack.File
		max  int64
		want error
	}{
		{"whole", at("/files/F1", 10), 10, nil},
		{"by id", slack.File{ID: "F1"}, 10, nil},
		{"says it is too large", at("/files/F1", 11), 10, ErrTooLarge},
		{"is too large", at("/files/F1", 0), 9, ErrTooLarge},
		{"login page", at("/files/login", 0), 100, ErrNotFile},
		{"redirect to a stranger", at("/files/away", 0), 100, ErrForeignHost},
		{"at a stranger", slack.File{ID: "F1", URLPrivate: stranger.URL}, 100, ErrForeignHost},
		{"plain http at Slack", slack.File{ID: "F1", URLPrivate: "http://files.slack.com/x"}, 100, ErrForeignHost},
	}
	c := f.client(t)
	for _, tt := range tests {
		body, name, kind, err := c.Download(t.Context(), tt.file, tt.max)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: error = %v, want %v", tt.name, err, tt.want)
		}
		if tt.want == nil && (string(body) != "0123456789" || name != "a.txt" || kind != "text/plain") {
			t.Errorf("%s: = %q, %q, %q", tt.name, body, name, kind)
		}
	}
	for _, call := range f.seen("/files/F1") {
		if call.auth != "Bearer xoxb-test-1" {
			t.Errorf("download without the token: %q", call.auth)
		}
	}
}

func TestTokenStaysHome(t *testing.T) {
	t.Parallel()
	api := &url.URL{Scheme: "https", Host: "slack.com", Path: "/api/"}
	tr := &transport{api: api, token: testToken.Reveal}
	tests := []struct {
		name, address string
		download, has bool
	}{
		{"API", "https://slack.com/api/chat.postMessage", false, true},
		{"API over plain http", "http://slack.com/api/chat.postMessage", false, false},
		{"file", "https://files.slack.com/f", true, true},
		{"hook", "https://hooks.slack.com/h", false, false},
		{"upload", "https://files.slack.com/upload", false, false},
		{"look-alike", "https://slack.com.evil.example/f", true, false},
		{"suffix", "https://notslack.com/f", true, false},
		{"other", "https://example.org/", true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			if tt.download {
				ctx = withDownload(ctx)
			}
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, tt.address, nil)
			if err != nil {
				t.Fatal(err)
			}
			got, err := tr.prepare(req, 1)
			if err != nil {
				t.Fatal(err)
			}
			if has := strings.Contains(got.Header.Get("Authorization"), testToken.Reveal()); has != tt.has {
				t.Errorf("token sent: %t, want %t", has, tt.has)
			}
		})
	}
}
