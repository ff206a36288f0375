package bot

import (
	"context"
	"errors"
	"strings"

	"github.com/slack-go/slack"

	"huiban/integrations/slackapi"
	"huiban/tasks"
)

// Callback ids that the app manifest names too.
const (
	ShortcutRegister        = "register"         // global
	ShortcutRegisterMessage = "register_message" // on a message
)

func (b *Bot) registerRoutes(r *routes) {
	r.commands["登记"] = b.startRegister
	r.shortcuts[ShortcutRegister] = b.startRegister
	r.shortcuts[ShortcutRegisterMessage] = b.registerMessage
	r.actions["register.open"] = b.startRegister
	r.forms["register"] = b.register
}

// startRegister opens the form in which a coordinator hands in a paper.
func (b *Bot) startRegister(_ context.Context, a act) (outcome, error) {
	bureaus := a.Actor.Departments(tasks.RoleCoordinator)
	if len(bureaus) == 0 {
		return outcome{}, tasks.Refuse(tasks.Forbidden, "error.not_coordinator")
	}
	return b.open(a, func(context.Context) (*form, error) {
		return b.registerForm(bureaus), nil
	}), nil
}

func (b *Bot) registerForm(bureaus []string) *form {
	f := b.form("register", b.Text.Say("register.title"), target{}).submit(b.Text.Say("register.submit"))
	f.add(section(b.Text.Say("register.intro")))
	f.file("file", b.Text.Say("register.file"), 1, optional, hint(b.Text.Say("register.file_hint", "Max", b.MaxFileBytes>>20)))
	f.area("text", b.Text.Say("register.text"), "", optional, hint(b.Text.Say("register.text_hint")))
	f.choice("kind", b.Text.Say("field.kind"), "", b.kindOptions(), optional, hint(b.Text.Say("register.kind_hint")))
	f.date("received", b.Text.Say("field.received"), b.City.Today(b.Now()))
	if len(bureaus) > 1 {
		var options []*slack.OptionBlockObject
		for _, id := range bureaus {
			options = append(options, option(id, b.City.Directory.Short(id)))
		}
		f.choice("lead", b.Text.Say("field.lead"), bureaus[0], options)
	}
	return f
}

func (b *Bot) kindOptions() []*slack.OptionBlockObject {
	return []*slack.OptionBlockObject{option(string(tasks.CPPCC), b.kind(tasks.CPPCC)), option(string(tasks.Congress), b.kind(tasks.Congress))}
}

// kind is the kind of paper in words.
func (b *Bot) kind(k tasks.Kind) string {
	switch k {
	case tasks.CPPCC:
		return b.Text.Say("kind.cppcc")
	case tasks.Congress:
		return b.Text.Say("kind.congress")
	}
	return b.Text.Say("kind.unknown")
}

// register takes a paper in: a file is kept and read by a worker, a pasted text is split at once.
func (b *Bot) register(ctx context.Context, a act) (outcome, error) {
	lead := a.Answers.option("lead")
	if lead == "" {
		bureaus := a.Actor.Departments(tasks.RoleCoordinator)
		if len(bureaus) == 0 {
			return outcome{}, tasks.Refuse(tasks.Forbidden, "error.not_coordinator")
		}
		lead = bureaus[0]
	}
	head := tasks.Head{Kind: tasks.Kind(a.Answers.option("kind")), Received: a.Answers.date("received")}
	if file, ok := firstFile(a.Answers.files("file")); ok {
		return b.intake(ctx, a, lead, head, file)
	}
	if strings.TrimSpace(a.Answers.text("text")) == "" {
		return outcome{}, tasks.Refuse(tasks.Invalid, "error.register_empty").On("text")
	}
	return b.registerText(ctx, a, lead, head, a.Answers.text("text"))
}

func (b *Bot) intake(ctx context.Context, a act, lead string, head tasks.Head, file slack.File) (outcome, error) {
	in := tasks.NewIntake(b.Now(), a.Actor.Person, lead, head, file.ID, file.Name)
	if err := b.Store.SaveIntake(ctx, in); err != nil {
		return outcome{}, err
	}
	return outcome{Say: b.Text.Say("register.reading")}, nil
}

func (b *Bot) registerText(ctx context.Context, a act, lead string, head tasks.Head, text string) (outcome, error) {
	p, err := tasks.NewProposal(b.City, b.Now(), a.Actor, lead, head, tasks.Source{Text: text})
	if err != nil {
		return outcome{}, err
	}
	if err := b.create(ctx, p, a.Request); err != nil {
		return outcome{}, err
	}
	return outcome{Say: b.Text.Say("register.done", "Sections", len(p.Sections))}, nil
}

// create registers p; a paper that is there already is refused with the place where it is found.
func (b *Bot) create(ctx context.Context, p *tasks.Proposal, request string) error {
	err := b.Store.Create(ctx, p, request)
	if tasks.CodeOf(err) == tasks.Exists {
		return tasks.Refuse(tasks.Exists, "error.exists", "Number", p.Head.Number, "Title", clip(p.Head.Title, 60)).On("text")
	}
	return err
}

// registerMessage registers what a message says or carries.
func (b *Bot) registerMessage(ctx context.Context, a act) (outcome, error) {
	bureaus := a.Actor.Departments(tasks.RoleCoordinator)
	if len(bureaus) == 0 {
		return outcome{}, tasks.Refuse(tasks.Forbidden, "error.not_coordinator")
	}
	if file, ok := firstFile(a.Message.Files); ok {
		return b.intake(ctx, a, bureaus[0], tasks.Head{}, file)
	}
	return b.registerText(ctx, a, bureaus[0], tasks.Head{}, unescape(a.Message.Text))
}

// unescape undoes what Slack does to a message's text.
func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// takeIn fetches and reads a paper that came in as a file, and registers it. Whatever its sender can mend is said to
// the sender, and the paper stays kept.
func (b *Bot) takeIn(ctx context.Context, id string) error {
	in, err := b.Store.Intake(ctx, id)
	if err != nil || in.Proposal != "" || in.Failed != "" {
		return err
	}
	p, err := b.readIntake(ctx, in)
	if refused, ok := errors.AsType[*tasks.Error](err); ok && refused.Code != tasks.Unavailable {
		if err := b.tellIntake(ctx, in, b.explain(refused)); err != nil {
			return err
		}
		in.Failed = refused.Message
		return b.Store.CloseIntake(ctx, in)
	}
	if err != nil {
		return err
	}
	in.Proposal = p.ID
	return b.Store.CloseIntake(ctx, in)
}

func (b *Bot) readIntake(ctx context.Context, in tasks.Intake) (*tasks.Proposal, error) {
	name, text, err := b.fetch(ctx, in.FileID)
	if err != nil {
		return nil, err
	}
	p, err := tasks.NewProposal(b.City, b.Now(), b.people.holding(in.By), in.Lead, in.Head, tasks.Source{Text: text, File: name})
	if err != nil {
		return nil, err
	}
	return p, b.create(ctx, p, "intake:"+in.ID)
}

func (b *Bot) tellIntake(ctx context.Context, in tasks.Intake, why string) error {
	channel, err := b.directChannel(ctx, in.By)
	if err != nil {
		return err
	}
	m := slackapi.Message{Channel: channel, Text: b.Text.Say("register.failed", "Name", escape(in.FileName), "Why", escape(why)),
		Metadata: &slackapi.Metadata{Type: RefusalMetadata, Payload: map[string]any{"intake": in.ID}}}
	if _, found, err := b.findMessage(ctx, channel, "", *m.Metadata); err != nil || found {
		return err
	}
	_, err = b.Chat.Post(ctx, m)
	return err
}
