// Package letter is the consolidated reply as text: its parts in their order, how a contribution is turned into the
// lead's voice, and where each paragraph came from. It knows nothing of proposals or file formats.
//
// Invariants: no character of a contribution is lost or invented, except the first-person words that Voice replaces
// and reports; every paragraph of the body carries its provenance.
package letter

import "strings"

// Placement is how a text joins what stands before it.
type Placement string

const (
	OwnParagraph Placement = ""       // begins a paragraph
	RunIn        Placement = "run-in" // goes on in the paragraph before it
)

// ParagraphKind is what a paragraph of the body is.
type ParagraphKind string

const (
	Body    ParagraphKind = "body"
	Heading ParagraphKind = "heading" // 一、…
	Gap     ParagraphKind = "gap"     // 【待××局补充】
)

// Source names whose words stand in a stretch of a paragraph, From and To in runes. A stretch without a department is
// the template's.
type Source struct {
	From, To   int
	Section    int
	Department string
	Version    int
}

// Paragraph is one paragraph of the body.
type Paragraph struct {
	Kind    ParagraphKind
	Text    string
	Sources []Source
}

// Letter is a whole reply (答复). Empty parts are left out when it is written.
type Letter struct {
	Letterhead string // 发文机关标志
	Number     string // 发文字号
	Class      string // A, B, C
	Title      string
	Salutation string
	Body       []Paragraph
	Signature  string
	Date       string // 2020年9月15日
	Contact    string // （联系人：…）
	Disclosure string // 公开方式：主动公开
	CopyList   string // 抄送：…。
}

// Text is the letter as plain text, a line a paragraph: the twin of the .docx.
func (l Letter) Text() string {
	lines := []string{l.Letterhead, l.Number, l.Title, l.Salutation}
	for _, p := range l.Body {
		lines = append(lines, p.Text)
	}
	lines = append(lines, l.Signature, l.Date, l.Contact, l.Disclosure, l.CopyList)
	var b strings.Builder
	for _, line := range lines {
		if line != "" {
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// Gaps counts the places where a unit's words are still missing.
func (l Letter) Gaps() int {
	n := 0
	for _, p := range l.Body {
		if p.Kind == Gap {
			n++
		}
	}
	return n
}
