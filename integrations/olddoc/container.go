package olddoc

import (
	"encoding/binary"
	"errors"
	"unicode/utf16"
)

var errStructure = errors.New("olddoc: not the structure of a Word file")

// Bounds of a compound file.
const (
	maxEntries = 10_000
	endOfChain = 0xFFFFFFFA // and above: no sector
)

// container is a compound file ([MS-CFB]): streams in chains of sectors.
type container struct {
	b            []byte
	size         int // of a sector
	fat, miniFAT []uint32
	mini         []byte // the sectors of short streams
	cutoff       uint32
	entries      []entry
}

type entry struct {
	name  string
	kind  byte
	start uint32
	size  uint32
}

func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func u32(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}

// cut is n bytes of b at an offset, nil when b does not hold them.
func cut(b []byte, at, n uint32) []byte {
	if uint64(at)+uint64(n) > uint64(len(b)) {
		return nil
	}
	return b[at : at+n]
}

func openContainer(b []byte) (*container, error) {
	const header = 512
	shift := u16(b, 0x1E)
	if len(b) < header || shift != 9 && shift != 12 {
		return nil, errStructure
	}
	c := &container{b: b, size: 1 << shift, cutoff: u32(b, 0x38)}
	var sectors []uint32
	for i := range 109 {
		sectors = append(sectors, u32(b, 0x4C+4*i))
	}
	next := u32(b, 0x44)
	for range maxEntries {
		s := c.sector(next)
		if s == nil {
			break
		}
		for i := 0; i+8 <= len(s); i += 4 {
			sectors = append(sectors, u32(s, i))
		}
		next = u32(s, len(s)-4)
	}
	for _, at := range sectors {
		if len(c.fat) > len(b)/c.size+c.size {
			break
		}
		s := c.sector(at)
		for i := 0; i+4 <= len(s); i += 4 {
			c.fat = append(c.fat, u32(s, i))
		}
	}
	miniFAT := c.chain(u32(b, 0x3C))
	for i := 0; i+4 <= len(miniFAT); i += 4 {
		c.miniFAT = append(c.miniFAT, u32(miniFAT, i))
	}
	c.readEntries(c.chain(u32(b, 0x30)))
	if len(c.entries) == 0 {
		return nil, errStructure
	}
	return c, nil
}

func (c *container) sector(n uint32) []byte {
	if n >= endOfChain {
		return nil
	}
	at := (int64(n) + 1) * int64(c.size)
	if at >= int64(len(c.b)) {
		return nil
	}
	return c.b[at:min(at+int64(c.size), int64(len(c.b)))]
}

// chain joins the sectors from start on; no chain is longer than the file.
func (c *container) chain(start uint32) []byte {
	var out []byte
	for n := start; len(out) <= len(c.b); {
		s := c.sector(n)
		if s == nil || uint64(n) >= uint64(len(c.fat)) {
			return append(out, s...)
		}
		out = append(out, s...)
		n = c.fat[n]
	}
	return nil
}

func (c *container) readEntries(dir []byte) {
	const size, root = 128, 5
	for at := 0; at+size <= len(dir) && len(c.entries) < maxEntries; at += size {
		d := dir[at : at+size]
		var name []uint16
		for i := 0; i+2 < min(u16(d, 0x40), 64); i += 2 {
			name = append(name, uint16(u16(d, i)))
		}
		e := entry{string(utf16.Decode(name)), d[0x42], u32(d, 0x74), u32(d, 0x78)}
		if e.kind == root {
			c.mini = c.chain(e.start)
		}
		c.entries = append(c.entries, e)
	}
}

// stream is the stream of a name; nil when there is none.
func (c *container) stream(name string) []byte {
	const stream, mini = 2, 64
	for _, e := range c.entries {
		if e.name != name || e.kind != stream {
			continue
		}
		if e.size >= c.cutoff {
			out := c.chain(e.start)
			return out[:min(int64(e.size), int64(len(out)))]
		}
		var out []byte
		for n, left := e.start, len(c.miniFAT); left > 0 && uint64(n) < uint64(len(c.miniFAT)) && uint32(len(out)) < e.size; left-- {
			out = append(out, cut(c.mini, n*mini, mini)...)
			n = c.miniFAT[n]
		}
		return out[:min(int(e.size), len(out))]
	}
	return nil
}
