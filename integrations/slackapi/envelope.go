package slackapi

import (
	"context"
	"encoding/json"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

const (
	// socketReplyLimit keeps an acknowledgement, with its envelope, under the
	// 20 KiB above which Slack drops it without a word.
	socketReplyLimit = 19 << 10
	ackSendTimeout   = 2 * time.Second
	completeWait     = 2 * time.Second
)

// take dispatches one request that came by the socket.
func (k *socket) take(req socketmode.Request, data any) {
	s := k.server
	r, kind, err := k.request(req, data)
	switch {
	case err != nil:
		s.metrics.requests.WithLabelValues(kind, outcomeMalformed).Inc()
		s.opts.Logger.Warn("slack request refused", "type", kind, "error", err)
		return
	case r.ID == "":
		k.send(req.EnvelopeID, nil)
		return
	}
	r.Received = s.opts.Now()
	k.taken.Add(1)
	refused := s.dispatch(r, func(a answer) func(context.Context) {
		defer k.taken.Done()
		if !a.acknowledged() {
			return nil
		}
		body, follow := k.fit(r, a.reply.Body)
		k.send(req.EnvelopeID, body)
		return follow
	})
	if refused != "" {
		k.taken.Done()
		if refused == outcomeDuplicate {
			k.send(req.EnvelopeID, nil)
		}
	}
}

// takeBad handles what slack-go could not parse: an event of a type that it
// does not know would come again and again were it not acknowledged.
func (k *socket) takeBad(raw json.RawMessage) {
	var req socketmode.Request
	if json.Unmarshal(raw, &req) == nil && req.EnvelopeID != "" && req.Type == socketmode.RequestTypeEventsAPI {
		k.take(req, nil)
		return
	}
	k.server.metrics.requests.WithLabelValues("unknown", outcomeMalformed).Inc()
	k.server.opts.Logger.Warn("slack request refused", "type", "unknown", "envelope", req.EnvelopeID, "bytes", len(raw))
}

// request reads one envelope's payload. The zero Request is one to acknowledge
// and ignore.
func (k *socket) request(req socketmode.Request, data any) (Request, string, error) {
	switch d := data.(type) {
	case slack.SlashCommand:
		d.Token = ""
		return Request{ID: first(d.TriggerID, req.EnvelopeID), Command: &d}, "command", nil
	case slack.InteractionCallback:
		d.Token = ""
		return Request{ID: first(d.TriggerID, req.EnvelopeID), Interaction: &d}, "interaction", nil
	}
	e, err := parseEnvelope(req.Payload)
	if err != nil {
		return Request{}, "event", err
	}
	r, _, err := k.server.eventRequest(e)
	return r, "event", err
}

// send acknowledges an envelope.
func (k *socket) send(envelopeID string, body any) {
	ctx, cancel := context.WithTimeout(k.server.base, ackSendTimeout)
	defer cancel()
	if err := k.client.AckCtx(ctx, envelopeID, body); err != nil {
		k.server.opts.Logger.Error("slack acknowledgement not sent", "envelope", envelopeID, "error", err)
	}
}

// fit returns a body that a socket can carry. A view that is too large is
// announced by an almost empty one, which follow then replaces through the Web
// API, where Slack takes it.
func (k *socket) fit(r Request, body any) (any, func(context.Context)) {
	raw, err := json.Marshal(body)
	if err != nil || len(raw) < socketReplyLimit {
		return body, nil
	}
	action, ok := body.(*slack.ViewSubmissionResponse)
	if value, plain := body.(slack.ViewSubmissionResponse); plain {
		action, ok = &value, true
	}
	if !ok || action.View == nil {
		return body, nil
	}
	full, brief := *action.View, *action.View
	brief.ExternalID = digest("view", r.ID)
	if full.ExternalID == "" {
		full.ExternalID = brief.ExternalID
	}
	brief.Submit = nil
	brief.Blocks = slack.Blocks{BlockSet: []slack.Block{
		slack.NewSectionBlock(slack.NewTextBlockObject(slack.PlainTextType, "…", false, false), nil, nil),
	}}
	follow := func(ctx context.Context) {
		if err := k.complete(ctx, brief.ExternalID, full); err != nil {
			k.server.opts.Logger.Error("slack view not completed", "request", r.ID, "error", err)
		}
	}
	return &slack.ViewSubmissionResponse{ResponseAction: action.ResponseAction, View: &brief}, follow
}

// complete puts the full view in place of the brief one. The Web API may be
// quicker than the socket, and then there is no view of that id yet.
func (k *socket) complete(ctx context.Context, briefID string, full slack.ModalViewRequest) error {
	for wait := 50 * time.Millisecond; ; wait *= 2 {
		err := k.api.updateView(ctx, "", briefID, "", full)
		if Code(err) != "not_found" || wait > completeWait {
			return err
		}
		if err := pause(ctx, wait); err != nil {
			return err
		}
	}
}
