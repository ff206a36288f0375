package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"huiban/config"
	"huiban/integrations/redisstore"
	"huiban/tasks"
)

func TestQueue(t *testing.T) {
	mini := miniredis.RunT(t)
	env := map[string]string{"REDIS_URL": "redis://" + mini.Addr()}
	environment(t, env)
	if status, out, _ := huiban(t, "queue", "list"); status != 0 || !strings.Contains(out, "共 0 项") {
		t.Errorf("an empty queue: status %d %s", status, out)
	}
	cfg, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	client, err := redisstore.Open(t.Context(), env["REDIS_URL"])
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	store := redisstore.New(client, redisstore.Options{City: cfg.City})
	now := time.Now()
	d := tasks.Delivery{Kind: tasks.CardDelivery, Name: tasks.CardPrompt, Unit: "sifa", Recipient: "sifa.a@zhongshan.example"}
	if err := store.Plan(t.Context(), "p1", now, []tasks.Delivery{d}); err != nil {
		t.Fatal(err)
	}
	jobs, err := store.Claim(t.Context(), now, 10)
	if err != nil || len(jobs) != 1 {
		t.Fatal(jobs, err)
	}
	if err := store.Park(t.Context(), jobs[0], "users_not_found"); err != nil {
		t.Fatal(err)
	}
	status, out, _ := huiban(t, "queue", "list")
	if status != 0 || !strings.Contains(out, "users_not_found") || !strings.Contains(out, "sifa.a@zhongshan.example") || !strings.Contains(out, "共 1 项") {
		t.Errorf("the list: status %d\n%s", status, out)
	}
	id, _, _ := strings.Cut(out, "\u3000")
	refused(t, []string{"--all"}, "queue", "replay")
	refused(t, []string{"未找到"}, "queue", "replay", "00-ffffffffffffffff")
	refused(t, []string{"no"}, "queue", "replay", "--lang", "en", "nonsense")
	if status, out, errOut := huiban(t, "queue", "replay", id); status != 0 || !strings.Contains(out, "1 项") {
		t.Errorf("replay: status %d %s%s", status, out, errOut)
	}
	again, err := store.Claim(t.Context(), time.Now(), 10)
	if err != nil || len(again) != 1 || again[0].Delivery != d || again[0].Attempt < 2 {
		t.Errorf("after the replay the queue has %+v, %v", again, err)
	}
	if status, out, _ := huiban(t, "queue", "replay", "--all"); status != 0 || !strings.Contains(out, "0 项") {
		t.Errorf("replay of nothing: status %d %s", status, out)
	}
}
