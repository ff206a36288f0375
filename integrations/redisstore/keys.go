package redisstore

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// shards is part of the stored form: another number would look for proposals in the wrong place.
const shards = 16

// shardOf places an id.
func shardOf(id string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return int(h.Sum32() % shards)
}

// keys makes every key. Layout: prefix:{shard}:kind[:parts].
type keys struct{ prefix string }

func (k keys) at(shard int, kind string, parts ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:{%02d}:%s", k.prefix, shard, kind)
	for _, p := range parts {
		b.WriteByte(':')
		b.WriteString(escape.Replace(p))
	}
	return b.String()
}

// escape keeps the parts of a key apart, whatever stands in them.
var escape = strings.NewReplacer("%", "%25", ":", "%3a")

func (k keys) proposal(id string) string { return k.at(shardOf(id), "proposal", id) }
func (k keys) audit(id string) string    { return k.at(shardOf(id), "audit", id) }
func (k keys) cards(id string) string    { return k.at(shardOf(id), "cards", id) }

// receipt remembers a request. An empty request has a key too, which is never written, so that the scripts always get
// the same number of keys.
func (k keys) receipt(id, request string) string {
	return k.at(shardOf(id), "receipt", id, request)
}

func (k keys) form(id, person, form string) string {
	return k.at(shardOf(id), "form", id, person, form)
}

// index holds the summaries of a shard's proposals; members are its sorted sets: open, done, number:…, open:unit ….
func (k keys) index(shard int) string                             { return k.at(shard, "index") }
func (k keys) member(shard int, kind string, of ...string) string { return k.at(shard, kind, of...) }

// The queue of a shard: what is planned by due time, what is being worked on by lease, who holds it, how often it was
// tried, and what was set aside.
func (k keys) queue(shard int) string    { return k.at(shard, "queue") }
func (k keys) inflight(shard int) string { return k.at(shard, "inflight") }
func (k keys) holders(shard int) string  { return k.at(shard, "holders") }
func (k keys) attempts(shard int) string { return k.at(shard, "attempts") }
func (k keys) parked(shard int) string   { return k.at(shard, "parked") }
func (k keys) intakes(shard int) string  { return k.at(shard, "intakes") }

// The lessons of a shard, and the digests of the letters that were taught.
func (k keys) lessons(shard int) string { return k.at(shard, "lessons") }
func (k keys) taught(shard int) string  { return k.at(shard, "taught") }

// numberKey folds what people type for a number: width, blanks, case.
func numberKey(number string) string {
	return strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(number)), ""))
}

func digest(s string) string {
	sum := sha1.Sum([]byte(s))
	return hex.EncodeToString(sum[:8])
}
