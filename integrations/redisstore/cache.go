package redisstore

import "sync"

// cacheBytes bounds what the cache holds, roughly: it counts the stored contents, the decoded ones are some times that.
const cacheBytes = 16 << 20

// cache keeps decoded fields by their stored content. It cannot be stale: another content is another key. It spares
// reading the same source, texts and drafts again for every click. What it gives out is shared and must be copied
// where somebody might write to it.
type cache struct {
	mu         sync.Mutex
	young, old map[string]any
	size       int
}

func newCache() *cache { return &cache{young: map[string]any{}} }

func (c *cache) get(content string) (any, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.young[content]
	if !ok {
		if v, ok = c.old[content]; ok {
			c.keep(content, v)
		}
	}
	return v, ok
}

func (c *cache) put(content string, v any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(content, v)
}

// keep drops what was not asked for since the last time that half the room was used up.
func (c *cache) keep(content string, v any) {
	if c.size += len(content); c.size > cacheBytes/2 {
		c.old, c.young, c.size = c.young, map[string]any{}, len(content)
	}
	c.young[content] = v
}

// cached decodes a field, or takes what was decoded before.
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
	s.cache.put(content, t)
	return t, nil
}
