package bot

import (
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"
	"github.com/slack-go/slack"

	"huiban/integrations/slackapi"
	"huiban/tasks"
)

// act is one thing that a person did, as the features see it.
type act struct {
	Actor    tasks.Actor
	User     string // platform account
	Request  string // the platform's id of it, for doing it once
	Target   target
	Trigger  string // opens forms
	Respond  string // response_url
	Channel  string
	Args     string // after a command's word
	Answers  answers
	ViewID   string
	Callback string        // of the form that it happened in
	Message  slack.Message // that a message shortcut was used on
}

// outcome is what a feature answers: a text for the person alone, a change of the form, work after the acknowledgement.
type outcome struct {
	Say   string
	Show  []slack.Block // beside Say
	Body  any           // raw acknowledgement body
	After func(context.Context) error
}

type feature func(context.Context, act) (outcome, error)

// routes says which feature answers what.
type routes struct {
	commands  map[string]feature // by the word after /huiban
	words     map[string]string  // other words for the same command
	actions   map[string]feature // buttons and menus, by action id
	forms     map[string]feature // submissions, by callback id
	closed    map[string]feature // forms closed without submitting
	shortcuts map[string]feature
}

func (b *Bot) allRoutes() routes {
	r := routes{words: map[string]string{"new": "登记", "register": "登记", "status": "进度", "mine": "我的", "my": "我的", "help": "帮助", "": "帮助"},
		commands: map[string]feature{}, actions: map[string]feature{}, forms: map[string]feature{}, closed: map[string]feature{}, shortcuts: map[string]feature{}}
	for _, add := range []func(*routes){
		b.registerRoutes, b.deskRoutes, b.sectionRoutes, b.promptRoutes, b.contributionRoutes, b.returnRoutes, b.extensionRoutes,
		b.reviewRoutes, b.replyRoutes, b.approvalRoutes, b.issueRoutes, b.progressRoutes, b.homeRoutes,
	} {
		add(&r)
	}
	return r
}

func (b *Bot) command(ctx context.Context, r slackapi.Request) slackapi.Reply {
	word, rest, _ := strings.Cut(strings.TrimSpace(r.Command.Text), " ")
	word = strings.ToLower(word)
	if to, ok := b.routes.words[word]; ok {
		word = to
	}
	run, ok := b.routes.commands[word]
	if !ok {
		run, rest = b.help, word
	}
	a := act{User: r.Command.UserID, Request: r.ID, Trigger: r.Command.TriggerID, Respond: r.Command.ResponseURL,
		Channel: r.Command.ChannelID, Args: strings.TrimSpace(rest)}
	out, err := b.run(ctx, a, run)
	if err != nil {
		return slackapi.Reply{Body: ephemeral(b.refusal(err), nil)}
	}
	if runes(out.Show) > ackRunes {
		return b.quietly(a, out, nil)
	}
	reply := slackapi.Reply{Body: out.Body, After: b.after(a, out.After)}
	if out.Say != "" {
		reply.Body = ephemeral(out.Say, out.Show)
	}
	return reply
}

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

func (b *Bot) interaction(ctx context.Context, r slackapi.Request) slackapi.Reply {
	in := r.Interaction
	a := act{User: in.User.ID, Request: r.ID, Trigger: in.TriggerID, Respond: in.ResponseURL, Channel: in.Channel.ID,
		Callback: in.View.CallbackID, Answers: answersOf(in.View)}
	if in.View.Type == slack.VTModal { // a form opens on top of a form, but not on top of the Home tab
		a.ViewID = in.View.ID
	}
	switch in.Type {
	case slack.InteractionTypeBlockActions:
		return b.pressed(ctx, a, in)
	case slack.InteractionTypeViewSubmission:
		return b.submitted(ctx, a, in)
	case slack.InteractionTypeViewClosed:
		if run, ok := b.routes.closed[in.View.CallbackID]; ok {
			a.Target = parseTarget(in.View.PrivateMetadata)
			if _, err := b.run(ctx, a, run); err != nil {
				b.refusal(err)
			}
		}
	case slack.InteractionTypeShortcut, slack.InteractionTypeMessageAction:
		if run, ok := b.routes.shortcuts[in.CallbackID]; ok {
			a.Message = in.Message
			out, err := b.run(ctx, a, run)
			return b.quietly(a, out, err)
		}
	}
	return slackapi.Reply{}
}

// pressed answers a button or menu. What is to be said is said to the person alone.
func (b *Bot) pressed(ctx context.Context, a act, in *slack.InteractionCallback) slackapi.Reply {
	if len(in.ActionCallback.BlockActions) == 0 {
		return slackapi.Reply{}
	}
	pressed := in.ActionCallback.BlockActions[0]
	action, _, _ := strings.Cut(pressed.ActionID, "#")
	run, ok := b.routes.actions[action]
	if !ok {
		return slackapi.Reply{}
	}
	value := pressed.Value
	if value == "" {
		value = pressed.SelectedOption.Value
	}
	if in.View.ID != "" && pressed.ActionID == field {
		value = in.View.PrivateMetadata
	}
	a.Target = parseTarget(value)
	out, err := b.run(ctx, a, run)
	return b.quietly(a, out, err)
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

// submitted answers a form: refusals stand under their field, so that nothing typed is lost.
func (b *Bot) submitted(ctx context.Context, a act, in *slack.InteractionCallback) slackapi.Reply {
	run, ok := b.routes.forms[in.View.CallbackID]
	if !ok {
		return slackapi.Reply{}
	}
	a.Target = parseTarget(in.View.PrivateMetadata)
	out, err := b.run(ctx, a, run)
	if err != nil {
		return slackapi.Reply{Body: slack.NewErrorsViewSubmissionResponse(map[string]string{b.blame(err, in.View): b.refusal(err)})}
	}
	reply := b.quietly(a, out, nil)
	reply.Body = out.Body
	return reply
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

func (b *Bot) run(ctx context.Context, a act, do feature) (outcome, error) {
	actor, err := b.people.actor(ctx, a.User)
	if err != nil {
		return outcome{}, err
	}
	a.Actor = actor
	return do(ctx, a)
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

// update loads the act's proposal, decides and commits.
func (b *Bot) update(ctx context.Context, a act, decide func(*tasks.Proposal) error) (*tasks.Proposal, error) {
	return b.Store.Update(ctx, a.Target.Proposal, a.Request, func(p *tasks.Proposal) error {
		if !p.Sees(a.Actor) {
			return tasks.Refuse(tasks.Forbidden, "error.forbidden")
		}
		return decide(p)
	})
}

// load reads the act's proposal for somebody who may see it.
func (b *Bot) load(ctx context.Context, a act) (*tasks.Proposal, error) {
	p, err := b.Store.Load(ctx, a.Target.Proposal)
	if err != nil {
		return nil, err
	}
	if !p.Sees(a.Actor) {
		return nil, tasks.Refuse(tasks.Forbidden, "error.forbidden")
	}
	return p, nil
}
