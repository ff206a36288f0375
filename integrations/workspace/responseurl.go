package workspace

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strings"
	"time"
)

// responseURL lets an app answer an interaction a few times without a token.
type responseURL struct {
	app     *app
	user    string
	channel string
	thread  string
	// source is the message the interaction came from; nil for commands.
	source  *message
	expires time.Time
	left    int
}

// newResponseURL makes a URL for an interaction of user's in channel.
func (s *Server) newResponseURL(a *app, user, channel, thread string, source *message) string {
	now := s.now()
	if len(s.responses)%sweepEvery == sweepEvery-1 {
		maps.DeleteFunc(s.responses, func(_ string, r *responseURL) bool { return now.Sub(r.expires) > responseURLLifetime })
	}
	token := randomHex(20)
	s.responses[token] = &responseURL{
		app: a, user: user, channel: channel, thread: thread, source: source,
		expires: now.Add(responseURLLifetime), left: maxResponseURLUses,
	}
	return s.baseURL(a) + "/response/" + token
}

func (s *Server) serveResponseURL(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequestBody))
	if err != nil {
		http.Error(w, "request_too_large", http.StatusRequestEntityTooLarge)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.responses[r.PathValue("token")]
	call := Call{Time: s.now(), Method: "response_url"}
	if e := s.respond(u, body, &call); e != nil {
		call.Error = e.code
		s.calls = bounded(s.calls, call)
		status := http.StatusNotFound
		if e.code == "invalid_blocks" || e.code == "no_text" || e.code == "invalid_json" {
			status = http.StatusBadRequest
		}
		writeJSON(w, status, obj{"ok": false, "error": e.code, "response_metadata": obj{"messages": e.messages}})
		return
	}
	s.calls = bounded(s.calls, call)
	_, _ = io.WriteString(w, "ok")
}

// respond carries one answer out.
func (s *Server) respond(u *responseURL, body []byte, call *Call) *apiError {
	if u == nil {
		return fail("invalid_url")
	}
	call.App = u.app.ID
	if s.now().After(u.expires) {
		return fail("expired_url")
	}
	if u.left == 0 {
		return fail("used_url")
	}
	var p params
	if json.Unmarshal(body, &p.json) != nil || p.json == nil {
		return fail("invalid_json")
	}
	c := s.st.channel(u.channel)
	if p.boolean("delete_original") && u.source != nil {
		u.left--
		s.st.remove(u.source)
		s.deleted(u.source)
		return nil
	}
	content, err := readContent(p)
	if err != nil {
		return err
	}
	u.left--
	if p.boolean("replace_original") && u.source != nil && u.source.AppID == u.app.ID {
		before := *u.source
		m := u.source
		m.Text, m.Blocks, m.Attachments = content.text, content.blocks, content.attachments
		m.EditedTS, m.EditedBy = s.st.nextTS(s.now()), m.User
		s.edited(&before, m)
		call.TS = m.TS
		return nil
	}
	m := s.answer(u.app, u.user, c, content, p.str("response_type") == "in_channel")
	if p.has("thread_ts") && p.str("thread_ts") != "" {
		m.ThreadTS = p.str("thread_ts")
	}
	s.add(m)
	call.TS = m.TS
	return nil
}

// answer makes the message by which an app answers user in channel c.
func (s *Server) answer(a *app, user string, c *channel, body content, public bool) *message {
	m := &message{
		TS: s.st.nextTS(s.now()), Channel: c.ID, User: a.user.ID, AppID: a.ID, BotID: a.user.BotID,
		Text: body.text, Blocks: body.blocks, Attachments: body.attachments, Metadata: body.metadata,
	}
	if !public {
		m.Only = user
	}
	return m
}

// commandAnswer shows what an app put into its acknowledgement of a command.
func (s *Server) commandAnswer(a *app, as *user, c *channel, body []byte) (*message, error) {
	p := params{}
	if !strings.HasPrefix(string(body), "{") || json.Unmarshal(body, &p.json) != nil {
		text := string(body)
		if strings.HasPrefix(text, `"`) {
			_ = json.Unmarshal(body, &text)
		}
		p.json = obj{"text": text}
	}
	content, e := readContent(p)
	if e != nil {
		return nil, e
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.answer(a, as.ID, c, content, p.str("response_type") == "in_channel")
	s.add(m)
	return m, nil
}
