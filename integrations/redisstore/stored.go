package redisstore

import (
	"time"

	"huiban/tasks/workday"
)

// schema is the number of the stored form that this file describes. Who changes a field's meaning raises it and teaches
// decodeRecord the older form; the golden test holds schema 1.
const schema = 1

// storedCore is what nearly every step changes. Texts stand in fields of their own. Slices are omitzero, not omitempty:
// an empty list and none are different things.
type storedCore struct {
	Schema      int                `json:"schema"`
	ID          string             `json:"id"`
	Head        storedHead         `json:"head"`
	Lead        string             `json:"lead"`
	Round       int                `json:"round"`
	Assignments []storedAssignment `json:"assignments,omitzero"`
	Reply       storedReply        `json:"reply,omitzero"`
	Drafts      int                `json:"drafts,omitzero"` // how many draft fields there are
	Chain       []int              `json:"chain,omitzero"`
	Due         workday.Due        `json:"due,omitzero"`
	Facts       []storedFact       `json:"facts,omitzero"`
	LastSection int                `json:"last_section"`
	TrailSeq    int64              `json:"trail_seq"`
	TrailHash   string             `json:"trail_hash"`
}

type storedHead struct {
	Number    string       `json:"number,omitzero"`
	Session   string       `json:"session,omitzero"`
	Kind      string       `json:"kind,omitzero"`
	Title     string       `json:"title,omitzero"`
	Proposers []string     `json:"proposers,omitzero"`
	Wished    []string     `json:"wished,omitzero"`
	Contacts  string       `json:"contacts,omitzero"`
	Received  workday.Date `json:"received,omitzero"`
}

type storedFact struct {
	Event   string       `json:"e"`
	At      time.Time    `json:"at,omitzero"`
	By      string       `json:"by,omitzero"`
	Version int          `json:"v,omitzero"`
	Reason  string       `json:"reason,omitzero"`
	Text    string       `json:"text,omitzero"`
	Suggest string       `json:"suggest,omitzero"`
	Until   workday.Date `json:"until,omitzero"`
}

type storedAssignment struct {
	Section    int          `json:"section,omitzero"`
	Department string       `json:"department"`
	Role       string       `json:"role"`
	Due        workday.Due  `json:"due,omitzero"`
	Facts      []storedFact `json:"facts,omitzero"`
	Versions   int          `json:"versions,omitzero"` // how many text fields there are
	Place      int          `json:"place,omitzero"`
	Placement  string       `json:"placement,omitzero"`
	Mention    string       `json:"mention,omitzero"`
}

type storedReply struct {
	Letterhead       string       `json:"letterhead,omitzero"`
	Title            string       `json:"title,omitzero"`
	Salutation       string       `json:"salutation,omitzero"`
	Opening          string       `json:"opening,omitzero"`
	Closing          string       `json:"closing,omitzero"`
	Signature        string       `json:"signature,omitzero"`
	Number           string       `json:"number,omitzero"`
	Date             workday.Date `json:"date,omitzero"`
	Class            string       `json:"class,omitzero"`
	ContactName      string       `json:"contact_name,omitzero"`
	ContactPhone     string       `json:"contact_phone,omitzero"`
	DisclosureMode   string       `json:"disclosure_mode,omitzero"`
	DisclosureReason string       `json:"disclosure_reason,omitzero"`
	CopyList         []string     `json:"copy_list,omitzero"`
}

// storedSource is the paper as it came in; it never changes.
type storedSource struct {
	Text string `json:"text"`
	File string `json:"file,omitzero"`
}

// storedSections seldom change after the dispatch.
type storedSections struct {
	Background []string        `json:"background,omitzero"`
	Sections   []storedSection `json:"sections,omitzero"`
}

type storedSection struct {
	ID          int                `json:"id"`
	Heading     string             `json:"heading"`
	Text        string             `json:"text"`
	Confidence  float64            `json:"confidence,omitzero"`
	Reason      string             `json:"reason,omitzero"`
	Suggestions []storedSuggestion `json:"suggestions,omitzero"`
}

type storedSuggestion struct {
	Unit     string           `json:"unit"`
	Score    float64          `json:"score"`
	Evidence []storedEvidence `json:"evidence,omitzero"`
}

type storedEvidence struct {
	Kind  string  `json:"kind"`
	Word  string  `json:"word"`
	Where string  `json:"where,omitzero"`
	Near  bool    `json:"near,omitzero"`
	Gain  float64 `json:"gain,omitzero"`
}

// storedText is one version of a contribution, written once.
type storedText struct {
	Version int       `json:"version"`
	Text    string    `json:"text"`
	File    string    `json:"file,omitzero"`
	By      string    `json:"by"`
	At      time.Time `json:"at,omitzero"`
}

// storedDraft is one version of the letter, written once.
type storedDraft struct {
	No      int          `json:"no"`
	At      time.Time    `json:"at,omitzero"`
	By      string       `json:"by"`
	Letter  storedLetter `json:"letter"`
	Have    int          `json:"have"`
	Expect  int          `json:"expected"`
	Missing []storedGap  `json:"missing,omitzero"`
}

type storedGap struct {
	Section    int    `json:"section"`
	Department string `json:"department"`
	State      string `json:"state"`
}

type storedLetter struct {
	Letterhead string            `json:"letterhead,omitzero"`
	Number     string            `json:"number,omitzero"`
	Class      string            `json:"class,omitzero"`
	Title      string            `json:"title,omitzero"`
	Salutation string            `json:"salutation,omitzero"`
	Body       []storedParagraph `json:"body,omitzero"`
	Signature  string            `json:"signature,omitzero"`
	Date       string            `json:"date,omitzero"`
	Contact    string            `json:"contact,omitzero"`
	Disclosure string            `json:"disclosure,omitzero"`
	CopyList   string            `json:"copy_list,omitzero"`
}

type storedParagraph struct {
	Kind    string         `json:"kind"`
	Text    string         `json:"text"`
	Sources []storedOrigin `json:"sources,omitzero"`
}

type storedOrigin struct {
	From       int    `json:"from"`
	To         int    `json:"to"`
	Section    int    `json:"section,omitzero"`
	Department string `json:"department,omitzero"`
	Version    int    `json:"version,omitzero"`
}
