package tasks

import (
	"time"

	"huiban/tasks/workday"
)

// Event is a step that somebody took: on an assignment or on the proposal.
type Event string

// Steps on an assignment.
const (
	Assign   Event = "assign"    // 交办
	Accept   Event = "accept"    // 签收; Suggest may name a unit to be added
	Submit   Event = "submit"    // 报送会办意见, or the lead's own text
	Adopt    Event = "adopt"     // 采用
	SendBack Event = "send_back" // 退回补充; Text is the remark
	Return   Event = "return"    // 退办; Reason coded, Suggest the unit thought responsible
	Uphold   Event = "uphold"    // 退办不成立; Text is the ground
	Reassign Event = "reassign"  // 改派; Suggest is the new unit
	Withdraw Event = "withdraw"  // 撤回交办
	Waive    Event = "waive"     // 免报; Text is the reason
	Extend   Event = "extend"    // 申请延期; Until, Text
	Grant    Event = "grant"     // 同意延期; Until
	Refusal  Event = "refuse"    // 不同意延期; Text
	Remind   Event = "remind"    // 催办; Reason is the stage
	Attach   Event = "attach"    // a file came in and is being read
	Unread   Event = "unread"    // the file could not be read; Reason says why
)

// Steps on the proposal.
const (
	Register Event = "register" // 登记
	Dispatch Event = "dispatch" // 交办
	Amend    Event = "amend"    // head, sections or units changed
	Draft    Event = "draft"    // a draft of the reply was made
	Request  Event = "request"  // 送审
	Review   Event = "review"   // 审核同意, others follow
	Sign     Event = "sign"     // 签发
	Reject   Event = "reject"   // 退回修改
	Recall   Event = "recall"   // 撤回送审
	Issue    Event = "issue"    // 印发答复
	Cancel   Event = "cancel"   // 撤案
)

// Fact is one step that was taken. Facts are only ever appended.
type Fact struct {
	Event   Event
	At      time.Time
	By      string // person
	Version int    // of the contribution or draft that the step is about; 0 when about none
	Reason  string // a code
	Text    string // in the actor's own words
	Suggest string // department id
	Until   workday.Date
}

func last(facts []Fact, events ...Event) *Fact {
	for i := len(facts) - 1; i >= 0; i-- {
		for _, e := range events {
			if facts[i].Event == e {
				return &facts[i]
			}
		}
	}
	return nil
}
