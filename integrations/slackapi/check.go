package slackapi

import (
	"context"
	"slices"
	"strings"
)

// RequiredScopes returns the bot scopes that the bot's calls and events need,
// sorted. The manifest asks for exactly these.
func RequiredScopes() []string {
	return []string{
		"app_mentions:read",
		"channels:history",
		"channels:join",
		"channels:read",
		"chat:write",
		"commands",
		"files:read",
		"files:write",
		"groups:history",
		"groups:read",
		"im:history",
		"im:write",
		"users:read",
		"users:read.email",
	}
}

// CheckReport is what Check found. An error that is nil means that the part
// works, or was not asked for.
type CheckReport struct {
	Team, TeamID  string
	UserID, BotID string
	URL           string

	Granted []string // bot scopes that Slack named, sorted; nil when it named none
	Missing []string // of RequiredScopes, those not granted; nil when Granted is

	Auth error // the bot token
	App  error // the app token, when Socket Mode was asked for
}

// OK reports whether nothing is amiss.
func (r CheckReport) OK() bool {
	return r.Auth == nil && r.App == nil && len(r.Missing) == 0
}

// Check asks Slack who the bot is, which scopes it was granted and, with
// socketMode, whether the app token opens connections. It changes nothing.
func (c *Client) Check(ctx context.Context, socketMode bool) CheckReport {
	var r CheckReport
	r.Auth = c.call(ctx, "auth.test", func(ctx context.Context) error {
		resp, err := c.api.AuthTestContext(ctx)
		if err != nil {
			return err
		}
		r.Team, r.TeamID, r.UserID, r.BotID, r.URL = resp.Team, resp.TeamID, resp.UserID, resp.BotID, resp.URL
		r.Granted = splitScopes(resp.Header.Get("X-Oauth-Scopes"))
		return nil
	})
	if r.Granted != nil {
		for _, scope := range RequiredScopes() {
			if !slices.Contains(r.Granted, scope) {
				r.Missing = append(r.Missing, scope)
			}
		}
	}
	if socketMode {
		r.App = c.call(ctx, "apps.connections.open", func(ctx context.Context) error {
			if !c.hasAppToken {
				return ErrArgument
			}
			_, _, err := c.api.StartSocketModeContext(ctx)
			return err
		})
	}
	return r
}

func splitScopes(header string) []string {
	var scopes []string
	for scope := range strings.SplitSeq(header, ",") {
		if scope = strings.TrimSpace(scope); scope != "" {
			scopes = append(scopes, scope)
		}
	}
	slices.Sort(scopes)
	return scopes
}
