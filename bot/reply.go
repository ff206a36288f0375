package bot

import (
	"context"
	"strconv"

	"github.com/slack-go/slack"

	"huiban/tasks"
	"huiban/tasks/letter"
)

func (b *Bot) replyRoutes(r *routes) {
	r.forms["arrange"] = b.arrange
	r.actions["desk.frame"] = b.startFrame
	r.forms["frame"] = b.saveFrame
	r.actions["desk.preview"] = b.preview
	r.actions["desk.request"] = b.requestApproval
	r.actions["desk.recall"] = b.recall
}

// arrangeForm lets the coordinator order a section's contributions, choose how each joins the text, and how its unit
// is named.
func (b *Bot) arrangeForm(a act) func(context.Context) (*form, error) {
	return func(ctx context.Context) (*form, error) {
		p, s, err := b.sectionOf(ctx, a)
		if err != nil {
			return nil, err
		}
		f := b.form("arrange", b.Text.Say("arrange.title"), a.Target).submit(b.Text.Say("form.save"))
		f.add(section(b.Text.Say("desk.section", "No", p.SectionNo(s.ID), "Heading", escape(s.Heading))))
		n := 0
		list := contributors(p, s.ID)
		var places []*slack.OptionBlockObject
		for i := range list {
			places = append(places, option(strconv.Itoa(i+1), b.Text.Say("arrange.place", "No", i+1)))
		}
		for _, as := range list {
			n++
			d, _ := b.City.Directory.Department(as.Department)
			mention := as.Mention
			if mention == "" {
				mention = d.MentionName()
			}
			var names []*slack.OptionBlockObject
			for _, name := range distinct(append([]string{d.Short, d.Name, d.Mention, d.Official, mention}, d.Aliases...)...) {
				names = append(names, option(name, name))
			}
			f.add(slack.NewDividerBlock(), section("*"+escape(d.Short)+"*"))
			f.choice("order_"+as.Department, b.Text.Say("arrange.order"), strconv.Itoa(n), places)
			f.choice("place_"+as.Department, b.Text.Say("arrange.placement"), placementCode(as.Placement), []*slack.OptionBlockObject{
				option("paragraph", b.Text.Say("arrange.paragraph")), option(string(letter.RunIn), b.Text.Say("arrange.run_in"))})
			f.choice("mention_"+as.Department, b.Text.Say("arrange.mention"), mention, names)
		}
		if n == 0 {
			return nil, tasks.Refuse(tasks.Illegal, "error.nothing_to_arrange")
		}
		return f, nil
	}
}

func placementCode(pl letter.Placement) string {
	if pl == letter.RunIn {
		return string(letter.RunIn)
	}
	return "paragraph"
}

func contributors(p *tasks.Proposal, section int) []tasks.Assignment {
	var list []tasks.Assignment
	for _, as := range p.AssignmentsOf(section) {
		if as.Role == tasks.Contributor {
			list = append(list, as)
		}
	}
	return list
}

func distinct(names ...string) []string {
	var list []string
	seen := map[string]bool{"": true}
	for _, n := range names {
		if !seen[n] {
			seen[n] = true
			list = append(list, n)
		}
	}
	return list
}

func (b *Bot) arrange(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		units := contributors(p, a.Target.Section)
		list := make([]tasks.Arrangement, len(units))
		filled := make([]bool, len(units))
		for _, as := range units {
			n, err := strconv.Atoi(a.Answers.option("order_" + as.Department))
			if err != nil || n < 1 || n > len(units) || filled[n-1] {
				return tasks.Refuse(tasks.Invalid, "error.order_twice").On("order_" + as.Department)
			}
			ar := tasks.Arrangement{Department: as.Department, Mention: a.Answers.option("mention_" + as.Department)}
			if a.Answers.option("place_"+as.Department) == string(letter.RunIn) {
				ar.Placement = letter.RunIn
			}
			if d, ok := b.City.Directory.Department(as.Department); ok && ar.Mention == d.MentionName() {
				ar.Mention = ""
			}
			list[n-1], filled[n-1] = ar, true
		}
		return p.Arrange(b.City, b.Now(), a.Actor, a.Target.Section, list)
	})
	return outcome{}, err
}

// startFrame opens the form for what stands around the sections: title, salutation, opening, closing.
func (b *Bot) startFrame(_ context.Context, a act) (outcome, error) {
	return b.open(a, func(ctx context.Context) (*form, error) {
		p, err := b.load(ctx, a)
		if err != nil {
			return nil, err
		}
		l := p.Consolidate(b.City)
		f := b.form("frame", b.Text.Say("frame.title"), a.Target).submit(b.Text.Say("form.save"))
		f.text("letterhead", b.Text.Say("frame.letterhead"), l.Letterhead)
		f.text("title", b.Text.Say("frame.letter_title"), l.Title)
		f.text("salutation", b.Text.Say("frame.salutation"), l.Salutation)
		f.area("opening", b.Text.Say("frame.opening"), p.Reply.Opening, optional, hint(b.Text.Say("frame.opening_hint")))
		f.area("closing", b.Text.Say("frame.closing"), p.Reply.Closing, optional)
		return f.text("signature", b.Text.Say("frame.signature"), l.Signature), nil
	}), nil
}

func (b *Bot) saveFrame(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		v := a.Answers
		return p.Phrase(b.Now(), a.Actor, tasks.Reply{Letterhead: v.text("letterhead"), Title: v.text("title"), Salutation: v.text("salutation"),
			Opening: v.text("opening"), Closing: v.text("closing"), Signature: v.text("signature")})
	})
	return outcome{}, err
}

// preview keeps the letter as it stands as a draft; its .docx goes into the headline's thread, the text is shown here.
func (b *Bot) preview(ctx context.Context, a act) (outcome, error) {
	p, err := b.update(ctx, a, func(p *tasks.Proposal) error {
		_, err := p.MakeDraft(b.City, b.Now(), a.Actor)
		return err
	})
	if err != nil {
		return outcome{}, err
	}
	return b.open(a, func(context.Context) (*form, error) { return b.letterView(p, a.Target), nil }), nil
}

// letterView shows the newest draft as text, gaps and all.
func (b *Bot) letterView(p *tasks.Proposal, t target) *form {
	f := b.form("letter", b.Text.Say("letter.title"), t)
	if len(p.Drafts) == 0 {
		return f.add(section(b.Text.Say("letter.none")))
	}
	d := p.Drafts[len(p.Drafts)-1]
	f.add(context_(b.Text.Say("letter.version", "Version", d.No, "Percent", d.Ready.Percent(), "Gaps", d.Letter.Gaps())))
	return f.passage(d.Letter.Text())
}

func (b *Bot) requestApproval(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error { return p.RequestApproval(b.City, b.Now(), a.Actor) })
	return outcome{}, err
}

func (b *Bot) recall(ctx context.Context, a act) (outcome, error) {
	_, err := b.update(ctx, a, func(p *tasks.Proposal) error { return p.RecallDraft(b.Now(), a.Actor) })
	return outcome{}, err
}
