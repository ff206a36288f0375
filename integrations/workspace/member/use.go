package member

import "context"

// Use is Click for one of several elements with the same action id: one of msg.Elements().
func (m *Member) Use(ctx context.Context, msg Message, el Element, value ...any) error {
	body := map[string]any{"channel": msg.Channel, "ts": msg.TS, "block_id": el.BlockID, "action_id": el.ActionID}
	return m.act(ctx, el, body, value)
}

// UseInView is ClickInView for one of the open modal's elements.
func (m *Member) UseInView(ctx context.Context, v *View, el Element, value ...any) error {
	state, err := v.filled(nil)
	if err != nil {
		return err
	}
	body := map[string]any{"view_id": v.ID, "block_id": el.BlockID, "action_id": el.ActionID, "state": state}
	return m.act(ctx, el, body, value)
}
