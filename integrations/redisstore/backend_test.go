package redisstore

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// backend is one kind of Redis that the contract holds on. Tests of one backend share its server and keep apart by the
// prefix of their keys.
type backend struct {
	client redis.UniversalClient
	pass   func(time.Duration) // lets Redis' own clock run, or waits
}

// backends runs a test on every kind of Redis there is.
func backends(t *testing.T, test func(t *testing.T, b backend)) {
	t.Run("miniredis", func(t *testing.T) {
		t.Parallel()
		m := miniredis.RunT(t)
		c := redis.NewClient(&redis.Options{Addr: m.Addr(), ContextTimeoutEnabled: true})
		t.Cleanup(func() { _ = c.Close() })
		test(t, backend{c, m.FastForward})
	})
	t.Run("memory", func(t *testing.T) {
		t.Parallel()
		m, err := openMemory(t.TempDir(), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := m.stop(); err != nil {
				t.Error(err)
			}
		})
		test(t, backend{m.client, m.server.FastForward})
	})
	t.Run("server", func(t *testing.T) {
		t.Parallel()
		needServer(t)
		addr := startServer(t, t.TempDir())
		c := redis.NewClient(&redis.Options{Addr: addr, ContextTimeoutEnabled: true})
		t.Cleanup(func() { _ = c.Close() })
		waitFor(t, func() error { return c.Ping(context.Background()).Err() })
		test(t, backend{c, time.Sleep})
	})
	t.Run("cluster", func(t *testing.T) {
		t.Parallel()
		needServer(t)
		test(t, backend{startCluster(t), time.Sleep})
	})
}

func needServer(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("redis-server is not on PATH, and CI must not skip")
		}
		t.Skip("redis-server is not on PATH")
	}
}

// freePort finds a port whose cluster bus port is free as well.
func freePort(t testing.TB) int {
	t.Helper()
	for range 50 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := l.Addr().(*net.TCPAddr).Port
		_ = l.Close()
		if port > 50000 {
			continue
		}
		bus, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port+10000))
		if err == nil {
			_ = bus.Close()
			return port
		}
	}
	t.Fatal("no free port")
	return 0
}

func startServer(t testing.TB, dir string, more ...string) string {
	t.Helper()
	return startProgram(t, append([]string{"--dir", dir, "--save", "", "--appendonly", "no"}, more...)...)
}

func startProgram(t testing.TB, args ...string) string {
	t.Helper()
	port := fmt.Sprint(freePort(t))
	cmd := exec.Command("redis-server", append(args, "--port", port, "--bind", "127.0.0.1")...)
	childOf(cmd)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return "127.0.0.1:" + port
}

func startCluster(t testing.TB) redis.UniversalClient {
	t.Helper()
	ctx := context.Background()
	var addrs []string
	var nodes []*redis.Client
	for range 3 {
		addr := startServer(t, t.TempDir(), "--cluster-enabled", "yes", "--cluster-node-timeout", "5000")
		c := redis.NewClient(&redis.Options{Addr: addr})
		t.Cleanup(func() { _ = c.Close() })
		addrs, nodes = append(addrs, addr), append(nodes, c)
	}
	ranges := [][2]int{{0, 5460}, {5461, 10922}, {10923, 16383}}
	for i, c := range nodes {
		waitFor(t, func() error { return c.Ping(ctx).Err() })
		if err := c.Do(ctx, "CLUSTER", "SET-CONFIG-EPOCH", i+1).Err(); err != nil {
			t.Fatal(err)
		}
		if err := c.ClusterAddSlotsRange(ctx, ranges[i][0], ranges[i][1]).Err(); err != nil {
			t.Fatal(err)
		}
	}
	for _, addr := range addrs[1:] {
		host, port, _ := net.SplitHostPort(addr)
		if err := nodes[0].ClusterMeet(ctx, host, port).Err(); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range nodes {
		waitFor(t, func() error {
			info, err := c.ClusterInfo(ctx).Result()
			if err != nil || !strings.Contains(info, "cluster_state:ok") || !strings.Contains(info, "cluster_known_nodes:3") {
				return fmt.Errorf("cluster is not ready: %w", err)
			}
			return nil
		})
	}
	c := redis.NewClusterClient(&redis.ClusterOptions{Addrs: addrs, ContextTimeoutEnabled: true})
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// waitFor waits until ready gives no error.
func waitFor(t testing.TB, ready func() error) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	var err error
	for time.Now().Before(deadline) {
		if err = ready(); err == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("not ready in time: %v", err)
}
