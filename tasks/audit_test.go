package tasks_test

import (
	"encoding/json"
	"slices"
	"testing"

	"huiban/tasks"
)

func trail(t *testing.T) []tasks.AuditEvent {
	t.Helper()
	pl := handling(t)
	pl.complete()
	pl.sign()
	pl.ok(pl.p.Issue(pl.city, pl.now, pl.coordinator(), issuing()))
	if last := pl.trail[len(pl.trail)-1]; last.Seq != pl.p.Trail.Seq || last.Hash != pl.p.Trail.Hash {
		t.Fatalf("the proposal's trail ends at %+v, the events at %d", pl.p.Trail, last.Seq)
	}
	return pl.trail
}

func TestTrailSurvivesStorage(t *testing.T) {
	t.Parallel()
	raw, err := json.Marshal(trail(t))
	if err != nil {
		t.Fatal(err)
	}
	var back []tasks.AuditEvent
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if err := tasks.VerifyTrail(back); err != nil {
		t.Errorf("an honest trail: %v", err)
	}
}

func TestTamperingShows(t *testing.T) {
	t.Parallel()
	honest := trail(t)
	if len(honest) < 10 {
		t.Fatalf("only %d events", len(honest))
	}
	for _, tt := range []struct {
		name   string
		change func([]tasks.AuditEvent) []tasks.AuditEvent
	}{
		{"another actor", func(es []tasks.AuditEvent) []tasks.AuditEvent { es[3].Actor = "x"; return es }},
		{"another time", func(es []tasks.AuditEvent) []tasks.AuditEvent { es[3].At = es[3].At.Add(1); return es }},
		{"another text", func(es []tasks.AuditEvent) []tasks.AuditEvent { es[5].Text += "改"; return es }},
		{"another unit", func(es []tasks.AuditEvent) []tasks.AuditEvent { es[5].Department = labor; return es }},
		{"one dropped", func(es []tasks.AuditEvent) []tasks.AuditEvent { return slices.Delete(es, 4, 5) }},
		{"first dropped", func(es []tasks.AuditEvent) []tasks.AuditEvent { return es[1:] }},
		{"one twice", func(es []tasks.AuditEvent) []tasks.AuditEvent { return slices.Insert(es, 4, es[3]) }},
		{"two swapped", func(es []tasks.AuditEvent) []tasks.AuditEvent { es[3], es[4] = es[4], es[3]; return es }},
		{"own hash made anew", func(es []tasks.AuditEvent) []tasks.AuditEvent {
			es[3].Hash = tasks.Digest("forged")
			return es
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if err := tasks.VerifyTrail(tt.change(slices.Clone(honest))); err == nil {
				t.Error("not noticed")
			}
		})
	}
}
