package redisstore

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
)

// TestLoadedProposalsShareNothing: what one caller writes into its proposal must not show in another's.
func TestLoadedProposalsShareNothing(t *testing.T) {
	t.Parallel()
	s := New(nil, Options{})
	want := filled[tasks.Proposal]()
	fields := storedFields(t, s, &want)
	for range 2 {
		r, err := s.decodeRecord(want.ID, fields)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(&want, r.proposal, sameProposal); d != "" {
			t.Fatalf("proposal (-want +got):\n%s", d)
		}
		overwrite(reflect.ValueOf(r.proposal).Elem())
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
	c := newCache()
	for i := range 100 {
		c.put(fmt.Sprintf("%0*d", cacheBytes/20, i), i)
		if _, ok := c.get(fmt.Sprintf("%0*d", cacheBytes/20, 0)); !ok && i < 5 {
			t.Fatal("what is used was dropped")
		}
	}
	if n := len(c.young) + len(c.old); n > 22 {
		t.Errorf("%d entries are kept", n)
	}
}
