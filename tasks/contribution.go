package tasks

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"huiban/tasks/workday"
)

// Contribution is one version of what a unit sent (会办意见), or of the lead's own text, in its own words.
type Contribution struct {
	Version int
	Text    string
	File    string // name of the file it was read from; "" when typed
	By      string
	At      time.Time
}

// Latest is the newest version; ok is false when nothing was sent.
func (as Assignment) Latest() (c Contribution, ok bool) {
	if len(as.Versions) == 0 {
		return c, false
	}
	return as.Versions[len(as.Versions)-1], true
}

// Says reports whether the text is what the unit's newest version says already.
func (as Assignment) Says(text string) bool {
	c, ok := as.Latest()
	return ok && c.Text == Clean(text)
}

// Quoted is the version that the letter uses: the adopted one, else the newest.
func (as Assignment) Quoted() (Contribution, bool) {
	if f := as.Last(Adopt); f != nil && as.State() == Adopted {
		return as.Versions[f.Version-1], true
	}
	return as.Latest()
}

// TakeOver accepts a section (签收). suggest may name a unit that should be asked as well; the lead decides on it.
func (p *Proposal) TakeOver(c *City, now time.Time, a Actor, section int, department, suggest string) error {
	if as, ok := p.Assignment(section, department); ok && a.Is(RoleLiaison, department) && as.State() == Accepted && suggest == "" {
		return nil
	}
	if suggest != "" {
		d, err := p.suggestable(c, department, suggest)
		if err != nil {
			return err
		}
		suggest = d.ID
	}
	return p.take(a, section, department, Fact{Event: Accept, At: now, Suggest: suggest}, nil)
}

// Submit hands in a text as a new version; the same words again change nothing.
func (p *Proposal) Submit(c *City, now time.Time, a Actor, section int, department, text, file string) error {
	as, err := p.takes(a, section, department, Submit)
	if err != nil {
		return err
	}
	text = Clean(text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return Refuse(Invalid, "error.text_empty").On("text")
	case n > c.Rules.MaxTextRunes:
		return Refuse(TooLarge, "error.text_too_long", "Max", c.Rules.MaxTextRunes, "Have", n).On("text")
	}
	if v, ok := as.Latest(); ok && v.Text == text && (as.State() == Submitted || as.State() == Adopted) {
		return nil
	}
	v := Contribution{Version: len(as.Versions) + 1, Text: text, File: file, By: a.Person, At: now}
	as.Versions = append(as.Versions, v)
	return p.take(a, section, department, Fact{Event: Submit, At: now, Version: v.Version},
		map[string]string{"digest": Digest(text), "runes": strconv.Itoa(utf8.RuneCountInString(text))})
}

// Clean puts a typed or read text into the form that is stored: lines without trailing spaces, no empty lines, no
// control characters. What people wrote is otherwise left as it is.
func Clean(text string) string {
	var lines []string
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		line = strings.TrimFunc(strings.Map(printable, line), isBlank)
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func printable(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case r < 0x20, r == 0x7f, r == utf8.RuneError, r == '\ufeff', r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return -1
	}
	return r
}

func isBlank(r rune) bool {
	return r == ' ' || r == '\u3000' || r == '\u00a0' || r == '\t' || r == '\n'
}

// Adopt takes a contribution into the letter (采用). version is the one that the coordinator has read; a newer one that
// came in meanwhile must be read first. 0 stands for the newest.
func (p *Proposal) Adopt(now time.Time, a Actor, section int, department string, version int) error {
	if as, ok := p.Assignment(section, department); ok && p.CoordinatedBy(a) && as.State() == Adopted {
		return nil
	}
	as, err := p.takes(a, section, department, Adopt)
	if err != nil {
		return err
	}
	if version != 0 && version != len(as.Versions) {
		return Refuse(Illegal, "error.contribution_superseded")
	}
	return p.take(a, section, department, Fact{Event: Adopt, At: now, Version: len(as.Versions)}, nil)
}

// SendBack returns a contribution to its unit with a remark (退回补充).
func (p *Proposal) SendBack(now time.Time, a Actor, section int, department, remark string) error {
	as, err := p.takes(a, section, department, SendBack)
	if err != nil {
		return err
	}
	if remark, err = reason(remark); err != nil {
		return err
	}
	return p.take(a, section, department, Fact{Event: SendBack, At: now, Version: len(as.Versions), Text: remark}, nil)
}

// Attach notes that a file came in for a section; a worker reads it and then calls Read or CannotRead.
func (p *Proposal) Attach(now time.Time, a Actor, section int, department, fileID, name string) error {
	as, err := p.takes(a, section, department, Attach)
	if err != nil {
		return err
	}
	if f := as.Reading(); f != nil && f.Text == fileID {
		return nil
	}
	return p.take(a, section, department, Fact{Event: Attach, At: now, Text: fileID, Reason: name}, nil)
}

// Read submits the text of the attached file in the name of whoever attached it. by holds that person's posts of now.
func (p *Proposal) Read(c *City, now time.Time, by Actor, section int, department, text string) error {
	as, ok := p.Assignment(section, department)
	if !ok || as.Reading() == nil || as.Reading().By != by.Person {
		return nil
	}
	return p.Submit(c, now, by, section, department, text, as.Reading().Reason)
}

// CannotRead notes why an attached file gave no text; code is the message for its sender.
func (p *Proposal) CannotRead(now time.Time, section int, department, code string) error {
	as, ok := p.Assignment(section, department)
	if !ok || as.Reading() == nil {
		return nil
	}
	return p.take(System, section, department, Fact{Event: Unread, At: now, Reason: code, Text: as.Reading().By}, nil)
}

// WaiveAnswer goes on without a unit's answer (免报): a silent unit must not block the letter. Only the lead's leader
// decides that, with a reason; for the lead's own text the coordinator may.
func (p *Proposal) WaiveAnswer(now time.Time, a Actor, section int, department, why string) error {
	as, err := p.takes(a, section, department, Waive)
	if err != nil {
		return err
	}
	if as.Role == Contributor {
		if why, err = reason(why); err != nil {
			return err
		}
	} else if !p.answeredByOthers(section) {
		return Refuse(Illegal, "error.section_unanswered")
	}
	return p.take(a, section, department, Fact{Event: Waive, At: now, Text: why}, nil)
}

// answeredByOthers reports whether a section has a contributor who answers it.
func (p *Proposal) answeredByOthers(section int) bool {
	return slices.ContainsFunc(p.AssignmentsOf(section), func(as Assignment) bool {
		return as.Role == Contributor && as.State() != Waived
	})
}

// WithdrawAssignment takes a section back from a unit (撤回交办).
func (p *Proposal) WithdrawAssignment(now time.Time, a Actor, section int, department, why string) error {
	return p.take(a, section, department, Fact{Event: Withdraw, At: now, Text: strings.TrimSpace(why)}, nil)
}

const maxReasonRunes = 500

// reason checks a ground that somebody must give.
func reason(text string) (string, error) {
	text = Clean(text)
	if text == "" {
		return "", Refuse(Invalid, "error.reason_empty").On("reason")
	}
	if utf8.RuneCountInString(text) > maxReasonRunes {
		return "", Refuse(TooLarge, "error.text_too_long", "Max", maxReasonRunes).On("reason")
	}
	return text, nil
}

// AskExtension asks the lead for more time (延期).
func (p *Proposal) AskExtension(now time.Time, a Actor, section int, department string, until workday.Date, why string) error {
	as, err := p.takes(a, section, department, Extend)
	if err != nil {
		return err
	}
	if why, err = reason(why); err != nil {
		return err
	}
	if err := p.soundExtension(as, until); err != nil {
		return err
	}
	if f := as.Extension(); f != nil && f.Until == until && f.Text == why {
		return nil
	}
	return p.take(a, section, department, Fact{Event: Extend, At: now, Until: until, Text: why}, nil)
}

// soundExtension: later than the date in force, and not after the lead's own answer is due.
func (p *Proposal) soundExtension(as *Assignment, until workday.Date) error {
	if !until.After(as.DueNow()) {
		return Refuse(Invalid, "error.extension_earlier", "Due", as.DueNow().String()).On("until")
	}
	if !p.Due.Date.IsZero() && until.After(p.Due.Date) {
		return Refuse(Invalid, "error.extension_after_reply", "Due", p.Due.Date.String()).On("until")
	}
	return nil
}

// GrantExtension agrees to more time; until may differ from what was asked.
func (p *Proposal) GrantExtension(now time.Time, a Actor, section int, department string, until workday.Date) error {
	as, err := p.asked(a, section, department, Grant)
	if err != nil || as == nil {
		return err
	}
	if until.IsZero() {
		until = as.Extension().Until
	}
	if err := p.soundExtension(as, until); err != nil {
		return err
	}
	return p.take(a, section, department, Fact{Event: Grant, At: now, Until: until}, nil)
}

// RefuseExtension keeps the date.
func (p *Proposal) RefuseExtension(now time.Time, a Actor, section int, department, why string) error {
	as, err := p.asked(a, section, department, Refusal)
	if err != nil || as == nil {
		return err
	}
	return p.take(a, section, department, Fact{Event: Refusal, At: now, Text: Clean(why)}, nil)
}

func (p *Proposal) asked(a Actor, section int, department string, e Event) (*Assignment, error) {
	as, err := p.takes(a, section, department, e)
	if err != nil {
		return nil, err
	}
	if as.Extension() == nil {
		return nil, Refuse(Illegal, "error.no_extension_asked")
	}
	return as, nil
}
