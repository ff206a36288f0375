package wiring

import (
	"context"
	"strings"

	"huiban/integrations/slackapi"
	"huiban/tasks"
)

// Finding is one thing that the doctor looked at. Message is the id of a text that says what was found and, where it
// is not well, how to mend it.
type Finding struct {
	OK      bool
	Message string
	Args    map[string]any
}

// Examine checks Redis and Slack; the configuration was checked when it was loaded.
func Examine(ctx context.Context, s Settings) []Finding {
	found := []Finding{{OK: true, Message: "cli.doctor.config", Args: map[string]any{"City": s.Config.City.Name, "Units": len(s.Config.City.Directory.All())}}}
	found = append(found, examineRedis(ctx, s)...)
	return append(found, examineSlack(ctx, s)...)
}

func examineRedis(ctx context.Context, s Settings) []Finding {
	store, _, where, stop, err := OpenStore(ctx, s)
	if err != nil {
		return []Finding{{Message: "cli.doctor.redis_down", Args: map[string]any{"Why": err.Error()}}}
	}
	found := []Finding{{OK: true, Message: "cli.doctor.redis_where", Args: map[string]any{"Where": where}}}
	for _, f := range store.Check(ctx) {
		message := f.Name
		switch {
		case !f.OK:
			message = f.Mend
		case f.Why != "":
			message = f.Why
		}
		found = append(found, Finding{OK: f.OK, Message: message, Args: f.Args})
	}
	if err := stop(); err != nil {
		s.Log.Warn("store not closed", "err", err)
	}
	return found
}

func examineSlack(ctx context.Context, s Settings) []Finding {
	if !s.Secrets.BotToken.IsSet() {
		return []Finding{{Message: "cli.error.no_bot_token"}}
	}
	client, err := newClient(s)
	if err != nil {
		return []Finding{{Message: "cli.doctor.slack_token", Args: map[string]any{"Why": err.Error()}}}
	}
	defer client.Close()
	r := client.Check(ctx, s.Secrets.AppToken.IsSet())
	if r.Auth != nil {
		return []Finding{{Message: "cli.doctor.slack_token", Args: map[string]any{"Why": why(r.Auth)}}}
	}
	found := []Finding{{OK: true, Message: "cli.doctor.slack_team", Args: map[string]any{"Team": r.Team}}}
	if len(r.Missing) > 0 {
		found = append(found, Finding{Message: "cli.doctor.slack_scopes", Args: map[string]any{"Scopes": strings.Join(r.Missing, ", ")}})
	}
	if r.App != nil {
		found = append(found, Finding{Message: "cli.doctor.slack_app_token", Args: map[string]any{"Why": why(r.App)}})
	}
	if !s.Secrets.AppToken.IsSet() && !s.Secrets.SigningSecret.IsSet() {
		found = append(found, Finding{Message: "cli.error.no_transport"})
	}
	return append(found, examinePeople(ctx, s, client)...)
}

// examinePeople looks whether the directory's people have accounts: who has none gets no card.
func examinePeople(ctx context.Context, s Settings, client *slackapi.Client) []Finding {
	if err := client.Warm(ctx); err != nil {
		return []Finding{{Message: "cli.doctor.people_unread", Args: map[string]any{"Why": why(err)}}}
	}
	missing := 0
	var first string
	for _, m := range s.Config.Members() {
		if m.Slack != "" {
			continue
		}
		if _, err := client.UserByEmail(ctx, m.Email); err != nil {
			missing++
			if first == "" {
				first = m.Unit + " " + string(m.Role)
			}
		}
		if missing > maxMissingPeople {
			break
		}
	}
	if missing == 0 {
		return []Finding{{OK: true, Message: "cli.doctor.people"}}
	}
	return []Finding{{Message: "cli.doctor.people_missing", Args: map[string]any{"N": missing, "First": first}}}
}

// maxMissingPeople bounds the look-ups for a directory that does not belong to this workspace.
const maxMissingPeople = 20

func why(err error) string {
	if code := slackapi.Code(err); code != "" {
		return code
	}
	if e := tasks.CodeOf(err); e != "" {
		return string(e)
	}
	return err.Error()
}
