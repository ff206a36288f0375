package workspace

import (
	"embed"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

//go:embed web
var web embed.FS

// pageRoutes serves the page and the API by which it acts as a member.
//
// A GET takes its parameters from the query, a POST a JSON object (pageBody); as is the
// acting member. Every answer has ok; a refusal that the member is to see is a 200 with
// error (a code) and message, a request that the page would not make a 4xx.
func (s *Server) pageRoutes() {
	static, err := fs.Sub(web, "web")
	if err != nil {
		panic(err) // the directory is embedded under this name
	}
	files := http.FileServerFS(static)
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Content-Security-Policy",
			"default-src 'self'; img-src 'self' data: blob: http: https:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'")
		files.ServeHTTP(w, r)
	})
	get := func(path string, h func(*pageRequest) (any, error)) {
		s.mux.HandleFunc("GET /app/api/"+path, s.page(h, true))
	}
	post := func(path string, h func(*pageRequest) (any, error)) {
		s.mux.HandleFunc("POST /app/api/"+path, s.page(h, true))
	}
	get("boot", s.pageBoot)
	get("conversations", s.pageConversations)
	get("messages", s.pageMessages)
	get("view", s.pageView)
	get("home", s.pageHome)
	get("options", s.pageOptions)
	get("poll", s.pagePoll)
	post("message", s.pagePost)
	post("command", s.pageCommand)
	post("action", s.pageAction)
	post("shortcut", s.pageShortcut)
	post("view/submit", s.pageSubmit)
	post("view/close", s.pageClose)
	post("home/open", s.pageHomeOpen)
	post("channel/join", s.pageJoin)
	s.mux.HandleFunc("POST /app/api/upload", s.page(s.pageUpload, true))
	// An EventSource and a link cannot send a header of their own.
	s.mux.HandleFunc("GET /app/api/events", s.page(s.pageEvents, false))
	s.mux.HandleFunc("GET /app/api/files/{id}", s.page(s.pageFile, false))
	s.mux.HandleFunc("/app/api/", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusNotFound, obj{"ok": false, "error": "unknown_method"})
	})
}

// pageRequest is one request of the page by a member.
type pageRequest struct {
	w    http.ResponseWriter
	r    *http.Request
	as   *user
	body pageBody
}

// pageBody are the fields of all the page's POST requests.
type pageBody struct {
	As         string    `json:"as"`
	App        string    `json:"app"`
	Channel    string    `json:"channel"`
	TS         string    `json:"ts"`
	ThreadTS   string    `json:"thread_ts"`
	Text       string    `json:"text"`
	Files      []string  `json:"files"`
	Command    string    `json:"command"`
	CallbackID string    `json:"callback_id"`
	ViewID     string    `json:"view_id"`
	All        bool      `json:"all"`
	BlockID    string    `json:"block_id"`
	ActionID   string    `json:"action_id"`
	Value      any       `json:"value"`
	State      pageState `json:"state"`
}

type pageState struct {
	Values map[string]map[string]obj `json:"values"`
}

// errDone says that a handler has answered by itself.
var errDone = errors.New("answered")

// badRequest is a request that no page of this server makes.
type badRequest string

func (e badRequest) Error() string { return string(e) }

func (s *Server) page(h func(*pageRequest) (any, error), header bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if reason := s.crossSite(r, header); reason != "" {
			writeJSON(w, http.StatusForbidden, obj{"ok": false, "error": reason})
			return
		}
		p := &pageRequest{w: w, r: r}
		if err := s.readPage(p); err != nil {
			writeJSON(w, http.StatusBadRequest, obj{"ok": false, "error": err.Error()})
			return
		}
		out, err := h(p)
		var member *memberError
		var bad badRequest
		switch {
		case errors.Is(err, errDone):
		case errors.As(err, &member):
			writeJSON(w, http.StatusOK, obj{"ok": false, "error": member.Code, "message": member.Message})
		case errors.As(err, &bad):
			writeJSON(w, http.StatusBadRequest, obj{"ok": false, "error": string(bad)})
		case err != nil:
			writeJSON(w, http.StatusInternalServerError, obj{"ok": false, "error": "internal_error"})
			s.opts.Logger.Error("page request", "path", r.URL.Path, "error", err)
		default:
			writeJSON(w, http.StatusOK, out)
		}
	}
}

// crossSite says why a request may come from another site, or "".
func (s *Server) crossSite(r *http.Request, header bool) string {
	if !s.knownHost(r.Host) {
		return "foreign_host"
	}
	if header && r.Header.Get("X-Workspace") != "1" {
		return "missing_header"
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return "foreign_site"
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		if u, err := url.Parse(origin); err != nil || u.Host != r.Host {
			return "foreign_origin"
		}
	}
	return ""
}

// knownHost guards against names of other sites that resolve to this machine.
func (s *Server) knownHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	host = strings.Trim(host, "[]")
	if ip := net.ParseIP(host); ip != nil {
		return true
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || slices.Contains(s.opts.PublicHosts, host)
}

// readPage reads the body and finds the acting member.
func (s *Server) readPage(p *pageRequest) error {
	kind := p.r.Header.Get("Content-Type")
	p.body.As = p.r.URL.Query().Get("as")
	if p.r.Method == http.MethodPost && !strings.HasPrefix(kind, "multipart/") {
		data, err := io.ReadAll(http.MaxBytesReader(p.w, p.r.Body, maxRequestBody))
		if err != nil {
			return badRequest("request_too_large")
		}
		if json.Unmarshal(data, &p.body) != nil {
			return badRequest("invalid_json")
		}
	}
	if strings.HasPrefix(kind, "multipart/") && p.body.As == "" {
		p.r.Body = http.MaxBytesReader(p.w, p.r.Body, s.opts.MaxFileBytes+(1<<20))
		p.body.As = p.r.FormValue("as")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p.as = s.st.user(p.body.As)
	if p.r.URL.Path == "/app/api/boot" {
		return nil
	}
	if p.as == nil || p.as.Bot || p.as.Deleted {
		return badRequest("unknown_member")
	}
	return nil
}

// query is a parameter of a GET request.
func (p *pageRequest) query(name string) string { return p.r.URL.Query().Get(name) }

// reachable returns a channel that the member can open. s.mu is held.
func (s *Server) reachable(p *pageRequest, id string) (*channel, error) {
	c := s.st.channel(id)
	if c == nil || c.IM && !c.has(p.as.ID) {
		return nil, badRequest("channel_not_found")
	}
	return c, nil
}
