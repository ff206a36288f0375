package member

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
)

// Member acts as one person. Its methods may be called concurrently.
type Member struct {
	c   *Client
	key string

	mu sync.Mutex
	id string
	dm string
}

// ID is the member's user id.
func (m *Member) ID(ctx context.Context) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.id != "" {
		return m.id, nil
	}
	b, err := m.c.Boot(ctx)
	if err != nil {
		return "", err
	}
	for _, p := range b.Members {
		if !p.IsBot && (p.ID == m.key || p.Name == m.key || p.RealName == m.key || p.Email != "" && strings.EqualFold(p.Email, m.key)) {
			m.id = p.ID
			return m.id, nil
		}
	}
	return "", fmt.Errorf("workspace page: there is no member %q", m.key)
}

func (m *Member) get(ctx context.Context, path string, q url.Values, into any) error {
	id, err := m.ID(ctx)
	if err != nil {
		return err
	}
	if q == nil {
		q = url.Values{}
	}
	q.Set("as", id)
	return m.c.get(ctx, path, q, into)
}

func (m *Member) post(ctx context.Context, path string, body map[string]any, into any) error {
	id, err := m.ID(ctx)
	if err != nil {
		return err
	}
	body["as"] = id
	return m.c.post(ctx, path, body, into)
}

// Conversations lists the member's channels and direct messages.
func (m *Member) Conversations(ctx context.Context) ([]Channel, error) {
	var out struct {
		Conversations []Channel `json:"conversations"`
	}
	err := m.get(ctx, "conversations", nil, &out)
	return out.Conversations, err
}

// DM returns the id of the direct message with the (first) app.
func (m *Member) DM(ctx context.Context) (string, error) {
	m.mu.Lock()
	dm := m.dm
	m.mu.Unlock()
	if dm != "" {
		return dm, nil
	}
	b, err := m.c.Boot(ctx)
	if err != nil {
		return "", err
	}
	list, err := m.Conversations(ctx)
	if err != nil {
		return "", err
	}
	for _, c := range list {
		if len(b.Apps) > 0 && c.Type == "im" && c.User == b.Apps[0].BotUserID {
			m.mu.Lock()
			m.dm = c.ID
			m.mu.Unlock()
			return c.ID, nil
		}
	}
	return "", errors.New("workspace page: there is no app to talk to")
}

// Channel returns the id of the channel with that name (or id).
func (m *Member) Channel(ctx context.Context, name string) (string, error) {
	b, err := m.c.Boot(ctx)
	if err != nil {
		return "", err
	}
	for _, c := range b.Channels {
		if c.Name == strings.TrimPrefix(name, "#") || c.ID == name {
			return c.ID, nil
		}
	}
	return "", fmt.Errorf("workspace page: there is no channel %q", name)
}

// Say posts text in a channel and returns its timestamp; threadTS may be empty.
func (m *Member) Say(ctx context.Context, channel, threadTS, text string, files ...string) (string, error) {
	var out struct {
		TS string `json:"ts"`
	}
	err := m.post(ctx, "message", map[string]any{"channel": channel, "thread_ts": threadTS, "text": text, "files": files}, &out)
	return out.TS, err
}

// Command runs a slash command in the direct message with the app and returns the
// app's immediate answer, nil when there is none.
func (m *Member) Command(ctx context.Context, command, text string) (*Message, error) {
	dm, err := m.DM(ctx)
	if err != nil {
		return nil, err
	}
	return m.CommandIn(ctx, dm, command, text)
}

// CommandIn is Command in any channel.
func (m *Member) CommandIn(ctx context.Context, channel, command, text string) (*Message, error) {
	var out struct {
		Response *Message `json:"response"`
	}
	err := m.post(ctx, "command", map[string]any{"channel": channel, "command": command, "text": text}, &out)
	return out.Response, err
}

// Shortcut runs a global shortcut, or a message shortcut when msg is given.
func (m *Member) Shortcut(ctx context.Context, callbackID string, msg *Message) error {
	body := map[string]any{"callback_id": callbackID}
	if msg != nil {
		body["channel"], body["ts"] = msg.Channel, msg.TS
	}
	return m.post(ctx, "shortcut", body, nil)
}

// Join makes the member join a channel.
func (m *Member) Join(ctx context.Context, channel string) error {
	return m.post(ctx, "channel/join", map[string]any{"channel": channel}, nil)
}

// Upload hands a file to the workspace and returns its id, for Say or a form's file input.
func (m *Member) Upload(ctx context.Context, name string, data []byte) (string, error) {
	id, err := m.ID(ctx)
	if err != nil {
		return "", err
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return "", fmt.Errorf("workspace page: %w", err)
	}
	target := m.c.base + "/app/api/upload?" + url.Values{"as": {id}}.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, &body)
	if err != nil {
		return "", fmt.Errorf("workspace page: %w", err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	var out struct {
		ID string `json:"id"`
	}
	err = m.c.do(req, &out)
	return out.ID, err
}

// Download reads a file the member can see.
func (m *Member) Download(ctx context.Context, f File) ([]byte, error) {
	id, err := m.ID(ctx)
	if err != nil {
		return nil, err
	}
	target := m.c.base + "/app/api/files/" + url.PathEscape(f.ID) + "?" + url.Values{"as": {id}}.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return nil, fmt.Errorf("workspace page: %w", err)
	}
	data, err := m.c.fetch(req)
	if err != nil {
		return nil, err
	}
	var refusal struct {
		Error string `json:"error"`
	}
	if int64(len(data)) != f.Size && json.Unmarshal(data, &refusal) == nil && refusal.Error != "" {
		return nil, &Error{Code: refusal.Error}
	}
	return data, nil
}

// poll waits until something changed for the member after seq; a negative seq only asks where the log stands.
func (m *Member) poll(ctx context.Context, seq int64) (int64, error) {
	q := url.Values{}
	if seq >= 0 {
		q.Set("since", strconv.FormatInt(seq, 10))
	}
	var out struct {
		Seq int64 `json:"seq"`
	}
	err := m.get(ctx, "poll", q, &out)
	return out.Seq, err
}

// wait calls look after every change until it is satisfied.
func (m *Member) wait(ctx context.Context, what string, look func() (bool, error)) error {
	seq := int64(-1)
	for {
		next, err := m.poll(ctx, seq)
		if err != nil {
			return waitError(ctx, what, err)
		}
		seq = next
		done, err := look()
		if err != nil {
			return waitError(ctx, what, err)
		}
		if done {
			return nil
		}
	}
}

func waitError(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("waiting for %s: %w", what, ctx.Err())
	}
	return fmt.Errorf("waiting for %s: %w", what, err)
}
