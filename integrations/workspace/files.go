package workspace

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

type file struct {
	ID       string
	Name     string
	Title    string
	Size     int64
	Mimetype string
	Owner    string
	Created  int64
	Channels []string
	// Apps may read the file because it was handed to them in a modal.
	Apps []string
	// Complete files can be shared and read.
	Complete bool
	data     []byte
}

// upload is an open upload URL.
type upload struct {
	file    *file
	app     *app
	expires time.Time
	done    bool
}

// fileJSON is a file object with URLs that app a can reach.
func (s *Server) fileJSON(a *app, f *file) obj {
	if a == nil && len(s.apps) > 0 {
		a = s.apps[0]
	}
	url := fmt.Sprintf("%s/files-pri/%s-%s/%s", s.baseURL(a), s.st.Team.ID, f.ID, pathName(f.Name))
	return obj{
		"id": f.ID, "created": f.Created, "timestamp": f.Created, "name": f.Name, "title": f.Title,
		"mimetype": f.Mimetype, "filetype": fileType(f.Name), "pretty_type": strings.ToUpper(fileType(f.Name)),
		"user": f.Owner, "size": f.Size, "mode": "hosted", "is_external": false, "is_public": false, "editable": false,
		"url_private": url, "url_private_download": url, "permalink": s.baseURL(a) + "/files/" + f.ID,
		"channels": slices.Clone(f.Channels), "file_access": "visible",
	}
}

// fileType is the extension by which file inputs choose; text files are "text" as in Slack.
func fileType(name string) string {
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	switch ext {
	case "", "txt":
		return "text"
	case "jpeg":
		return "jpg"
	default:
		return ext
	}
}

func pathName(name string) string {
	clean := strings.Map(func(r rune) rune {
		if r > 0x20 && r < 0x7f && !strings.ContainsRune(`/\?#%"<>`, r) {
			return r
		}
		return '_'
	}, strings.ToLower(name))
	if clean == "" || strings.Trim(clean, ".") == "" {
		return "file"
	}
	return clean
}

func mimeType(name string, head []byte) string {
	switch fileType(name) {
	case "docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case "xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case "pdf":
		return "application/pdf"
	case "doc":
		return "application/msword"
	case "text", "md", "csv":
		return "text/plain"
	}
	return http.DetectContentType(head)
}

func (s *Server) newFile(owner, name string, size int64) *file {
	f := &file{ID: s.st.nextID("F"), Name: name, Title: name, Size: size, Owner: owner, Created: s.now().Unix(), Mimetype: mimeType(name, nil)}
	s.st.Files = append(s.st.Files, f)
	return f
}

// appSees reports whether app a may read f.
func (s *Server) appSees(a *app, f *file) bool {
	if f.Owner == a.user.ID || slices.Contains(f.Apps, a.ID) {
		return true
	}
	return slices.ContainsFunc(f.Channels, func(id string) bool {
		c := s.st.channel(id)
		return c != nil && c.has(a.user.ID)
	})
}

// memberSees reports whether a member may read f.
func (s *Server) memberSees(user string, f *file) bool {
	if f.Owner == user {
		return true
	}
	return slices.ContainsFunc(f.Channels, func(id string) bool {
		c := s.st.channel(id)
		return c != nil && (!c.IM || c.has(user))
	})
}

func (s *Server) filePath(f *file) string { return filepath.Join(s.opts.DataDir, "files", f.ID) }

// store keeps a file's bytes in memory, or on disk with a data directory.
func (s *Server) store(f *file, data []byte) error {
	f.Mimetype = mimeType(f.Name, data)
	f.Size = int64(len(data))
	if s.opts.DataDir == "" {
		f.data = data
		return nil
	}
	name := s.filePath(f)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return fmt.Errorf("workspace file: %w", err)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		return fmt.Errorf("workspace file: %w", err)
	}
	return nil
}

// discard forgets a file; messages that showed it show it no more.
func (s *Server) discard(f *file) error {
	s.st.Files = slices.DeleteFunc(s.st.Files, func(x *file) bool { return x == f })
	if s.opts.DataDir == "" {
		return nil
	}
	if err := os.Remove(s.filePath(f)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("workspace file: %w", err)
	}
	return nil
}

func (s *Server) content(f *file) ([]byte, error) {
	if s.opts.DataDir == "" {
		return f.data, nil
	}
	data, err := os.ReadFile(s.filePath(f))
	if err != nil {
		return nil, fmt.Errorf("workspace file: %w", err)
	}
	return data, nil
}

var errUploadUsed = errors.New("workspace: upload URL used twice")

func (s *Server) finishUpload(u *upload, data []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.done {
		return errUploadUsed
	}
	u.done = true
	return s.store(u.file, data)
}

// servePrivateFile answers url_private. Like Slack it sends whoever has no right to
// the sign-in page, which answers 200 with HTML.
func (s *Server) servePrivateFile(w http.ResponseWriter, r *http.Request) {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	_, id, _ := strings.Cut(r.PathValue("id"), "-")
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.st.file(id)
	for _, a := range s.apps {
		if token != "" && token == a.BotToken && f != nil && f.Complete &&
			checkScope(a, []string{"files:read"}) == nil && s.appSees(a, f) {
			s.writeFile(w, f, false)
			return
		}
	}
	http.Redirect(w, r, "/signin", http.StatusFound)
}

func serveSignIn(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintln(w, "<!doctype html><title>Sign in</title><p>Sign in to see this file.</p>")
}

func (s *Server) writeFile(w http.ResponseWriter, f *file, attachment bool) {
	data, err := s.content(f)
	if err != nil {
		http.Error(w, "file cannot be read", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", f.Mimetype)
	w.Header().Set("Content-Length", fmt.Sprint(len(data)))
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "sandbox")
	if attachment {
		w.Header().Set("Content-Disposition", contentDisposition(f.Name))
	}
	_, _ = w.Write(data)
}
