package htmltext

import (
	"encoding/base64"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"huiban/integrations/internal/readertest"
)

func TestArchives(t *testing.T) {
	t.Parallel()
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("<p>一、背景</p>")
	if err != nil {
		t.Fatal(err)
	}
	const head = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"b\"\r\n\r\nA page.\r\n"
	part := func(kind, encoding, body string) string {
		return "--b\r\nContent-Type: " + kind + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + body + "\r\n"
	}
	coded := base64.StdEncoding.EncodeToString([]byte(gbk))
	for _, tt := range []struct{ name, in, want string }{
		{"quoted", head + part("text/html", "quoted-printable", "<p>=E4=B8=\r\n=80=E3=80=81</p>") + "--b--\r\n", "一、\n"},
		{"base64, the encoding named outside", head + part("image/png", "base64", "AAAA") + part(`text/html; charset="gb2312"`, "base64", coded) + "--b--\r\n", "一、背景\n"},
		{"plain, by a browser", "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>文</p>", "文\n"},
		{"cut off", head + part("text/html", "8bit", "<p>文</p><p>半"), "文\n半\n"},
		{"pages in a page", head + "--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>文</p>\r\n--c--\r\n--b--\r\n", "文\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if !Is([]byte(tt.in)) {
				t.Fatal("not known")
			}
			if got, err := Read([]byte(tt.in)); err != nil || got != tt.want {
				t.Errorf("%q, %v; want %q", got, err, tt.want)
			}
		})
	}
	for name, in := range map[string]string{"no page": head + part("image/png", "base64", "AAAA"), "no boundary": "MIME-Version: 1.0\nContent-Type: multipart/related\n\nx"} {
		if _, err := Read([]byte(in)); readertest.Message(err) != "error.file_format" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if Is([]byte("MIME-Version: 1.0 是一个标准")) {
		t.Error("a text is no archive")
	}
}
