package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"huiban/tasks"
)

// keepForms is how long an unsent form is kept.
const keepForms = 30 * 24 * time.Hour

func (b *Bot) contributionRoutes(r *routes) {
	r.actions["prompt.write"] = b.startWrite
	r.actions["desk.write"] = b.startWrite
	r.actions["contribution.save"] = b.keepDraft
	r.actions[field] = b.keepDraft
	r.forms["contribution"] = b.contribute
	r.closed["contribution"] = b.keepDraft
}

// textPrefix begins the name of every section's text field.
const textPrefix = "text_"

func textField(section int) string { return textPrefix + strconv.Itoa(section) }
func fileField(section int) string { return fmt.Sprintf("file_%d", section) }

// writable lists the sections whose text the actor may write for the department: a contributor's, or the lead's own.
func writable(p *tasks.Proposal, a tasks.Actor, department string) []tasks.Assignment {
	var list []tasks.Assignment
	for _, s := range p.Sections {
		as, ok := p.Assignment(s.ID, department)
		if !ok {
			continue
		}
		for _, e := range p.Legal(a, as) {
			if e == tasks.Submit {
				list = append(list, as)
			}
		}
	}
	return list
}

// startWrite opens the form with one field a section, and a place for a file where the text is longer than a field.
func (b *Bot) startWrite(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, err := b.load(ctx, a)
		if err != nil {
			return nil, err
		}
		list := writable(p, a.Actor, a.Target.Department)
		if len(list) == 0 {
			return nil, tasks.Refuse(tasks.Illegal, "error.nothing_to_write")
		}
		draft, err := b.Store.SavedForm(ctx, p.ID, a.Actor.Person, "contribution/"+a.Target.Department)
		if err != nil {
			return nil, err
		}
		return b.writeForm(p, a.Target, list, draft), nil
	}), nil
}

func (b *Bot) writeForm(p *tasks.Proposal, t target, list []tasks.Assignment, draft map[string]string) *form {
	title := "write.title"
	if t.Department == p.Lead {
		title = "write.lead_title"
	}
	f := b.form("contribution", b.Text.Say(title), t).submit(b.Text.Say("write.submit"))
	f.view.NotifyOnClose = true
	f.add(context_(b.Text.Say("write.intro", "Max", maxInputRunes)))
	for _, as := range list {
		s, _ := p.Section(as.Section)
		name := textField(s.ID)
		latest, _ := as.Latest()
		initial, long := latest.Text, utf8.RuneCountInString(latest.Text) > maxInputRunes
		if long {
			initial = ""
		}
		if kept, ok := draft[name]; ok {
			initial = kept
		}
		f.add(slack.NewDividerBlock())
		if as.State() == tasks.SentBack {
			f.add(context_(b.Text.Say("prompt.remark", "Text", escape(as.Last(tasks.SendBack).Text))))
		}
		if long {
			f.add(context_(b.Text.Say("write.long", "Version", latest.Version, "Runes", utf8.RuneCountInString(latest.Text))))
		}
		f.area(name, b.Text.Say("write.field", "No", p.SectionNo(s.ID), "Heading", clip(s.Heading, 80)), initial, optional, autosaved)
		f.file(fileField(s.ID), b.Text.Say("write.file"), 1, optional)
	}
	return f.add(actions(button("contribution.save", b.Text.Say("write.save"), t)))
}

// autosaved reports what is typed as it is typed, so that a closed window loses nothing.
func autosaved(in *slack.InputBlock) {
	in.DispatchAction = true
	if el, ok := in.Element.(*slack.PlainTextInputBlockElement); ok {
		el.DispatchActionConfig = &slack.DispatchActionConfig{TriggerActionsOn: []string{"on_character_entered"}}
	}
}

// keepDraft keeps what stands in the form.
func (b *Bot) keepDraft(ctx context.Context, a act) (outcome, error) {
	if a.Callback != "contribution" {
		return outcome{}, nil
	}
	values := map[string]string{}
	for name := range a.Answers.values { // a field that was emptied stays empty; a closed form may not tell its fields
		if strings.HasPrefix(name, textPrefix) {
			values[name] = a.Answers.text(name)
		}
	}
	if len(values) == 0 {
		return outcome{}, nil
	}
	return outcome{}, b.Store.SaveForm(ctx, a.Target.Proposal, a.Actor.Person, "contribution/"+a.Target.Department, values, keepForms)
}

// contribute hands in what was written: a text becomes a version at once, a file is read by a worker.
func (b *Bot) contribute(ctx context.Context, a act) (outcome, error) {
	reading := false
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		given := 0
		for _, s := range p.Sections {
			text, file, ok := b.given(a, s.ID)
			if !ok {
				continue
			}
			given++
			if as, _ := p.Assignment(s.ID, a.Target.Department); file.ID != "" && text != "" && !as.Says(text) {
				return tasks.Refuse(tasks.Invalid, "error.text_and_file").On(fileField(s.ID))
			}
			if file.ID != "" {
				reading = true
				if err := p.Attach(b.Now(), a.Actor, s.ID, a.Target.Department, file.ID, file.Name); err != nil {
					return onField(err, fileField(s.ID))
				}
				continue
			}
			if err := p.Submit(b.City, b.Now(), a.Actor, s.ID, a.Target.Department, text, ""); err != nil {
				return onField(err, textField(s.ID))
			}
		}
		if given == 0 {
			return tasks.Refuse(tasks.Invalid, "error.nothing_written")
		}
		return nil
	})
	if err != nil {
		return outcome{}, err
	}
	out := outcome{After: func(ctx context.Context) error {
		return b.Store.DropForm(ctx, a.Target.Proposal, a.Actor.Person, "contribution/"+a.Target.Department)
	}}
	if reading {
		out.Say = b.Text.Say("write.reading")
	}
	return out, nil
}

func (b *Bot) given(a act, section int) (text string, file slack.File, ok bool) {
	text = tasks.Clean(a.Answers.text(textField(section)))
	file, has := firstFile(a.Answers.files(fileField(section)))
	return text, file, has || text != ""
}

// onField puts a refusal under the field that it is about.
func onField(err error, name string) error {
	if e, ok := errors.AsType[*tasks.Error](err); ok {
		return e.On(name)
	}
	return err
}
