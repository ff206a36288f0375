package bot

import (
	"context"
	"io"

	"github.com/slack-go/slack"

	"huiban/integrations/slackapi"
	"huiban/tasks"
	"huiban/tasks/letter"
)

// Store is everything that the bot keeps: see the contracts in package tasks.
type Store interface {
	tasks.Store
	tasks.Index
	tasks.Queue
	tasks.Cards
	tasks.Forms
	tasks.Intakes
}

// Messages posts and edits messages. Errors are slackapi's.
type Messages interface {
	Post(ctx context.Context, m slackapi.Message) (ts string, err error)
	Update(ctx context.Context, channel, ts string, m slackapi.Message) error
	Respond(ctx context.Context, responseURL string, m slackapi.Message, replaceOriginal bool) error
	FindByMetadata(ctx context.Context, channel, threadTS, eventType string, match func(map[string]any) bool, limit int) (ts string, found bool, err error)
}

// Views opens and changes modals and Home tabs.
type Views interface {
	OpenView(ctx context.Context, trigger string, view slack.ModalViewRequest) (viewID string, err error)
	PushView(ctx context.Context, trigger string, view slack.ModalViewRequest) (viewID string, err error)
	UpdateView(ctx context.Context, viewID, hash string, view slack.ModalViewRequest) error
	PublishHome(ctx context.Context, user string, view slack.HomeTabViewRequest) error
}

// Places finds people and channels.
type Places interface {
	OpenDM(ctx context.Context, user string) (channel string, err error)
	FindChannel(ctx context.Context, nameOrID string) (channel string, err error)
	JoinChannel(ctx context.Context, channel string) error
	UserByEmail(ctx context.Context, email string) (user string, err error)
	EmailOf(ctx context.Context, user string) (email string, err error)
}

// Files moves files.
type Files interface {
	Upload(ctx context.Context, f slackapi.File) (fileID string, err error)
	FindFile(ctx context.Context, channel, threadTS, name string) (found bool, err error)
	FileInfo(ctx context.Context, fileID string) (slack.File, error)
	Download(ctx context.Context, f slack.File, maxBytes int64) (body []byte, name, mimetype string, err error)
}

// Chat is Slack, or the local workspace: the bot cannot tell which.
type Chat interface {
	Messages
	Views
	Places
	Files
}

// Documents reads what people send and writes what they get.
type Documents interface {
	// Read returns the text of a file; refusals are *tasks.Error. That ctx ended is no refusal: nothing is known of the file.
	Read(ctx context.Context, name string, body []byte) (string, error)
	// WriteLetter writes the letter as .docx.
	WriteLetter(w io.Writer, l letter.Letter) error
}
