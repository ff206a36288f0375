package redisstore

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func readBack(t *testing.T, path string) ([][]string, error) {
	t.Helper()
	var all [][]string
	j, err := openJournal(path, func(e entry) error {
		all = append(all, e.args)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all, j.close()
}

// written makes a journal of three records and returns its bytes.
func written(t *testing.T, path string) []byte {
	t.Helper()
	j, err := openJournal(path, func(entry) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		seq, err := j.append(entry{start, []string{"set", fmt.Sprint("键", i), "值\x00"}})
		if err != nil {
			t.Fatal(err)
		}
		if err := j.sync(seq); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestJournalTornEnd(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal")
	whole := written(t, path)
	record := len(whole) / 3
	want := [][]string{{"set", "键0", "值\x00"}, {"set", "键1", "值\x00"}, {"set", "键2", "值\x00"}}
	for cut := 2 * record; cut <= len(whole); cut++ {
		if err := os.WriteFile(path, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := readBack(t, path)
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if d := cmp.Diff(want[:cut/record], got); d != "" {
			t.Errorf("cut at %d (-want +got):\n%s", cut, d)
		}
	}
	if err := os.WriteFile(path, append(whole, make([]byte, 100)...), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := readBack(t, path); err != nil || len(got) != 3 {
		t.Errorf("zeros at the end: %d records, %v", len(got), err)
	}
	if st, err := os.Stat(path + ".torn"); err != nil || st.Size() != 100 {
		t.Errorf("what was cut off is not kept: %v", err)
	}
}

func TestJournalDamageInside(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal")
	whole := written(t, path)
	whole[len(whole)/3+12] ^= 1
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := readBack(t, path); err == nil {
		t.Errorf("read %d records of a damaged journal without an error", len(got))
	}
}

// TestMemoryReplays compares what a memory holds before and after a restart, with and without compaction.
func TestMemoryReplays(t *testing.T) {
	t.Parallel()
	for _, compacted := range []bool{false, true} {
		t.Run(fmt.Sprintf("compacted=%v", compacted), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			m, err := openMemory(dir, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			city := testCity(t)
			s := New(m.client, Options{City: city})
			var wg sync.WaitGroup
			for i := range 8 {
				wg.Go(func() {
					p := draftPaper(t, city, fmt.Sprint(i))
					if err := s.Create(t.Context(), p, "r"); err != nil {
						t.Error(err)
						return
					}
					if _, err := s.Update(t.Context(), p.ID, "q", handOut(city)); err != nil {
						t.Error(err)
					}
					if _, err := s.Claim(t.Context(), time.Now(), 3); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			m.client.SAdd(t.Context(), "set", "a")
			m.client.Set(t.Context(), "gone", "x", time.Millisecond)
			if compacted {
				m.mu.Lock()
				err := m.compact()
				m.mu.Unlock()
				if err != nil {
					t.Fatal(err)
				}
				if _, err := s.Claim(t.Context(), time.Now(), 3); err != nil {
					t.Fatal(err)
				}
			}
			m.server.FastForward(time.Millisecond)
			before := m.server.Dump()
			if err := m.stop(); err != nil {
				t.Fatal(err)
			}
			m, err = openMemory(dir, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			m.server.FastForward(time.Second)
			if d := cmp.Diff(before, m.server.Dump()); d != "" {
				t.Errorf("after the restart (-before +after):\n%s", d)
			}
			if err := m.stop(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestMemoryFailsWithoutJournal(t *testing.T) {
	t.Parallel()
	m, err := openMemory(t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := m.journal.close(); err != nil {
		t.Fatal(err)
	}
	if err := m.client.Set(t.Context(), "a", "b", 0).Err(); err == nil {
		t.Error("a write that was not kept was acknowledged")
	}
	if err := m.stop(); err == nil {
		t.Error("stop says nothing about the closed journal")
	}
}
