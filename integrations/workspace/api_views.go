package workspace

// readView checks the view argument.
func (r *request) readView(kind string) (*view, *apiError) {
	raw := r.str("view")
	if raw == "" {
		return nil, missingArgument("view")
	}
	v, err := parseView([]byte(raw), kind)
	if err != nil {
		return nil, err
	}
	if v.External != "" {
		if other := r.findView(r.app, "", v.External); other != nil && other.ID != r.str("view_id") && r.str("external_id") != v.External {
			return nil, fail("duplicate_external_id")
		}
	}
	return v, nil
}

func (r *request) viewsOpen() (obj, *apiError) {
	v, err := r.readView("modal")
	if err != nil {
		return nil, err
	}
	t, err := r.exchange()
	if err != nil {
		return nil, err
	}
	r.show(r.app, t.user, v)
	r.modals[t.user] = []*view{v}
	r.viewChanged(t.user)
	return obj{"view": r.viewJSON(v)}, nil
}

func (r *request) viewsPush() (obj, *apiError) {
	v, err := r.readView("modal")
	if err != nil {
		return nil, err
	}
	t, err := r.exchange()
	if err != nil {
		return nil, err
	}
	if t.view == "" || r.top(t.user) == nil {
		return nil, fail("not_found")
	}
	r.show(r.app, t.user, v)
	if !r.pushView(t.user, v) {
		return nil, fail("push_limit_reached")
	}
	r.viewChanged(t.user)
	return obj{"view": r.viewJSON(v)}, nil
}

func (r *request) viewsUpdate() (obj, *apiError) {
	if !r.has("view_id") && !r.has("external_id") {
		return nil, missingArgument("view_id")
	}
	old := r.findView(r.app, r.str("view_id"), r.str("external_id"))
	if old == nil {
		return nil, fail("not_found")
	}
	if hash := r.str("hash"); hash != "" && hash != old.Hash {
		return nil, fail("hash_conflict")
	}
	v, err := r.readView(old.Type)
	if err != nil {
		return nil, err
	}
	r.replace(old, v)
	if old.Type == "home" {
		r.feed.add(liveEvent{Type: "home", to: []string{old.User}})
	} else {
		r.viewChanged(old.User)
	}
	return obj{"view": r.viewJSON(old)}, nil
}

func (r *request) viewsPublish() (obj, *apiError) {
	id := r.str("user_id")
	if id == "" {
		return nil, missingArgument("user_id")
	}
	u := r.st.user(id)
	if u == nil || u.Bot || u.Deleted {
		return nil, fail("invalid_arguments", "[ERROR] user not found [json-pointer:/user_id]")
	}
	v, err := r.readView("home")
	if err != nil {
		return nil, err
	}
	key := r.app.ID + "/" + u.ID
	old := r.st.Homes[key]
	if hash := r.str("hash"); hash != "" && old != nil && hash != old.Hash {
		return nil, fail("hash_conflict")
	}
	if old != nil {
		r.replace(old, v)
		v = old
	} else {
		r.show(r.app, u.ID, v)
		r.st.Homes[key] = v
	}
	r.feed.add(liveEvent{Type: "home", to: []string{u.ID}})
	return obj{"view": r.viewJSON(v)}, nil
}
