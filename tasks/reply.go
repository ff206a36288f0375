package tasks

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"huiban/tasks/letter"
	"huiban/tasks/workday"
)

// Reply is what the lead decides about the letter beyond the contributions. Empty fields take the city's template.
type Reply struct {
	Letterhead string
	Title      string
	Salutation string
	Opening    string
	Closing    string
	Signature  string

	Number     string
	Date       workday.Date
	Class      string
	Contact    Contact
	Disclosure Disclosure
	CopyList   []string // names in order; nil: as proposed by CopyList
}

// Contact is whom the proposers may call about the letter.
type Contact struct {
	Name  string
	Phone string
}

// Disclosure is the mark on publication (公开方式).
type Disclosure struct {
	Mode   string // 主动公开, 依申请公开, 不予公开
	Reason string // for 不予公开
}

// DisclosureModes lists the marks in use.
var DisclosureModes = []string{"主动公开", "依申请公开", "不予公开"}

const maxPassageRunes = 3000

// Phrase sets the letter's frame: title, salutation, opening, closing, signature, letterhead.
func (p *Proposal) Phrase(now time.Time, a Actor, r Reply) error {
	if err := p.check(a, Draft); err != nil {
		return err
	}
	next := p.Reply
	next.Letterhead, next.Title, next.Salutation = Clean(r.Letterhead), Clean(r.Title), Clean(r.Salutation)
	next.Opening, next.Closing, next.Signature = Clean(r.Opening), Clean(r.Closing), Clean(r.Signature)
	for field, v := range map[string]string{"letterhead": next.Letterhead, "title": next.Title, "salutation": next.Salutation,
		"opening": next.Opening, "closing": next.Closing, "signature": next.Signature} {
		if utf8.RuneCountInString(v) > maxPassageRunes {
			return Refuse(TooLarge, "error.text_too_long", "Max", maxPassageRunes).On(field)
		}
	}
	if next.equal(p.Reply) {
		return nil
	}
	p.Reply = next
	p.record(a, Fact{Event: Amend, At: now}, 0, p.Lead, map[string]string{"reply": Digest(next.Title + next.Opening + next.Closing)})
	return nil
}

func (r Reply) equal(o Reply) bool {
	return r.Letterhead == o.Letterhead && r.Title == o.Title && r.Salutation == o.Salutation && r.Opening == o.Opening &&
		r.Closing == o.Closing && r.Signature == o.Signature && r.Number == o.Number && r.Date == o.Date && r.Class == o.Class &&
		r.Contact == o.Contact && r.Disclosure == o.Disclosure && slices.Equal(r.CopyList, o.CopyList)
}

// Arrangement is how one contribution stands in its section.
type Arrangement struct {
	Department string
	Placement  letter.Placement
	Mention    string
}

// Arrange orders a section's contributions and sets how each joins the text and how its unit is named.
func (p *Proposal) Arrange(c *City, now time.Time, a Actor, section int, list []Arrangement) error {
	if err := p.check(a, Draft); err != nil {
		return err
	}
	if p.sectionIndex(section) < 0 {
		return Refuse(NotFound, "error.section_unknown")
	}
	next := slices.Clone(p.Assignments)
	var seen []string
	for n, ar := range list {
		i := p.assignmentIndex(section, ar.Department)
		if i < 0 || p.Assignments[i].Role != Contributor {
			return Refuse(NotFound, "error.assignment_unknown").On("order")
		}
		if slices.Contains(seen, ar.Department) {
			return Refuse(Invalid, "error.order_twice").On("order")
		}
		if ar.Mention != "" {
			if d, err := c.Directory.Resolve(ar.Mention); err != nil || d.ID != ar.Department {
				return Refuse(Invalid, "error.mention", "Name", ar.Mention).On("mention")
			}
		}
		seen = append(seen, ar.Department)
		next[i].Place, next[i].Placement, next[i].Mention = n+1, ar.Placement, ar.Mention
	}
	before := p.AssignmentsOf(section)
	was := p.Assignments
	p.Assignments = next
	if slices.EqualFunc(before, p.AssignmentsOf(section), func(x, y Assignment) bool {
		return x.Department == y.Department && x.Placement == y.Placement && x.Mention == y.Mention
	}) {
		p.Assignments = was
		return nil
	}
	p.record(a, Fact{Event: Amend, At: now}, section, p.Lead, map[string]string{"arranged": strconv.Itoa(len(list))})
	return nil
}

// Consolidate merges everything into one letter (汇总) as it stands now: the lead's words first, contributions after
// them in the third person, what is missing as a visible gap.
func (p *Proposal) Consolidate(c *City) letter.Letter {
	t, lead, kind := c.Letter, p.leadUnit(c), string(p.Head.Kind)
	names := strings.TrimSuffix(strings.Join(p.Head.Proposers, "、"), t.Member[kind])
	you := t.YouOne
	if p.many() {
		you = t.YouMany
	}
	l := letter.Letter{
		Letterhead: or(p.Reply.Letterhead, lead.Letterhead),
		Title:      or(p.Reply.Title, letter.Fill(t.Title[kind], "lead", lead.Official, "session", p.Head.Session, "number", p.ordinalNumber(), "title", letter.InnerTitle(p.Head.Title))),
		Salutation: or(p.Reply.Salutation, letter.Fill(t.Salutation, "proposers", names, "member", t.Member[kind])),
		Signature:  or(p.Reply.Signature, lead.Official),
	}
	l.Body = append(l.Body, letter.Paragraph{Kind: letter.Body, Text: letter.Fill(t.Intro[kind], "you", you, "session", p.Head.Session, "title", letter.InnerTitle(p.Head.Title), "number", p.ordinalNumber())})
	l.Body = append(l.Body, p.leadParagraphs(p.Reply.Opening)...)
	l.Body = append(l.Body, letter.Compose(t, p.topics(c))...)
	l.Body = append(l.Body, p.leadParagraphs(p.Reply.Closing)...)
	l.Body = append(l.Body, p.leadParagraphs(t.Ending)...)
	return p.frame(c, l)
}

// frame puts in what stands around the text: number, class, date, contact, mark and copy list as they are now.
func (p *Proposal) frame(c *City, l letter.Letter) letter.Letter {
	t := c.Letter
	l.Number, l.Class, l.CopyList = p.Reply.Number, p.Reply.Class, p.CopyLine(c)
	if !p.Reply.Date.IsZero() {
		d := p.Reply.Date
		l.Date = strconv.Itoa(d.Year) + "年" + strconv.Itoa(int(d.Month)) + "月" + strconv.Itoa(d.Day) + "日"
	}
	if p.Reply.Contact != (Contact{}) {
		l.Contact = letter.Fill(t.Contact, "name", p.Reply.Contact.Name, "phone", p.Reply.Contact.Phone)
	}
	if p.Reply.Disclosure.Mode != "" {
		l.Disclosure = letter.Fill(t.Disclosure, "mode", p.Reply.Disclosure.Mode)
	}
	return l
}

func or(own, standard string) string {
	if own != "" {
		return own
	}
	return standard
}

func (p *Proposal) leadUnit(c *City) Department {
	d, ok := c.Directory.Department(p.Lead)
	if !ok {
		return Department{ID: p.Lead, Short: p.Lead, Official: p.Lead}
	}
	return d
}

// many reports whether the letter speaks to several people: more than one name, or 等 after the first.
func (p *Proposal) many() bool {
	return len(p.Head.Proposers) > 1 || len(p.Head.Proposers) == 1 && strings.HasSuffix(p.Head.Proposers[0], "等")
}

// ordinalNumber writes the number as it is cited: 第124302号; a number that already says so stays.
func (p *Proposal) ordinalNumber() string {
	if n := p.Head.Number; strings.HasPrefix(n, "第") || strings.HasSuffix(n, "号") {
		return n // 第4404号(教育类410号), 提字第9号
	}
	return "第" + p.Head.Number + "号"
}

func (p *Proposal) leadParagraphs(text string) []letter.Paragraph {
	var ps []letter.Paragraph
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			ps = append(ps, letter.Paragraph{Kind: letter.Body, Text: line, Sources: []letter.Source{{To: utf8.RuneCountInString(line), Department: p.Lead}}})
		}
	}
	return ps
}

func (p *Proposal) topics(c *City) []letter.Topic {
	var topics []letter.Topic
	for _, s := range p.Sections {
		topic := letter.Topic{Section: s.ID, Heading: s.Heading}
		for _, as := range p.AssignmentsOf(s.ID) {
			if b, ok := p.block(c, as); ok {
				topic.Blocks = append(topic.Blocks, b)
			}
		}
		topics = append(topics, topic)
	}
	return topics
}

func (p *Proposal) block(c *City, as Assignment) (letter.Block, bool) {
	v, written := as.Quoted()
	st := as.State()
	if as.Role == Inform || st == Waived || (st == Returned && !written) {
		return letter.Block{}, false
	}
	d, ok := c.Directory.Department(as.Department)
	if !ok {
		d = Department{ID: as.Department, Short: as.Department}
	}
	b := letter.Block{Department: as.Department, Name: d.Short, Version: v.Version, Text: v.Text, Placement: as.Placement, Own: as.Role == Lead, Self: d.Self}
	if written {
		b.Name = or(as.Mention, d.MentionName())
	}
	return b, true
}

// Readiness says how far the letter is from complete.
type Readiness struct {
	Expected int // texts that the letter waits for or has
	Have     int // the lead's own, and contributions that are adopted
	Missing  []Gap
}

// Gap is one text that is missing or not yet taken into the letter.
type Gap struct {
	Section    int
	Department string
	State      State
}

// Complete reports whether nothing is missing.
func (r Readiness) Complete() bool { return len(r.Missing) == 0 }

// Percent is the share that is there, 0 to 100.
func (r Readiness) Percent() int {
	if r.Expected == 0 {
		return 100
	}
	return 100 * r.Have / r.Expected
}

// Received counts the texts that have come in, adopted or not yet.
func (p *Proposal) Received() int {
	n := 0
	for i := range p.Assignments {
		switch as := &p.Assignments[i]; as.State() {
		case Submitted, Adopted:
			if p.sectionIndex(as.Section) >= 0 {
				n++
			}
		}
	}
	return n
}

// Readiness counts the texts that the letter needs: the lead's own in every section, and every contributor's, adopted.
// A section of which all were waived or withdrawn waits for the lead: the letter answers every section.
func (p *Proposal) Readiness() Readiness {
	var r Readiness
	for _, s := range p.Sections {
		before := r.Expected
		for _, as := range p.AssignmentsOf(s.ID) {
			st := as.State()
			if as.Role == Inform || st == Waived {
				continue
			}
			r.Expected++
			if st == Adopted || as.Role == Lead && st == Submitted {
				r.Have++
				continue
			}
			r.Missing = append(r.Missing, Gap{Section: s.ID, Department: as.Department, State: st})
		}
		if r.Expected == before {
			r.Expected++
			r.Missing = append(r.Missing, Gap{Section: s.ID, Department: p.Lead, State: Waived})
		}
	}
	return r
}
