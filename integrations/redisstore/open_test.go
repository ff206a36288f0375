package redisstore

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"
)

func TestDial(t *testing.T) {
	t.Parallel()
	type shape struct {
		Kind             string
		Addrs            []string
		User, Pass       string
		Master, Sentinel string
		DB               int
		TLS              bool
		Server           string
	}
	look := func(c redis.UniversalClient) shape {
		switch c := c.(type) {
		case *redis.ClusterClient:
			o := c.Options()
			return shape{Kind: "cluster", Addrs: o.Addrs, User: o.Username, Pass: o.Password, TLS: o.TLSConfig != nil}
		case *redis.Client:
			o := c.Options()
			s := shape{Kind: o.Network, Addrs: []string{o.Addr}, User: o.Username, Pass: o.Password, DB: o.DB, TLS: o.TLSConfig != nil}
			if s.TLS {
				s.Server = o.TLSConfig.ServerName
			}
			return s
		}
		return shape{}
	}
	for url, want := range map[string]shape{
		"redis://localhost":                             {Kind: "tcp", Addrs: []string{"localhost:6379"}},
		"redis://u:p%40ss@h:1234/3":                     {Kind: "tcp", Addrs: []string{"h:1234"}, User: "u", Pass: "p@ss", DB: 3},
		"rediss://:secret@h":                            {Kind: "tcp", Addrs: []string{"h:6379"}, Pass: "secret", TLS: true, Server: "h"},
		"unix:///run/redis.sock?db=2":                   {Kind: "unix", Addrs: []string{"/run/redis.sock"}, DB: 2},
		"redis+cluster://u:p@a:1,b:2,c":                 {Kind: "cluster", Addrs: []string{"a:1", "b:2", "c:6379"}, User: "u", Pass: "p"},
		"rediss+cluster://a:1":                          {Kind: "cluster", Addrs: []string{"a:1"}, TLS: true},
		"redis+sentinel://u:p@a,b:2/main/4":             {Kind: "tcp", Addrs: []string{"FailoverClient"}, User: "u", Pass: "p", DB: 4},
		"rediss+sentinel://a:26379/main?db=0":           {Kind: "tcp", Addrs: []string{"FailoverClient"}, TLS: true},
		" redis+sentinel://a/main?sentinel_password=x ": {Kind: "tcp", Addrs: []string{"FailoverClient"}}, //nolint:gocritic // the blanks are the case
	} {
		c, err := dial(url)
		if err != nil {
			t.Errorf("%s: %v", url, err)
			continue
		}
		if d := cmp.Diff(want, look(c)); d != "" {
			t.Errorf("%s (-want +got):\n%s", url, d)
		}
		_ = c.Close()
	}
}

func TestDialRefuses(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "localhost:6379", "http://u:hush@h", "redis://u:hush@a:1,b:2", "redis+sentinel://u:hush@a,b",
		"redis+cluster://u:hush@a/3", "redis+tree://u:hush@a", "redis://u:hush@h/x", "redis://u:hush@h:port", "redis://h?hush=1",
		"rediss://u:hush@h?ca=/nowhere.pem", "rediss://u:hush@h?cert=/nowhere.pem"} {
		_, err := Open(context.Background(), url)
		if err == nil {
			t.Errorf("%q was taken", url)
			continue
		}
		if strings.Contains(err.Error(), "hush") {
			t.Errorf("%q: the error shows the password: %v", url, err)
		}
	}
}
