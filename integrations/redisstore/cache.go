package redisstore

import "sync"

// Bounds of what the caches hold, roughly.
const (
	cacheBytes = 16 << 20 // stored contents; the decoded ones are some times that
	keptBytes  = 64 << 20 // whole proposals, decoded
)

// cache keeps values by a key until about half the room was used up twice without their being asked for. What it gives
// out is shared and must be copied where somebody might write to it.
type cache[V any] struct {
	mu         sync.Mutex
	young, old map[string]cacheEntry[V]
	size, room int
}

type cacheEntry[V any] struct {
	value V
	size  int
}

func newCache[V any](room int) *cache[V] {
	return &cache[V]{young: map[string]cacheEntry[V]{}, room: room}
}

func (c *cache[V]) get(key string) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.young[key]
	if !ok {
		if e, ok = c.old[key]; ok {
			c.keep(key, e)
		}
	}
	return e.value, ok
}

func (c *cache[V]) put(key string, v V, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(key, cacheEntry[V]{v, size})
}

func (c *cache[V]) keep(key string, e cacheEntry[V]) {
	if c.size += e.size - c.young[key].size; c.size > c.room/2 {
		c.old, c.young, c.size = c.young, map[string]cacheEntry[V]{}, e.size
	}
	c.young[key] = e
}

// cached decodes a field, or takes what was decoded before. The key is the stored content, so it cannot be stale.
func cached[T any](s *Store, content string) (T, error) {
	if v, ok := s.cache.get(content); ok {
		if t, ok := v.(T); ok {
			return t, nil
		}
	}
	var t T
	if err := s.codec.decode(content, &t); err != nil {
		return t, err
	}
	s.cache.put(content, t, len(content))
	return t, nil
}
