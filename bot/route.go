package bot

import (
	"context"
	"strings"

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

func (b *Bot) run(ctx context.Context, a act, do feature) (outcome, error) {
	actor, err := b.people.actor(ctx, a.User)
	if err != nil {
		return outcome{}, err
	}
	a.Actor = actor
	return do(ctx, a)
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
