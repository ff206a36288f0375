package slackapi

import (
	"container/list"
	"sync"
	"time"
)

// cache is a map of bounded size whose entries expire. When it is full, the
// entry that was used longest ago makes room. It is safe for concurrent use.
type cache[V any] struct {
	mu    sync.Mutex
	size  int
	now   func() time.Time
	order *list.List // front: used last; values are *cacheEntry[V]
	items map[string]*list.Element
}

type cacheEntry[V any] struct {
	key     string
	value   V
	expires time.Time
}

func newCache[V any](size int, now func() time.Time) *cache[V] {
	return &cache[V]{size: size, now: now, order: list.New(), items: make(map[string]*list.Element)}
}

// get returns the live value of key.
func (c *cache[V]) get(key string) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lookup(key)
}

// set stores value under key for ttl.
func (c *cache[V]) set(key string, value V, ttl time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.store(key, value, ttl)
}

// getOrSet returns the live value of key and true, or stores value and returns
// it and false.
func (c *cache[V]) getOrSet(key string, value V, ttl time.Duration) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if found, ok := c.lookup(key); ok {
		return found, true
	}
	c.store(key, value, ttl)
	return value, false
}

func (c *cache[V]) remove(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.items[key]; ok {
		c.drop(e)
	}
}

func (c *cache[V]) len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.items)
}

func (c *cache[V]) lookup(key string) (value V, ok bool) {
	e, found := c.items[key]
	if !found {
		return value, false
	}
	entry := e.Value.(*cacheEntry[V])
	if !c.now().Before(entry.expires) {
		c.drop(e)
		return value, false
	}
	c.order.MoveToFront(e)
	return entry.value, true
}

func (c *cache[V]) store(key string, value V, ttl time.Duration) {
	expires := c.now().Add(ttl)
	if e, ok := c.items[key]; ok {
		entry := e.Value.(*cacheEntry[V])
		entry.value, entry.expires = value, expires
		c.order.MoveToFront(e)
		return
	}
	for len(c.items) >= c.size {
		c.drop(c.order.Back())
	}
	c.items[key] = c.order.PushFront(&cacheEntry[V]{key: key, value: value, expires: expires})
}

func (c *cache[V]) drop(e *list.Element) {
	c.order.Remove(e)
	delete(c.items, e.Value.(*cacheEntry[V]).key)
}
