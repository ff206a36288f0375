// Package lettertext reads the facts of a reply letter (答复) from its plain
// text: what a past letter says about itself, for learning from it, for finding
// it again, and for measuring what the bot writes.
//
// Invariants:
//   - Letter keeps no state, takes time linear in the text and never fails:
//     facts that the text does not hold are empty.
//   - Values are the text's own characters with white space removed (dates,
//     Kind and Class excepted); nothing is made up.
//   - Only the head, the first paragraph and the foot are read for facts about
//     the letter, so that what the body cites (a policy's number) is none.
//
// How it works: lines → salutation, which parts head and body → signature and
// date, which part body and foot → each part is searched for its own facts.
// Matching is done on a copy with traditional characters made simplified and
// signs made half-width; it has the offsets of the original in runes.
package lettertext

import "huiban/tasks/split"

// Origin says where the lead was found.
type Origin string

// The origins, from the most to the least certain.
const (
	FromSignature  Origin = "signature"
	FromTitle      Origin = "title"
	FromLetterhead Origin = "letterhead"
	FromContact    Origin = "contact" // 联系单位
	FromPage       Origin = "page"    // 发布机构 of the page that it stood on
	FromIntro      Origin = "intro"
)

// Facts is what a letter says about itself.
type Facts struct {
	Title     string     `json:"title"`
	DocNo     string     `json:"doc_no"`    // 发文字号, brackets as they stand
	Addressee string     `json:"addressee"` // 主送, without its colon
	Date      string     `json:"date"`      // 2006-01-02
	Lead      string     `json:"lead"`
	LeadFrom  Origin     `json:"lead_from"`
	Kind      split.Kind `json:"kind"`
	Session   string     `json:"session"` // as written

	ProposalNo    string `json:"proposal_no"`
	ProposalTitle string `json:"proposal_title"`

	Sections    []Section `json:"sections"`
	Departments []string  `json:"departments_mentioned"` // in the body, without the lead
	CopyList    []string  `json:"cc"`
	Contacts    []Contact `json:"contacts"`
	Disclosure  string    `json:"disclosure"`
	Class       string    `json:"result_class"` // A, B, C, D; 甲 is A
	Signer      string    `json:"signer"`
}

// Section is a numbered part of the body.
type Section struct {
	Heading     string   `json:"heading"` // as it stands, with its number; empty when the number begins a paragraph
	Quoted      string   `json:"quoted"`  // the suggestion that it answers, when the heading names one
	Text        string   `json:"text"`    // without the heading
	Departments []string `json:"departments"`
}

// Contact is a person to ask. Name or Phone may be missing.
type Contact struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// Letter reads a letter without a directory.
func Letter(text string) Facts { return New(nil).Letter(text) }

// Reader reads letters and knows units by name. It is immutable.
type Reader struct{ names []string }

// New makes a Reader that also recognises these names of units in a text.
func New(names []string) *Reader { return &Reader{names: byLength(names)} }

// Letter reads a letter. The caller bounds the text's size.
func (r *Reader) Letter(text string) Facts {
	p := newPaper(text)
	var f Facts
	p.salutation(&f)
	p.ending(&f)
	p.title(&f)
	p.docNo(&f)
	p.proposal(&f)
	p.lead(&f, r)
	p.marks(&f)
	p.copyList(&f)
	p.contacts(&f)
	for _, s := range p.sections() {
		s.Departments = r.Departments(s.Text)
		f.Sections = append(f.Sections, s)
	}
	for _, d := range r.Departments(p.body()) {
		if !Same(d, f.Lead) {
			f.Departments = append(f.Departments, d)
		}
	}
	return f
}
