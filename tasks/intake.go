package tasks

import (
	"time"

	"github.com/google/uuid"
)

// Intake is a proposal that came in as a file and waits to be fetched, read and registered. It is kept before the
// sender's click is acknowledged, so that a crash loses no paper.
type Intake struct {
	ID       string
	By       string // person
	Lead     string // department id
	Head     Head   // what the form said
	FileID   string
	FileName string
	At       time.Time
	Failed   string // message id of why it could not be registered; "" while waiting or done
	Proposal string // id of the proposal it became
}

// NewIntake derives the id from sender and file, so that sending the same file twice is one intake.
func NewIntake(now time.Time, by, lead string, h Head, fileID, fileName string) Intake {
	id := uuid.NewSHA1(proposalSpace, []byte("intake|"+by+"|"+fileID)).String()
	return Intake{ID: id, By: by, Lead: lead, Head: h, FileID: fileID, FileName: fileName, At: now}
}
