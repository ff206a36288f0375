package bot_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/integrations/slackapi"
	"huiban/tasks"
)

// BenchmarkAck is the way from a signed request to its acknowledgement, with deliveries at work beside it, next to a
// bare handler on the same Redis. times-bare compares throughput.
func BenchmarkAck(b *testing.B) {
	r := newRig(b)
	coordinator := r.users[r.actor(r.lead.ID, tasks.RoleCoordinator).Person]
	bare := map[string]float64{}
	compare := func(b *testing.B, kind string, each float64) {
		if bare[kind] > 0 {
			b.ReportMetric(each/bare[kind], "times-bare")
		}
	}
	known := r.proposals(b, 20)
	b.Run("bare/command", func(b *testing.B) {
		base := r.bare(b)
		bare["command"] = r.load(b, func(int) error {
			path, body := r.command(coordinator, "帮助")
			_, err := r.send(base, path, body)
			return err
		})
	})
	b.Run("help", func(b *testing.B) {
		base := r.serve(b)
		compare(b, "command", r.load(b, func(int) error {
			path, body := r.command(coordinator, "帮助")
			_, err := r.send(base, path, body)
			return err
		}))
	})
	b.Run("progress", func(b *testing.B) {
		base := r.serve(b)
		compare(b, "command", r.load(b, func(i int) error {
			path, body := r.command(coordinator, "进度 "+known[i%len(known)].Head.Number)
			_, err := r.send(base, path, body)
			return err
		}))
	})
	b.Run("bare/submission", func(b *testing.B) {
		base := r.bare(b)
		p := known[0]
		bare["submission"] = r.load(b, func(int) error {
			path, body := r.submission(p, p.Assignments[0])
			_, err := r.send(base, path, body)
			return err
		})
	})
	submit := func(b *testing.B, base string, pairs []pair) {
		compare(b, "submission", r.load(b, func(i int) error {
			path, body := r.submission(pairs[i].p, pairs[i].as)
			answer, err := r.send(base, path, body)
			if err == nil && len(answer) > 0 {
				err = fmt.Errorf("refused: %s", answer)
			}
			return err
		}))
	}
	b.Run("submission", func(b *testing.B) {
		pairs := r.pairs(b, b.N)
		submit(b, r.serve(b), pairs)
	})
	b.Run("delivered-elsewhere", func(b *testing.B) {
		pairs := r.pairs(b, b.N)
		submit(b, r.answer(b), pairs)
	})
}

// bare verifies, does one GET and one SET and answers: what no bot of this kind can do without.
func (r *rig) bare(b *testing.B) string {
	b.Helper()
	o, err := redis.ParseURL(r.redis)
	if err != nil {
		b.Fatal(err)
	}
	o.PoolSize = 32
	client := redis.NewClient(o)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil || slackapi.Verify(slackapi.Secret(r.app.SigningSecret), req.Header, body, time.Now()) != nil {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		key := "bare:" + strconv.FormatInt(r.seq.Add(1)%1000, 10)
		_ = client.Get(req.Context(), key).Err()
		if err := client.Set(req.Context(), key, body, 0).Err(); err != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"text":"ok"}`)
	}))
	b.Cleanup(func() {
		front.Close()
		_ = client.Close()
	})
	return front.URL
}
