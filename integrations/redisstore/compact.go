package redisstore

import (
	"fmt"
	"strconv"
	"time"
)

const compactChunk = 200 // values in one command of a compacted journal

// compact replaces the journal by commands that make what the server holds now. The caller holds m.mu or is alone.
func (m *memory) compact() error {
	now := time.Now()
	err := m.journal.replace(func(write func(entry) error) error {
		for _, key := range m.server.Keys() {
			commands, err := m.dump(key)
			if err != nil {
				return err
			}
			for _, args := range commands {
				if err := write(entry{now, args}); err != nil {
					return err
				}
			}
			if ttl := m.server.TTL(key); ttl > 0 {
				if err := write(entry{now, []string{"pexpire", key, strconv.FormatInt(max(ttl.Milliseconds(), 1), 10)}}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil {
		clear(m.written)
	}
	return err
}

// dump lists the commands that make a key.
func (m *memory) dump(key string) ([][]string, error) {
	switch kind := m.server.Type(key); kind {
	case "string":
		v, err := m.server.Get(key)
		return [][]string{{"set", key, v}}, err
	case "hash":
		fields, err := m.server.HKeys(key)
		var values []string
		for _, f := range fields {
			values = append(values, f, m.server.HGet(key, f))
		}
		return chunks("hset", key, values), err
	case "list":
		values, err := m.server.List(key)
		return chunks("rpush", key, values), err
	case "zset":
		scores, err := m.server.SortedSet(key)
		var values []string
		for member, score := range scores {
			values = append(values, strconv.FormatFloat(score, 'f', -1, 64), member)
		}
		return chunks("zadd", key, values), err
	case "set":
		values, err := m.server.Members(key)
		return chunks("sadd", key, values), err
	default:
		return nil, fmt.Errorf("redisstore: journal: key of type %s", kind)
	}
}

func chunks(command, key string, values []string) [][]string {
	var out [][]string
	for len(values) > 0 {
		n := min(compactChunk, len(values))
		out = append(out, append([]string{command, key}, values[:n]...))
		values = values[n:]
	}
	return out
}
