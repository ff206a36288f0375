package redisstore

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
	"huiban/tasks/route"
)

// testLessons: what one process confirmed, another one suggests.
func testLessons(h *harness) {
	theirs := *h.city
	theirs.Experience = tasks.NewExperience(h.city.Directory, 0)
	theirs.Router = route.New([]route.Unit{{ID: "justice", Handles: true}, {ID: "labour", Handles: true}, {ID: "civil", Handles: true}})
	p := h.dispatched("1")
	other := New(h.client, Options{City: &theirs, Prefix: h.prefix, Now: func() time.Time { return h.now }})

	cursor, err := theirs.Experience.CatchUp(h.ctx, other, "")
	h.ok(err)
	if n := theirs.Experience.Len(); n != len(p.Sections) {
		h.Fatalf("%d sections are known, want %d", n, len(p.Sections))
	}
	next := draftPaper(h, &theirs, "2")
	// The router knows no duties here: whatever is suggested was learned.
	if got := next.Sections[0].Suggestions; len(got) != 2 || got[0].Score < route.Show || got[0].Evidence[0].Kind != route.KindLearned {
		h.Errorf("suggestions: %+v", got)
	}
	if got := theirs.Experience.Similar(next, 3); len(got) != 1 || got[0].Proposal != p.ID || got[0].Score < tasks.TooClose {
		h.Errorf("similar: %+v", got)
	}

	// A section is taken away from a unit: the next lesson replaces the earlier one.
	_, err = h.store.Update(h.ctx, p.ID, "", func(p *tasks.Proposal) error {
		return p.WithdrawAssignment(start, actor("civil", tasks.RoleCoordinator), p.Sections[0].ID, "labour", "")
	})
	h.ok(err)
	lessons, after, err := other.LessonsSince(h.ctx, cursor, 100)
	h.ok(err)
	if len(lessons) != 1 || !slices.Equal(lessons[0].Units, []string{"justice"}) || !slices.Equal(lessons[0].Not, []string{"labour"}) ||
		lessons[0].ID() != fmt.Sprintf("%s/%d", p.ID, p.Sections[0].ID) || !lessons[0].At.Equal(start) {
		h.Errorf("lessons: %+v", lessons)
	}
	rest, same, err := other.LessonsSince(h.ctx, after, 100)
	h.ok(err)
	if len(rest) != 0 || same != after {
		h.Errorf("there is more: %+v", rest)
	}
	if _, _, err := other.LessonsSince(h.ctx, "1,2", 100); err == nil {
		h.Error("a cursor of another store is taken")
	}
}

func testTeach(h *harness) {
	var want []string
	for i := range 40 {
		l := tasks.Lesson{Proposal: fmt.Sprint(tasks.LetterPrefix, i), Section: 1, Heading: "装灯", Units: []string{"justice"}, At: start}
		want = append(want, l.ID())
		for try := range 2 {
			kept, err := h.another().Teach(h.ctx, fmt.Sprint("digest", i), []tasks.Lesson{l})
			h.ok(err)
			if kept != (try == 0) {
				h.Errorf("letter %d, try %d: kept %t", i, try+1, kept)
			}
		}
	}
	var got []string
	for cursor := ""; ; {
		lessons, next, err := h.store.LessonsSince(h.ctx, cursor, 3) // fewer than there are shards
		h.ok(err)
		if len(lessons) == 0 {
			break
		}
		for _, l := range lessons {
			got = append(got, l.ID())
		}
		cursor = next
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		h.Error(diff)
	}
}

func TestLessonsAreBounded(t *testing.T) {
	t.Parallel()
	backends(t, func(t *testing.T, b backend) {
		key := keys{"bounded"}.lessons(3)
		taught := keys{"bounded"}.taught(3)
		for i := range 5 {
			if err := teachScript.Run(t.Context(), b.client, []string{key, taught}, i, 3, fmt.Sprint("lesson ", i)).Err(); err != nil {
				t.Fatal(err)
			}
		}
		got, err := b.client.ZRangeWithScores(t.Context(), key, 0, -1).Result()
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 3 || got[0].Member != "lesson 2" || got[2].Score != 5 {
			t.Errorf("got %v", got)
		}
	})
}
