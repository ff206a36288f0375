package bot

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/slack-go/slack"

	"huiban/integrations/slackapi"
	"huiban/tasks"
)

// ackRunes is how much text an acknowledgement may carry: Slack drops Socket Mode acknowledgements of 20 KB and more,
// and a Chinese character takes three bytes.
const ackRunes = 4000

// aside is an acknowledgement that only the asker sees. slack.Msg would send empty blocks and metadata along, which
// Slack overlooks and a stricter server need not.
type aside struct {
	ResponseType string        `json:"response_type"`
	Text         string        `json:"text"`
	Blocks       []slack.Block `json:"blocks,omitempty"`
}

func ephemeral(text string, blocks []slack.Block) any {
	return aside{ResponseType: slack.ResponseTypeEphemeral, Text: text, Blocks: blocks}
}

// quietly turns an outcome into an acknowledgement without a body; words follow by response_url or direct message.
func (b *Bot) quietly(a act, out outcome, err error) slackapi.Reply {
	if err != nil {
		out = outcome{Say: b.refusal(err)}
	}
	if out.Say == "" {
		return slackapi.Reply{Body: out.Body, After: b.after(a, out.After)}
	}
	return slackapi.Reply{After: b.after(a, func(ctx context.Context) error {
		if err := b.tell(ctx, a, out.Say, out.Show); err != nil {
			return err
		}
		if out.After != nil {
			return out.After(ctx)
		}
		return nil
	})}
}

// blame is the input that an error is shown under: the one that it names, else the first of the form.
func (b *Bot) blame(err error, v slack.View) string {
	first := ""
	e, _ := errors.AsType[*tasks.Error](err)
	for _, blk := range v.Blocks.BlockSet {
		in, ok := blk.(*slack.InputBlock)
		if !ok {
			continue
		}
		if first == "" {
			first = in.BlockID
		}
		if e != nil && in.BlockID == e.Field {
			return in.BlockID
		}
	}
	return first
}

// refusal is what a person reads when something was refused or failed. What is not a refusal is logged once, here,
// under a short id that the person can pass on.
func (b *Bot) refusal(err error) string {
	if e, ok := errors.AsType[*tasks.Error](err); ok {
		if e.Code == tasks.Unavailable {
			b.Log.Error("store unavailable", "err", err)
		}
		return b.explain(e)
	}
	id := uuid.NewString()[:8]
	b.Log.Error("request failed", "id", id, "err", err)
	return b.Text.Say("error.internal", "ID", id)
}

// explain words a refusal; ids in its values are put into words first.
func (b *Bot) explain(e *tasks.Error) string {
	args := map[string]any{}
	for k, v := range e.Args {
		switch s, _ := v.(string); k {
		case "Event":
			v = b.Text.Say("event." + s)
		case "State":
			v = b.Text.Say("state." + s)
		case "Phase":
			v = b.Text.Say("phase." + s)
		}
		args[k] = v
	}
	return b.Text.SayMap(e.Message, args)
}

// tell says something to the person alone, where the person is. An answer that comes twice does less harm than none.
func (b *Bot) tell(ctx context.Context, a act, text string, blocks []slack.Block) error {
	ctx = slackapi.WithRetry(ctx)
	m := slackapi.Message{Text: text, Blocks: blocks}
	if a.Respond != "" {
		return b.Chat.Respond(ctx, a.Respond, m, false)
	}
	channel, err := b.Chat.OpenDM(ctx, a.User)
	if err != nil {
		return err
	}
	m.Channel = channel
	_, err = b.Chat.Post(ctx, m)
	return err
}

// after runs the work that follows an acknowledgement and tells the person when it failed.
func (b *Bot) after(a act, do func(context.Context) error) func(context.Context) {
	if do == nil {
		return nil
	}
	return func(ctx context.Context) {
		err := do(ctx)
		if err == nil {
			return
		}
		if err := b.tell(ctx, a, b.refusal(err), nil); err != nil {
			b.Log.Warn("could not tell a person of a failure", "err", err)
		}
	}
}
