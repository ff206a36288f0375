package workspace

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// content is what a message shows, checked.
type content struct {
	text        string
	blocks      json.RawMessage
	attachments json.RawMessage
	metadata    json.RawMessage
}

// readContent checks the text, blocks, attachments and metadata of a call.
func readContent(p params) (content, *apiError) {
	c := content{text: p.str("text")}
	blocks, msgs, code := messageBlocks(p)
	if code != "" {
		return c, fail(code, msgs...)
	}
	c.blocks = blocks
	var attachments []json.RawMessage
	ok, err := p.decode("attachments", &attachments)
	switch {
	case err != nil:
		return c, fail("invalid_attachments")
	case len(attachments) > maxAttachments:
		return c, fail("too_many_attachments")
	case ok && len(attachments) > 0:
		c.attachments, _ = json.Marshal(attachments)
	}
	if utf8.RuneCountInString(c.text) > maxPostText {
		return c, fail("msg_too_long")
	}
	var apiErr *apiError
	if c.metadata, apiErr = readMetadata(p); apiErr != nil {
		return c, apiErr
	}
	if strings.TrimSpace(c.text) == "" && c.blocks == nil && c.attachments == nil {
		return c, fail("no_text")
	}
	return c, nil
}

// messageBlocks returns the checked blocks of a message, or Slack's error code.
func messageBlocks(p params) (json.RawMessage, []string, string) {
	var blocks []any
	ok, err := p.decode("blocks", &blocks)
	if err != nil {
		return nil, []string{"[ERROR] blocks is not a JSON array"}, "invalid_blocks_format"
	}
	if !ok || len(blocks) == 0 {
		return nil, nil, ""
	}
	c := newChecker(surfaceMessage)
	c.blocks("/blocks", blocks)
	if len(c.errs) > 0 {
		return nil, c.errs, "invalid_blocks"
	}
	if c.chars > maxBlocksText {
		return nil, nil, "msg_blocks_too_long"
	}
	raw, _ := json.Marshal(blocks)
	return raw, nil, ""
}

func readMetadata(p params) (json.RawMessage, *apiError) {
	var meta struct {
		EventType    string `json:"event_type"`
		EventPayload obj    `json:"event_payload"`
	}
	ok, err := p.decode("metadata", &meta)
	if err != nil {
		return nil, fail("invalid_metadata_format")
	}
	if !ok || (meta.EventType == "" && meta.EventPayload == nil) {
		return nil, nil
	}
	if meta.EventType == "" || meta.EventPayload == nil {
		return nil, fail("invalid_metadata_schema")
	}
	raw, _ := json.Marshal(meta)
	if len(raw) > maxMetadataBytes {
		return nil, fail("metadata_too_large")
	}
	return raw, nil
}

// target resolves the channel argument for posting: a channel, a direct message,
// a member's id or #name.
func (r *request) target() (*channel, *apiError) {
	key := r.str("channel")
	if key == "" {
		return nil, missingArgument("channel")
	}
	if u := r.st.user(key); u != nil {
		if u.Bot || u.Deleted {
			return nil, fail("channel_not_found")
		}
		return r.st.im(u.ID, r.app.user.ID, r.now), nil
	}
	c := r.st.channel(key)
	if name, ok := strings.CutPrefix(key, "#"); ok {
		if i := slices.IndexFunc(r.st.Channels, func(c *channel) bool { return !c.IM && c.Name == name }); i >= 0 {
			c = r.st.Channels[i]
		}
	}
	switch {
	case c == nil, c.IM && !c.has(r.app.user.ID):
		return nil, fail("channel_not_found")
	case !c.has(r.app.user.ID) && !slices.Contains(r.app.Scopes, "chat:write.public"):
		return nil, fail("not_in_channel")
	}
	return c, nil
}

func (r *request) postMessage() (obj, *apiError) {
	c, err := r.target()
	if err != nil {
		return nil, err
	}
	body, err := readContent(r.params)
	if err != nil {
		return nil, err
	}
	root := r.str("thread_ts")
	if root != "" {
		parent := r.st.find(c.ID, root)
		if parent == nil || parent.Only != "" {
			return nil, fail("thread_not_found")
		}
		if parent.reply() {
			root = parent.ThreadTS
		}
	}
	if wait := r.limits.post(r.app.ID, c.ID, r.now); wait > 0 {
		return nil, &apiError{code: "ratelimited", retryAfter: wait}
	}
	m := r.newMessage(c, body)
	m.ThreadTS, m.Broadcast = root, root != "" && r.boolean("reply_broadcast")
	r.add(m)
	r.call.TS = m.TS
	r.call.Args["channel"] = c.ID
	return obj{"channel": c.ID, "ts": m.TS, "message": r.messageJSON(r.app, m, true)}, nil
}

func (r *request) newMessage(c *channel, body content) *message {
	return &message{
		TS: r.st.nextTS(r.now), Channel: c.ID, User: r.app.user.ID, AppID: r.app.ID, BotID: r.app.user.BotID,
		Text: body.text, Blocks: body.blocks, Attachments: body.attachments, Metadata: body.metadata,
	}
}

func (r *request) postEphemeral() (obj, *apiError) {
	c, err := r.target()
	if err != nil {
		return nil, err
	}
	u := r.st.user(r.str("user"))
	if u == nil {
		return nil, fail("user_not_found")
	}
	if !c.has(u.ID) {
		return nil, fail("user_not_in_channel")
	}
	body, err := readContent(r.params)
	if err != nil {
		return nil, err
	}
	m := r.newMessage(c, body)
	m.Only, m.ThreadTS = u.ID, r.str("thread_ts")
	r.add(m)
	r.call.TS = m.TS
	return obj{"message_ts": m.TS}, nil
}

// own finds a message of the app's in a channel it can see; code is the refusal
// when the message is another's.
func (r *request) own(code string) (*message, *apiError) {
	c := r.st.channel(r.str("channel"))
	if c == nil || c.IM && !c.has(r.app.user.ID) {
		return nil, fail("channel_not_found")
	}
	ts := r.str("ts")
	if ts == "" {
		return nil, missingArgument("ts")
	}
	m := r.st.find(c.ID, ts)
	switch {
	case m == nil || m.Only != "":
		return nil, fail("message_not_found")
	case m.AppID != r.app.ID:
		return nil, fail(code)
	}
	return m, nil
}

func (r *request) updateMessage() (obj, *apiError) {
	m, err := r.own("cant_update_message")
	if err != nil {
		return nil, err
	}
	body, err := readContent(r.params)
	if err != nil {
		return nil, err
	}
	if len(body.text) > maxUpdateBytes {
		return nil, fail("msg_too_long")
	}
	before := *m
	m.Text = body.text
	// What the call does not name stays; an empty value removes it.
	if r.has("blocks") {
		m.Blocks = body.blocks
	}
	if r.has("attachments") {
		m.Attachments = body.attachments
	}
	if r.has("metadata") {
		m.Metadata = body.metadata
	}
	m.EditedTS, m.EditedBy = r.st.nextTS(r.now), r.app.user.ID
	r.edited(&before, m)
	r.call.TS = m.TS
	return obj{"channel": m.Channel, "ts": m.TS, "text": m.Text, "message": r.messageJSON(r.app, m, true)}, nil
}

func (r *request) deleteMessage() (obj, *apiError) {
	m, err := r.own("cant_delete_message")
	if err != nil {
		return nil, err
	}
	r.st.remove(m)
	r.deleted(m)
	return obj{"channel": m.Channel, "ts": m.TS}, nil
}

func (r *request) getPermalink() (obj, *apiError) {
	c := r.st.channel(r.str("channel"))
	if c == nil || c.IM && !c.has(r.app.user.ID) {
		return nil, fail("channel_not_found")
	}
	ts := r.str("message_ts")
	m := r.st.find(c.ID, ts)
	if m == nil || m.Only != "" {
		return nil, fail("message_not_found")
	}
	link := r.baseURL(r.app) + "/#" + c.ID + "/" + ts
	if m.reply() {
		link += "?thread_ts=" + m.ThreadTS
	}
	return obj{"channel": c.ID, "permalink": link}, nil
}
