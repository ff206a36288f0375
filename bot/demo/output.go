package demo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"huiban/integrations/workspace/member"
)

// Letter is the issued reply as it stands in the headline's thread.
type Letter struct {
	Docx []byte
	Text []byte
}

// Letter waits for the issued letter and downloads it, as the coordinator would. channel is where headlines stand.
func (pl *Player) Letter(ctx context.Context, channel string) (Letter, error) {
	var got Letter
	m, _, err := pl.coordinator()
	if err != nil {
		return got, err
	}
	err = pl.step(ctx, "letter", func(context.Context) error { return nil }, func(ctx context.Context) (bool, error) {
		docx, text, err := pl.letterFiles(ctx, m, channel)
		if errors.Is(err, errNoLetter) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if got.Docx, err = m.Download(ctx, docx); err != nil {
			return false, err
		}
		got.Text, err = m.Download(ctx, text)
		return err == nil, err
	})
	return got, err
}

func (pl *Player) letterFiles(ctx context.Context, m *member.Member, channel string) (docx, text member.File, err error) {
	id, err := m.Channel(ctx, channel)
	if err != nil {
		return docx, text, err
	}
	list, err := m.Messages(ctx, id)
	if err != nil {
		return docx, text, err
	}
	for _, msg := range list {
		if !strings.Contains(string(msg.Metadata), pl.proposal) {
			continue
		}
		thread, err := m.Thread(ctx, id, msg.TS)
		if err != nil {
			return docx, text, err
		}
		files := map[string]member.File{}
		for _, reply := range thread {
			for _, f := range reply.Files {
				files[f.Name] = f
			}
		}
		for name, f := range files {
			if stem, ok := strings.CutSuffix(name, ".txt"); ok && files[stem+".docx"].ID != "" {
				return files[stem+".docx"], f, nil
			}
		}
	}
	return docx, text, errNoLetter
}

// Write puts the letter into a folder as reply.docx and reply.txt.
func (l Letter) Write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, "reply.docx"), l.Docx, 0o644),
		os.WriteFile(filepath.Join(dir, "reply.txt"), l.Text, 0o644),
	)
}
