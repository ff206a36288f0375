package workspace

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// add stores a message, tells the pages and sends the apps their events.
func (s *Server) add(m *message) {
	s.st.Messages[m.Channel] = append(s.st.Messages[m.Channel], m)
	c := s.st.channel(m.Channel)
	s.notify(c, "message", m.Only)
	if m.Only != "" {
		return
	}
	s.emitMessage(c, m, s.messageJSON(nil, m, false))
}

func (s *Server) edited(before, m *message) {
	c := s.st.channel(m.Channel)
	s.notify(c, "message", m.Only)
	if m.Only != "" {
		return
	}
	s.emitMessage(c, m, obj{
		"type": "message", "subtype": "message_changed", "hidden": true, "ts": m.EditedTS,
		"message": s.messageJSON(nil, m, false), "previous_message": s.messageJSON(nil, before, false),
	})
}

func (s *Server) deleted(m *message) {
	c := s.st.channel(m.Channel)
	s.notify(c, "message", m.Only)
	if m.Only != "" {
		return
	}
	s.emitMessage(c, m, obj{
		"type": "message", "subtype": "message_deleted", "hidden": true, "ts": s.st.nextTS(s.now()),
		"deleted_ts": m.TS, "previous_message": s.messageJSON(nil, m, false),
	})
}

// notify tells the pages of those who see channel c, or only the one member, to look again.
func (s *Server) notify(c *channel, kind, only string) {
	e := liveEvent{Type: kind, Channel: c.ID}
	switch {
	case only != "":
		e.to = []string{only}
	case c.IM:
		e.to = slices.Clone(c.Members)
	}
	s.feed.add(e)
	s.changed()
}

// messageJSON is a message as Slack's API shows it to app a; without metadata unless asked for.
func (s *Server) messageJSON(a *app, m *message, metadata bool) obj {
	out := obj{"type": "message", "user": m.User, "text": m.Text, "ts": m.TS, "team": s.st.Team.ID}
	if m.Subtype != "" {
		out["subtype"] = m.Subtype
	}
	if m.BotID != "" {
		out["bot_id"], out["app_id"] = m.BotID, m.AppID
		if owner := s.appByID(m.AppID); owner != nil {
			out["bot_profile"] = s.botJSON(owner)
		}
	}
	if m.Blocks != nil {
		out["blocks"] = m.Blocks
	} else if m.BotID == "" && m.Text != "" {
		out["blocks"] = composed(m)
		out["client_msg_id"] = uuid.NewSHA1(uuid.NameSpaceOID, []byte(m.Channel+m.TS)).String()
	}
	if m.Attachments != nil {
		out["attachments"] = m.Attachments
	}
	if metadata && m.Metadata != nil {
		out["metadata"] = m.Metadata
	}
	if m.EditedTS != "" {
		out["edited"] = obj{"user": m.EditedBy, "ts": m.EditedTS}
	}
	if len(m.Files) > 0 {
		out["files"] = s.filesJSON(a, m.Files)
		out["upload"] = false
	}
	s.threadJSON(m, out)
	var reactions []obj
	for _, r := range m.Reactions {
		reactions = append(reactions, obj{"name": r.Name, "users": slices.Clone(r.Users), "count": len(r.Users)})
	}
	if reactions != nil {
		out["reactions"] = reactions
	}
	return out
}

// composed is the rich text block that Slack's composer adds to what a member types.
func composed(m *message) []obj {
	text := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(m.Text)
	section := obj{"type": "rich_text_section", "elements": []obj{{"type": "text", "text": text}}}
	return []obj{{"type": "rich_text", "block_id": "r" + m.TS, "elements": []obj{section}}}
}

func (s *Server) threadJSON(m *message, out obj) {
	if m.reply() {
		out["thread_ts"] = m.ThreadTS
		if parent := s.st.find(m.Channel, m.ThreadTS); parent != nil {
			out["parent_user_id"] = parent.User
		}
		if m.Broadcast {
			out["subtype"] = "thread_broadcast"
		}
		return
	}
	replies := s.st.thread(m.Channel, m.TS)
	if len(replies) == 0 {
		return
	}
	var users []string
	for _, x := range replies {
		if !slices.Contains(users, x.User) {
			users = append(users, x.User)
		}
	}
	out["thread_ts"] = m.TS
	out["reply_count"], out["reply_users_count"], out["reply_users"] = len(replies), len(users), users
	out["latest_reply"] = replies[len(replies)-1].TS
}

func (s *Server) filesJSON(a *app, ids []string) []obj {
	out := []obj{}
	for _, id := range ids {
		if f := s.st.file(id); f != nil {
			out = append(out, s.fileJSON(a, f))
		}
	}
	return out
}

// blockValues reads a message's blocks back as values.
func (m *message) blockValues() []any {
	var out []any
	if m.Blocks != nil {
		_ = json.Unmarshal(m.Blocks, &out)
	}
	return out
}
