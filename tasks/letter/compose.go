package letter

import (
	"strings"
	"unicode/utf8"
)

// Block is one unit's words in a section; an empty Text is a gap to be filled by that unit.
type Block struct {
	Department string // id, for the provenance
	Name       string // how the letter names the unit
	Self       []string
	Version    int
	Text       string
	Placement  Placement
	Own        bool // the lead's own words: left in their voice
}

// Topic is one section of the reply.
type Topic struct {
	Section int
	Heading string
	Blocks  []Block
}

// Compose writes the topics' paragraphs: a heading each, the blocks in their order, gaps visible.
func Compose(t Template, topics []Topic) []Paragraph {
	var body []Paragraph
	for i, topic := range topics {
		if len(topics) > 1 || t.SingleHead {
			body = append(body, Paragraph{Kind: Heading, Text: Ordinal(i+1) + "、" + Fill(t.Heading, "heading", InnerQuotes(topic.Heading))})
		}
		first := len(body)
		for _, b := range topic.Blocks {
			body = appendBlock(t, body, first, topic.Section, b)
		}
	}
	return body
}

func appendBlock(t Template, body []Paragraph, first, section int, b Block) []Paragraph {
	if b.Text == "" {
		text := Fill(t.Gap, "department", b.Name)
		return append(body, Paragraph{Kind: Gap, Text: text, Sources: []Source{{0, utf8.RuneCountInString(text), section, b.Department, 0}}})
	}
	text := b.Text
	if !b.Own {
		text, _ = Voice(text, b.Self, b.Name)
	}
	for i, line := range strings.Split(text, "\n") {
		n := utf8.RuneCountInString(line)
		if i == 0 && b.Placement == RunIn && len(body) > first && body[len(body)-1].Kind == Body {
			p := &body[len(body)-1]
			at := utf8.RuneCountInString(p.Text)
			p.Text += line
			p.Sources = append(p.Sources, Source{at, at + n, section, b.Department, b.Version})
			continue
		}
		body = append(body, Paragraph{Kind: Body, Text: line, Sources: []Source{{0, n, section, b.Department, b.Version}}})
	}
	return body
}
