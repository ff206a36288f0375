package redisstore

import (
	"context"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

// Finding is one thing that was looked at. Name, Why and Mend are message ids; Why and Mend are empty when nothing is
// to be said.
type Finding struct {
	Name string // "doctor.redis_reachable", …
	OK   bool
	Why  string
	Mend string
	Args map[string]any
}

// minVersion is the oldest server that the scripts and options are made for.
const (
	minVersion = "6.2"
	minMajor   = 6
	minMinor   = 2
)

// Check looks at what the store stands on: that it answers, is new enough, writes to disk, throws nothing away, and, for
// a cluster, that every node sees it whole. A server that does not tell (a hosted one may forbid it) is given the
// benefit of the doubt, and that is said.
func (s *Store) Check(ctx context.Context) []Finding {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	if err := s.client.Ping(ctx).Err(); err != nil {
		return []Finding{{Name: "doctor.redis_reachable", Why: "doctor.redis_unreachable", Mend: "doctor.redis_unreachable_mend",
			Args: map[string]any{"Error": err.Error()}}}
	}
	found := []Finding{{Name: "doctor.redis_reachable", OK: true}}
	cluster, ok := s.client.(*redis.ClusterClient)
	if !ok {
		return append(found, checkNode(ctx, s.client)...)
	}
	nodes := make(chan []Finding, 1000)
	err := cluster.ForEachMaster(ctx, func(ctx context.Context, c *redis.Client) error {
		nodes <- append(checkNode(ctx, c), checkCluster(ctx, c))
		return nil
	})
	close(nodes)
	var all []Finding
	for n := range nodes {
		all = append(all, n...)
	}
	if err != nil {
		all = append(all, Finding{Name: "doctor.redis_cluster", Why: "doctor.redis_cluster_down", Mend: "doctor.redis_cluster_mend",
			Args: map[string]any{"Error": err.Error()}})
	}
	return append(found, worst(all)...)
}

// worst keeps one finding of each name, a bad one if there is any.
func worst(all []Finding) []Finding {
	var out []Finding
	at := map[string]int{}
	for _, f := range all {
		i, ok := at[f.Name]
		switch {
		case !ok:
			at[f.Name] = len(out)
			out = append(out, f)
		case out[i].OK && (!f.OK || out[i].Why == ""):
			out[i] = f
		}
	}
	return out
}

func checkNode(ctx context.Context, c redis.Cmdable) []Finding {
	info := map[string]string{}
	for _, section := range []string{"server", "persistence", "memory"} {
		text, err := c.Info(ctx, section).Result()
		if err != nil {
			continue
		}
		for line := range strings.Lines(text) {
			if k, v, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
				info[k] = v
			}
		}
	}
	return []Finding{checkVersion(info), checkPersistence(ctx, c, info), checkEviction(info)}
}

func checkVersion(info map[string]string) Finding {
	f := Finding{Name: "doctor.redis_version", OK: true, Args: map[string]any{"Version": info["redis_version"], "Least": minVersion}}
	var major, minor int
	_, err := fmt.Sscanf(info["redis_version"], "%d.%d", &major, &minor)
	switch {
	case err != nil:
		f.Why = "doctor.redis_version_unknown"
	case major < minMajor || major == minMajor && minor < minMinor:
		f.OK, f.Why, f.Mend = false, "doctor.redis_version_old", "doctor.redis_version_mend"
	}
	return f
}

func checkPersistence(ctx context.Context, c redis.Cmdable, info map[string]string) Finding {
	f := Finding{Name: "doctor.redis_persistence", OK: true}
	if info["aof_enabled"] == "1" {
		if info["aof_last_write_status"] == "err" {
			f.OK, f.Why, f.Mend = false, "doctor.redis_aof_failing", "doctor.redis_aof_failing_mend"
		}
		return f
	}
	save, err := c.ConfigGet(ctx, "save").Result()
	switch {
	case err != nil || info["aof_enabled"] == "":
		f.Why = "doctor.redis_persistence_unknown"
	case save["save"] != "":
		f.Why, f.Mend = "doctor.redis_snapshots_only", "doctor.redis_persistence_mend"
	default:
		f.OK, f.Why, f.Mend = false, "doctor.redis_not_persistent", "doctor.redis_persistence_mend"
	}
	return f
}

func checkEviction(info map[string]string) Finding {
	policy := info["maxmemory_policy"]
	f := Finding{Name: "doctor.redis_eviction", OK: true, Args: map[string]any{"Policy": policy}}
	switch policy {
	case "":
		f.Why = "doctor.redis_eviction_unknown"
	case "noeviction":
	default:
		f.OK, f.Why, f.Mend = false, "doctor.redis_evicts", "doctor.redis_eviction_mend"
	}
	return f
}

func checkCluster(ctx context.Context, c redis.Cmdable) Finding {
	f := Finding{Name: "doctor.redis_cluster", OK: true}
	info, err := c.ClusterInfo(ctx).Result()
	if err != nil || !strings.Contains(info, "cluster_state:ok") {
		f.OK, f.Why, f.Mend = false, "doctor.redis_cluster_down", "doctor.redis_cluster_mend"
	}
	return f
}

// Ready pings the server, for a readiness check; it returns an Unavailable error when that does not answer.
func (s *Store) Ready(ctx context.Context) error {
	ctx, cancel := s.bound(ctx)
	defer cancel()
	if err := s.client.Ping(ctx).Err(); err != nil {
		return &tasks.Error{Code: tasks.Unavailable, Message: "error.store_unavailable", Err: err}
	}
	return nil
}
