package bot

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"huiban/integrations/slackapi"
	"huiban/tasks"
)

// homeShelf is where the store keeps who has opened the Home tab: only they are sent news of it.
const homeShelf = "home"

func (b *Bot) homeRoutes(r *routes) {
	r.actions["home.refresh"] = func(_ context.Context, a act) (outcome, error) {
		return outcome{After: func(ctx context.Context) error { return b.publishHome(ctx, a.User, a.Actor) }}, nil
	}
}

// event answers what Slack tells of by itself: the Home tab was opened, a message or file was sent to the bot.
func (b *Bot) event(ctx context.Context, r slackapi.Request) slackapi.Reply {
	e := r.Event
	a := act{User: e.User, Request: r.ID, Channel: e.Channel}
	var run feature
	switch {
	case e.Type == slackapi.EventAppHomeOpened && e.Tab != "messages":
		run = b.homeOpened
	case e.Type == slackapi.EventMessage && e.ChannelType == "im" && e.BotID == "" && (e.Subtype == "" || e.Subtype == "file_share"):
		a.Message = slack.Message{Msg: slack.Msg{Text: e.Text, Files: e.Files}}
		run = b.directMessage
	default:
		return slackapi.Reply{}
	}
	out, err := b.run(ctx, a, run)
	if tasks.CodeOf(err) == tasks.Unavailable {
		return slackapi.Reply{Retry: true}
	}
	return b.quietly(a, out, err)
}

func (b *Bot) homeOpened(ctx context.Context, a act) (outcome, error) {
	return outcome{After: func(ctx context.Context) error {
		if err := b.Store.Remember(ctx, homeShelf, a.Actor.Person, tasks.Posted{Channel: a.User}); err != nil {
			return err
		}
		return b.publishHome(ctx, a.User, a.Actor)
	}}, nil
}

// bringHome renews the Home tab of a person who has opened it before.
func (b *Bot) bringHome(ctx context.Context, person string) error {
	at, opened, err := b.Store.Posted(ctx, homeShelf, person)
	if err != nil || !opened {
		return err
	}
	return b.publishHome(ctx, at.Channel, b.people.holding(person))
}

func (b *Bot) publishHome(ctx context.Context, user string, actor tasks.Actor) error {
	view, err := b.home(ctx, actor)
	if err != nil {
		return err
	}
	return b.Chat.PublishHome(ctx, user, view)
}

// home is a person's own page: who one is here, what waits, what runs, and how to begin.
func (b *Bot) home(ctx context.Context, a tasks.Actor) (slack.HomeTabViewRequest, error) {
	view := slack.HomeTabViewRequest{Type: slack.VTHomeTab}
	add := func(blocks ...slack.Block) { view.Blocks.BlockSet = append(view.Blocks.BlockSet, blocks...) }
	add(header(b.Text.Say("home.title")))
	if len(a.Posts) == 0 {
		add(section(b.Text.Say("home.no_post")))
		return view, nil
	}
	add(context_(b.Text.Say("home.posts", "Posts", b.postWords(a))))
	var buttons []slack.BlockElement
	if a.Has(tasks.RoleCoordinator) {
		buttons = append(buttons, primary(button("register.open", b.Text.Say("home.register"), target{})))
	}
	add(actions(append(buttons, button("home.refresh", b.Text.Say("home.refresh"), target{}))...))
	departments := departmentsOf(a)
	if a.Has(tasks.RoleSupervisor) {
		departments = nil
	}
	found, err := b.Store.Concerning(ctx, departments, false, listed)
	if err != nil {
		return view, err
	}
	waiting, running := b.shelves(a, found)
	add(b.shelf(a, "home.waiting", waiting, true)...)
	add(b.shelf(a, "home.running", running, false)...)
	add(context_(b.Text.Say("home.footer")))
	return view, nil
}

// shelves parts what waits for the person from what merely runs.
func (b *Bot) shelves(a tasks.Actor, found []tasks.Summary) (waiting, running []tasks.Summary) {
	for _, s := range found {
		if b.waitsFor(a, s) {
			waiting = append(waiting, s)
		} else {
			running = append(running, s)
		}
	}
	return waiting, running
}

func (b *Bot) waitsFor(a tasks.Actor, s tasks.Summary) bool {
	switch {
	case a.Is(tasks.RoleCoordinator, s.Lead):
		return s.Phase == tasks.PhaseDraft || s.Phase == tasks.PhaseApproved || s.Phase == tasks.PhaseHandling && (len(s.Waiting) == 0 || s.Questions > 0)
	case a.Is(tasks.RoleLeader, s.Lead):
		return s.Phase == tasks.PhaseApproving
	}
	for _, unit := range s.Waiting {
		if a.Is(tasks.RoleLiaison, unit) {
			return true
		}
	}
	return false
}

func (b *Bot) shelf(a tasks.Actor, title string, list []tasks.Summary, waiting bool) []slack.Block {
	blocks := []slack.Block{slack.NewDividerBlock(), section("*" + b.Text.Say(title, "N", len(list)) + "*")}
	for _, s := range list {
		blocks = append(blocks, b.listEntry(s))
		if next := b.nextStep(a, s); waiting && next != nil {
			blocks = append(blocks, actions(primary(next)))
		}
	}
	if len(list) == 0 {
		blocks = append(blocks, context_(b.Text.Say("progress.none")))
	}
	return blocks
}

// nextStep is the button for what a waiting proposal waits for, where that can be done right here.
func (b *Bot) nextStep(a tasks.Actor, s tasks.Summary) *slack.ButtonBlockElement {
	t := target{Proposal: s.ID, Department: s.Lead}
	switch {
	case a.Is(tasks.RoleCoordinator, s.Lead) && s.Phase == tasks.PhaseApproved:
		return button("desk.issue", b.Text.Say("desk.button.issue"), t)
	case a.Is(tasks.RoleCoordinator, s.Lead) && s.Phase == tasks.PhaseHandling:
		return button("desk.preview", b.Text.Say("desk.button.preview"), t)
	case a.Is(tasks.RoleLeader, s.Lead) && s.Phase == tasks.PhaseApproving:
		return button("approval.read", b.Text.Say("approval.read"), t)
	}
	for _, unit := range s.Waiting {
		if a.Is(tasks.RoleLiaison, unit) {
			return button("prompt.write", b.Text.Say("prompt.button.write"), target{Proposal: s.ID, Department: unit})
		}
	}
	return nil
}

func (b *Bot) postWords(a tasks.Actor) string {
	var words []string
	for _, post := range a.Posts {
		words = append(words, b.Text.Say("home.post", "Unit", b.City.Directory.Short(post.Department), "Title", post.Title, "Role", b.Text.Say("role."+string(post.Role))))
	}
	return escape(strings.Join(words, "、"))
}

// directMessage takes a coordinator's file as a paper to register; anybody else is shown where to answer.
func (b *Bot) directMessage(ctx context.Context, a act) (outcome, error) {
	bureaus := a.Actor.Departments(tasks.RoleCoordinator)
	if file, ok := firstFile(a.Message.Files); ok && len(bureaus) > 0 {
		return b.intake(ctx, a, bureaus[0], tasks.Head{}, file)
	}
	if !a.Actor.Has(tasks.RoleLiaison) {
		return b.help(ctx, a)
	}
	found, err := b.Store.Concerning(ctx, departmentsOf(a.Actor), false, listed)
	if err != nil {
		return outcome{}, err
	}
	blocks := []slack.Block{section(b.Text.Say("wrong_place.body"))}
	for _, s := range found {
		for _, unit := range s.Waiting {
			if a.Actor.Is(tasks.RoleLiaison, unit) {
				blocks = append(blocks, sectionWith(b.Text.Say("progress.entry", "Number", escape(s.Number), "Title", escape(clip(s.Title, 60)), "Phase", b.Text.Say("phase."+string(s.Phase))),
					button("prompt.write", b.Text.Say("prompt.button.write"), target{Proposal: s.ID, Department: unit})))
			}
		}
	}
	return outcome{Say: b.Text.Say("wrong_place.text"), Show: fit(blocks, nil, context_(b.Text.Say("card.more")))}, nil
}
