package redisstore

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"huiban/tasks"
)

// The kinds of members that are no deliveries. Deliveries are named by tasks.DeliveryKind.
const (
	jobTimer  = "timer"
	jobIntake = "intake"
)

// member is a job's canonical form, by which the queue knows that two plans mean the same thing: a JSON list of the
// kind and what it is about. It holds nothing that changes from one claim to the next.
func member(j tasks.Job) string {
	var parts []string
	switch {
	case j.Intake != "":
		parts = []string{jobIntake, j.Intake}
	case j.Timer != "":
		parts = []string{jobTimer, j.Proposal, j.Timer}
	default:
		d := j.Delivery
		parts = []string{string(d.Kind), j.Proposal, d.Name, d.Unit, d.Recipient, strconv.FormatInt(d.Seq, 10)}
	}
	b, err := json.Marshal(parts)
	if err != nil {
		panic(fmt.Sprintf("redisstore: strings do not marshal: %v", err))
	}
	return string(b)
}

// parseMember is the inverse of member.
func parseMember(m string) (tasks.Job, error) {
	var parts []string
	if err := json.Unmarshal([]byte(m), &parts); err != nil {
		return tasks.Job{}, fmt.Errorf("redisstore: job: %w", err)
	}
	switch {
	case len(parts) == 2 && parts[0] == jobIntake:
		return tasks.Job{Intake: parts[1]}, nil
	case len(parts) == 3 && parts[0] == jobTimer:
		return tasks.Job{Proposal: parts[1], Timer: parts[2]}, nil
	case len(parts) == 6:
		seq, err := strconv.ParseInt(parts[5], 10, 64)
		if err != nil {
			return tasks.Job{}, fmt.Errorf("redisstore: job: %w", err)
		}
		return tasks.Job{Proposal: parts[1], Delivery: tasks.Delivery{
			Kind: tasks.DeliveryKind(parts[0]), Name: parts[2], Unit: parts[3], Recipient: parts[4], Seq: seq}}, nil
	}
	return tasks.Job{}, fmt.Errorf("redisstore: job of %d parts", len(parts))
}

// jobShard is where a job is kept.
func jobShard(j tasks.Job) int {
	if j.Intake != "" {
		return shardOf(j.Intake)
	}
	return shardOf(j.Proposal)
}

// jobID is what the outside knows a job by: its shard, a digest of the member and, while it is claimed, the token.
func jobID(shard int, m, token string) string {
	id := fmt.Sprintf("%02d-%s", shard, digest(m))
	if token != "" {
		id += "/" + token
	}
	return id
}

// splitID is the inverse of jobID as far as that goes.
func splitID(id string) (shard int, parked, token string, ok bool) {
	parked, token, _ = strings.Cut(id, "/")
	no, _, found := strings.Cut(parked, "-")
	shard, err := strconv.Atoi(no)
	return shard, parked, token, found && err == nil && shard >= 0 && shard < shards
}
