package redisstore

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"huiban/tasks"
)

// TestLoadedProposalsShareNothing: what one caller writes into its proposal must not show in another's.
func TestLoadedProposalsShareNothing(t *testing.T) {
	t.Parallel()
	want := filled[tasks.Proposal]()
	for range 2 {
		p := want.Clone()
		if d := cmp.Diff(filled[tasks.Proposal](), *p, sameProposal); d != "" {
			t.Fatalf("proposal (-want +got):\n%s", d)
		}
		overwrite(reflect.ValueOf(p).Elem())
	}
}

// TestSeenByAnotherReplica: a replica that has seen a proposal notices what another one made of it, or that it is gone.
func TestSeenByAnotherReplica(t *testing.T) {
	t.Parallel()
	m := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: m.Addr(), ContextTimeoutEnabled: true})
	t.Cleanup(func() { _ = client.Close() })
	city := testCity(t)
	o := Options{City: city, Now: func() time.Time { return start }}
	one, two := New(client, o), New(client, o)
	p := draftPaper(t, city, "1")
	if err := one.Create(t.Context(), p, "a"); err != nil {
		t.Fatal(err)
	}
	for i, step := range []func(*tasks.Proposal) error{handOut(city), submit(city, "justice", "已办。"), submit(city, "justice", "已办结。")} {
		by, other := two, one
		if i == 1 {
			by, other = one, two
		}
		want, err := by.Update(t.Context(), p.ID, "", step)
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range map[string]*Store{"the other": other, "itself": by, "a new one": New(client, o)} {
			got, err := s.Load(t.Context(), p.ID)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got, sameProposal); d != "" {
				t.Errorf("step %d, %s (-want +got):\n%s", i, name, d)
			}
		}
	}
	m.FlushAll()
	if _, err := one.Load(t.Context(), p.ID); tasks.CodeOf(err) != tasks.NotFound {
		t.Errorf("after it was deleted: %v", err)
	}
}

// overwrite empties whatever can be reached.
func overwrite(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				overwrite(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			overwrite(v.Index(i))
		}
	}
	if v.CanSet() && v.Kind() != reflect.Struct && v.Kind() != reflect.Slice {
		v.SetZero()
	}
}

func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	c := newCache[int](cacheBytes)
	for i := range 100 {
		c.put(fmt.Sprintf("%0*d", cacheBytes/20, i), i, cacheBytes/20)
		if _, ok := c.get(fmt.Sprintf("%0*d", cacheBytes/20, 0)); !ok && i < 5 {
			t.Fatal("what is used was dropped")
		}
	}
	if n := len(c.young) + len(c.old); n > 22 {
		t.Errorf("%d entries are kept", n)
	}
}
