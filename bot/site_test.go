package bot_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"huiban/bot"
	"huiban/integrations/workspace"
	"huiban/integrations/workspace/member"
)

// site is the whole bot in this process, with a workspace and a Redis that tests break.
type site struct {
	*conversation
	ws    *workspace.Server
	redis *miniredis.Miniredis
}

// breakable opens a site. without lists addresses of people who have no account.
func breakable(t *testing.T, without ...string) *site {
	t.Helper()
	s := &site{redis: miniredis.RunT(t)}
	s.conversation, s.ws = setting{log: slog.New(slog.DiscardHandler), redis: "redis://" + s.redis.Addr(), within: 2 * time.Minute,
		members: func(all []workspace.Member) []workspace.Member {
			return slices.DeleteFunc(all, func(m workspace.Member) bool { return slices.Contains(without, m.Email) })
		}}.open(t)
	return s
}

// dispatched is a breakable site on which the small case has been handed out.
func dispatched(t *testing.T, without ...string) *site {
	t.Helper()
	s := breakable(t, without...)
	check(t, s.player.Begin(s.ctx, loadSmall(t)))
	return s
}

// messages are all that a member has in direct messages.
func (s *site) messages(m *member.Member) []member.Message {
	s.t.Helper()
	dm, err := m.DM(s.ctx)
	check(s.t, err)
	list, err := m.Messages(s.ctx, dm)
	check(s.t, err)
	return list
}

// register hands a paper in by the form and returns the word of refusal, or "" and the card.
func (s *site) register(m *member.Member, name string, body []byte) (string, member.Message) {
	s.t.Helper()
	before := len(s.messages(m))
	file, err := m.Upload(s.ctx, name, body)
	check(s.t, err)
	s.intake(m)
	check(s.t, m.Submit(s.ctx, map[string]any{"file": []string{file}}))
	var answer member.Message
	s.until("the paper is answered", func() bool {
		for _, msg := range s.messages(m)[before:] {
			if !msg.Ephemeral && (msg.EventType() == bot.RefusalMetadata || msg.HasAction("desk.dispatch")) {
				answer = msg
				return true
			}
		}
		return false
	})
	if answer.EventType() == bot.RefusalMetadata {
		return answer.Text(), answer
	}
	return "", answer
}

// open opens a form from a card's button and returns the name of its first field that begins so.
func (s *site) open(m *member.Member, action, callback, field string) string {
	s.t.Helper()
	msg, el := s.card(m, action)
	check(s.t, m.Use(s.ctx, msg, el))
	v, err := m.WaitView(s.ctx, callback)
	check(s.t, err)
	for _, el := range v.Elements() {
		if strings.HasPrefix(el.BlockID, field) {
			return el.BlockID
		}
	}
	s.t.Fatalf("the form %s has no field %s", callback, field)
	return ""
}

func (s *site) id(unit string) string {
	s.t.Helper()
	d, err := s.city.Directory.Resolve(unit)
	check(s.t, err)
	return d.ID
}
