package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

func (s *Server) pageBoot(*pageRequest) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	members, channels, apps := []obj{}, []obj{}, []obj{}
	commands, shortcuts := []Command{}, []Shortcut{}
	for _, u := range s.st.Users {
		if u.Deleted {
			continue
		}
		members = append(members, obj{
			"id": u.ID, "name": u.Name, "real_name": u.RealName, "title": u.Title, "unit": u.Unit, "role": u.Role,
			"email": u.Email, "is_bot": u.Bot,
		})
	}
	for _, c := range s.st.Channels {
		if !c.IM {
			channels = append(channels, obj{"id": c.ID, "name": c.Name, "topic": c.Topic, "members": append([]string{}, c.Members...)})
		}
	}
	for _, a := range s.apps {
		apps = append(apps, obj{"id": a.ID, "name": a.user.Name, "bot_user_id": a.user.ID})
		commands = append(commands, a.Commands...)
		shortcuts = append(shortcuts, a.Shortcuts...)
	}
	return obj{
		"ok": true, "team": s.st.Team, "members": members, "channels": channels, "commands": commands,
		"shortcuts": shortcuts, "apps": apps,
	}, nil
}

func (s *Server) pageConversations(p *pageRequest) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.apps {
		s.st.im(p.as.ID, a.user.ID, s.now())
	}
	out := []obj{}
	for _, c := range s.st.Channels {
		if !c.has(p.as.ID) {
			continue
		}
		unread, last := s.unread(p.as.ID, c)
		o := obj{"id": c.ID, "name": c.Name, "type": "channel", "unread": unread, "last_ts": last}
		if c.IM {
			other := s.st.user(c.other(p.as.ID))
			o["type"], o["user"], o["name"] = "im", other.ID, other.RealName
		}
		out = append(out, o)
	}
	return obj{"ok": true, "conversations": out}, nil
}

// unread counts what the member has not seen in a channel, and gives the newest timestamp.
func (s *Server) unread(user string, c *channel) (int, string) {
	read, n, last := s.st.Read[user+"/"+c.ID], 0, ""
	for _, m := range s.st.Messages[c.ID] {
		if m.Only != "" && m.Only != user {
			continue
		}
		last = m.TS
		if m.TS > read && m.User != user {
			n++
		}
	}
	return n, last
}

func (s *Server) pageMessages(p *pageRequest) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.reachable(p, p.query("channel"))
	if err != nil {
		return nil, err
	}
	root := p.query("thread_ts")
	out := []obj{}
	newest := ""
	for _, m := range s.st.Messages[c.ID] {
		if m.Only != "" && m.Only != p.as.ID {
			continue
		}
		newest = m.TS
		if root == "" && m.reply() && !m.Broadcast || root != "" && m.TS != root && m.ThreadTS != root {
			continue
		}
		out = append(out, s.pageMessage(p.as, m))
	}
	most, err := strconv.Atoi(p.query("limit"))
	if err != nil || most < 1 || most > maxPageMessages {
		most = maxPageMessages
	}
	out = out[max(0, len(out)-most):]
	key := p.as.ID + "/" + c.ID
	if newest > s.st.Read[key] {
		s.st.Read[key] = newest
		s.feed.add(liveEvent{Type: "conversations", Channel: c.ID, to: []string{p.as.ID}})
		s.changed()
	}
	return obj{"ok": true, "messages": out}, nil
}

// pageMessage is a message as the page shows it to a member.
func (s *Server) pageMessage(as *user, m *message) obj {
	files := []obj{}
	for _, id := range m.Files {
		if f := s.st.file(id); f != nil {
			files = append(files, obj{
				"id": f.ID, "name": f.Name, "title": f.Title, "size": f.Size, "mimetype": f.Mimetype,
				"url": fmt.Sprintf("/app/api/files/%s?as=%s", f.ID, as.ID),
			})
		}
	}
	replies := s.st.thread(m.Channel, m.TS)
	out := obj{
		"ts": m.TS, "channel": m.Channel, "user": m.User, "bot": m.BotID != "", "text": m.Text, "blocks": nil,
		"files": files, "thread_ts": m.ThreadTS, "reply_count": len(replies), "ephemeral": m.Only != "",
		"edited": m.EditedTS != "", "metadata": nil, "subtype": m.Subtype,
	}
	if m.Broadcast {
		out["subtype"] = "thread_broadcast"
	}
	if m.Blocks != nil {
		out["blocks"] = m.Blocks
	}
	if m.Metadata != nil {
		out["metadata"] = m.Metadata
	}
	if len(replies) > 0 {
		out["latest_reply"] = replies[len(replies)-1].TS
	}
	reactions := []obj{}
	for _, r := range m.Reactions {
		reactions = append(reactions, obj{"name": r.Name, "count": len(r.Users), "users": append([]string{}, r.Users...)})
	}
	out["reactions"] = reactions
	return out
}

func (s *Server) pageView(p *pageRequest) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := obj{"ok": true, "view": nil, "depth": len(s.modals[p.as.ID])}
	if v := s.top(p.as.ID); v != nil {
		out["view"] = s.viewJSON(v)
		if msg := s.modalErrs[p.as.ID]; msg != "" {
			out["error"] = msg
		}
	}
	return out, nil
}

func (s *Server) pageHome(p *pageRequest) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := obj{"ok": true, "view": nil}
	if a := s.pageApp(p.query("app")); a != nil {
		if v := s.st.Homes[a.ID+"/"+p.as.ID]; v != nil {
			out["view"] = s.viewJSON(v)
		}
	}
	return out, nil
}

// pageApp is the app that the page means; the first when it names none.
func (s *Server) pageApp(id string) *app {
	if id == "" && len(s.apps) > 0 {
		return s.apps[0]
	}
	return s.appByID(id)
}

func (s *Server) pagePoll(p *pageRequest) (any, error) {
	since, err := strconv.ParseInt(p.query("since"), 10, 64)
	if err != nil {
		_, last, _ := s.feed.after(p.as.ID, 1<<62)
		return obj{"ok": true, "events": []liveEvent{}, "seq": last}, nil
	}
	ctx, cancel := context.WithTimeout(p.r.Context(), 20*time.Second)
	defer cancel()
	stop := context.AfterFunc(s.ctx, cancel)
	defer stop()
	events, last := s.feed.wait(ctx, p.as.ID, since)
	return obj{"ok": true, "events": append([]liveEvent{}, events...), "seq": last}, nil
}

// pageEvents is the stream of live events for an EventSource.
func (s *Server) pageEvents(p *pageRequest) (any, error) {
	ctrl := http.NewResponseController(p.w)
	p.w.Header().Set("Content-Type", "text/event-stream")
	p.w.Header().Set("Cache-Control", "no-store")
	_, seq, _ := s.feed.after(p.as.ID, 1<<62)
	if last, err := strconv.ParseInt(p.r.Header.Get("Last-Event-ID"), 10, 64); err == nil && last < seq {
		seq = last
	}
	fmt.Fprint(p.w, "retry: 1000\n\n")
	_ = ctrl.Flush()
	for s.ctx.Err() == nil && p.r.Context().Err() == nil {
		ctx, cancel := context.WithTimeout(p.r.Context(), 15*time.Second)
		stop := context.AfterFunc(s.ctx, cancel)
		events, last := s.feed.wait(ctx, p.as.ID, seq)
		stop()
		cancel()
		seq = last
		for _, e := range events {
			data, _ := json.Marshal(e)
			fmt.Fprintf(p.w, "id: %d\ndata: %s\n\n", e.Seq, data)
		}
		if len(events) == 0 {
			fmt.Fprint(p.w, ": still here\n\n")
		}
		if ctrl.Flush() != nil {
			break
		}
	}
	return nil, errDone
}
