package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"huiban/integrations/slackapi"
	"huiban/tasks"
)

// bringFile uploads a draft, or the issued letter, into the headline's thread.
func (b *Bot) bringFile(ctx context.Context, j tasks.Job) error {
	p, e, err := b.told(ctx, j)
	if err != nil {
		return err
	}
	if e.Version < 1 || e.Version > len(p.Drafts) {
		return fmt.Errorf("event %d names draft %d of %d", e.Seq, e.Version, len(p.Drafts))
	}
	channel, thread, err := b.headlineThread(ctx, p)
	if err != nil {
		return err
	}
	draft := p.Drafts[e.Version-1]
	var docx bytes.Buffer
	if err := b.Documents.WriteLetter(&docx, draft.Letter); err != nil {
		return err
	}
	name, comment := fileName(p, draft.No), b.tidings(p, e, false)
	files := []slackapi.File{{Name: name + ".docx", Body: docx.Bytes(), Comment: comment}}
	if j.Delivery.Name == tasks.FileLetter {
		files = append(files, slackapi.File{Name: name + ".txt", Body: []byte(draft.Letter.Text())})
	}
	for _, f := range files {
		if j.Attempt > 1 {
			found, err := b.Chat.FindFile(ctx, channel, thread, f.Name)
			if err != nil {
				return err
			}
			if found {
				continue
			}
		}
		f.Channel, f.ThreadTS, f.Title = channel, thread, f.Name
		if _, err := b.Chat.Upload(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// fileName is the name that a draft's files carry: number and version, without what file systems dislike.
func fileName(p *tasks.Proposal, version int) string {
	number := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, p.Head.Number)
	return fmt.Sprintf("%s-v%d", clip(number, 60), version)
}

// fetch downloads a file that somebody sent and reads its text. A refusal is a *tasks.Error for its sender.
func (b *Bot) fetch(ctx context.Context, fileID string) (name, text string, err error) {
	info, err := b.Chat.FileInfo(ctx, fileID)
	if err != nil {
		return "", "", unreadable(err)
	}
	if int64(info.Size) > b.MaxFileBytes {
		return info.Name, "", tasks.Refuse(tasks.TooLarge, "error.file_too_large", "Max", b.MaxFileBytes>>20)
	}
	body, name, _, err := b.Chat.Download(ctx, info, b.MaxFileBytes)
	if err != nil {
		return info.Name, "", unreadable(err)
	}
	if name == "" {
		name = info.Name
	}
	text, err = b.Documents.Read(ctx, name, body)
	return name, text, err
}

// unreadable tells what the sender can mend from what may pass by itself.
func unreadable(err error) error {
	switch {
	case errors.Is(err, slackapi.ErrTooLarge):
		return tasks.Refuse(tasks.TooLarge, "error.file_too_large")
	case slackapi.Permanent(err):
		return tasks.Refuse(tasks.NotFound, "error.file_gone")
	}
	return err
}

// readAttachment reads a file that a unit sent as its contribution and submits its text in the sender's name.
func (b *Bot) readAttachment(ctx context.Context, j tasks.Job) error {
	e, err := b.Store.Event(ctx, j.Proposal, j.Delivery.Seq)
	if err != nil {
		return err
	}
	_, text, err := b.fetch(ctx, e.Text)
	refused, isRefusal := errors.AsType[*tasks.Error](err)
	if err != nil && !isRefusal {
		return err
	}
	_, err = b.Store.Update(ctx, j.Proposal, "", func(p *tasks.Proposal) error {
		if as, ok := p.Assignment(e.Section, e.Department); !ok || as.Reading() == nil || as.Reading().Text != e.Text {
			return nil
		}
		err := error(nil)
		if refused == nil {
			err = p.Read(b.City, b.Now(), b.people.holding(e.Actor), e.Section, e.Department, text)
		}
		if again, ok := errors.AsType[*tasks.Error](err); ok {
			refused = again
		}
		if refused != nil {
			return p.CannotRead(b.Now(), e.Section, e.Department, refused.Message)
		}
		return err
	})
	return err
}

// firstFile returns the first of the files given in a form.
func firstFile(files []slack.File) (slack.File, bool) {
	if len(files) == 0 {
		return slack.File{}, false
	}
	return files[0], true
}
