package slackapi

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const liSi = `{"ok":true,"user":{"id":"U1","profile":{"email":"Li.Si@City.gov"}}}`

func TestPeopleAskOnce(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("users.lookupByEmail", liSi)
	c := f.client(t)
	for _, email := range []string{"li.si@city.gov", "LI.SI@CITY.GOV", " Li.Si@city.gov "} {
		if id, err := c.UserByEmail(t.Context(), email); id != "U1" || err != nil {
			t.Errorf("UserByEmail(%q) = %q, %v", email, id, err)
		}
	}
	if email, err := c.EmailOf(t.Context(), "U1"); email != "li.si@city.gov" || err != nil {
		t.Errorf("EmailOf() = %q, %v", email, err)
	}
	if n := f.total(); n != 1 {
		t.Errorf("%d calls, want 1", n)
	}
}

func TestPeopleUnknown(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("users.lookupByEmail", `{"ok":false,"error":"users_not_found"}`)
	f.on("users.info", `{"ok":false,"error":"user_not_found"}`)
	now := atomic.Pointer[time.Time]{}
	now.Store(&testNow)
	c := f.client(t, func(cfg *Config) { cfg.Now = func() time.Time { return *now.Load() } })
	for range 2 {
		if _, err := c.UserByEmail(t.Context(), "no@one"); !errors.Is(err, ErrNotFound) {
			t.Errorf("UserByEmail() = %v", err)
		}
		if _, err := c.EmailOf(t.Context(), "U9"); !errors.Is(err, ErrNotFound) {
			t.Errorf("EmailOf() = %v", err)
		}
	}
	if n := f.total(); n != 2 {
		t.Errorf("%d calls, want 2: unknown people are remembered", n)
	}
	later := testNow.Add(2 * unknownTTL)
	now.Store(&later)
	f.on("users.lookupByEmail", liSi)
	if id, err := c.UserByEmail(t.Context(), "no@one"); id != "U1" || err != nil {
		t.Errorf("after a while: %q, %v", id, err)
	}
}

func TestPeopleFaultIsNotRemembered(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("users.lookupByEmail", `{"ok":false,"error":"missing_scope"}`, liSi)
	c := f.client(t)
	if _, err := c.UserByEmail(t.Context(), "li.si@city.gov"); !AuthFailed(err) {
		t.Errorf("UserByEmail() = %v, want missing_scope", err)
	}
	if id, err := c.UserByEmail(t.Context(), "li.si@city.gov"); id != "U1" || err != nil {
		t.Errorf("second time: %q, %v", id, err)
	}
}

func TestPeopleConcurrentMissesShareOneCall(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	release := make(chan struct{})
	f.handle("users.lookupByEmail", func(w http.ResponseWriter, _ *http.Request) {
		<-release
		_, _ = w.Write([]byte(liSi))
	})
	c := f.client(t)
	var wg sync.WaitGroup
	var found atomic.Int64
	for range 20 {
		wg.Go(func() {
			if id, err := c.UserByEmail(t.Context(), "li.si@city.gov"); err == nil && id == "U1" {
				found.Add(1)
			}
		})
	}
	eventually(t, "the call arrives", func() bool { return len(f.seen("users.lookupByEmail")) > 0 })
	close(release)
	wg.Wait()
	if n := len(f.seen("users.lookupByEmail")); n != 1 || found.Load() != 20 {
		t.Errorf("%d calls for %d answers, want 1 for 20", n, found.Load())
	}
}

func TestPeopleWaitNoLongerThanTheirContext(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	release := make(chan struct{})
	f.handle("users.info", func(w http.ResponseWriter, _ *http.Request) {
		<-release
		_, _ = w.Write([]byte(liSi))
	})
	c := f.client(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { _, err := c.EmailOf(ctx, "U1"); ended <- err }()
	eventually(t, "the call arrives", func() bool { return len(f.seen("users.info")) > 0 })
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("EmailOf() = %v", err)
	}
	close(release)
	eventually(t, "the answer is kept all the same", func() bool { _, ok := c.people.byID.get("U1"); return ok })
}

func TestWarm(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.on("users.list",
		`{"ok":true,"members":[
			{"id":"U1","profile":{"email":"A@x"}},
			{"id":"U2","deleted":true,"profile":{"email":"b@x"}}],"response_metadata":{"next_cursor":"p2"}}`,
		"429 1",
		`{"ok":true,"members":[
			{"id":"U3","profile":{"email":"b@x"}},
			{"id":"U4","deleted":true,"profile":{"email":"a@x"}},
			{"id":"U5","deleted":true,"profile":{"email":"c@x"}}]}`)
	c := f.client(t)
	if err := c.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	for email, want := range map[string]string{"a@x": "U1", "b@x": "U3"} {
		if id, err := c.UserByEmail(t.Context(), email); id != want || err != nil {
			t.Errorf("UserByEmail(%s) = %q, %v, want %s", email, id, err, want)
		}
	}
	if _, err := c.UserByEmail(t.Context(), "c@x"); !errors.Is(err, ErrDeactivated) {
		t.Errorf("deactivated: %v", err)
	}
	if _, err := c.EmailOf(t.Context(), "U2"); !errors.Is(err, ErrDeactivated) {
		t.Errorf("deactivated by id: %v", err)
	}
	if n := f.total(); n != 3 {
		t.Errorf("%d calls, want three of users.list only", n)
	}
}

func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	now := testNow
	c := newCache[int](2, func() time.Time { return now })
	c.set("a", 1, time.Minute)
	c.set("b", 2, time.Minute)
	if _, ok := c.get("a"); !ok {
		t.Fatal("a is gone")
	}
	c.set("c", 3, time.Hour)
	if _, ok := c.get("b"); ok || c.len() != 2 {
		t.Errorf("b stayed, %d entries: the one used longest ago has to go", c.len())
	}
	if v, ok := c.getOrSet("a", 9, time.Hour); !ok || v != 1 {
		t.Errorf("getOrSet(a) = %d, %t", v, ok)
	}
	now = now.Add(time.Minute)
	if _, ok := c.get("a"); ok {
		t.Error("a outlived its time")
	}
	if v, ok := c.getOrSet("a", 9, time.Hour); ok || v != 9 {
		t.Errorf("getOrSet(expired) = %d, %t", v, ok)
	}
	c.remove("a")
	if _, ok := c.get("a"); ok {
		t.Error("a was removed")
	}
}
