package slackapi

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

const (
	peopleCacheSize = 1 << 16
	personTTL       = 6 * time.Hour
	unknownTTL      = time.Minute
	peoplePage      = 200
	maxPeoplePages  = 500
	warmFailures    = 4
	warmBackoff     = 500 * time.Millisecond
)

// person is what the bot needs to know of an account. The zero person, kept
// under a key, says that nobody is known by that key.
type person struct {
	id      string
	email   string
	deleted bool
}

// people remembers who has which address, both ways, and who is unknown.
type people struct {
	byEmail *cache[person]
	byID    *cache[person]
}

func newPeople(now func() time.Time) *people {
	return &people{
		byEmail: newCache[person](peopleCacheSize, now),
		byID:    newCache[person](peopleCacheSize, now),
	}
}

func (p *people) learn(u slack.User) person {
	who := person{id: u.ID, email: fold(u.Profile.Email), deleted: u.Deleted}
	p.byID.set(who.id, who, personTTL)
	if who.email == "" {
		return who
	}
	// An address may have passed from a deactivated account to a new one.
	if old, ok := p.byEmail.get(who.email); !ok || !who.deleted || old.id == "" || old.id == who.id {
		p.byEmail.set(who.email, who, personTTL)
	}
	return who
}

func fold(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// UserByEmail returns the id of the user with that address, in whatever case it
// is written. Nobody is ErrNotFound; a deactivated account is ErrDeactivated.
func (c *Client) UserByEmail(ctx context.Context, email string) (string, error) {
	email = fold(email)
	if email == "" {
		return "", fmt.Errorf("slackapi: %w: empty address", ErrArgument)
	}
	who, err := c.person(ctx, c.people.byEmail, email, "users.lookupByEmail", "users_not_found",
		func(ctx context.Context) (*slack.User, error) { return c.api.GetUserByEmailContext(ctx, email) })
	if err != nil {
		return "", err
	}
	if who.deleted {
		return "", wrap("users.lookupByEmail", ErrDeactivated)
	}
	return who.id, nil
}

// EmailOf returns the address of a user, in lower case. An unknown user, or one
// without an address, is ErrNotFound; a deactivated account is ErrDeactivated.
func (c *Client) EmailOf(ctx context.Context, userID string) (string, error) {
	if userID == "" {
		return "", fmt.Errorf("slackapi: %w: empty user id", ErrArgument)
	}
	who, err := c.person(ctx, c.people.byID, userID, "users.info", "user_not_found",
		func(ctx context.Context) (*slack.User, error) { return c.api.GetUserInfoContext(ctx, userID) })
	switch {
	case err != nil:
		return "", err
	case who.deleted:
		return "", wrap("users.info", ErrDeactivated)
	case who.email == "":
		return "", wrap("users.info", ErrNotFound)
	}
	return who.email, nil
}

// person answers from known, or else asks Slack once however many callers wait.
func (c *Client) person(ctx context.Context, known *cache[person], key, method, unknown string,
	ask func(context.Context) (*slack.User, error)) (person, error) {
	who, ok := known.get(key)
	if !ok {
		v, err := c.shared(ctx, method+":"+key, func(ctx context.Context) (any, error) {
			var found *slack.User
			err := c.call(ctx, method, func(ctx context.Context) (err error) {
				found, err = ask(ctx)
				return err
			})
			if Code(err) == unknown {
				known.set(key, person{}, unknownTTL)
				return person{}, nil
			}
			if err != nil {
				return person{}, err
			}
			return c.people.learn(*found), nil
		})
		if err != nil {
			return person{}, err
		}
		who = v.(person)
	}
	if who.id == "" {
		return person{}, wrap(method, ErrNotFound)
	}
	return who, nil
}

// Warm fills the cache of people from users.list, page by page, waiting where
// Slack asks for it and outlasting a few passing faults. It is meant for the start, in the background.
func (c *Client) Warm(ctx context.Context) error {
	failures := 0
	pages := c.api.GetUsersPaginated(slack.GetUsersOptionLimit(peoplePage), slack.GetUsersOptionIncludeLocale(false))
	for range maxPeoplePages {
		err := c.call(ctx, "users.list", func(ctx context.Context) error {
			next, err := pages.Next(ctx)
			if err == nil {
				pages = next
			}
			return err
		})
		if err != nil {
			wait := warmBackoff << failures
			var limited *RateLimited
			if errors.As(err, &limited) {
				wait = limited.RetryAfter
			} else if failures++; failures > warmFailures || Permanent(err) || AuthFailed(err) {
				return err
			}
			if err := pause(ctx, wait); err != nil {
				return err
			}
			continue
		}
		for _, u := range pages.Users {
			c.people.learn(u)
		}
		if pages.Cursor == "" {
			return nil
		}
	}
	return nil
}
