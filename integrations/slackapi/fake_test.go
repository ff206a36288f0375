package slackapi

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	testToken  = Secret("xoxb-test-1")
	testSecret = Secret("signing-secret-of-tests")
)

var testNow = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// call is one request that a fakeSlack saw.
type call struct {
	method string
	form   url.Values // of a form, or of a JSON body's string fields
	auth   string
	body   []byte
}

// fakeSlack answers Web API methods with what a test has put down for them.
type fakeSlack struct {
	*httptest.Server
	mu      sync.Mutex
	calls   []call
	answers map[string]http.HandlerFunc
}

func newFakeSlack(t *testing.T) *fakeSlack {
	t.Helper()
	f := &fakeSlack{answers: map[string]http.HandlerFunc{}}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *fakeSlack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	if r.Method == http.MethodGet {
		form = r.URL.Query()
	}
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	f.mu.Lock()
	f.calls = append(f.calls, call{method: method, form: form, auth: r.Header.Get("Authorization"), body: body})
	answer := f.answers[method]
	f.mu.Unlock()
	if answer == nil {
		_, _ = io.WriteString(w, `{"ok":false,"error":"unknown_method"}`)
		return
	}
	r.PostForm = form
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	answer(w, r)
}

// on sets the answer to a method: JSON text for a call, in turn, the last for
// all that follow. A text that begins with a number is a status, with what
// follows a blank as Retry-After.
func (f *fakeSlack) on(method string, answers ...string) {
	n := 0
	f.handle(method, func(w http.ResponseWriter, _ *http.Request) {
		f.mu.Lock()
		text := answers[min(n, len(answers)-1)]
		n++
		f.mu.Unlock()
		if text[0] == '{' {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, text)
			return
		}
		status, after, _ := strings.Cut(text, " ")
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		code, _ := strconv.Atoi(status)
		w.WriteHeader(code)
	})
}

func (f *fakeSlack) handle(method string, h http.HandlerFunc) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[method] = h
}

// seen returns the calls of a method so far.
func (f *fakeSlack) seen(method string) []call {
	f.mu.Lock()
	defer f.mu.Unlock()
	var found []call
	for _, c := range f.calls {
		if c.method == method {
			found = append(found, c)
		}
	}
	return found
}

func (f *fakeSlack) client(t *testing.T, change ...func(*Config)) *Client {
	t.Helper()
	cfg := Config{BotToken: testToken, AppToken: "xapp-test-1", APIURL: f.URL + "/api", Now: func() time.Time { return testNow }}
	for _, fn := range change {
		fn(&cfg)
	}
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func sign(secret Secret, body string, at time.Time) http.Header {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":" + body))
	return http.Header{
		"X-Slack-Request-Timestamp": {stamp},
		"X-Slack-Signature":         {"v0=" + hex.EncodeToString(mac.Sum(nil))},
	}
}

// eventually waits for a condition that other goroutines bring about.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("never happened: %s", what)
}

// counted reads a counter or gauge.
func counted(m prometheus.Metric) float64 {
	var out dto.Metric
	if err := m.Write(&out); err != nil {
		return -1
	}
	return out.GetCounter().GetValue() + out.GetGauge().GetValue()
}

// total returns the number of calls of all methods so far.
func (f *fakeSlack) total() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.calls)
}
