package bot

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"huiban/integrations/slackapi"
	"huiban/tasks"
	"huiban/tasks/workday"
)

// field is the action id of every input; the block id names the field.
const field = "v"

// form builds a modal. Its callback id is the route, its private_metadata the target.
type form struct {
	view slack.ModalViewRequest
}

func (b *Bot) form(callback, title string, t target) *form {
	return &form{slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callback, PrivateMetadata: t.String(),
		Title: plain(clip(title, maxTitleRunes)), Close: plain(b.Text.Say("form.close")),
	}}
}

func (f *form) submit(text string) *form {
	f.view.Submit = plain(clip(text, maxTitleRunes))
	return f
}

func (f *form) add(blocks ...slack.Block) *form {
	f.view.Blocks.BlockSet = append(f.view.Blocks.BlockSet, blocks...)
	return f
}

// maxFormBlocks leaves room below Slack's 100 for what follows a long text.
const maxFormBlocks = 92

// passage shows a long text as it was written, without any formatting of its own, as far as the form has room.
func (f *form) passage(text string) *form {
	r := []rune(strings.TrimSpace(text))
	for len(r) > 0 && len(f.view.Blocks.BlockSet) < maxFormBlocks {
		n := min(len(r), maxSectionRunes)
		f.add(slack.NewSectionBlock(plain(string(r[:n])), nil, nil))
		r = r[n:]
	}
	return f
}

type inputOption func(*slack.InputBlock)

func optional(in *slack.InputBlock) { in.Optional = true }

func hint(s string) inputOption { return func(in *slack.InputBlock) { in.Hint = plain(clip(s, 2000)) } }

func (f *form) input(name, text string, el slack.BlockElement, opts ...inputOption) *form {
	in := slack.NewInputBlock(name, plain(clip(text, 2000)), nil, el)
	for _, o := range opts {
		o(in)
	}
	return f.add(in)
}

func (f *form) text(name, text, initial string, opts ...inputOption) *form {
	el := slack.NewPlainTextInputBlockElement(nil, field)
	el.InitialValue = clip(initial, maxInputRunes)
	return f.input(name, text, el, opts...)
}

func (f *form) area(name, text, initial string, opts ...inputOption) *form {
	el := slack.NewPlainTextInputBlockElement(nil, field)
	el.Multiline, el.InitialValue = true, clip(initial, maxInputRunes)
	return f.input(name, text, el, opts...)
}

func (f *form) date(name, text string, initial workday.Date, opts ...inputOption) {
	el := slack.NewDatePickerBlockElement(field)
	if !initial.IsZero() {
		el.InitialDate = initial.String()
	}
	f.input(name, text, el, opts...)
}

func (f *form) choice(name, text, initial string, options []*slack.OptionBlockObject, opts ...inputOption) {
	el := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, field, options...)
	for _, o := range options {
		if o.Value == initial {
			el.InitialOption = o
		}
	}
	f.input(name, text, el, opts...)
}

func (f *form) file(name, text string, max int, opts ...inputOption) {
	el := slack.NewFileInputBlockElement(field)
	el.MaxFiles = max
	el.FileTypes = []string{"docx", "pdf", "doc", "wps", "txt", "md", "html", "htm"}
	f.input(name, text, el, opts...)
}

const maxOptions = 100

// unitOptions lists units as option groups by class, at most 100 a group.
func unitOptions(c *tasks.City, keep func(tasks.Department) bool) []*slack.OptionGroupBlockObject {
	var groups []*slack.OptionGroupBlockObject
	at := map[tasks.Class]*slack.OptionGroupBlockObject{}
	for _, d := range c.Directory.All() {
		if d.Successor != "" || !keep(d) {
			continue
		}
		g := at[d.Class]
		if g == nil || len(g.Options) == maxOptions {
			g = slack.NewOptionGroupBlockElement(label(string(d.Class)))
			at[d.Class] = g
			groups = append(groups, g)
		}
		g.Options = append(g.Options, option(d.ID, d.Short))
	}
	return groups
}

// units lets people choose any number of units.
func (f *form) units(name, text string, groups []*slack.OptionGroupBlockObject, initial []string, opts ...inputOption) *form {
	el := slack.NewOptionsGroupMultiSelectBlockElement(slack.MultiOptTypeStatic, nil, field, groups...)
	for _, id := range initial {
		if o := findOption(groups, id); o != nil {
			el.InitialOptions = append(el.InitialOptions, o)
		}
	}
	return f.input(name, text, el, opts...)
}

// unit lets people choose one unit.
func (f *form) unit(name, text string, groups []*slack.OptionGroupBlockObject, initial string, opts ...inputOption) *form {
	el := slack.NewOptionsGroupSelectBlockElement(slack.OptTypeStatic, nil, field, groups...)
	el.InitialOption = findOption(groups, initial)
	return f.input(name, text, el, opts...)
}

func findOption(groups []*slack.OptionGroupBlockObject, value string) *slack.OptionBlockObject {
	for _, g := range groups {
		for _, o := range g.Options {
			if o.Value == value {
				return o
			}
		}
	}
	return nil
}

// answers reads what was filled in.
type answers struct {
	values map[string]map[string]slack.BlockAction
}

func answersOf(v slack.View) answers {
	if v.State == nil {
		return answers{}
	}
	return answers{v.State.Values}
}

func (a answers) text(name string) string   { return a.values[name][field].Value }
func (a answers) option(name string) string { return a.values[name][field].SelectedOption.Value }

func (a answers) options(name string) []string {
	var vs []string
	for _, o := range a.values[name][field].SelectedOptions {
		vs = append(vs, o.Value)
	}
	return vs
}

func (a answers) date(name string) workday.Date {
	d, err := workday.Parse(a.values[name][field].SelectedDate)
	if err != nil {
		return workday.Date{}
	}
	return d
}

func (a answers) files(name string) []slack.File { return a.values[name][field].Files }

// lines splits a list typed one a line or with commas.
func lines(s string) []string {
	var list []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("\n、，,；;", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// open is an outcome that opens a form, on top of the one it was asked for in.
func (b *Bot) open(a act, make func(context.Context) (*form, error)) outcome {
	return outcome{After: func(ctx context.Context) error {
		f, err := make(ctx)
		if err != nil {
			return err
		}
		if a.ViewID != "" {
			_, err = b.Chat.PushView(ctx, a.Trigger, f.view)
			return err
		}
		_, err = b.Chat.OpenView(ctx, a.Trigger, f.view)
		return err
	}}
}

// renew shows the form that the act happened in anew. When it has been closed meanwhile, words are said instead.
func (b *Bot) renew(ctx context.Context, a act, f *form, words string) error {
	err := b.Chat.UpdateView(ctx, a.ViewID, "", f.view)
	if slackapi.Code(err) != "not_found" {
		return err
	}
	if words == "" {
		return nil
	}
	return b.tell(ctx, a, words, nil)
}
