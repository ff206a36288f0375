package bot

import (
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// Slack's limits on what a card may hold, in code points; see docs of Block Kit.
const (
	maxSectionRunes = 3000
	maxHeaderRunes  = 150
	maxLabelRunes   = 75
	maxTitleRunes   = 24
	maxInputRunes   = 3000
	maxCardBlocks   = 50
	maxCardRunes    = 12000 // over all blocks; undocumented, refused from about 13,200
)

// escape makes what people typed safe in mrkdwn.
func escape(s string) string {
	if !strings.ContainsAny(s, "&<>") {
		return s
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// clip shortens to n code points with an ellipsis.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

func mrkdwn(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, clip(s, maxSectionRunes), false, false)
}

func plain(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

func label(s string) *slack.TextBlockObject { return plain(clip(s, maxLabelRunes)) }

func header(s string) slack.Block { return slack.NewHeaderBlock(plain(clip(s, maxHeaderRunes))) }

func section(s string) slack.Block { return slack.NewSectionBlock(mrkdwn(s), nil, nil) }

func context_(s string) slack.Block { return slack.NewContextBlock("", mrkdwn(s)) }

func sectionWith(s string, accessory slack.BlockElement) slack.Block {
	return slack.NewSectionBlock(mrkdwn(s), nil, slack.NewAccessory(accessory))
}

func actions(buttons ...slack.BlockElement) slack.Block { return slack.NewActionBlock("", buttons...) }

func button(action, text string, t target) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(action, t.String(), label(text))
}

func primary(b *slack.ButtonBlockElement) *slack.ButtonBlockElement {
	b.Style = slack.StylePrimary
	return b
}

func danger(b *slack.ButtonBlockElement) *slack.ButtonBlockElement {
	b.Style = slack.StyleDanger
	return b
}

// confirmed asks before the button acts.
func (b *Bot) confirmed(btn *slack.ButtonBlockElement, question string) *slack.ButtonBlockElement {
	btn.Confirm = slack.NewConfirmationBlockObject(plain(b.Text.Say("confirm.title")), plain(clip(question, 300)),
		plain(b.Text.Say("confirm.yes")), plain(b.Text.Say("confirm.no")))
	return btn
}

// menu is an overflow menu; its options carry the verb in their target.
func menu(action string, t target, texts [][2]string) *slack.OverflowBlockElement {
	var options []*slack.OptionBlockObject
	for _, vt := range texts {
		t.Verb = vt[0]
		options = append(options, slack.NewOptionBlockObject(t.String(), label(vt[1]), nil))
	}
	return slack.NewOverflowBlockElement(action, options...)
}

// option makes an option whose value is a short code.
func option(value, text string) *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(value, label(text), nil)
}

// runes counts the code points that the blocks show, as Slack does for the limit over a whole message.
func runes(blocks []slack.Block) int {
	n := 0
	for _, blk := range blocks {
		switch x := blk.(type) {
		case *slack.SectionBlock:
			if x.Text != nil {
				n += utf8.RuneCountInString(x.Text.Text)
			}
		case *slack.HeaderBlock:
			n += utf8.RuneCountInString(x.Text.Text)
		case *slack.ContextBlock:
			for _, e := range x.ContextElements.Elements {
				if t, ok := e.(*slack.TextBlockObject); ok {
					n += utf8.RuneCountInString(t.Text)
				}
			}
		}
	}
	return n
}

// fit keeps a card within Slack's bounds: blocks that do not fit are left out before the tail, and more says so.
func fit(blocks, tail []slack.Block, more slack.Block) []slack.Block {
	room, left := maxCardBlocks-len(tail)-1, maxCardRunes-runes(tail)
	for i, blk := range blocks {
		left -= runes([]slack.Block{blk})
		if i >= room || left < 0 {
			return append(append(blocks[:i:i], more), tail...)
		}
	}
	return append(blocks, tail...)
}
