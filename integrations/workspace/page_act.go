package workspace

import (
	"strings"
	"unicode/utf8"
)

func (s *Server) pagePost(p *pageRequest) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.reachable(p, p.body.Channel)
	if err != nil {
		return nil, err
	}
	if !c.has(p.as.ID) {
		return nil, &memberError{"not_in_channel", "join the channel first"}
	}
	text := strings.TrimSpace(p.body.Text)
	switch {
	case text == "" && len(p.body.Files) == 0:
		return nil, &memberError{"no_text", "the message is empty"}
	case utf8.RuneCountInString(text) > maxPostText:
		return nil, &memberError{"msg_too_long", "the message is too long"}
	}
	root := p.body.ThreadTS
	if root != "" {
		parent := s.st.find(c.ID, root)
		if parent == nil {
			return nil, badRequest("thread_not_found")
		}
		if parent.reply() {
			root = parent.ThreadTS
		}
	}
	for _, id := range p.body.Files {
		if f := s.st.file(id); f == nil || f.Owner != p.as.ID {
			return nil, badRequest("file_not_found")
		}
	}
	m := &message{TS: s.st.nextTS(s.now()), Channel: c.ID, User: p.as.ID, Text: escapeTyped(s.mention(text)), ThreadTS: root}
	if len(p.body.Files) > 0 {
		m.Files = p.body.Files
		s.share(c, m)
	} else {
		s.add(m)
	}
	s.st.Read[p.as.ID+"/"+c.ID] = m.TS
	return obj{"ok": true, "ts": m.TS}, nil
}

// escapeTyped escapes what a member typed as Slack's composer does; references to
// members stay.
func escapeTyped(text string) string {
	var b strings.Builder
	for text != "" {
		if rest, ok := strings.CutPrefix(text, "<@"); ok {
			if id, after, ok := strings.Cut(rest, ">"); ok && !strings.ContainsAny(id, "<& ") {
				b.WriteString("<@" + id + ">")
				text = after
				continue
			}
		}
		switch text[0] {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		default:
			b.WriteByte(text[0])
		}
		text = text[1:]
	}
	return b.String()
}

func (s *Server) pageCommand(p *pageRequest) (any, error) {
	s.mu.Lock()
	c, err := s.reachable(p, p.body.Channel)
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	m, err := s.runCommand(p.as, c, p.body.Command, escapeTyped(strings.TrimSpace(p.body.Text)))
	if err != nil {
		return nil, err
	}
	out := obj{"ok": true}
	if m != nil {
		s.mu.Lock()
		out["response"] = s.pageMessage(p.as, m)
		s.mu.Unlock()
	}
	return out, nil
}

func (s *Server) pageShortcut(p *pageRequest) (any, error) {
	s.mu.Lock()
	var c *channel
	var m *message
	if p.body.TS != "" {
		t, err := s.clicked(p, "", p.body.Channel, p.body.TS)
		if err != nil {
			s.mu.Unlock()
			return nil, err
		}
		c, m = t.channel, t.message
	}
	s.mu.Unlock()
	if err := s.runShortcut(p.as, p.body.CallbackID, c, m); err != nil {
		return nil, err
	}
	return obj{"ok": true}, nil
}

func (s *Server) pageSubmit(p *pageRequest) (any, error) {
	return s.submitView(p.as, p.body.ViewID, p.body.State.Values), nil
}

func (s *Server) pageClose(p *pageRequest) (any, error) {
	if err := s.closeView(p.as, p.body.ViewID, p.body.All); err != nil {
		return nil, err
	}
	return obj{"ok": true}, nil
}

func (s *Server) pageHomeOpen(p *pageRequest) (any, error) {
	a := s.pageApp(p.body.App)
	if a == nil {
		return nil, badRequest("app_not_found")
	}
	s.openHome(p.as, a)
	return obj{"ok": true}, nil
}

func (s *Server) pageJoin(p *pageRequest) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.reachable(p, p.body.Channel)
	if err != nil {
		return nil, err
	}
	if !c.has(p.as.ID) {
		s.joined(c, p.as.ID)
	}
	return obj{"ok": true}, nil
}
