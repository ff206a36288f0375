package workspace

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// obj is a JSON object whose shape is Slack's.
type obj = map[string]any

// state is everything that a snapshot keeps.
type state struct {
	Team      Team
	Users     []*user
	Channels  []*channel
	Messages  map[string][]*message
	Files     []*file
	Homes     map[string]*view
	Read      map[string]string
	LastMicro int64
	LastID    int64
}

type user struct {
	Member
	Bot   bool
	AppID string
	BotID string
}

type channel struct {
	ID      string
	Name    string
	Topic   string
	IM      bool
	Members []string
	Created int64
}

func (c *channel) has(user string) bool { return slices.Contains(c.Members, user) }

// other returns the member of a direct message who is not user.
func (c *channel) other(user string) string {
	for _, m := range c.Members {
		if m != user {
			return m
		}
	}
	return user
}

type message struct {
	TS          string
	Channel     string
	User        string
	AppID       string
	BotID       string
	Subtype     string
	Text        string
	Blocks      json.RawMessage `json:",omitempty"`
	Attachments json.RawMessage `json:",omitempty"`
	Metadata    json.RawMessage `json:",omitempty"`
	Files       []string
	ThreadTS    string
	Broadcast   bool
	EditedTS    string
	EditedBy    string
	Only        string
	Reactions   []reaction
	// offered are the options that the app suggested for external selects.
	offered map[string]obj
}

type reaction struct {
	Name  string
	Users []string
}

// reply reports whether the message stands in a thread below its root.
func (m *message) reply() bool { return m.ThreadTS != "" && m.ThreadTS != m.TS }

func newState(team Team) *state {
	return &state{
		Team:     team,
		Messages: map[string][]*message{},
		Homes:    map[string]*view{},
		Read:     map[string]string{},
	}
}

func (st *state) nextID(prefix string) string {
	st.LastID++
	n := strings.ToUpper(strconv.FormatInt(st.LastID, 36))
	return prefix + "0" + strings.Repeat("0", max(0, 8-len(n))) + n
}

// nextTS returns a timestamp that no message has yet.
func (st *state) nextTS(now time.Time) string {
	st.LastMicro = max(st.LastMicro+1, now.UnixMicro())
	return fmt.Sprintf("%d.%06d", st.LastMicro/1e6, st.LastMicro%1e6)
}

func (st *state) user(id string) *user {
	for _, u := range st.Users {
		if u.ID == id {
			return u
		}
	}
	return nil
}

// findUser accepts an id, a name, a real name or an e-mail address.
func (st *state) findUser(key string) *user {
	for _, u := range st.Users {
		if u.ID == key || u.Name == key || u.RealName == key || (u.Email != "" && strings.EqualFold(u.Email, key)) {
			return u
		}
	}
	return nil
}

func (st *state) channel(id string) *channel {
	for _, c := range st.Channels {
		if c.ID == id {
			return c
		}
	}
	return nil
}

func (st *state) file(id string) *file {
	for _, f := range st.Files {
		if f.ID == id {
			return f
		}
	}
	return nil
}

// im returns the direct message between two users, opening it when need be.
func (st *state) im(a, b string, now time.Time) *channel {
	for _, c := range st.Channels {
		if c.IM && c.has(a) && c.has(b) {
			return c
		}
	}
	c := &channel{ID: st.nextID("D"), IM: true, Members: []string{a, b}, Created: now.Unix()}
	st.Channels = append(st.Channels, c)
	return c
}

func (st *state) find(channel, ts string) *message {
	msgs := st.Messages[channel]
	i, ok := slices.BinarySearchFunc(msgs, ts, func(m *message, ts string) int { return cmp.Compare(m.TS, ts) })
	if !ok {
		return nil
	}
	return msgs[i]
}

func (st *state) remove(m *message) {
	st.Messages[m.Channel] = slices.DeleteFunc(st.Messages[m.Channel], func(x *message) bool { return x == m })
}

// thread returns the visible replies below the root ts.
func (st *state) thread(channel, ts string) []*message {
	var out []*message
	msgs := st.Messages[channel]
	// A reply is younger than its root.
	from, _ := slices.BinarySearchFunc(msgs, ts, func(m *message, ts string) int { return cmp.Compare(m.TS, ts) })
	for _, m := range msgs[from:] {
		if m.reply() && m.ThreadTS == ts && m.Only == "" {
			out = append(out, m)
		}
	}
	return out
}
