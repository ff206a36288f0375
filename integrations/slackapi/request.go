package slackapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"
)

// Types of event that the bot listens to.
const (
	EventAppHomeOpened = "app_home_opened"
	EventAppMention    = "app_mention"
	EventFileShared    = "file_shared"
	EventMessage       = "message"
)

// Request is one thing that a person or Slack did, already verified. Exactly
// one of Command, Interaction and Event is set.
type Request struct {
	// ID is the same however often Slack sends this request: the event's id,
	// else the trigger's, else the envelope's. Commits use it to do a thing once.
	ID          string
	Command     *slack.SlashCommand
	Interaction *slack.InteractionCallback
	Event       *Event
	Received    time.Time
}

// Reply is what goes back within the acknowledgement, and the work that follows.
type Reply struct {
	// Body is sent as JSON: a view's response action, the options of a
	// block_suggestion, the ephemeral text of a command. Nil acknowledges only.
	Body any
	// After runs once the acknowledgement is on its way, among a bounded number of
	// others; its context ends after Options.AfterTimeout or at shutdown. It
	// dies with the process: what must not be lost is committed before.
	After func(context.Context)
	// Retry withholds the acknowledgement, because the request could not be
	// taken down (Redis unreachable, say). Slack sends an event again, and
	// tells a person that the command failed. Body and After are not used.
	Retry bool
}

// Handler answers one request. Its context ends when the acknowledgement would
// come too late. It is called from many goroutines at once.
type Handler func(ctx context.Context, r Request) Reply

// Event is the part of an Events API event that the bot uses. Fields that a
// type of event lacks are empty.
type Event struct {
	ID          string // Slack's event_id
	Type        string
	Subtype     string
	User        string
	BotID       string // set when a bot, this one included, wrote the message
	Channel     string
	ChannelType string // im, channel, group or mpim
	TS          string // the message's own ts, else the event's
	ThreadTS    string
	Text        string
	Files       []slack.File // of file_shared only the ID is known
	Tab         string       // of app_home_opened: home or messages
	Time        time.Time    // when it happened, to the second
}

// envelope is the outer form of an event, alike in HTTP and Socket Mode.
type envelope struct {
	Type      string          `json:"type"`
	Challenge string          `json:"challenge"`
	EventID   string          `json:"event_id"`
	EventTime int64           `json:"event_time"`
	Event     json.RawMessage `json:"event"`
}

type innerEvent struct {
	Type        string      `json:"type"`
	Subtype     string      `json:"subtype"`
	User        string      `json:"user"`
	UserID      string      `json:"user_id"`
	BotID       string      `json:"bot_id"`
	Channel     string      `json:"channel"`
	ChannelID   string      `json:"channel_id"`
	ChannelType string      `json:"channel_type"`
	TS          string      `json:"ts"`
	EventTS     string      `json:"event_ts"`
	ThreadTS    string      `json:"thread_ts"`
	Text        string      `json:"text"`
	Files       []eventFile `json:"files"`
	FileID      string      `json:"file_id"`
	Tab         string      `json:"tab"`
}

// eventFile is a file in an event. Where a field is not as slack-go expects it,
// the id is kept alone: the rest is asked for when the file is fetched.
type eventFile struct{ slack.File }

func (f *eventFile) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &f.File) == nil {
		return nil
	}
	var in struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	f.File = slack.File{ID: in.ID}
	return nil
}

var errMalformed = errors.New("malformed request")

func parseEnvelope(raw []byte) (envelope, error) {
	var e envelope
	if err := json.Unmarshal(raw, &e); err != nil {
		return e, fmt.Errorf("%w: envelope", errMalformed)
	}
	return e, nil
}

// wanted reports whether the event is of a type that the bot listens to.
// Others may have fields of other shapes and are not read.
func (e envelope) wanted() bool {
	var in struct {
		Type string `json:"type"`
	}
	if e.Type != "event_callback" || json.Unmarshal(e.Event, &in) != nil {
		return false
	}
	switch in.Type {
	case EventAppHomeOpened, EventAppMention, EventFileShared, EventMessage:
		return true
	}
	return false
}

// event reads the inner event.
func (e envelope) event() (*Event, error) {
	var in innerEvent
	if err := json.Unmarshal(e.Event, &in); err != nil || in.Type == "" {
		return nil, fmt.Errorf("%w: event", errMalformed)
	}
	id := first(e.EventID, in.digest())
	if id == "" {
		return nil, fmt.Errorf("%w: event without an id or a time", errMalformed)
	}
	ev := &Event{
		ID: id, Type: in.Type, Subtype: in.Subtype, BotID: in.BotID,
		User: first(in.User, in.UserID), Channel: first(in.Channel, in.ChannelID), ChannelType: in.ChannelType,
		TS: first(in.TS, in.EventTS), ThreadTS: in.ThreadTS, Text: in.Text, Tab: in.Tab,
	}
	for _, f := range in.Files {
		ev.Files = append(ev.Files, f.File)
	}
	if e.EventTime > 0 {
		ev.Time = time.Unix(e.EventTime, 0).UTC()
	}
	if len(ev.Files) == 0 && in.FileID != "" {
		ev.Files = []slack.File{{ID: in.FileID}}
	}
	return ev, nil
}

// digest tells an event that has no id from others, however often it is sent; ""
// when it has no time either. Slack always names one, other servers may not.
func (in innerEvent) digest() string {
	at := first(in.EventTS, in.TS)
	if at == "" {
		return ""
	}
	return digest("event", in.Type, in.Subtype, first(in.Channel, in.ChannelID), first(in.User, in.UserID), at)
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// digest stands in for an id where Slack gives none, as for block_suggestion.
func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return "h" + hex.EncodeToString(h.Sum(nil)[:12])
}

// kind is the request's type as the metrics' label: bounded, whatever arrives.
func (r Request) kind() string {
	switch {
	case r.Command != nil:
		return "command"
	case r.Event != nil:
		return r.Event.Type
	case r.Interaction != nil:
		switch t := r.Interaction.Type; t {
		case slack.InteractionTypeBlockActions, slack.InteractionTypeBlockSuggestion,
			slack.InteractionTypeViewSubmission, slack.InteractionTypeViewClosed,
			slack.InteractionTypeShortcut, slack.InteractionTypeMessageAction:
			return string(t)
		}
		return "interaction"
	}
	return "unknown"
}
