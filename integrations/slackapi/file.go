package slackapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"

	"github.com/slack-go/slack"
)

// errUpload is not permanent, whatever the status: an upload address serves
// once, and the next Upload gets another.
var errUpload = errors.New("upload refused")

// File is a file to upload. With a Channel it is shared there, in the thread of
// ThreadTS when that is set, with Comment as the message's text.
type File struct {
	Name     string
	Title    string
	Channel  string
	ThreadTS string
	Comment  string
	Body     []byte
}

// Upload uploads f and returns the file's id. The bytes are posted raw, since
// slack-go's multipart form closes twice and strict servers refuse it.
func (c *Client) Upload(ctx context.Context, f File) (fileID string, err error) {
	if f.Name == "" || len(f.Body) == 0 {
		return "", fmt.Errorf("slackapi: %w: a file needs a name and a body", ErrArgument)
	}
	var uploadURL string
	err = c.call(ctx, "files.getUploadURLExternal", func(ctx context.Context) error {
		resp, err := c.api.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{
			FileName: f.Name, FileSize: len(f.Body),
		})
		if err != nil {
			return err
		}
		fileID, uploadURL = resp.FileID, resp.UploadURL
		return nil
	})
	if err != nil {
		return "", err
	}
	err = c.callWithin(ctx, transferTimeout, "upload", func(ctx context.Context) error {
		return c.postBytes(WithRetry(ctx), uploadURL, f.Body)
	})
	if err != nil {
		return "", err
	}
	err = c.call(ctx, "files.completeUploadExternal", func(ctx context.Context) error {
		_, err := c.api.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{
			Files:   []slack.FileSummary{{ID: fileID, Title: f.Title}},
			Channel: f.Channel, ThreadTimestamp: f.ThreadTS, InitialComment: f.Comment,
		})
		return err
	})
	if err != nil {
		return "", err
	}
	return fileID, nil
}

func (c *Client) postBytes(ctx context.Context, address string, body []byte) error {
	if err := c.checkHost(address); err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, maxDrainedBytes)
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%w: %s", errUpload, resp.Status)
	}
	return nil
}

// FileInfo returns what Slack knows about a file.
func (c *Client) FileInfo(ctx context.Context, fileID string) (file slack.File, err error) {
	err = c.call(ctx, "files.info", func(ctx context.Context) error {
		found, _, _, err := c.api.GetFileInfoContext(ctx, fileID, 0, 0)
		if err != nil {
			return err
		}
		file = *found
		return nil
	})
	return file, err
}

// Download returns the bytes, name and media type of a file of at most
// maxBytes; a larger one is ErrTooLarge. A file of which only the ID is known
// (slack.File{ID: id}, as in file_shared) is looked up first.
func (c *Client) Download(ctx context.Context, f slack.File, maxBytes int64) (body []byte, name, mimetype string, err error) {
	if f.URLPrivateDownload == "" && f.URLPrivate == "" {
		if f, err = c.FileInfo(ctx, f.ID); err != nil {
			return nil, "", "", err
		}
	}
	err = c.callWithin(ctx, transferTimeout, "download", func(ctx context.Context) error {
		if int64(f.Size) > maxBytes {
			return ErrTooLarge
		}
		body, err = c.getBytes(withDownload(ctx), f, maxBytes)
		return err
	})
	if err != nil {
		return nil, "", "", err
	}
	return body, f.Name, f.Mimetype, nil
}

func (c *Client) getBytes(ctx context.Context, f slack.File, maxBytes int64) ([]byte, error) {
	address := f.URLPrivateDownload
	if address == "" {
		address = f.URLPrivate
	}
	if err := c.checkHost(address); err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, slack.StatusCodeError{Code: resp.StatusCode, Status: resp.Status}
	}
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if kind == "text/html" && f.Mimetype != "" && f.Mimetype != "text/html" {
		return nil, ErrNotFile
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBytes+1))
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > maxBytes {
		return nil, ErrTooLarge
	}
	return body, nil
}

// checkHost refuses addresses, given by a payload or an answer, that are
// neither the API's own nor Slack's.
func (c *Client) checkHost(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || (!sameHost(c.apiURL, u) && !slackHost(u)) {
		return ErrForeignHost
	}
	return nil
}
