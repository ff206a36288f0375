package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
)

// outEvent is an event on its way to an app.
type outEvent struct {
	kind    string
	payload json.RawMessage
}

// emitMessage sends an event of a message to the apps in its channel, the author's
// own app included, as Slack does.
func (s *Server) emitMessage(c *channel, m *message, event obj) {
	kind, channelType := "message.channels", "channel"
	if c.IM {
		kind, channelType = "message.im", "im"
	}
	event["channel"], event["channel_type"] = c.ID, channelType
	if event["event_ts"] == nil {
		event["event_ts"] = event["ts"]
	}
	s.emit(c, kind, event)
	if m.BotID != "" || c.IM || event["subtype"] == "message_changed" || event["subtype"] == "message_deleted" {
		return
	}
	for _, a := range s.apps {
		if c.has(a.user.ID) && strings.Contains(m.Text, "<@"+a.user.ID+">") {
			mention := obj{"type": "app_mention", "user": m.User, "text": m.Text, "ts": m.TS, "channel": c.ID, "event_ts": m.TS}
			if m.ThreadTS != "" {
				mention["thread_ts"] = m.ThreadTS
			}
			s.emitTo(a, "app_mention", mention)
		}
	}
}

// emit sends an event to every app in channel c.
func (s *Server) emit(c *channel, kind string, event obj) {
	for _, a := range s.apps {
		if c.has(a.user.ID) {
			s.emitTo(a, kind, event)
		}
	}
}

// eventScope is the scope without which Slack does not send an event.
func eventScope(kind string) string {
	return map[string]string{
		"message.im": "im:history", "message.channels": "channels:history", "app_mention": "app_mentions:read",
		"file_shared": "files:read", "member_joined_channel": "channels:read",
	}[kind]
}

// emitTo queues an event for app a if it subscribed and has the scope. An app
// without a list of events is subscribed to all.
func (s *Server) emitTo(a *app, kind string, event obj) {
	if len(a.Events) > 0 && !slices.Contains(a.Events, kind) {
		return
	}
	if scope := eventScope(kind); scope != "" && checkScope(a, []string{scope}) != nil {
		return
	}
	if !a.SocketMode && a.EventsURL == "" {
		return
	}
	payload, err := json.Marshal(obj{
		"token": "verification", "team_id": s.st.Team.ID, "api_app_id": a.ID, "type": "event_callback",
		"event": event, "event_id": s.st.nextID("Ev"), "event_time": s.now().Unix(),
		"authorizations":        []obj{{"team_id": s.st.Team.ID, "user_id": a.user.ID, "is_bot": true, "is_enterprise_install": false}},
		"is_ext_shared_channel": false, "event_context": "4-" + randomHex(12),
	})
	if err != nil {
		return
	}
	a.queue = append(a.queue, &outEvent{kind: kind, payload: payload})
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

// runEvents starts the first attempt of each of a's events in order.
func (s *Server) runEvents(a *app) {
	gate := make(gate, 64)
	for {
		s.mu.Lock()
		queue := a.queue
		a.queue = nil
		s.mu.Unlock()
		for _, e := range queue {
			if !gate.enter(s.ctx) {
				return
			}
			first := s.dispatch(a, "events_api", e.kind, e.payload, 0, "")
			s.wg.Go(func() { s.finishEvent(a, e, first, gate) })
		}
		select {
		case <-a.wake:
		case <-s.ctx.Done():
			return
		}
	}
}

// gate bounds how many attempts are under way; waiting for a retry holds no place in it.
type gate chan struct{}

func (g gate) enter(ctx context.Context) bool {
	select {
	case g <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// finishEvent waits for the acknowledgement and sends the event again until it
// comes or the retries are used up.
func (s *Server) finishEvent(a *app, e *outEvent, first *attempt, gate gate) {
	_, err := s.await(first)
	<-gate
	for i, delay := range s.opts.RetryDelays {
		if err == nil || errors.Is(err, errNoRetry) {
			return
		}
		select {
		case <-time.After(delay):
		case <-s.ctx.Done():
			return
		}
		if !gate.enter(s.ctx) {
			return
		}
		_, err = s.await(s.dispatch(a, "events_api", e.kind, e.payload, i+1, retryReason(err)))
		<-gate
	}
	if err != nil && s.ctx.Err() == nil {
		s.opts.Logger.Warn("event given up", "app", a.ID, "event", e.kind)
	}
}

// joined adds user to channel c and tells the apps.
func (s *Server) joined(c *channel, user string) {
	c.Members = append(c.Members, user)
	s.emit(c, "member_joined_channel", obj{
		"type": "member_joined_channel", "user": user, "channel": c.ID, "channel_type": "C",
		"team": s.st.Team.ID, "event_ts": s.st.nextTS(s.now()),
	})
	s.notify(c, "conversations", "")
}
