package redisstore

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"huiban/tasks"
)

// Sizes in bytes from which a field is compressed. Chinese text shrinks to about a third. What is written once is packed
// unless it is short; what is written again at every step only when it is long, for deflating costs more than the bytes.
const (
	packOnce  = 1200
	packOften = 8 << 10
)

// codec turns stored values into field contents: JSON, or 'z' and deflated JSON. JSON never begins with a z.
type codec struct {
	writers sync.Pool
	readers sync.Pool
}

func newCodec() *codec {
	return &codec{
		writers: sync.Pool{New: func() any {
			w, _ := flate.NewWriter(io.Discard, flate.DefaultCompression) // fails for an unknown level only
			return w
		}},
		readers: sync.Pool{New: func() any { return flate.NewReader(strings.NewReader("")) }},
	}
}

func (c *codec) pack(plain []byte, from int) (string, error) {
	if len(plain) > maxValue {
		return "", tasks.Refuse(tasks.TooLarge, "error.store_too_large", "Max", maxValue, "Have", len(plain))
	}
	if len(plain) < from {
		return string(plain), nil
	}
	var b bytes.Buffer
	b.WriteByte('z')
	w := c.writers.Get().(*flate.Writer)
	defer c.writers.Put(w)
	w.Reset(&b)
	if _, err := w.Write(plain); err != nil {
		return "", fmt.Errorf("redisstore: compress: %w", err)
	}
	if err := w.Close(); err != nil {
		return "", fmt.Errorf("redisstore: compress: %w", err)
	}
	return b.String(), nil
}

func (c *codec) unpack(field string) ([]byte, error) {
	if !strings.HasPrefix(field, "z") {
		return []byte(field), nil
	}
	r := c.readers.Get().(io.ReadCloser)
	defer c.readers.Put(r)
	if err := r.(flate.Resetter).Reset(strings.NewReader(field[1:]), nil); err != nil {
		return nil, fmt.Errorf("redisstore: decompress: %w", err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxValue+1))
	if err != nil {
		return nil, fmt.Errorf("redisstore: decompress: %w", err)
	}
	if len(plain) > maxValue {
		return nil, errors.New("redisstore: decompress: field is too large")
	}
	return plain, nil
}

func (c *codec) encode(v any, from int) (string, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("redisstore: encode: %w", err)
	}
	return c.pack(plain, from)
}

func (c *codec) decode(field string, v any) error {
	plain, err := c.unpack(field)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(plain, v); err != nil {
		return fmt.Errorf("redisstore: decode: %w", err)
	}
	return nil
}
