// Package split reads the plain text of a proposal: the facts of its head, the
// suggestions it makes (its sections), and what is neither.
//
// Invariants:
//   - Head.Spans, Head.Contacts, Background and Sections cover Result.Source
//     without a gap or an overlap; nothing of the text is lost silently.
//   - Offsets are byte offsets into Result.Source, the NFC form of the input;
//     headings and texts are tidied copies and never change the offsets.
//   - Parse takes linear time, keeps no state and never fails: what it is not
//     sure of it says by Confidence, Reason, Warnings and Alternative.
//
// How it works: lines → head fields by their labels → numbering marks of the body as
// an outline → passages with what can be seen of them → the sequence of roles that
// suits them best, by weights learned from labelled papers (docs/splitting.md).
package split

// Kind tells the two sorts of papers apart.
type Kind string

// The kinds; an empty Kind means that the text does not tell.
const (
	KindProposal   Kind = "政协提案"
	KindSuggestion Kind = "人大建议"
)

// Span is the half-open byte range [Start, End) of Result.Source.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Head is what the text says about itself. Fields that it does not hold are empty.
type Head struct {
	Number    string   `json:"number,omitempty"`  // a string: leading zeros and letters count
	Session   string   `json:"session,omitempty"` // as written: 中山市政协十二届四次会议
	Kind      Kind     `json:"kind,omitempty"`
	Title     string   `json:"title,omitempty"`
	Proposers []string `json:"proposers,omitempty"`
	Others    string   `json:"others,omitempty"` // what follows the names: 等, 等5人
	Wished    []string `json:"wished,omitempty"` // units that the proposers would like to handle it
	Date      string   `json:"date,omitempty"`   // 2006-01-02

	Spans    []Span `json:"spans,omitempty"`
	Contacts []Span `json:"contacts,omitempty"` // personal data: for the lead only
}

// Reason says how a section was recognised.
type Reason string

// The reasons. How sure a section is stands in its Confidence.
const (
	ReasonListed    Reason = "listed"    // an item of a numbered list under a heading for suggestions
	ReasonNumbered  Reason = "numbered"  // an item of a numbered list, no such heading
	ReasonInline    Reason = "inline"    // numbered inside a paragraph
	ReasonOnly      Reason = "only"      // the one suggestion under a heading for suggestions
	ReasonParagraph Reason = "paragraph" // a paragraph under a heading for suggestions, without numbers
	ReasonSense     Reason = "sense"     // a sentence that suggests something
	ReasonWhole     Reason = "whole"     // nothing told suggestions and background apart
)

// Section is one suggestion, 办理事项.
type Section struct {
	No      int    `json:"no"`
	Heading string `json:"heading"`           // without its numbering and final punctuation
	Derived bool   `json:"derived,omitempty"` // the heading was made from the text's first clause
	Text    string `json:"text"`              // without a heading of its own line or sentence; never empty
	Span
	Confidence float64 `json:"confidence"`
	Reason     Reason  `json:"reason"`
}

// Reading is one way to divide the body.
type Reading struct {
	Background []Span    `json:"background,omitempty"`
	Sections   []Section `json:"sections,omitempty"`
}

// Warning is something that a person should look at.
type Warning string

// The warnings.
const (
	WarnEmpty     Warning = "empty"      // no text at all
	WarnNoTitle   Warning = "no_title"   // no title was found
	WarnNoNumber  Warning = "no_number"  // no proposal number was found
	WarnGap       Warning = "gap"        // numbers are missing or repeated in a list
	WarnBySense   Warning = "by_sense"   // no numbering: divided by the words
	WarnWhole     Warning = "whole"      // the whole body became one section
	WarnManyParts Warning = "many_parts" // more sections than MaxSections; the rest is in the last one
)

// MaxSections bounds the number of sections.
const MaxSections = 60

// Result is what Parse found.
type Result struct {
	Source      string    `json:"-"`
	Head        Head      `json:"head"`
	Background  []Span    `json:"background,omitempty"`
	Sections    []Section `json:"sections,omitempty"`
	Warnings    []Warning `json:"warnings,omitempty"`
	Alternative *Reading  `json:"alternative,omitempty"` // set when another reading is nearly as likely
}

// Parse reads one proposal. The caller bounds the text's size.
func Parse(text string) Result {
	d, h, o := prepare(text)
	res := Result{Source: d.src}
	main, alt := d.choose(h, o)
	h.readTail(d, &main, o.end)
	if alt != nil {
		alt.clip(main.end)
	}
	h.finish(d)
	res.Head = h.Head
	main.write(d, h, &res.Head.Spans, &res.Head.Contacts, &res.Background, &res.Sections)
	if alt != nil && len(alt.sections) > 0 && len(res.Sections) > 0 {
		var spans, contacts []Span
		res.Alternative = &Reading{}
		alt.write(d, h, &spans, &contacts, &res.Alternative.Background, &res.Alternative.Sections)
	}
	res.Warnings = d.warnings(o, main, res)
	return res
}

// prepare finds the lines, the head and the marks of a text.
func prepare(text string) (*document, *head, *outline) {
	d := &document{src: normal(text)}
	d.lines = scanLines(d.src)
	d.width = wrapWidth(d.src, d.lines)
	h := d.readHead()
	return d, h, d.outline(h.body, d.tail(h.body))
}

func (d *document) warnings(o *outline, r reading, res Result) (out []Warning) {
	if len(res.Sections) == 0 {
		out = append(out, WarnEmpty)
	}
	if res.Head.Title == "" {
		out = append(out, WarnNoTitle)
	}
	if res.Head.Number == "" {
		out = append(out, WarnNoNumber)
	}
	if o.gap {
		out = append(out, WarnGap)
	}
	for _, s := range res.Sections[:min(1, len(res.Sections))] {
		switch s.Reason {
		case ReasonSense, ReasonParagraph:
			out = append(out, WarnBySense)
		case ReasonWhole:
			out = append(out, WarnWhole)
		}
	}
	if r.many {
		out = append(out, WarnManyParts)
	}
	return out
}
