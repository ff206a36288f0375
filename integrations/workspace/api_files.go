package workspace

import (
	"maps"
	"mime"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

func contentDisposition(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}

func (r *request) getUploadURL() (obj, *apiError) {
	name, length := r.str("filename"), r.integer("length", 0)
	switch {
	case name == "":
		return nil, missingArgument("filename")
	case length <= 0:
		return nil, fail("invalid_arguments", "[ERROR] length must be a positive integer [json-pointer:/length]")
	case int64(length) > r.opts.MaxFileBytes:
		return nil, fail("file_upload_size_restricted")
	case utf8.RuneCountInString(name) > 255:
		return nil, fail("filename_too_long")
	}
	maps.DeleteFunc(r.uploads, func(_ string, u *upload) bool { return r.now.After(u.expires) })
	f := r.newFile(r.app.user.ID, name, int64(length))
	ticket := randomHex(20)
	r.uploads[ticket] = &upload{file: f, app: r.app, expires: r.now.Add(10 * time.Minute)}
	return obj{"upload_url": r.baseURL(r.app) + "/upload/v1/" + ticket, "file_id": f.ID}, nil
}

// uploadOf finds the finished upload of the app's file.
func (r *request) uploadOf(id string) (string, *upload) {
	for ticket, u := range r.uploads {
		if u.file.ID == id && u.app == r.app {
			return ticket, u
		}
	}
	return "", nil
}

func (r *request) completeUpload() (obj, *apiError) {
	var files []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	ok, e := r.decode("files", &files)
	if e != nil || !ok || len(files) == 0 {
		return nil, missingArgument("files")
	}
	var channels []*channel
	for _, id := range append(strings.Split(r.str("channels"), ","), r.str("channel_id")) {
		if id == "" {
			continue
		}
		c := r.st.channel(id)
		if c == nil || !c.has(r.app.user.ID) {
			return nil, fail("channel_not_found")
		}
		channels = append(channels, c)
	}
	blocks, msgs, code := messageBlocks(r.params)
	if code != "" {
		return nil, fail(code, msgs...)
	}
	root := r.str("thread_ts")
	if root != "" && (len(channels) != 1 || r.st.find(channels[0].ID, root) == nil) {
		return nil, fail("thread_not_found")
	}
	var ids []string
	for _, f := range files {
		ticket, u := r.uploadOf(f.ID)
		if u == nil || !u.done {
			return nil, fail("file_not_found")
		}
		delete(r.uploads, ticket)
		u.file.Complete = true
		if f.Title != "" {
			u.file.Title = f.Title
		}
		ids = append(ids, f.ID)
	}
	for _, c := range channels {
		m := r.newMessage(c, content{text: r.str("initial_comment"), blocks: blocks})
		m.ThreadTS, m.Files = root, ids
		r.share(c, m)
		r.call.TS = m.TS
	}
	return obj{"files": r.filesJSON(r.app, ids)}, nil
}

// share posts a message with files and tells the apps of both.
func (s *Server) share(c *channel, m *message) {
	m.Subtype = "file_share"
	for _, id := range m.Files {
		f := s.st.file(id)
		f.Complete = true
		if !slices.Contains(f.Channels, c.ID) {
			f.Channels = append(f.Channels, c.ID)
		}
	}
	s.add(m)
	for _, id := range m.Files {
		s.emit(c, "file_shared", obj{
			"type": "file_shared", "file_id": id, "user_id": m.User, "file": obj{"id": id},
			"channel_id": c.ID, "event_ts": m.TS,
		})
	}
}

func (r *request) filesInfo() (obj, *apiError) {
	f := r.st.file(r.str("file"))
	if f == nil || !f.Complete || !r.appSees(r.app, f) {
		return nil, fail("file_not_found")
	}
	return obj{"file": r.fileJSON(r.app, f), "comments": []obj{}, "response_metadata": obj{"next_cursor": ""}}, nil
}

func (r *request) filesDelete() (obj, *apiError) {
	f := r.st.file(r.str("file"))
	switch {
	case f == nil || !f.Complete || !r.appSees(r.app, f):
		return nil, fail("file_not_found")
	case f.Owner != r.app.user.ID:
		return nil, fail("cant_delete_file")
	}
	if err := r.discard(f); err != nil {
		return nil, fail("internal_error")
	}
	for _, id := range f.Channels {
		r.notify(r.st.channel(id), "message", "")
	}
	return obj{}, nil
}

// filesUpload is the method that Slack has switched off.
func (r *request) filesUpload() (obj, *apiError) { return nil, fail("method_deprecated") }
