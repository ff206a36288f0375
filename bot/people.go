package bot

import (
	"context"
	"errors"
	"strings"

	"huiban/integrations/slackapi"
	"huiban/tasks"
)

// people joins the platform's accounts to the directory's persons.
type people struct {
	chat      Places
	directory *tasks.Directory
	bySlack   map[string]string // account named in the directory → person key
	accounts  map[string]string // the other way
}

func (pp *people) index() {
	pp.bySlack, pp.accounts = map[string]string{}, map[string]string{}
	for _, d := range pp.directory.All() {
		for _, post := range d.Posts {
			if post.Person.Slack != "" {
				pp.bySlack[post.Person.Slack] = post.Person.Key
				pp.accounts[post.Person.Key] = post.Person.Slack
			}
		}
	}
}

// actor is who acts, with the posts held now. Somebody outside the directory is an actor without posts.
func (pp *people) actor(ctx context.Context, user string) (tasks.Actor, error) {
	key, ok := pp.bySlack[user]
	if !ok {
		email, err := pp.chat.EmailOf(ctx, user)
		switch {
		case errors.Is(err, slackapi.ErrNotFound) || errors.Is(err, slackapi.ErrDeactivated):
			return tasks.Actor{Person: "slack:" + user}, nil
		case err != nil:
			return tasks.Actor{}, err
		}
		key = strings.ToLower(email)
	}
	return pp.holding(key), nil
}

// holding is the actor that a person is by the posts held now.
func (pp *people) holding(person string) tasks.Actor {
	return tasks.Actor{Person: person, Posts: pp.directory.PostsOf(person)}
}

// account is the person's account on the platform.
func (pp *people) account(ctx context.Context, person string) (string, error) {
	if user, ok := pp.accounts[person]; ok {
		return user, nil
	}
	if user, ok := strings.CutPrefix(person, "slack:"); ok {
		return user, nil
	}
	return pp.chat.UserByEmail(ctx, person)
}

// name is how the person is called in texts.
func (pp *people) name(person string) string {
	if p, ok := pp.directory.Person(person); ok {
		return p.Name
	}
	return "—"
}
