package slackapi

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/slack-go/slack"
)

// Metadata is data for programs that a message carries unseen.
type Metadata struct {
	Type    string
	Payload map[string]any
}

// Message is what to post. Text stands beside blocks always: notifications and
// screen readers use it. Text is mrkdwn; whatever people typed must be escaped
// by the caller.
type Message struct {
	Channel  string
	ThreadTS string // the thread to answer in, or ""
	Text     string
	Blocks   []slack.Block
	Metadata *Metadata
}

func (m Message) options() []slack.MsgOption {
	opts := []slack.MsgOption{
		slack.MsgOptionText(m.Text, false),
		slack.MsgOptionDisableLinkUnfurl(),
		slack.MsgOptionDisableMediaUnfurl(),
	}
	if len(m.Blocks) > 0 {
		opts = append(opts, slack.MsgOptionBlocks(m.Blocks...))
	}
	if m.ThreadTS != "" {
		opts = append(opts, slack.MsgOptionTS(m.ThreadTS))
	}
	if m.Metadata != nil {
		opts = append(opts, slack.MsgOptionMetadata(slack.SlackMetadata{
			EventType: m.Metadata.Type, EventPayload: m.Metadata.Payload,
		}))
	}
	return opts
}

// Post posts m to its channel and returns the message's ts.
func (c *Client) Post(ctx context.Context, m Message) (ts string, err error) {
	err = c.call(ctx, "chat.postMessage", func(ctx context.Context) error {
		_, ts, err = c.api.PostMessageContext(ctx, m.Channel, m.options()...)
		return err
	})
	return ts, err
}

// Update replaces the message ts in channel by m. Blocks that m lacks are
// removed from the message; m.Channel and m.ThreadTS are not used.
func (c *Client) Update(ctx context.Context, channel, ts string, m Message) error {
	m.ThreadTS = ""
	opts := m.options()
	if len(m.Blocks) == 0 {
		opts = append(opts, slack.MsgOptionBlocks())
	}
	return c.call(ctx, "chat.update", func(ctx context.Context) error {
		_, _, _, err := c.api.UpdateMessageContext(ctx, channel, ts, opts...)
		return err
	})
}

// Delete removes a message. One that is already gone is no error.
func (c *Client) Delete(ctx context.Context, channel, ts string) error {
	return c.call(ctx, "chat.delete", func(ctx context.Context) error {
		_, _, err := c.api.DeleteMessageContext(ctx, channel, ts)
		if Code(err) == "message_not_found" {
			return nil
		}
		return err
	})
}

// Ephemeral shows m in channel to one user only, without keeping it.
func (c *Client) Ephemeral(ctx context.Context, channel, user string, m Message) error {
	return c.call(ctx, "chat.postEphemeral", func(ctx context.Context) error {
		_, err := c.api.PostEphemeralContext(ctx, channel, user, m.options()...)
		return err
	})
}

// Respond answers by a request's response_url, which serves five times within
// thirty minutes. The answer is seen by the asker alone, unless it replaces the
// message that the request came from.
func (c *Client) Respond(ctx context.Context, responseURL string, m Message, replaceOriginal bool) error {
	if err := c.checkHost(responseURL); err != nil {
		return wrap("response_url", err)
	}
	body, err := json.Marshal(newAnswer(m, replaceOriginal))
	if err != nil {
		return wrap("response_url", err)
	}
	return c.call(ctx, "response_url", func(ctx context.Context) error {
		return c.postAnswer(ctx, responseURL, body)
	})
}

// Permalink returns the address of a message.
func (c *Client) Permalink(ctx context.Context, channel, ts string) (link string, err error) {
	err = c.call(ctx, "chat.getPermalink", func(ctx context.Context) error {
		link, err = c.api.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: channel, Ts: ts})
		return err
	})
	return link, err
}

const (
	findPage    = 100
	findDefault = 200
)

// FindByMetadata looks for a message whose metadata has type eventType and a
// payload that match accepts, newest first in a channel, oldest first in the
// thread of threadTS. It looks at no more than limit messages (0: 200). A
// delivery uses it after a crash to learn whether its message is there already.
func (c *Client) FindByMetadata(ctx context.Context, channel, threadTS, eventType string,
	match func(map[string]any) bool, limit int) (ts string, found bool, err error) {
	if limit <= 0 {
		limit = findDefault
	}
	if channel == "" || eventType == "" {
		return "", false, fmt.Errorf("slackapi: %w: channel and metadata type are needed", ErrArgument)
	}
	cursor := ""
	for seen := 0; seen < limit; {
		messages, next, err := c.page(ctx, channel, threadTS, cursor, min(findPage, limit-seen))
		if err != nil {
			return "", false, err
		}
		for _, m := range messages {
			if m.Metadata.EventType == eventType && match(m.Metadata.EventPayload) {
				return m.Timestamp, true, nil
			}
		}
		seen += len(messages)
		if next == "" || len(messages) == 0 {
			break
		}
		cursor = next
	}
	return "", false, nil
}

// page reads one page of a channel, or of a thread.
func (c *Client) page(ctx context.Context, channel, threadTS, cursor string, size int) (messages []slack.Message, next string, err error) {
	if threadTS != "" {
		err = c.call(ctx, "conversations.replies", func(ctx context.Context) error {
			messages, _, next, err = c.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
				ChannelID: channel, Timestamp: threadTS, Cursor: cursor, Limit: size, IncludeAllMetadata: true,
			})
			return err
		})
		return messages, next, err
	}
	err = c.call(ctx, "conversations.history", func(ctx context.Context) error {
		resp, err := c.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: channel, Cursor: cursor, Limit: size, IncludeAllMetadata: true,
		})
		if err != nil {
			return err
		}
		messages, next = resp.Messages, resp.ResponseMetaData.NextCursor
		return nil
	})
	return messages, next, err
}

// FindFile reports whether a file of that name stands in the channel, or in the
// thread of threadTS. Sharing a file carries no metadata, so its name, which
// the caller makes unique, tells after a crash whether it is there already.
func (c *Client) FindFile(ctx context.Context, channel, threadTS, name string) (bool, error) {
	if channel == "" || name == "" {
		return false, fmt.Errorf("slackapi: %w: channel and name are needed", ErrArgument)
	}
	cursor := ""
	for seen := 0; seen < findDefault; {
		messages, next, err := c.page(ctx, channel, threadTS, cursor, findPage)
		if err != nil {
			return false, err
		}
		for _, m := range messages {
			for _, f := range m.Files {
				if f.Name == name {
					return true, nil
				}
			}
		}
		seen += len(messages)
		if next == "" || len(messages) == 0 {
			return false, nil
		}
		cursor = next
	}
	return false, nil
}
