package redisstore

import (
	"time"

	"huiban/tasks"
	"huiban/tasks/letter"
	"huiban/tasks/route"
)

// each maps a slice and keeps the difference between none and an empty one.
func each[A, B any](list []A, f func(A) B) []B {
	if list == nil {
		return nil
	}
	out := make([]B, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}

// instant is UTC without the monotonic reading: what comes back equals what went in.
func instant(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Round(0)
}

func toCore(p *tasks.Proposal) storedCore {
	return storedCore{
		Schema: schema, ID: p.ID, Head: toHead(p.Head), Lead: p.Lead, Round: p.Round,
		Assignments: each(p.Assignments, toAssignment), Reply: toReply(p.Reply), Drafts: len(p.Drafts), Chain: p.Chain,
		Due: p.Due, Facts: each(p.Facts, toFact), LastSection: p.LastSection, TrailSeq: p.Trail.Seq, TrailHash: p.Trail.Hash,
	}
}

func (c storedCore) proposal() *tasks.Proposal {
	return &tasks.Proposal{
		ID: c.ID, Head: c.Head.head(), Lead: c.Lead, Round: c.Round,
		Assignments: each(c.Assignments, storedAssignment.assignment), Reply: c.Reply.reply(), Chain: c.Chain,
		Due: c.Due, Facts: each(c.Facts, storedFact.fact), LastSection: c.LastSection, Trail: tasks.Trail{Seq: c.TrailSeq, Hash: c.TrailHash},
	}
}

func toHead(h tasks.Head) storedHead {
	return storedHead{Number: h.Number, Session: h.Session, Kind: string(h.Kind), Title: h.Title, Proposers: h.Proposers,
		Wished: h.Wished, Contacts: h.Contacts, Received: h.Received}
}

func (h storedHead) head() tasks.Head {
	return tasks.Head{Number: h.Number, Session: h.Session, Kind: tasks.Kind(h.Kind), Title: h.Title, Proposers: h.Proposers,
		Wished: h.Wished, Contacts: h.Contacts, Received: h.Received}
}

func toFact(f tasks.Fact) storedFact {
	return storedFact{Event: string(f.Event), At: instant(f.At), By: f.By, Version: f.Version, Reason: f.Reason, Text: f.Text,
		Suggest: f.Suggest, Until: f.Until}
}

func (f storedFact) fact() tasks.Fact {
	return tasks.Fact{Event: tasks.Event(f.Event), At: f.At, By: f.By, Version: f.Version, Reason: f.Reason, Text: f.Text,
		Suggest: f.Suggest, Until: f.Until}
}

func toAssignment(a tasks.Assignment) storedAssignment {
	return storedAssignment{Section: a.Section, Department: a.Department, Role: string(a.Role), Due: a.Due,
		Facts: each(a.Facts, toFact), Versions: len(a.Versions), Place: a.Place, Placement: string(a.Placement), Mention: a.Mention}
}

func (a storedAssignment) assignment() tasks.Assignment {
	return tasks.Assignment{Section: a.Section, Department: a.Department, Role: tasks.AssignmentRole(a.Role), Due: a.Due,
		Facts: each(a.Facts, storedFact.fact), Place: a.Place, Placement: letter.Placement(a.Placement), Mention: a.Mention}
}

func toReply(r tasks.Reply) storedReply {
	return storedReply{Letterhead: r.Letterhead, Title: r.Title, Salutation: r.Salutation, Opening: r.Opening, Closing: r.Closing,
		Signature: r.Signature, Number: r.Number, Date: r.Date, Class: r.Class, ContactName: r.Contact.Name, ContactPhone: r.Contact.Phone,
		DisclosureMode: r.Disclosure.Mode, DisclosureReason: r.Disclosure.Reason, CopyList: r.CopyList}
}

func (r storedReply) reply() tasks.Reply {
	return tasks.Reply{Letterhead: r.Letterhead, Title: r.Title, Salutation: r.Salutation, Opening: r.Opening, Closing: r.Closing,
		Signature: r.Signature, Number: r.Number, Date: r.Date, Class: r.Class, Contact: tasks.Contact{Name: r.ContactName, Phone: r.ContactPhone},
		Disclosure: tasks.Disclosure{Mode: r.DisclosureMode, Reason: r.DisclosureReason}, CopyList: r.CopyList}
}

func toSection(s tasks.Section) storedSection {
	return storedSection{ID: s.ID, Heading: s.Heading, Text: s.Text, Confidence: s.Confidence, Reason: s.Reason,
		Suggestions: each(s.Suggestions, func(g route.Suggestion) storedSuggestion {
			return storedSuggestion{Unit: g.Unit, Score: g.Score, Evidence: each(g.Evidence, func(e route.Evidence) storedEvidence {
				return storedEvidence{Kind: string(e.Kind), Word: e.Word, Where: string(e.Where), Near: e.Near, Gain: e.Gain}
			})}
		})}
}

func toText(v tasks.Contribution) storedText {
	return storedText{Version: v.Version, Text: v.Text, File: v.File, By: v.By, At: instant(v.At)}
}

func (v storedText) contribution() tasks.Contribution {
	return tasks.Contribution{Version: v.Version, Text: v.Text, File: v.File, By: v.By, At: v.At}
}

func toDraft(d tasks.DraftVersion) storedDraft {
	l := d.Letter
	return storedDraft{No: d.No, At: instant(d.At), By: d.By, Have: d.Ready.Have, Expect: d.Ready.Expected,
		Missing: each(d.Ready.Missing, func(g tasks.Gap) storedGap {
			return storedGap{Section: g.Section, Department: g.Department, State: string(g.State)}
		}),
		Letter: storedLetter{Letterhead: l.Letterhead, Number: l.Number, Class: l.Class, Title: l.Title, Salutation: l.Salutation,
			Body: each(l.Body, toParagraph), Signature: l.Signature, Date: l.Date, Contact: l.Contact, Disclosure: l.Disclosure, CopyList: l.CopyList}}
}

func (d storedDraft) draft() tasks.DraftVersion {
	l := d.Letter
	return tasks.DraftVersion{No: d.No, At: d.At, By: d.By,
		Ready: tasks.Readiness{Have: d.Have, Expected: d.Expect, Missing: each(d.Missing, func(g storedGap) tasks.Gap {
			return tasks.Gap{Section: g.Section, Department: g.Department, State: tasks.State(g.State)}
		})},
		Letter: letter.Letter{Letterhead: l.Letterhead, Number: l.Number, Class: l.Class, Title: l.Title, Salutation: l.Salutation,
			Body: each(l.Body, storedParagraph.paragraph), Signature: l.Signature, Date: l.Date, Contact: l.Contact, Disclosure: l.Disclosure, CopyList: l.CopyList}}
}

func toParagraph(p letter.Paragraph) storedParagraph {
	return storedParagraph{Kind: string(p.Kind), Text: p.Text, Sources: each(p.Sources, func(s letter.Source) storedOrigin {
		return storedOrigin{From: s.From, To: s.To, Section: s.Section, Department: s.Department, Version: s.Version}
	})}
}

func (p storedParagraph) paragraph() letter.Paragraph {
	return letter.Paragraph{Kind: letter.ParagraphKind(p.Kind), Text: p.Text, Sources: each(p.Sources, func(s storedOrigin) letter.Source {
		return letter.Source{From: s.From, To: s.To, Section: s.Section, Department: s.Department, Version: s.Version}
	})}
}

func (s storedSection) section() tasks.Section {
	return tasks.Section{ID: s.ID, Heading: s.Heading, Text: s.Text, Confidence: s.Confidence, Reason: s.Reason,
		Suggestions: each(s.Suggestions, func(g storedSuggestion) route.Suggestion {
			return route.Suggestion{Unit: g.Unit, Score: g.Score, Evidence: each(g.Evidence, toEvidence)}
		})}
}

func toEvidence(e storedEvidence) route.Evidence {
	return route.Evidence{Kind: route.Kind(e.Kind), Word: e.Word, Where: route.Where(e.Where), Near: e.Near, Gain: e.Gain}
}
