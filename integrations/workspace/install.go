package workspace

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// populate fills an empty state with the seed's team, members and channels.
func (s *Server) populate() {
	seed := s.opts.Seed
	team := seed.Team
	team.ID = cmp.Or(team.ID, "T00000001")
	team.Name = cmp.Or(team.Name, "Workspace")
	team.Domain = cmp.Or(team.Domain, "workspace")
	s.st = newState(team)
	for _, m := range seed.Members {
		s.addMember(m)
	}
}

func (s *Server) addMember(m Member) {
	if m.ID == "" {
		m.ID = s.st.nextID("U")
	}
	m.RealName = cmp.Or(m.RealName, m.Name)
	s.st.Users = append(s.st.Users, &user{Member: m})
}

// install makes the seed's apps and whatever of the seed the state lacks.
func (s *Server) install() {
	for _, m := range s.opts.Seed.Members {
		if s.st.findUser(m.Name) == nil {
			s.addMember(m)
		}
	}
	for _, a := range s.opts.Seed.Apps {
		s.apps = append(s.apps, s.installApp(a))
	}
	for _, c := range s.opts.Seed.Channels {
		s.addChannel(c)
	}
}

func (s *Server) installApp(a App) *app {
	base := strings.TrimSuffix(a.RequestURL, "/")
	if base != "" {
		a.CommandsURL = cmp.Or(a.CommandsURL, base+"/slack/commands")
		a.InteractionsURL = cmp.Or(a.InteractionsURL, base+"/slack/interactions")
		a.EventsURL = cmp.Or(a.EventsURL, base+"/slack/events")
	}
	bot := s.st.findUser(a.Name)
	if bot == nil || !bot.Bot {
		bot = &user{Bot: true, BotID: s.st.nextID("B")}
		bot.ID, bot.Name, bot.RealName = s.st.nextID("U"), a.Name, a.Name
		bot.AppID = cmp.Or(a.ID, s.st.nextID("A"))
		s.st.Users = append(s.st.Users, bot)
	}
	a.ID = bot.AppID
	return &app{App: a, user: bot, tickets: map[string]time.Time{}, wake: make(chan struct{}, 1)}
}

func (s *Server) addChannel(c Channel) {
	name := strings.TrimPrefix(c.Name, "#")
	if slices.ContainsFunc(s.st.Channels, func(x *channel) bool { return x.Name == name }) {
		return
	}
	ch := &channel{ID: c.ID, Name: name, Topic: c.Topic, Created: s.now().Unix()}
	if ch.ID == "" {
		ch.ID = s.st.nextID("C")
	}
	for _, u := range s.st.Users {
		in := len(c.Members) == 0
		for _, key := range c.Members {
			in = in || s.st.findUser(key) == u
		}
		if in {
			ch.Members = append(ch.Members, u.ID)
		}
	}
	s.st.Channels = append(s.st.Channels, ch)
}

func (s *Server) appByID(id string) *app {
	for _, a := range s.apps {
		if a.ID == id || (id == "" && len(s.apps) == 1) {
			return a
		}
	}
	return nil
}

// SetRequestURL changes where an app without Socket Mode gets its payloads, as the
// app's settings page does in Slack. An empty id means the only app.
func (s *Server) SetRequestURL(appID, base string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.appByID(appID); a != nil {
		base = strings.TrimSuffix(base, "/")
		a.CommandsURL = base + "/slack/commands"
		a.InteractionsURL = base + "/slack/interactions"
		a.EventsURL = base + "/slack/events"
		a.verified = false
	}
}
