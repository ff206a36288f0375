package workspace

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"huiban/integrations/workspace/member"
)

func benchServer(b *testing.B, change func(*Options)) *Server {
	b.Helper()
	o := Options{Seed: testSeed(), NoRateLimits: true}
	if change != nil {
		change(&o)
	}
	s, err := New(o)
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Start("127.0.0.1:0"); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s
}

// BenchmarkCommandOverHTTP is what the workspace itself costs of a slash command.
func BenchmarkCommandOverHTTP(b *testing.B) {
	app := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	b.Cleanup(app.Close)
	s := benchServer(b, func(o *Options) {
		o.Seed.Apps[0].SocketMode, o.Seed.Apps[0].RequestURL = false, app.URL
	})
	c := member.Dial(s.URL())
	b.Cleanup(c.Close)
	b.RunParallel(func(pb *testing.PB) {
		m := c.As("U1")
		for pb.Next() {
			if _, err := m.Command(context.Background(), "/huiban", "x"); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

func BenchmarkPostMessage(b *testing.B) {
	s := benchServer(b, nil)
	body := []byte(`{"channel":"C1","text":"x","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"x"}}]}`)
	for b.Loop() {
		req := httptest.NewRequest(http.MethodPost, "/api/chat.postMessage", bytes.NewReader(body))
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Authorization", "Bearer "+testBotToken)
		s.ServeHTTP(httptest.NewRecorder(), req)
	}
}
