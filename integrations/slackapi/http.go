package slackapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/slack-go/slack"
)

const (
	maxBody = 1 << 20
	// ackGrace is what a Handler gets to come back after its context ended:
	// with the default AckTimeout still within Slack's three seconds.
	ackGrace = 300 * time.Millisecond
)

// decode turns a verified body into a Request, or into an immediate body.
type decode func(s *Server, header http.Header, body []byte) (r Request, immediate any, err error)

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle("POST "+PathCommands, s.endpoint("command", (*Server).decodeCommand))
	mux.Handle("POST "+PathInteractions, s.endpoint("interaction", (*Server).decodeInteraction))
	mux.Handle("POST "+PathEvents, s.endpoint("event", (*Server).decodeEvent))
	return mux
}

// ServeHTTP serves /slack/commands, /slack/interactions and /slack/events.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

func (s *Server) endpoint(kind string, read decode) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		received := s.opts.Now()
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			s.metrics.requests.WithLabelValues(kind, outcomeMalformed).Inc()
			status := http.StatusBadRequest
			var tooLarge *http.MaxBytesError
			if errors.As(err, &tooLarge) {
				status = http.StatusRequestEntityTooLarge
			}
			w.WriteHeader(status)
			return
		}
		if verifyAny(s.opts.SigningSecrets, r.Header, body, received) != nil {
			s.metrics.requests.WithLabelValues(kind, outcomeForged).Inc()
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		req, immediate, err := read(s, r.Header, body)
		switch {
		case err != nil:
			s.metrics.requests.WithLabelValues(kind, outcomeMalformed).Inc()
			s.opts.Logger.Warn("slack request refused", "type", kind, "error", err)
			w.WriteHeader(http.StatusBadRequest)
		case immediate != nil:
			writeReply(w, immediate)
		case req.ID == "":
			w.WriteHeader(http.StatusOK)
		default:
			req.Received = received
			s.exchange(w, req)
		}
	})
}

// exchange waits for the Handler's answer and writes it.
func (s *Server) exchange(w http.ResponseWriter, r Request) {
	answers := make(chan answer, 1)
	written := make(chan struct{})
	defer close(written)
	refused := s.dispatch(r, func(a answer) func(context.Context) {
		answers <- a
		<-written // after-work must not overtake the acknowledgement
		return nil
	})
	if refused != "" {
		writeAnswer(w, answer{outcome: refused})
		return
	}
	timer := time.NewTimer(s.opts.AckTimeout + ackGrace)
	defer timer.Stop()
	select {
	case a := <-answers:
		writeAnswer(w, a)
	case <-timer.C:
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

func writeAnswer(w http.ResponseWriter, a answer) {
	switch {
	case !a.acknowledged() && a.outcome == outcomePanic:
		w.WriteHeader(http.StatusInternalServerError)
	case !a.acknowledged():
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusServiceUnavailable)
	case a.reply.Body == nil:
		w.Header().Set("Content-Length", "0")
		w.WriteHeader(http.StatusOK)
	default:
		writeReply(w, a.reply.Body)
	}
	_ = http.NewResponseController(w).Flush()
}

func writeReply(w http.ResponseWriter, body any) {
	out, err := json.Marshal(body)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(out)))
	_, _ = w.Write(out)
}

func (s *Server) decodeCommand(header http.Header, body []byte) (Request, any, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return Request{}, nil, errMalformed
	}
	if form.Get("ssl_check") == "1" {
		return Request{}, nil, nil
	}
	c := &slack.SlashCommand{
		TeamID: form.Get("team_id"), TeamDomain: form.Get("team_domain"),
		EnterpriseID: form.Get("enterprise_id"), EnterpriseName: form.Get("enterprise_name"),
		IsEnterpriseInstall: form.Get("is_enterprise_install") == "true",
		ChannelID:           form.Get("channel_id"), ChannelName: form.Get("channel_name"),
		UserID: form.Get("user_id"), UserName: form.Get("user_name"),
		Command: form.Get("command"), Text: form.Get("text"),
		ResponseURL: form.Get("response_url"), TriggerID: form.Get("trigger_id"), APIAppID: form.Get("api_app_id"),
	}
	if c.Command == "" || c.UserID == "" {
		return Request{}, nil, errMalformed
	}
	return Request{ID: first(c.TriggerID, unrepeated(header, body)), Command: c}, nil, nil
}

func (s *Server) decodeInteraction(header http.Header, body []byte) (Request, any, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return Request{}, nil, errMalformed
	}
	var i slack.InteractionCallback
	if json.Unmarshal([]byte(form.Get("payload")), &i) != nil || i.Type == "" {
		return Request{}, nil, errMalformed
	}
	i.Token = ""
	return Request{ID: first(i.TriggerID, unrepeated(header, body)), Interaction: &i}, nil, nil
}

func (s *Server) decodeEvent(_ http.Header, body []byte) (Request, any, error) {
	e, err := parseEnvelope(body)
	if err != nil {
		return Request{}, nil, err
	}
	if e.Type == "url_verification" {
		return Request{}, map[string]string{"challenge": e.Challenge}, nil
	}
	return s.eventRequest(e)
}

// eventRequest returns the zero Request for what the bot does not listen to.
func (s *Server) eventRequest(e envelope) (Request, any, error) {
	if !e.wanted() {
		s.metrics.requests.WithLabelValues("event", outcomeIgnored).Inc()
		return Request{}, nil, nil
	}
	ev, err := e.event()
	if err != nil {
		return Request{}, nil, err
	}
	return Request{ID: ev.ID, Event: ev}, nil, nil
}

// unrepeated is an id for requests that Slack gives none and never repeats.
func unrepeated(header http.Header, body []byte) string {
	return digest(header.Get("X-Slack-Request-Timestamp"), string(body))
}
