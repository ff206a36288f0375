package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/slack-go/slack"

	"huiban/integrations/slackapi"
	"huiban/tasks"
)

// Metadata types of the bot's messages; a delivery that is repeated after a crash finds its message by them.
const (
	cardMetadata   = "huiban_card"
	noticeMetadata = "huiban_notice"
	// RefusalMetadata marks the word that a paper could not be registered.
	RefusalMetadata = "huiban_refusal"
)

// face is what a card shows.
type face struct {
	Text   string // for notifications and screen readers
	Blocks []slack.Block
}

// cards says how each card looks to its recipient, as things stand.
func (b *Bot) draw(p *tasks.Proposal, d tasks.Delivery) face {
	actor := b.people.holding(d.Recipient)
	switch d.Name {
	case tasks.CardHeadline:
		return b.headline(p)
	case tasks.CardDesk:
		return b.desk(p, actor)
	case tasks.CardPrompt:
		return b.prompt(p, actor, d.Unit)
	case tasks.CardApproval:
		return b.approvalCard(p, actor)
	}
	return face{}
}

// drawn is draw, and tells the coordinator of papers like one that is to be checked, above all of one that may be
// registered twice.
func (b *Bot) drawn(ctx context.Context, p *tasks.Proposal, d tasks.Delivery) (face, error) {
	shown := b.draw(p, d)
	if d.Name != tasks.CardDesk || p.Phase() != tasks.PhaseDraft {
		return shown, nil
	}
	notes, err := b.likeBlocks(ctx, p, b.people.holding(d.Recipient))
	if err != nil {
		return shown, err
	}
	twin, err := b.twin(ctx, p)
	if err != nil {
		return shown, err
	}
	return b.noted(p, shown, append(twin, notes...)), nil
}

// twin warns of another paper with the same number.
func (b *Bot) twin(ctx context.Context, p *tasks.Proposal) ([]slack.Block, error) {
	if p.Head.Number == "" {
		return nil, nil
	}
	found, err := b.Store.ByNumber(ctx, p.Head.Number)
	if err != nil {
		return nil, err
	}
	for _, s := range found {
		if s.ID != p.ID && s.Lead == p.Lead && s.Phase != tasks.PhaseCancelled {
			return []slack.Block{context_(b.Text.Say("desk.twin", "Title", escape(clip(s.Title, 60))))}, nil
		}
	}
	return nil, nil
}

func cardKey(d tasks.Delivery) string {
	return strings.Join([]string{d.Name, d.Unit, d.Recipient}, "|")
}

// bringCard brings one recipient's card up to date: posts it the first time, edits it afterwards, leaves it when it
// shows the state already.
func (b *Bot) bringCard(ctx context.Context, j tasks.Job) error {
	d := j.Delivery
	if d.Name == tasks.CardHome {
		return b.bringHome(ctx, d.Recipient)
	}
	p, err := b.Store.Load(ctx, j.Proposal)
	if err != nil {
		return err
	}
	at, posted, err := b.Store.Posted(ctx, j.Proposal, cardKey(d))
	if err != nil {
		return err
	}
	shown, err := b.drawn(ctx, p, d)
	if err != nil {
		return err
	}
	digest := digestOf(shown)
	if posted && at.Digest == digest {
		return nil
	}
	m := slackapi.Message{Text: shown.Text, Blocks: shown.Blocks,
		Metadata: &slackapi.Metadata{Type: cardMetadata, Payload: map[string]any{"proposal": j.Proposal, "card": cardKey(d)}}}
	if !posted {
		if at.Channel, err = b.place(ctx, d); err != nil {
			return err
		}
		if j.Attempt > 1 {
			if at.TS, posted, err = b.findMessage(ctx, at.Channel, "", *m.Metadata); err != nil {
				return err
			}
		}
	}
	m.Channel = at.Channel
	if posted {
		err = b.Chat.Update(ctx, at.Channel, at.TS, m)
		if code := slackapi.Code(err); code != "message_not_found" && code != "cant_update_message" {
			if err != nil {
				return err
			}
			at.Digest = digest
			return b.Store.Remember(ctx, j.Proposal, cardKey(d), at)
		}
	}
	if at.TS, err = b.Chat.Post(ctx, m); err != nil {
		return err
	}
	at.Digest = digest
	return b.Store.Remember(ctx, j.Proposal, cardKey(d), at)
}

// findMessage looks for a message with exactly this metadata.
func (b *Bot) findMessage(ctx context.Context, channel, thread string, want slackapi.Metadata) (string, bool, error) {
	return b.Chat.FindByMetadata(ctx, channel, thread, want.Type, func(have map[string]any) bool {
		for k, v := range want.Payload {
			if have[k] != v {
				return false
			}
		}
		return true
	}, 200)
}

// place is the channel where a recipient's cards stand: the lead's channel for the headline, a direct message for
// everybody else.
func (b *Bot) place(ctx context.Context, d tasks.Delivery) (string, error) {
	if d.Recipient != d.Unit && d.Name != tasks.CardHeadline {
		return b.directChannel(ctx, d.Recipient)
	}
	return b.leadChannel(ctx, d.Recipient)
}

func (b *Bot) directChannel(ctx context.Context, person string) (string, error) {
	user, err := b.people.account(ctx, person)
	if err != nil {
		return "", err
	}
	return b.Chat.OpenDM(ctx, user)
}

// leadChannel is where a bureau's headlines stand; without a channel, the first coordinator's direct messages.
func (b *Bot) leadChannel(ctx context.Context, department string) (string, error) {
	if name := b.Channels(department); name != "" {
		channel, err := b.Chat.FindChannel(ctx, name)
		if err == nil {
			err = b.Chat.JoinChannel(ctx, channel)
		}
		switch code := slackapi.Code(err); {
		case err == nil, code == "method_not_supported_for_channel_type": // a private channel: somebody has invited the bot
			return channel, nil
		case code != "channel_not_found" && code != "is_archived" && (code != "" || !slackapi.Permanent(err)):
			return "", err
		}
		b.Log.Warn("no such channel; using the coordinator's direct messages", "department", department)
	}
	holders := b.City.Directory.Holders(department, tasks.RoleCoordinator)
	if len(holders) == 0 {
		return "", slackapi.ErrNotFound
	}
	return b.directChannel(ctx, holders[0].Person.Key)
}

func digestOf(f face) string {
	raw, err := json.Marshal(f.Blocks)
	if err != nil {
		raw = nil
	}
	sum := sha256.Sum256(append(raw, f.Text...))
	return hex.EncodeToString(sum[:16])
}
