package wiring

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"huiban/integrations/redisstore"
	"huiban/tasks"
)

// ExportAudit writes every proposal's audit trail, an event a line, proposal by proposal in the order of their ids.
func ExportAudit(ctx context.Context, store *redisstore.Store, w io.Writer) error {
	var ids []string
	if err := store.AllIDs(ctx, func(id string) error {
		ids = append(ids, id)
		return nil
	}); err != nil {
		return err
	}
	slices.Sort(ids)
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, id := range ids {
		events, err := store.Trail(ctx, id)
		if err != nil {
			return err
		}
		for _, e := range events {
			if err := enc.Encode(e); err != nil {
				return fmt.Errorf("audit: %w", err)
			}
		}
	}
	return out.Flush()
}

const maxAuditLine = 1 << 20

// VerifyAudit reads an exported trail and checks every proposal's chain. It returns how many proposals and events it
// has checked; the error names the line or the event that does not fit.
func VerifyAudit(r io.Reader) (proposals, events int, err error) {
	trails := map[string][]tasks.AuditEvent{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxAuditLine)
	for n := 1; lines.Scan(); n++ {
		var e tasks.AuditEvent
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return 0, 0, fmt.Errorf("line %d: %w", n, err)
		}
		trails[e.Proposal] = append(trails[e.Proposal], e)
		events++
	}
	if err := lines.Err(); err != nil {
		return 0, 0, fmt.Errorf("audit: %w", err)
	}
	for id, trail := range trails {
		if err := tasks.VerifyTrail(trail); err != nil {
			return 0, 0, fmt.Errorf("proposal %s: %w", id, err)
		}
	}
	return len(trails), events, nil
}
