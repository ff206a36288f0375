package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huiban/config"
	"huiban/integrations/workspace/member"
	"huiban/tasks"
)

func builtInCity(t *testing.T) *config.Config {
	t.Helper()
	cfg, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// tally counts what stands in a workspace, whoever may see it.
type tally struct {
	cards   map[string]int // proposal and card
	notices map[string]int // proposal, audit event and recipient
	files   map[string]int // thread and name
}

type metadata struct {
	EventType string         `json:"event_type"`
	Payload   map[string]any `json:"event_payload"`
}

// count looks into every conversation of every member.
func count(ctx context.Context, c *member.Client) (tally, error) {
	tl := tally{cards: map[string]int{}, notices: map[string]int{}, files: map[string]int{}}
	boot, err := c.Boot(ctx)
	if err != nil {
		return tl, err
	}
	seen := map[string]bool{}
	for _, person := range boot.Members {
		if person.IsBot {
			continue
		}
		m := c.As(person.ID)
		list, err := m.Conversations(ctx)
		if err != nil {
			return tl, err
		}
		for _, conversation := range list {
			if seen[conversation.ID] {
				continue
			}
			seen[conversation.ID] = true
			if err := tl.conversation(ctx, m, conversation.ID); err != nil {
				return tl, err
			}
		}
	}
	return tl, nil
}

func (tl tally) conversation(ctx context.Context, m *member.Member, id string) error {
	list, err := m.Messages(ctx, id)
	if err != nil {
		return err
	}
	for _, msg := range list {
		tl.message(id, msg)
		if msg.ReplyCount == 0 {
			continue
		}
		thread, err := m.Thread(ctx, id, msg.TS)
		if err != nil {
			return err
		}
		for _, reply := range thread {
			if reply.TS != msg.TS {
				tl.message(id+" "+msg.TS, reply)
			}
		}
	}
	return nil
}

func (tl tally) message(place string, msg member.Message) {
	if !msg.Bot {
		return
	}
	var meta metadata
	_ = json.Unmarshal(msg.Metadata, &meta)
	switch meta.EventType {
	case "huiban_card":
		tl.cards[fmt.Sprintf("%v %v", meta.Payload["proposal"], meta.Payload["card"])]++
	case "huiban_notice":
		tl.notices[fmt.Sprintf("%v %v %v", meta.Payload["proposal"], meta.Payload["seq"], meta.Payload["recipient"])]++
	}
	for _, f := range msg.Files {
		tl.files[place+" "+f.Name]++
	}
}

// once fails the test for everything that stands there twice.
func (tl tally) once(t *testing.T) {
	t.Helper()
	for kind, counts := range map[string]map[string]int{"card": tl.cards, "notice": tl.notices, "file": tl.files} {
		for what, n := range counts {
			if n != 1 {
				t.Errorf("%s %s: %d times", kind, what, n)
			}
		}
	}
}

// outline is a tally without what differs from play to play: ids, places, numbers of events. Two plays of a case have
// the same outline, however often they were disturbed.
func (tl tally) outline(trail []tasks.AuditEvent) []string {
	lines := map[string]bool{}
	for card := range tl.cards {
		_, name, _ := strings.Cut(card, " ")
		lines["card "+name] = true
	}
	events := map[string]tasks.AuditEvent{}
	for _, e := range trail {
		events[fmt.Sprintf("%s %d", e.Proposal, e.Seq)] = e
	}
	for notice := range tl.notices {
		parts := strings.Split(notice, " ")
		e := events[parts[0]+" "+parts[1]]
		lines[fmt.Sprintf("notice %s %d %s to %s", e.Event, e.Section, e.Department, parts[2])] = true
	}
	return slices.Sorted(maps.Keys(lines))
}

// sameOutline compares with the outline of an undisturbed play.
func sameOutline(t *testing.T, got, want []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what people have differs from an undisturbed play (-want +got):\n%s", diff)
	}
}

// trailOf parses an exported audit trail.
func trailOf(t *testing.T, exported []byte) []tasks.AuditEvent {
	t.Helper()
	var trail []tasks.AuditEvent
	for line := range strings.Lines(string(exported)) {
		var e tasks.AuditEvent
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		trail = append(trail, e)
	}
	return trail
}
