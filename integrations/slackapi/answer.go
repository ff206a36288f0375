package slackapi

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"

	"github.com/slack-go/slack"
)

// responseBody is what is posted to a response_url.
type responseBody struct {
	Text            string               `json:"text"`
	Blocks          []slack.Block        `json:"blocks,omitempty"`
	ThreadTS        string               `json:"thread_ts,omitempty"`
	Metadata        *slack.SlackMetadata `json:"metadata,omitempty"`
	ResponseType    string               `json:"response_type,omitempty"`
	ReplaceOriginal bool                 `json:"replace_original"`
}

func newAnswer(m Message, replaceOriginal bool) responseBody {
	b := responseBody{Text: m.Text, Blocks: m.Blocks, ThreadTS: m.ThreadTS, ReplaceOriginal: replaceOriginal}
	if !replaceOriginal {
		b.ResponseType = slack.ResponseTypeEphemeral
	}
	if m.Metadata != nil {
		b.Metadata = &slack.SlackMetadata{EventType: m.Metadata.Type, EventPayload: m.Metadata.Payload}
	}
	return b
}

// postAnswer posts to a response_url. slack-go takes any answer but a bare "ok" for
// a failure and shows it in the error; here the status counts, and what JSON says.
func (c *Client) postAnswer(ctx context.Context, address string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	said, err := io.ReadAll(io.LimitReader(resp.Body, maxDrainedBytes))
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return slack.StatusCodeError{Code: resp.StatusCode, Status: resp.Status}
	}
	if err != nil {
		return err
	}
	var in struct {
		OK    *bool  `json:"ok"`
		Error string `json:"error"`
	}
	if json.Unmarshal(said, &in) == nil && in.OK != nil && !*in.OK {
		return slack.SlackErrorResponse{Err: in.Error}
	}
	return nil
}
