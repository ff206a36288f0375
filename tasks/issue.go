package tasks

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"huiban/tasks/workday"
)

// Issuing is what a signed letter still needs before it goes out.
type Issuing struct {
	Number     string // 发文字号; may be empty: many cities' replies carry none
	Date       workday.Date
	Class      string
	Contact    Contact
	Disclosure Disclosure
	CopyList   []string // nil: as proposed
}

// numberForm is 代字〔年份〕序号号, GB/T 9704-2012 7.2.5: no 第, no leading zero. A 代字 may hold letters and brackets.
var (
	numberForm = regexp.MustCompile(`^[\p{Han}A-Za-z（）]{2,20}〔[12]\d{3}〕[1-9]\d{0,4}号$`)
	numberYear = regexp.MustCompile(`[\[(【〔]([12]\d{3})[\])】〕]第?0*`)
)

// SoundNumber puts a document number into its form: brackets 〔〕, no 第, no blanks, no leading zero.
func SoundNumber(s string) (string, error) {
	s = numberYear.ReplaceAllString(nameKey(s), "〔$1〕")
	s = strings.NewReplacer("(", "（", ")", "）").Replace(s)
	if s != "" && !numberForm.MatchString(s) {
		return "", Refuse(Invalid, "error.document_number").On("number")
	}
	return s, nil
}

// Issue sends the signed letter out (印发答复) and keeps it as the last version of the draft.
func (p *Proposal) Issue(c *City, now time.Time, a Actor, is Issuing) error {
	if p.Phase() == PhaseIssued && p.CoordinatedBy(a) {
		return nil
	}
	if err := p.check(a, Issue); err != nil {
		return err
	}
	next := p.Reply
	var err error
	if next.Number, err = SoundNumber(is.Number); err != nil {
		return err
	}
	switch {
	case is.Date.IsZero():
		return Refuse(Invalid, "error.issue_date").On("date")
	case is.Date.Before(p.Head.Received):
		return Refuse(Invalid, "error.issue_date_early", "Received", p.Head.Received.String()).On("date")
	case is.Class != "" && !slices.Contains(c.Rules.Classes, is.Class):
		return Refuse(Invalid, "error.class").On("class")
	case !slices.Contains(DisclosureModes, is.Disclosure.Mode):
		return Refuse(Invalid, "error.disclosure").On("disclosure")
	case is.Disclosure.Mode == "不予公开" && strings.TrimSpace(is.Disclosure.Reason) == "":
		return Refuse(Invalid, "error.disclosure_reason").On("disclosure_reason")
	case utf8.RuneCountInString(is.Contact.Name+is.Contact.Phone) > 100:
		return Refuse(TooLarge, "error.text_too_long", "Max", 100).On("contact")
	}
	if is.CopyList != nil {
		if next.CopyList, err = soundCopyList(c, is.CopyList); err != nil {
			return err
		}
	} else {
		next.CopyList = p.CopyList(c)
	}
	next.Date, next.Class, next.Disclosure = is.Date, is.Class, is.Disclosure
	next.Disclosure.Reason = Clean(is.Disclosure.Reason)
	next.Contact = Contact{Name: Clean(is.Contact.Name), Phone: Clean(is.Contact.Phone)}
	p.Reply = next
	d := p.signed()
	d.No, d.At, d.By = len(p.Drafts)+1, now, a.Person
	d.Letter = p.frame(c, d.Letter)
	p.Drafts = append(p.Drafts, d)
	p.step(a, Fact{Event: Issue, At: now, Version: d.No, Text: next.Number}, map[string]string{"digest": Digest(d.Letter.Text())})
	return nil
}

// signed is the draft that the last leader signed. What units have sent since is not in it and does not go out.
func (p *Proposal) signed() DraftVersion { return p.Drafts[last(p.Facts, Sign).Version-1] }

// Issued returns the letter that went out; ok is false before.
func (p *Proposal) Issued() (DraftVersion, bool) {
	f := last(p.Facts, Issue)
	if f == nil {
		return DraftVersion{}, false
	}
	return p.Drafts[f.Version-1], true
}
