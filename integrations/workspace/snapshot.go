package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

func (s *Server) snapshotPath() string { return filepath.Join(s.opts.DataDir, "workspace.json") }

// load restores the snapshot, or populates a new workspace.
func (s *Server) load() error {
	s.populate()
	if s.opts.DataDir == "" {
		return nil
	}
	data, err := os.ReadFile(s.snapshotPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("workspace snapshot: %w", err)
	}
	st := newState(s.st.Team)
	if err := json.Unmarshal(data, st); err != nil {
		return fmt.Errorf("workspace snapshot %s: %w", s.snapshotPath(), err)
	}
	s.st = st
	return nil
}

// changed asks for a snapshot soon.
func (s *Server) changed() {
	select {
	case s.dirty <- struct{}{}:
	default:
	}
}

// runSnapshots writes at most one snapshot a second, fewer when the state has grown large.
func (s *Server) runSnapshots() {
	for {
		select {
		case <-s.dirty:
		case <-s.ctx.Done():
			return
		}
		began := time.Now()
		if err := s.save(); err != nil {
			s.opts.Logger.Error("workspace snapshot", "error", err)
		}
		select {
		case <-time.After(max(time.Second, 20*time.Since(began))):
		case <-s.ctx.Done():
			return
		}
	}
}

// save replaces the snapshot by the state as it is now.
func (s *Server) save() error {
	if s.opts.DataDir == "" {
		return nil
	}
	s.mu.Lock()
	data, err := json.Marshal(s.st)
	s.mu.Unlock()
	if err != nil {
		return fmt.Errorf("workspace snapshot: %w", err)
	}
	if err := os.MkdirAll(s.opts.DataDir, 0o700); err != nil {
		return fmt.Errorf("workspace snapshot: %w", err)
	}
	tmp := s.snapshotPath() + ".new"
	if err := os.WriteFile(tmp, data, 0o600); err != nil {
		return fmt.Errorf("workspace snapshot: %w", err)
	}
	if err := os.Rename(tmp, s.snapshotPath()); err != nil {
		return fmt.Errorf("workspace snapshot: %w", err)
	}
	return nil
}
