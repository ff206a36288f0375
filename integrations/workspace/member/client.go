package member

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// maxBody bounds what is read of an answer.
const maxBody = 80 << 20

// Error is what the member is shown when something does not work.
type Error struct {
	// Code is Slack's name of the failure, such as operation_timeout.
	Code string
	// Message is the sentence that is shown.
	Message string
	// Fields are the errors at a form's inputs, by block id.
	Fields map[string]string
}

func (e *Error) Error() string {
	if len(e.Fields) > 0 {
		return fmt.Sprintf("form refused: %v", e.Fields)
	}
	if e.Message == "" || e.Message == e.Code {
		return e.Code
	}
	return e.Code + ": " + e.Message
}

// Client talks to one workspace.
type Client struct {
	base string
	http *http.Client

	mu   sync.Mutex
	boot *Boot
}

// Boot is what the page knows before anybody acts.
type Boot struct {
	Members []Person `json:"members"`
	// Channels are the public ones.
	Channels []Channel `json:"channels"`
	Apps     []struct {
		ID        string `json:"id"`
		Name      string `json:"name"`
		BotUserID string `json:"bot_user_id"`
	} `json:"apps"`
}

// Person is a member or a bot.
type Person struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	RealName string `json:"real_name"`
	Title    string `json:"title"`
	Unit     string `json:"unit"`
	Role     string `json:"role"`
	Email    string `json:"email"`
	IsBot    bool   `json:"is_bot"`
}

// Channel is a public channel or a direct message.
type Channel struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	User   string `json:"user"`
	Unread int    `json:"unread"`
	LastTS string `json:"last_ts"`
}

// Dial makes a client for the workspace whose page is at base, such as http://127.0.0.1:8065.
// Nothing is sent before the first use.
func Dial(base string) *Client {
	return &Client{
		base: strings.TrimSuffix(base, "/"),
		http: &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
	}
}

// Close drops idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Boot returns the workspace's members, channels and apps.
func (c *Client) Boot(ctx context.Context) (*Boot, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.boot != nil {
		return c.boot, nil
	}
	var b Boot
	if err := c.get(ctx, "boot", nil, &b); err != nil {
		return nil, err
	}
	c.boot = &b
	return c.boot, nil
}

// As is the member with that id, name, real name or e-mail address. Whether they exist
// shows at the first use.
func (c *Client) As(key string) *Member { return &Member{c: c, key: key} }

func (c *Client) get(ctx context.Context, path string, q url.Values, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/app/api/"+path+"?"+q.Encode(), nil)
	if err != nil {
		return fmt.Errorf("workspace page: %w", err)
	}
	return c.do(req, into)
}

func (c *Client) post(ctx context.Context, path string, body any, into any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("workspace page: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/app/api/"+path, bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("workspace page: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	return c.do(req, into)
}

func (c *Client) do(req *http.Request, into any) error {
	data, err := c.fetch(req)
	if err != nil {
		return err
	}
	var head struct {
		OK      bool              `json:"ok"`
		Error   string            `json:"error"`
		Message string            `json:"message"`
		Errors  map[string]string `json:"errors"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return fmt.Errorf("workspace page: %w", err)
	}
	if !head.OK {
		return &Error{Code: head.Error, Message: head.Message, Fields: head.Errors}
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("workspace page: %w", err)
	}
	return nil
}

func (c *Client) fetch(req *http.Request) ([]byte, error) {
	req.Header.Set("X-Workspace", "1")
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("workspace page: %w", err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err != nil {
		return nil, fmt.Errorf("workspace page: %w", err)
	}
	if resp.StatusCode >= 500 {
		return nil, fmt.Errorf("workspace page: %s", resp.Status)
	}
	return data, nil
}

// FieldErrors returns the errors at a form's inputs that err carries, by block id.
func FieldErrors(err error) map[string]string {
	var e *Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}
