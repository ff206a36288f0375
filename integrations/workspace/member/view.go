package member

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
)

// View is a modal or a Home tab.
type View struct {
	ID         string          `json:"id"`
	Type       string          `json:"type"`
	CallbackID string          `json:"callback_id"`
	Hash       string          `json:"hash"`
	Metadata   string          `json:"private_metadata"`
	Blocks     json.RawMessage `json:"blocks"`
	State      struct {
		Values map[string]map[string]map[string]any `json:"values"`
	} `json:"state"`
	TitleObject  *textObject `json:"title"`
	SubmitObject *textObject `json:"submit"`
	// Depth is how many modals lie on one another; Notice is what the member is told above the form.
	Depth  int    `json:"-"`
	Notice string `json:"-"`
}

type textObject struct {
	Text string `json:"text"`
}

// Title is the modal's title.
func (v View) Title() string {
	if v.TitleObject == nil {
		return ""
	}
	return v.TitleObject.Text
}

// Text is all that can be read in the view.
func (v View) Text() string { return visible(decode(v.Blocks)) }

// Elements are the view's interactive elements.
func (v View) Elements() []Element { return elements(decode(v.Blocks)) }

// HasAction reports whether an element with that action id is there.
func (v View) HasAction(actionID string) bool {
	_, ok := findElement(v.Elements(), actionID)
	return ok
}

// View returns the modal the member has open, nil when there is none.
func (m *Member) View(ctx context.Context) (*View, error) { return m.view(ctx, "view") }

// Home returns the member's Home tab, nil before the app published one.
func (m *Member) Home(ctx context.Context) (*View, error) { return m.view(ctx, "home") }

func (m *Member) view(ctx context.Context, which string) (*View, error) {
	var out struct {
		View  *View  `json:"view"`
		Depth int    `json:"depth"`
		Error string `json:"error"`
	}
	if err := m.get(ctx, which, nil, &out); err != nil {
		return nil, err
	}
	if out.View != nil {
		out.View.Depth, out.View.Notice = out.Depth, out.Error
	}
	return out.View, nil
}

// OpenHome opens the Home tab, of which the app is told.
func (m *Member) OpenHome(ctx context.Context) error {
	return m.post(ctx, "home/open", map[string]any{}, nil)
}

// WaitView waits until a modal with that callback id is open; "" takes any.
func (m *Member) WaitView(ctx context.Context, callbackID string) (*View, error) {
	return m.waitView(ctx, "view", func(v *View) bool { return callbackID == "" || v.CallbackID == callbackID })
}

// WaitViewThat waits for a modal that ok accepts.
func (m *Member) WaitViewThat(ctx context.Context, ok func(*View) bool) (*View, error) {
	return m.waitView(ctx, "view", ok)
}

// WaitHome waits for a Home tab that ok accepts.
func (m *Member) WaitHome(ctx context.Context, ok func(*View) bool) (*View, error) {
	return m.waitView(ctx, "home", ok)
}

// WaitNoView waits until no modal is open.
func (m *Member) WaitNoView(ctx context.Context) error {
	return m.wait(ctx, "the modal to close", func() (bool, error) {
		v, err := m.View(ctx)
		return v == nil, err
	})
}

func (m *Member) waitView(ctx context.Context, which string, ok func(*View) bool) (*View, error) {
	var found *View
	err := m.wait(ctx, "a "+which, func() (bool, error) {
		v, err := m.view(ctx, which)
		found = v
		return v != nil && ok(v), err
	})
	return found, err
}

var errNoView = errors.New("workspace page: no modal is open")

// Submit fills the open modal in and submits it. values are by block id (or action id): a string, a []string,
// an option's value, a date, file ids. Fields that are not named keep what they hold.
// Refused fields come back as an *Error with Fields.
func (m *Member) Submit(ctx context.Context, values map[string]any) error {
	v, err := m.View(ctx)
	if err != nil {
		return err
	}
	if v == nil {
		return errNoView
	}
	state, err := v.filled(values)
	if err != nil {
		return err
	}
	return m.post(ctx, "view/submit", map[string]any{"view_id": v.ID, "state": state}, nil)
}

// CloseView closes the open modal.
func (m *Member) CloseView(ctx context.Context) error {
	v, err := m.View(ctx)
	if err != nil {
		return err
	}
	if v == nil {
		return errNoView
	}
	return m.post(ctx, "view/close", map[string]any{"view_id": v.ID}, nil)
}

// ClickInView uses an element of the open modal; fields are what the member has entered
// elsewhere in it by then, as for Submit.
func (m *Member) ClickInView(ctx context.Context, actionID string, value any, fields map[string]any) error {
	v, err := m.View(ctx)
	if err != nil {
		return err
	}
	if v == nil {
		return errNoView
	}
	return m.clickIn(ctx, v, actionID, value, fields)
}

// ClickHome uses an element of the Home tab.
func (m *Member) ClickHome(ctx context.Context, actionID string, value ...any) error {
	v, err := m.Home(ctx)
	if err != nil {
		return err
	}
	if v == nil {
		return errors.New("workspace page: the Home tab is empty")
	}
	var chosen any
	if len(value) > 0 {
		chosen = value[0]
	}
	return m.clickIn(ctx, v, actionID, chosen, nil)
}

func (m *Member) clickIn(ctx context.Context, v *View, actionID string, value any, fields map[string]any) error {
	el, ok := findElement(v.Elements(), actionID)
	if !ok {
		return fmt.Errorf("workspace page: the view has no element %q", actionID)
	}
	state, err := v.filled(fields)
	if err != nil {
		return err
	}
	body := map[string]any{"view_id": v.ID, "block_id": el.BlockID, "action_id": el.ActionID, "state": state}
	return m.act(ctx, el, body, []any{value})
}

// Options asks for the options of an external select in the open modal and offers them to Submit.
func (m *Member) Options(ctx context.Context, actionID, query string) ([]Option, error) {
	v, err := m.View(ctx)
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, errNoView
	}
	el, ok := findElement(v.Elements(), actionID)
	if !ok {
		return nil, fmt.Errorf("workspace page: the view has no element %q", actionID)
	}
	var out map[string]any
	q := url.Values{"view_id": {v.ID}, "block_id": {el.BlockID}, "action_id": {actionID}, "query": {query}}
	if err := m.get(ctx, "options", q, &out); err != nil {
		return nil, err
	}
	return newElement(el.block, out).Options, nil
}
