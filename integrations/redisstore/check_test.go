package redisstore

import (
	"log/slog"
	"os/exec"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"
)

// outcome is the part of the findings that does not depend on the server's version.
func outcome(t *testing.T, s *Store) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, f := range s.Check(t.Context()) {
		out[f.Name] = "ok " + f.Why
		if !f.OK {
			out[f.Name] = "bad " + f.Why
			if f.Mend == "" {
				t.Errorf("%s does not say how to mend it", f.Name)
			}
		}
	}
	return out
}

func TestCheck(t *testing.T) {
	t.Parallel()
	want := func(t *testing.T, c redis.UniversalClient, want map[string]string) {
		t.Helper()
		if d := cmp.Diff(want, outcome(t, New(c, Options{}))); d != "" {
			t.Errorf("findings (-want +got):\n%s", d)
		}
	}
	t.Run("miniredis", func(t *testing.T) {
		t.Parallel()
		c := redis.NewClient(&redis.Options{Addr: miniredis.RunT(t).Addr()})
		t.Cleanup(func() { _ = c.Close() })
		want(t, c, map[string]string{"doctor.redis_reachable": "ok ", "doctor.redis_version": "ok doctor.redis_version_unknown",
			"doctor.redis_persistence": "ok doctor.redis_persistence_unknown", "doctor.redis_eviction": "ok doctor.redis_eviction_unknown"})
	})
	t.Run("server", func(t *testing.T) {
		t.Parallel()
		needServer(t)
		c := redis.NewClient(&redis.Options{Addr: startServer(t, t.TempDir())})
		t.Cleanup(func() { _ = c.Close() })
		waitFor(t, func() error { return c.Ping(t.Context()).Err() })
		all := map[string]string{"doctor.redis_reachable": "ok ", "doctor.redis_version": "ok ",
			"doctor.redis_persistence": "bad doctor.redis_not_persistent", "doctor.redis_eviction": "ok "}
		want(t, c, all)
		c.ConfigSet(t.Context(), "save", "60 1000")
		c.ConfigSet(t.Context(), "maxmemory-policy", "allkeys-lru")
		all["doctor.redis_persistence"], all["doctor.redis_eviction"] = "ok doctor.redis_snapshots_only", "bad doctor.redis_evicts"
		want(t, c, all)
	})
	t.Run("private", func(t *testing.T) {
		t.Parallel()
		needServer(t)
		program, _ := exec.LookPath("redis-server")
		c, _, stop, err := embedded(t.Context(), t.TempDir(), program, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = stop() })
		want(t, c, map[string]string{"doctor.redis_reachable": "ok ", "doctor.redis_version": "ok ", "doctor.redis_persistence": "ok ", "doctor.redis_eviction": "ok "})
	})
	t.Run("cluster", func(t *testing.T) {
		t.Parallel()
		needServer(t)
		want(t, startCluster(t), map[string]string{"doctor.redis_reachable": "ok ", "doctor.redis_version": "ok ",
			"doctor.redis_persistence": "bad doctor.redis_not_persistent", "doctor.redis_eviction": "ok ", "doctor.redis_cluster": "ok "})
	})
}
