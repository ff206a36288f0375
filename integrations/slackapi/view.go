package slackapi

import (
	"context"

	"github.com/slack-go/slack"
)

// OpenView opens a modal by a trigger, which serves once and for about three
// seconds, and returns the view's id.
func (c *Client) OpenView(ctx context.Context, trigger string, view slack.ModalViewRequest) (viewID string, err error) {
	err = c.call(ctx, "views.open", func(ctx context.Context) error {
		resp, err := c.api.OpenViewContext(ctx, trigger, modal(view))
		if err != nil {
			return err
		}
		viewID = resp.View.ID
		return nil
	})
	return viewID, err
}

// PushView puts a modal on top of the one that the trigger came from and
// returns the new view's id.
func (c *Client) PushView(ctx context.Context, trigger string, view slack.ModalViewRequest) (viewID string, err error) {
	err = c.call(ctx, "views.push", func(ctx context.Context) error {
		resp, err := c.api.PushViewContext(ctx, trigger, modal(view))
		if err != nil {
			return err
		}
		viewID = resp.View.ID
		return nil
	})
	return viewID, err
}

// UpdateView replaces an open modal. With a hash it fails with hash_conflict
// when the modal has changed since; with "" it does not look.
func (c *Client) UpdateView(ctx context.Context, viewID, hash string, view slack.ModalViewRequest) error {
	return c.updateView(ctx, viewID, "", hash, view)
}

func (c *Client) updateView(ctx context.Context, viewID, externalID, hash string, view slack.ModalViewRequest) error {
	return c.call(ctx, "views.update", func(ctx context.Context) error {
		_, err := c.api.UpdateViewContext(ctx, modal(view), externalID, hash, viewID)
		return err
	})
}

// PublishHome sets a user's Home tab.
func (c *Client) PublishHome(ctx context.Context, user string, view slack.HomeTabViewRequest) error {
	view.Type = slack.VTHomeTab
	return c.call(ctx, "views.publish", func(ctx context.Context) error {
		_, err := c.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: view})
		return err
	})
}

func modal(view slack.ModalViewRequest) slack.ModalViewRequest {
	view.Type = slack.VTModal
	return view
}
