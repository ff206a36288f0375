package redisstore

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Client is a connection to Redis: a single node, Sentinel or Cluster. Whoever wires the parts passes it along.
type Client = redis.UniversalClient

// Bounds of a connection. They leave room for one more try within callTimeout.
const (
	dialTimeout = time.Second
	ioTimeout   = time.Second
	poolSize    = 32
	retries     = 2
)

// Open connects to the Redis that a URL names and makes sure that it answers:
//
//	redis://[user:password@]host[:port][/db]
//	unix://[user:password@]/path/to/socket[?db=n]
//	redis+sentinel://[user:password@]host[:port],host[:port]…/master[/db][?sentinel_username=…&sentinel_password=…]
//	redis+cluster://[user:password@]host[:port],host[:port]…
//
// With rediss in place of redis the connection is TLS; ca, cert and key name PEM files beside the system's roots. Errors
// never hold the URL, because of its password. An Unavailable error means: not now.
//
// An account with an access list needs ~hb:* +@read +@write +@scripting +@connection +info, and +cluster for a cluster.
func Open(ctx context.Context, rawURL string) (redis.UniversalClient, error) {
	client, err := dial(rawURL)
	if err != nil {
		return nil, err
	}
	if err := greet(ctx, client); err != nil {
		_ = client.Close()
		return nil, fault("open", err)
	}
	return client, nil
}

// greetings is how often a server that does not answer in time is asked at the start: a busy machine may be slow, but a
// server that refuses is not asked again.
const greetings = 3

func greet(ctx context.Context, client redis.UniversalClient) error {
	for try := 1; ; try++ {
		bounded, cancel := context.WithTimeout(ctx, callTimeout)
		err := client.Ping(bounded).Err()
		cancel()
		slow, isNet := errors.AsType[net.Error](err)
		if err == nil || try == greetings || ctx.Err() != nil || !isNet || !slow.Timeout() {
			return err
		}
	}
}

var errURL = errors.New("redisstore: the Redis URL is not of a known form")

// dial makes the client without connecting.
func dial(rawURL string) (redis.UniversalClient, error) {
	scheme, rest, ok := strings.Cut(strings.TrimSpace(rawURL), "://")
	if !ok {
		return nil, errURL
	}
	base, kind, _ := strings.Cut(strings.ToLower(scheme), "+")
	authority, tail := rest, ""
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		authority, tail = rest[:i], rest[i:]
	}
	user, hosts := "", authority
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		user, hosts = authority[:i+1], authority[i+1:]
	}
	addrs := strings.Split(hosts, ",")
	if len(addrs) > 1 && kind == "" {
		return nil, fmt.Errorf("%w: several hosts need redis+sentinel:// or redis+cluster://", errURL)
	}
	u, err := url.Parse(base + "://" + user + addrs[0] + tail)
	if err != nil {
		return nil, errURL // its own text would show the password
	}
	o, err := options(u, kind, addrs)
	if err != nil {
		return nil, err
	}
	switch kind {
	case "":
		return redis.NewClient(o.Simple()), nil
	case "sentinel":
		return redis.NewFailoverClient(o.Failover()), nil
	}
	return redis.NewClusterClient(o.Cluster()), nil
}

func options(u *url.URL, kind string, addrs []string) (*redis.UniversalOptions, error) {
	query := u.Query()
	take := func(name string) string {
		v := query.Get(name)
		query.Del(name)
		return v
	}
	ca, cert, key := take("ca"), take("cert"), take("key")
	o := &redis.UniversalOptions{SentinelUsername: take("sentinel_username"), SentinelPassword: take("sentinel_password")}
	path := strings.Trim(u.Path, "/")
	switch kind {
	case "cluster":
		if path != "" {
			return nil, fmt.Errorf("%w: a cluster has no database number", errURL)
		}
	case "sentinel":
		o.MasterName, path, _ = strings.Cut(path, "/")
		if o.MasterName == "" {
			return nil, fmt.Errorf("%w: redis+sentinel:// needs the master's name after the hosts", errURL)
		}
		u.Path = "/" + path
	case "":
	default:
		return nil, errURL
	}
	u.RawQuery = query.Encode()
	one, err := redis.ParseURL(u.String())
	if err != nil {
		return nil, errURL
	}
	o.Username, o.Password, o.DB, o.TLSConfig = one.Username, one.Password, one.DB, one.TLSConfig
	o.Addrs = []string{one.Addr}
	if kind != "" {
		o.Addrs = withPorts(addrs, map[string]string{"sentinel": "26379", "cluster": "6379"}[kind])
	}
	if o.TLSConfig != nil {
		if kind != "" {
			o.TLSConfig.ServerName = "" // each node goes by its own name
		}
		if err := trust(o.TLSConfig, ca, cert, key); err != nil {
			return nil, err
		}
	}
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = dialTimeout, ioTimeout, ioTimeout, ioTimeout
	o.PoolSize, o.MaxRetries, o.ContextTimeoutEnabled = poolSize, retries, true
	o.MaxRedirects = 3
	return o, nil
}

func withPorts(addrs []string, port string) []string {
	var out []string
	for _, a := range addrs {
		if _, _, err := net.SplitHostPort(a); err != nil {
			a = net.JoinHostPort(strings.Trim(a, "[]"), port)
		}
		out = append(out, a)
	}
	return out
}

// trust adds the files named in the URL to a TLS configuration.
func trust(c *tls.Config, ca, cert, key string) error {
	c.MinVersion = tls.VersionTLS12
	if ca != "" {
		pem, err := os.ReadFile(ca)
		if err != nil {
			return fmt.Errorf("redisstore: certificate authority: %w", err)
		}
		roots, err := x509.SystemCertPool()
		if err != nil {
			roots = x509.NewCertPool()
		}
		if !roots.AppendCertsFromPEM(pem) {
			return fmt.Errorf("redisstore: certificate authority: no certificate in %s", ca)
		}
		c.RootCAs = roots
	}
	if cert != "" || key != "" {
		pair, err := tls.LoadX509KeyPair(cert, key)
		if err != nil {
			return fmt.Errorf("redisstore: client certificate: %w", err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return nil
}
