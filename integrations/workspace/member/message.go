package member

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// Message is a message as the member sees it.
type Message struct {
	TS         string          `json:"ts"`
	Channel    string          `json:"channel"`
	User       string          `json:"user"`
	Bot        bool            `json:"bot"`
	PlainText  string          `json:"text"`
	Blocks     json.RawMessage `json:"blocks"`
	Files      []File          `json:"files"`
	ThreadTS   string          `json:"thread_ts"`
	ReplyCount int             `json:"reply_count"`
	Ephemeral  bool            `json:"ephemeral"`
	Edited     bool            `json:"edited"`
	Metadata   json.RawMessage `json:"metadata"`
}

// File is a file shared in a message.
type File struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Title    string `json:"title"`
	Size     int64  `json:"size"`
	Mimetype string `json:"mimetype"`
	URL      string `json:"url"`
}

// Element is an interactive element with the block it stands in.
type Element struct {
	BlockID  string
	ActionID string
	Type     string
	Text     string
	Value    string
	Options  []Option
	raw      map[string]any
	block    map[string]any
}

// Option is one choice of a select, an overflow menu, checkboxes or radio buttons.
type Option struct {
	Text  string
	Value string
}

// Text is all that the member can read: the blocks, or the text when there are none.
func (m Message) Text() string {
	blocks := decode(m.Blocks)
	if len(blocks) == 0 {
		return m.PlainText
	}
	return visible(blocks)
}

// Elements are the message's interactive elements.
func (m Message) Elements() []Element { return elements(decode(m.Blocks)) }

// Buttons are the message's buttons.
func (m Message) Buttons() []Element {
	var out []Element
	for _, e := range m.Elements() {
		if e.Type == "button" {
			out = append(out, e)
		}
	}
	return out
}

// HasAction reports whether an element with that action id can be used.
func (m Message) HasAction(actionID string) bool {
	_, ok := findElement(m.Elements(), actionID)
	return ok
}

// EventType is the type of the message's metadata, or "".
func (m Message) EventType() string {
	var meta struct {
		EventType string `json:"event_type"`
	}
	_ = json.Unmarshal(m.Metadata, &meta)
	return meta.EventType
}

// Messages returns a channel's messages, oldest first, and marks them read.
func (m *Member) Messages(ctx context.Context, channel string) ([]Message, error) {
	return m.Thread(ctx, channel, "")
}

// Thread returns the message threadTS and its replies.
func (m *Member) Thread(ctx context.Context, channel, threadTS string) ([]Message, error) {
	q := url.Values{"channel": {channel}}
	if threadTS != "" {
		q.Set("thread_ts", threadTS)
	}
	var out struct {
		Messages []Message `json:"messages"`
	}
	err := m.get(ctx, "messages", q, &out)
	return out.Messages, err
}

// WaitMessage waits for a top-level message in channel that ok accepts; the newest one wins.
func (m *Member) WaitMessage(ctx context.Context, channel string, ok func(Message) bool) (Message, error) {
	return m.WaitReply(ctx, channel, "", ok)
}

// WaitReply is WaitMessage in a thread.
func (m *Member) WaitReply(ctx context.Context, channel, threadTS string, ok func(Message) bool) (Message, error) {
	var found Message
	err := m.wait(ctx, "a message in "+channel, func() (bool, error) {
		list, err := m.Thread(ctx, channel, threadTS)
		if err != nil {
			return false, err
		}
		for i := len(list) - 1; i >= 0; i-- {
			if ok(list[i]) {
				found = list[i]
				return true, nil
			}
		}
		return false, nil
	})
	return found, err
}

// Containing accepts messages whose visible text contains every one of parts.
func Containing(parts ...string) func(Message) bool {
	return func(m Message) bool {
		text := m.Text()
		for _, p := range parts {
			if !strings.Contains(text, p) {
				return false
			}
		}
		return true
	}
}

// Click uses the element with that action id in a message. value is what is chosen: nothing for
// a button, an option's value, an id, a date.
func (m *Member) Click(ctx context.Context, msg Message, actionID string, value ...any) error {
	el, ok := findElement(msg.Elements(), actionID)
	if !ok {
		return fmt.Errorf("workspace page: the message has no element %q", actionID)
	}
	body := map[string]any{"channel": msg.Channel, "ts": msg.TS, "block_id": el.BlockID, "action_id": el.ActionID}
	return m.act(ctx, el, body, value)
}

func (m *Member) act(ctx context.Context, el Element, body map[string]any, value []any) error {
	if len(value) > 0 && value[0] != nil {
		v, err := encode(el, value[0])
		if err != nil {
			return err
		}
		body["value"] = v
	}
	return m.post(ctx, "action", body, nil)
}
