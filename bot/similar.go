package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"huiban/tasks"
	"huiban/tasks/route"
)

const (
	shownSimilar = 3
	lookedAt     = 8 // candidates, some of which the person may not see
)

// likeBlocks tells the coordinator of earlier papers like p that the coordinator may see, and of units that are
// usually copied on the like.
func (b *Bot) likeBlocks(ctx context.Context, p *tasks.Proposal, a tasks.Actor) ([]slack.Block, error) {
	var blocks []slack.Block
	for _, l := range b.City.Experience.Similar(p, lookedAt) {
		if len(blocks) == shownSimilar {
			break
		}
		blk, err := b.likeBlock(ctx, l, a)
		if err != nil {
			return nil, err
		}
		if blk != nil {
			blocks = append(blocks, blk)
		}
	}
	if len(blocks) > 0 {
		blocks = slices.Insert(blocks, 0, context_(b.Text.Say("similar.intro")))
	}
	var names []string
	for _, l := range b.City.Experience.AlsoCopied(b.City, p, b.Now()) {
		names = append(names, b.City.Directory.Short(l.Unit))
	}
	if len(names) > 0 {
		blocks = append(blocks, context_(b.Text.Say("similar.copied", "Units", strings.Join(names, "、"))))
	}
	return blocks, nil
}

// likeBlock shows one earlier paper; nil when it is gone or not for this person.
func (b *Bot) likeBlock(ctx context.Context, l tasks.Likeness, a tasks.Actor) (slack.Block, error) {
	phase := b.Text.Say("similar.letter")
	if !l.Letter() {
		p, err := b.Store.Load(ctx, l.Proposal)
		if tasks.CodeOf(err) == tasks.NotFound || err == nil && !p.Sees(a) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		phase = b.Text.Say("phase." + string(p.Phase()))
	}
	lines := []string{b.Text.Say("similar.entry", "Number", escape(orDash(l.Number)), "Title", escape(clip(l.Title, 60)), "Phase", phase,
		"Lead", escape(b.City.Directory.Short(l.Lead)), "Percent", int(l.Score*100+0.5), "Words", escape(strings.Join(l.Words, "、")))}
	if l.Score >= tasks.TooClose {
		hint := "similar.together"
		if l.Letter() {
			hint = "similar.answered"
		}
		lines = append(lines, b.Text.Say(hint))
	}
	text := strings.Join(lines, "\n")
	if l.Letter() {
		return section(text), nil
	}
	return sectionWith(text, button("progress.open", b.Text.Say("progress.open"), target{Proposal: l.Proposal})), nil
}

// noted puts notes below the head of the coordinator's card, within Slack's bounds.
func (b *Bot) noted(p *tasks.Proposal, shown face, notes []slack.Block) face {
	if len(notes) == 0 {
		return shown
	}
	end := len(shown.Blocks) - len(b.draftTail(p))
	body := slices.Concat(shown.Blocks[:2], notes, shown.Blocks[2:end])
	shown.Blocks = fit(body, shown.Blocks[end:], context_(b.Text.Say("card.more")))
	return shown
}

// ground is one reason for or against a unit.
func (b *Bot) ground(e route.Evidence) string {
	switch {
	case e.Gain < 0:
		return b.Text.Say("similar.against", "Case", e.Word)
	case e.Kind == route.KindLearned:
		return b.Text.Say("similar.case", "Case", e.Word)
	}
	return e.Word
}

// toAsk asks about units that are likely enough to be shown and not likely enough to be chosen.
func (b *Bot) toAsk(p *tasks.Proposal, s tasks.Section) string {
	var names []string
	for _, sug := range s.Suggestions[:min(len(s.Suggestions), shownSuggestions)] {
		if _, chosen := p.Assignment(s.ID, sug.Unit); !chosen && sug.Score < route.Press {
			names = append(names, b.City.Directory.Short(sug.Unit))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return b.Text.Say("similar.ask", "Units", strings.Join(names, "、"))
}
