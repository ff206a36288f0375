package redisstore

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// maxRecord bounds one journal record in bytes.
const maxRecord = 64 << 20

// entry is one write command and when it was done.
type entry struct {
	at   time.Time
	args []string
}

// journal is a file of write commands in the order in which they were done. Each record has its length and a checksum
// in front. append returns the number of a record; sync waits until that record is on the disk, one fsync serving all
// who wait.
type journal struct {
	path string
	torn int64 // bytes that were cut off when it was opened

	mu   sync.Mutex // guards what is written
	file *os.File
	size int64
	seq  uint64
	err  error // the first failure; nothing is written after it

	syncMu sync.Mutex
	synced uint64
}

// openJournal reads every record into apply, cuts off a torn end, and opens the file for more. What is cut off was never
// acknowledged if only the last write was torn; it is put beside the journal all the same. Damage with sound records
// behind it is an error: they would be lost.
func openJournal(path string, apply func(entry) error) (*journal, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("redisstore: journal: %w", err)
	}
	end, err := readJournal(f, apply)
	torn := int64(0)
	if err == nil {
		torn, err = cutOff(f, end, path+".torn")
	}
	if err == nil {
		_, err = f.Seek(end, io.SeekStart)
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("redisstore: journal %s: %w", path, err)
	}
	return &journal{path: path, file: f, size: end, torn: torn}, nil
}

// cutOff ends the file at end and keeps what stood behind it.
func cutOff(f *os.File, end int64, keep string) (int64, error) {
	st, err := f.Stat()
	if err != nil || st.Size() == end {
		return 0, err
	}
	kept, err := os.OpenFile(keep, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(kept, io.NewSectionReader(f, end, st.Size()-end))
	return st.Size() - end, errors.Join(err, kept.Close(), f.Truncate(end))
}

func readJournal(f *os.File, apply func(entry) error) (end int64, err error) {
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	r := bufio.NewReaderSize(f, 1<<20)
	for {
		var head [8]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return end, unlessTorn(err)
		}
		size, sum := int64(binary.LittleEndian.Uint32(head[:4])), binary.LittleEndian.Uint32(head[4:])
		last := end+8+size >= st.Size()
		if size == 0 || end+8+size > st.Size() {
			return end, nil // a block of zeros, or less than was announced
		}
		body := make([]byte, size)
		if _, err := io.ReadFull(r, body); err != nil {
			return end, unlessTorn(err)
		}
		e, ok := decodeEntry(body)
		switch {
		case (crc32.ChecksumIEEE(body) != sum || !ok) && last:
			return end, nil
		case crc32.ChecksumIEEE(body) != sum || !ok:
			return end, fmt.Errorf("damaged at byte %d: checksum", end)
		}
		if err := apply(e); err != nil {
			return end, err
		}
		end += 8 + size
	}
}

func unlessTorn(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

func encodeEntry(e entry) []byte {
	b := make([]byte, 8, 256)
	b = binary.AppendVarint(b, e.at.UnixMilli())
	b = binary.AppendUvarint(b, uint64(len(e.args)))
	for _, a := range e.args {
		b = binary.AppendUvarint(b, uint64(len(a)))
		b = append(b, a...)
	}
	binary.LittleEndian.PutUint32(b[:4], uint32(len(b)-8))
	binary.LittleEndian.PutUint32(b[4:8], crc32.ChecksumIEEE(b[8:]))
	return b
}

func decodeEntry(b []byte) (e entry, ok bool) {
	ms, n := binary.Varint(b)
	if n <= 0 {
		return e, false
	}
	b = b[n:]
	count, n := binary.Uvarint(b)
	if n <= 0 || count > uint64(len(b)) {
		return e, false
	}
	b = b[n:]
	for range count {
		size, n := binary.Uvarint(b)
		if n <= 0 || size > uint64(len(b)-n) {
			return e, false
		}
		e.args = append(e.args, string(b[n:n+int(size)]))
		b = b[n+int(size):]
	}
	e.at = time.UnixMilli(ms)
	return e, len(b) == 0 && len(e.args) > 0
}

// append writes a record without waiting for the disk.
func (j *journal) append(e entry) (uint64, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err != nil {
		return 0, j.err
	}
	b := encodeEntry(e)
	if len(b)-8 > maxRecord {
		return 0, fmt.Errorf("redisstore: journal: a record of %d bytes", len(b))
	}
	if _, err := j.file.Write(b); err != nil {
		j.err = fmt.Errorf("redisstore: journal: %w", err)
		return 0, j.err
	}
	j.size += int64(len(b))
	j.seq++
	return j.seq, nil
}

// fail lets nothing more be written.
func (j *journal) fail(err error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err == nil {
		j.err = err
	}
	return j.err
}

// sync waits until the record with this number is on the disk.
func (j *journal) sync(seq uint64) error {
	j.syncMu.Lock()
	defer j.syncMu.Unlock()
	if j.synced >= seq {
		return nil
	}
	j.mu.Lock()
	file, upTo, err := j.file, j.seq, j.err
	j.mu.Unlock()
	if err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return j.fail(fmt.Errorf("redisstore: journal: %w", err)) // no later success may hide it
	}
	j.synced = upTo
	return nil
}

// replace puts a new file with these entries in the place of the old one, whole or not at all.
func (j *journal) replace(entries func(write func(entry) error) error) error {
	j.syncMu.Lock()
	defer j.syncMu.Unlock()
	j.mu.Lock()
	defer j.mu.Unlock()
	f, err := os.OpenFile(j.path+".new", os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("redisstore: journal: %w", err)
	}
	w, size := bufio.NewWriterSize(f, 1<<20), int64(0)
	err = entries(func(e entry) error {
		b := encodeEntry(e)
		size += int64(len(b))
		_, err := w.Write(b)
		return err
	})
	err = errors.Join(err, w.Flush(), f.Sync())
	if err == nil {
		err = os.Rename(j.path+".new", j.path)
	}
	if err != nil {
		_ = f.Close()
		return fmt.Errorf("redisstore: journal: %w", err)
	}
	_ = j.file.Close()
	j.file, j.size, j.synced = f, size, j.seq
	return syncDir(filepath.Dir(j.path))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("redisstore: journal: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return fmt.Errorf("redisstore: journal: %w", err)
	}
	return nil
}

func (j *journal) close() error {
	j.syncMu.Lock()
	defer j.syncMu.Unlock()
	j.mu.Lock()
	defer j.mu.Unlock()
	err := errors.Join(j.file.Sync(), j.file.Close())
	j.err = errors.Join(j.err, os.ErrClosed)
	return err
}
