package slackapi

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/slack-go/slack"
)

const (
	channelPage     = 200
	maxChannelPages = 50
)

var channelID = regexp.MustCompile(`^[CGD][A-Z0-9]{5,}$`)

// OpenDM returns the channel of the direct messages with user, and remembers it.
func (c *Client) OpenDM(ctx context.Context, user string) (string, error) {
	if channel, ok := c.dms.get(user); ok {
		return channel, nil
	}
	v, err := c.shared(ctx, "conversations.open:"+user, func(ctx context.Context) (any, error) {
		var channel string
		err := c.call(ctx, "conversations.open", func(ctx context.Context) error {
			opened, _, _, err := c.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{
				Users: []string{user}, ReturnIM: true,
			})
			if err != nil {
				return err
			}
			if opened == nil || opened.ID == "" {
				return ErrNotFound
			}
			channel = opened.ID
			return nil
		})
		if err == nil {
			c.dms.set(user, channel, channelCacheTTL)
		}
		return channel, err
	})
	if err != nil {
		return "", err
	}
	return v.(string), nil
}

// JoinChannel makes the bot a member of a public channel, so that it may post
// and read there.
func (c *Client) JoinChannel(ctx context.Context, channel string) error {
	return c.call(ctx, "conversations.join", func(ctx context.Context) error {
		_, _, _, err := c.api.JoinConversationContext(ctx, channel)
		return err
	})
}

// FindChannel returns the id of the channel that nameOrID means: an id, or a
// name with or without #. It finds public channels and those private ones that
// the bot is in, and remembers them.
func (c *Client) FindChannel(ctx context.Context, nameOrID string) (string, error) {
	if channelID.MatchString(nameOrID) {
		return nameOrID, nil
	}
	name := strings.ToLower(strings.TrimPrefix(strings.TrimSpace(nameOrID), "#"))
	if name == "" {
		return "", fmt.Errorf("slackapi: %w: empty channel name", ErrArgument)
	}
	if id, ok := c.channels.get(name); ok {
		return id, nil
	}
	_, err := c.shared(ctx, "conversations.list", func(ctx context.Context) (any, error) {
		return nil, c.loadChannels(ctx)
	})
	if err != nil {
		return "", err
	}
	if id, ok := c.channels.get(name); ok {
		return id, nil
	}
	return "", wrap("conversations.list", ErrNotFound)
}

func (c *Client) loadChannels(ctx context.Context) error {
	cursor := ""
	for range maxChannelPages {
		err := c.call(ctx, "conversations.list", func(ctx context.Context) error {
			found, next, err := c.api.GetConversationsContext(ctx, &slack.GetConversationsParameters{
				Cursor: cursor, Limit: channelPage, ExcludeArchived: true,
				Types: []string{"public_channel", "private_channel"},
			})
			for _, ch := range found {
				c.channels.set(strings.ToLower(ch.Name), ch.ID, channelCacheTTL)
			}
			cursor = next
			return err
		})
		if err != nil || cursor == "" {
			return err
		}
	}
	return nil
}
