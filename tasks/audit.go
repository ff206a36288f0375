package tasks

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// AuditEvent is one recorded step of a proposal. Hash covers every other field, Prev included, so that no event can be
// changed, dropped or inserted without breaking the chain.
type AuditEvent struct {
	Seq        int64             `json:"seq"` // from 1
	Proposal   string            `json:"proposal"`
	At         time.Time         `json:"at"` // UTC
	Actor      string            `json:"actor"`
	Unit       string            `json:"unit,omitempty"` // department on whose behalf, or that it is about
	Event      Event             `json:"event"`
	Section    int               `json:"section,omitempty"`
	Department string            `json:"department,omitempty"`
	Version    int               `json:"version,omitempty"`
	Reason     string            `json:"reason,omitempty"`
	Text       string            `json:"text,omitempty"`
	Suggest    string            `json:"suggest,omitempty"`
	Until      string            `json:"until,omitempty"`
	Changed    map[string]string `json:"changed,omitempty"`
	Prev       string            `json:"prev"`
	Hash       string            `json:"hash"`
}

// Trail is the head of a proposal's audit chain.
type Trail struct {
	Seq  int64
	Hash string
}

func (e AuditEvent) sum() string {
	e.Hash = ""
	b, err := json.Marshal(e) // field order is fixed and map keys are sorted, so this form is canonical
	if err != nil {
		panic(fmt.Sprintf("tasks: audit event does not marshal: %v", err)) // only strings, numbers and times
	}
	return Digest(string(b))
}

// Digest is the SHA-256 of a text in hexadecimal.
func Digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// record appends an event to the chain; the store writes it in the same commit as the state.
func (p *Proposal) record(a Actor, f Fact, section int, department string, changed map[string]string) {
	e := AuditEvent{
		Seq: p.Trail.Seq + 1, Proposal: p.ID, At: f.At.UTC(), Actor: a.Person, Event: f.Event, Section: section,
		Version: f.Version, Reason: f.Reason, Text: f.Text, Suggest: f.Suggest, Changed: changed, Prev: p.Trail.Hash,
	}
	if section != 0 || department != p.Lead {
		e.Department = department
	}
	e.Unit = p.Lead
	if a.Is(RoleLiaison, department) {
		e.Unit = department
	}
	if !f.Until.IsZero() {
		e.Until = f.Until.String()
	}
	e.Hash = e.sum()
	p.Trail = Trail{Seq: e.Seq, Hash: e.Hash}
	p.events = append(p.events, e)
}

// Events lists what was recorded since the proposal was loaded; a decision that changed nothing leaves it empty.
func (p *Proposal) Events() []AuditEvent { return p.events }

// Committed forgets the recorded events once the store has them.
func (p *Proposal) Committed() { p.events = nil }

// VerifyTrail checks a proposal's whole chain, oldest first, and names the first event that does not fit.
func VerifyTrail(events []AuditEvent) error {
	var prev Trail
	for i, e := range events {
		switch {
		case e.Seq != prev.Seq+1:
			return fmt.Errorf("event %d: number %d follows %d", i+1, e.Seq, prev.Seq)
		case e.Prev != prev.Hash:
			return fmt.Errorf("event %d: does not continue the one before", e.Seq)
		case e.Hash != e.sum():
			return fmt.Errorf("event %d: its contents do not match its hash", e.Seq)
		}
		prev = Trail{Seq: e.Seq, Hash: e.Hash}
	}
	return nil
}
