package workspace

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// apiError is a refusal in Slack's form.
type apiError struct {
	code       string
	messages   []string
	extra      obj
	retryAfter time.Duration
}

func (e *apiError) Error() string { return e.code }

func fail(code string, messages ...string) *apiError {
	return &apiError{code: code, messages: messages}
}

func missingArgument(name string) *apiError {
	return fail("invalid_arguments", "[ERROR] missing required field: "+name)
}

// request is one authenticated call; methods run with s.mu held.
type request struct {
	*Server
	params
	app  *app
	now  time.Time
	call *Call
}

// method is one Web API method. Any of scopes suffices; none means every token may call it.
// An open method needs no token at all.
type method struct {
	scopes   []string
	tier     tier
	appToken bool
	open     bool
	run      func(*request) (obj, *apiError)
}

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	fault := s.takeFault(name)
	if fault != nil {
		if fault.Delay > 0 {
			select {
			case <-time.After(fault.Delay):
			case <-r.Context().Done():
				return
			}
		}
		if !fault.AfterEffect && (fault.Drop || fault.Status != 0 || fault.Error != "") {
			s.record(Call{Time: s.now(), Method: name, Error: fault.label()})
			fault.write(w)
			return
		}
	}
	out, apiErr := s.callAPI(w.Header(), r, name)
	if fault != nil && fault.AfterEffect {
		fault.write(w)
		return
	}
	writeAPI(w, out, apiErr)
}

func (f *Fault) label() string {
	switch {
	case f.Drop:
		return "fault_drop"
	case f.Status == http.StatusTooManyRequests:
		return "ratelimited"
	case f.Error != "":
		return f.Error
	default:
		return "fault_" + strconv.Itoa(f.Status)
	}
}

func (f *Fault) write(w http.ResponseWriter) {
	switch {
	case f.Drop:
		panic(http.ErrAbortHandler)
	case f.Status == http.StatusTooManyRequests:
		writeAPI(w, nil, &apiError{code: "ratelimited", retryAfter: max(f.RetryAfter, time.Second)})
	case f.Status != 0:
		http.Error(w, f.Error, f.Status)
	default:
		writeAPI(w, nil, fail(f.Error))
	}
}

func (s *Server) callAPI(header http.Header, r *http.Request, name string) (out obj, refused *apiError) {
	now := s.now()
	call := Call{Time: now, Method: name}
	defer func() {
		if refused != nil {
			call.Error, call.Faults = refused.code, refused.messages
		}
		s.record(call)
	}()
	p, err := readParams(r)
	if err != nil {
		return nil, err
	}
	call.Args = summary(p)
	m, known := s.methods[name]
	if !known {
		return nil, fail("unknown_method")
	}
	if m.open {
		return m.run(&request{Server: s, params: p, now: now, call: &call})
	}
	a, err := s.authenticate(r, p, m)
	if err != nil {
		return nil, err
	}
	call.App = a.ID
	header.Set("X-OAuth-Scopes", strings.Join(a.Scopes, ","))
	header.Set("X-Accepted-OAuth-Scopes", strings.Join(m.scopes, ","))
	if err := checkScope(a, m.scopes); err != nil {
		return nil, err
	}
	if wait := s.limits.method(a.ID, name, m.tier, now); wait > 0 {
		return nil, &apiError{code: "ratelimited", retryAfter: wait}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a.host = r.Host
	out, err = m.run(&request{Server: s, params: p, app: a, now: now, call: &call})
	if err == nil {
		s.changed()
	}
	return out, err
}

// authenticate finds the app by the token in the header or the form.
func (s *Server) authenticate(r *http.Request, p params, m method) (*app, *apiError) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		token = p.values.Get("token")
	}
	if token == "" {
		return nil, fail("not_authed")
	}
	for _, a := range s.apps {
		switch token {
		case a.BotToken:
			if m.appToken {
				return nil, fail("not_allowed_token_type")
			}
			return a, nil
		case a.AppToken:
			if !m.appToken {
				return nil, fail("not_allowed_token_type")
			}
			return a, nil
		}
	}
	return nil, fail("invalid_auth")
}

func checkScope(a *app, anyOf []string) *apiError {
	if len(anyOf) == 0 {
		return nil
	}
	for _, scope := range anyOf {
		if slices.Contains(a.Scopes, scope) {
			return nil
		}
	}
	e := fail("missing_scope")
	e.extra = obj{"needed": strings.Join(anyOf, ","), "provided": strings.Join(a.Scopes, ",")}
	return e
}

func writeAPI(w http.ResponseWriter, out obj, e *apiError) {
	status := http.StatusOK
	if e != nil {
		out = obj{"ok": false, "error": e.code}
		for k, v := range e.extra {
			out[k] = v
		}
		if len(e.messages) > 0 {
			out["response_metadata"] = obj{"messages": e.messages}
			if e.code == "invalid_blocks" {
				out["errors"] = e.messages
			}
		}
		if e.code == "ratelimited" {
			status = http.StatusTooManyRequests
			w.Header().Set("Retry-After", strconv.Itoa(int(e.retryAfter/time.Second)))
		}
	} else {
		if out == nil {
			out = obj{}
		}
		out["ok"] = true
	}
	writeJSON(w, status, out)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "encoding", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

func (s *Server) record(c Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = bounded(s.calls, c)
}

// summary keeps the arguments that identify what a call was about.
func summary(p params) map[string]string {
	out := map[string]string{}
	for _, k := range []string{
		"channel", "ts", "thread_ts", "user", "user_id", "users", "view_id", "external_id",
		"channel_id", "file", "filename", "length", "oldest", "cursor", "limit", "hash", "trigger_id",
	} {
		if v := p.str(k); v != "" && len(v) < 256 {
			out[k] = v
		}
	}
	var v struct {
		CallbackID string `json:"callback_id"`
		Type       string `json:"type"`
		EventType  string `json:"event_type"`
	}
	if ok, err := p.decode("view", &v); ok && err == nil {
		out["callback_id"], out["view_type"] = v.CallbackID, v.Type
	}
	if ok, err := p.decode("metadata", &v); ok && err == nil {
		out["metadata_type"] = v.EventType
	}
	if raw := p.str("blocks"); raw != "" {
		out["blocks"] = fmt.Sprint(len(raw))
	}
	if text := p.str("text"); text != "" {
		out["text"] = fmt.Sprint(utf8.RuneCountInString(text))
	}
	return out
}
