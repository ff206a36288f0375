package workspace

import (
	"cmp"
	"strings"
)

// apiTest says what it was told; it looks at no state, because it needs no token.
func (r *request) apiTest() (obj, *apiError) {
	args := obj{}
	for name := range r.values {
		args[name] = r.values.Get(name)
	}
	for name := range r.json {
		args[name] = r.str(name)
	}
	delete(args, "token")
	if code := r.str("error"); code != "" {
		e := fail(code)
		e.extra = obj{"args": args}
		return nil, e
	}
	return obj{"args": args}, nil
}

func (r *request) authTest() (obj, *apiError) {
	return obj{
		"url": r.baseURL(r.app) + "/", "team": r.st.Team.Name, "team_id": r.st.Team.ID,
		"user": r.app.user.Name, "user_id": r.app.user.ID, "bot_id": r.app.user.BotID, "is_enterprise_install": false,
	}, nil
}

func (r *request) teamInfo() (obj, *apiError) {
	t := r.st.Team
	return obj{"team": obj{"id": t.ID, "name": t.Name, "domain": t.Domain, "email_domain": ""}}, nil
}

func (s *Server) botJSON(a *app) obj {
	return obj{
		"id": a.user.BotID, "app_id": a.ID, "user_id": a.user.ID, "name": a.user.Name,
		"deleted": false, "icons": obj{}, "team_id": s.st.Team.ID,
	}
}

func (r *request) botsInfo() (obj, *apiError) {
	id := r.str("bot")
	for _, a := range r.apps {
		if a.user.BotID == id || id == "" && a == r.app {
			return obj{"bot": r.botJSON(a)}, nil
		}
	}
	return nil, fail("bot_not_found")
}

// userJSON is a user object; the e-mail address needs its own scope.
func (s *Server) userJSON(a *app, u *user) obj {
	profile := obj{
		"real_name": u.RealName, "real_name_normalized": u.RealName, "display_name": u.Name,
		"display_name_normalized": u.Name, "title": u.Title, "team": s.st.Team.ID,
	}
	if u.Email != "" && checkScope(a, []string{"users:read.email"}) == nil {
		profile["email"] = u.Email
	}
	if u.Bot {
		profile["bot_id"], profile["api_app_id"] = u.BotID, u.AppID
	}
	return obj{
		"id": u.ID, "team_id": s.st.Team.ID, "name": u.Name, "real_name": u.RealName, "deleted": u.Deleted,
		"is_bot": u.Bot, "is_app_user": false, "is_admin": false, "is_owner": false, "is_restricted": false,
		"is_ultra_restricted": false, "tz": "Asia/Shanghai", "tz_label": "China Standard Time", "tz_offset": 28800,
		"locale": "zh-CN", "updated": 0, "profile": profile,
	}
}

func (r *request) usersList() (obj, *apiError) {
	from, to, next, err := r.page(len(r.st.Users), 1000, 1000)
	if err != nil {
		return nil, err
	}
	out := []obj{}
	for _, u := range r.st.Users[from:to] {
		out = append(out, r.userJSON(r.app, u))
	}
	return obj{"members": out, "cache_ts": r.now.Unix(), "response_metadata": obj{"next_cursor": next}}, nil
}

func (r *request) usersInfo() (obj, *apiError) {
	id := r.str("user")
	if id == "" {
		return nil, missingArgument("user")
	}
	u := r.st.user(id)
	if u == nil {
		return nil, fail("user_not_found")
	}
	return obj{"user": r.userJSON(r.app, u)}, nil
}

func (r *request) usersProfile() (obj, *apiError) {
	id := cmp.Or(r.str("user"), r.app.user.ID)
	u := r.st.user(id)
	if u == nil {
		return nil, fail("user_not_found")
	}
	return obj{"profile": r.userJSON(r.app, u)["profile"]}, nil
}

func (r *request) usersLookup() (obj, *apiError) {
	email := r.str("email")
	if email == "" {
		return nil, missingArgument("email")
	}
	for _, u := range r.st.Users {
		if u.Email != "" && strings.EqualFold(u.Email, email) && !u.Deleted {
			return obj{"user": r.userJSON(r.app, u)}, nil
		}
	}
	return nil, fail("users_not_found")
}
