package redisstore

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

// plays runs a proposal through a client as Open makes it.
func plays(t *testing.T, url string) {
	t.Helper()
	var client redis.UniversalClient
	waitFor(t, func() (err error) {
		client, err = Open(t.Context(), url)
		return err
	})
	t.Cleanup(func() { _ = client.Close() })
	city := testCity(t)
	s := New(client, Options{City: city, Now: func() time.Time { return start }})
	if err := s.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	p := draftPaper(t, city, "1")
	if err := s.Create(t.Context(), p, "a"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Update(t.Context(), p.ID, "b", handOut(city)); err != nil {
		t.Fatal(err)
	}
	jobs, err := s.Claim(t.Context(), start, 5)
	if err != nil || len(jobs) != 5 {
		t.Fatalf("claimed %d jobs, %v", len(jobs), err)
	}
	if err := s.Done(t.Context(), jobs[0]); err != nil {
		t.Fatal(err)
	}
	for _, f := range s.Check(t.Context()) {
		if f.Name == "doctor.redis_version" && (!f.OK || f.Why != "") {
			t.Errorf("finding = %+v", f)
		}
	}
}

// TestLeastRights holds what the manual says an account needs; CONFIG is not among it.
func TestLeastRights(t *testing.T) {
	t.Parallel()
	needServer(t)
	addr := startServer(t, t.TempDir())
	admin := redis.NewClient(&redis.Options{Addr: addr})
	t.Cleanup(func() { _ = admin.Close() })
	waitFor(t, func() error {
		return admin.Do(t.Context(), "ACL", "SETUSER", "huiban", "on", ">p@ss", "~hb:*", "-@all", "+@read", "+@write", "+@scripting", "+@connection",
			"-@dangerous", "+info").Err()
	})
	plays(t, "redis://huiban:p%40ss@"+addr)
	if _, err := Open(t.Context(), "redis://huiban:wrong@"+addr); tasks.CodeOf(err) != tasks.Unavailable {
		t.Errorf("error = %v, want unavailable", err)
	}
}

func TestSentinel(t *testing.T) {
	t.Parallel()
	needServer(t)
	host, port, err := net.SplitHostPort(startServer(t, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	conf := filepath.Join(dir, "sentinel.conf")
	if err := os.WriteFile(conf, fmt.Appendf(nil, "sentinel monitor main %s %s 1\n", host, port), 0o600); err != nil {
		t.Fatal(err)
	}
	sentinel := startProgram(t, conf, "--sentinel", "--dir", dir)
	plays(t, "redis+sentinel://"+sentinel+"/main")
}

func TestTLS(t *testing.T) {
	t.Parallel()
	needServer(t)
	dir := t.TempDir()
	cert, key := selfSigned(t, dir)
	port := fmt.Sprint(freePort(t))
	plain := startServer(t, dir, "--tls-port", port, "--tls-cert-file", cert, "--tls-key-file", key, "--tls-ca-cert-file", cert, "--tls-auth-clients", "no")
	c := redis.NewClient(&redis.Options{Addr: plain})
	t.Cleanup(func() { _ = c.Close() })
	waitFor(t, func() error { return c.Ping(context.Background()).Err() })
	plays(t, "rediss://127.0.0.1:"+port+"?ca="+cert)
	if _, err := Open(t.Context(), "rediss://127.0.0.1:"+port); tasks.CodeOf(err) != tasks.Unavailable {
		t.Errorf("error = %v: an unknown certificate was trusted", err)
	}
}

func selfSigned(t *testing.T, dir string) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, kind string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return write("cert.pem", "CERTIFICATE", der), write("key.pem", "EC PRIVATE KEY", secret)
}
