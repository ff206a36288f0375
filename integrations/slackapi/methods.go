package slackapi

import (
	"context"
	"net/http"
)

// idempotentMethods holds every Web API method that this package calls, and
// whether calling it twice comes to the same as calling it once.
var idempotentMethods = map[string]bool{
	"apps.connections.open":        true,
	"auth.test":                    true,
	"chat.delete":                  true,
	"chat.getPermalink":            true,
	"chat.postEphemeral":           false,
	"chat.postMessage":             false,
	"chat.update":                  true,
	"conversations.history":        true,
	"conversations.info":           true,
	"conversations.join":           true,
	"conversations.list":           true,
	"conversations.open":           true,
	"conversations.replies":        true,
	"files.completeUploadExternal": false,
	"files.getUploadURLExternal":   true,
	"files.info":                   true,
	"users.info":                   true,
	"users.list":                   true,
	"users.lookupByEmail":          true,
	"views.open":                   false,
	"views.publish":                true,
	"views.push":                   false,
	"views.update":                 true,
}

func knownMethod(name string) bool {
	_, ok := idempotentMethods[name]
	return ok
}

func idempotent(verb, method string) bool {
	return verb == http.MethodGet || idempotentMethods[method]
}

type contextKey int

const (
	keyRetry contextKey = iota
	keyDownload
)

// WithRetry returns a context under which calls are repeated after faults of
// the server or the connection even when the method is not idempotent: for
// callers to whom twice is better than not at all.
func WithRetry(ctx context.Context) context.Context {
	return context.WithValue(ctx, keyRetry, true)
}

func retryAsked(ctx context.Context) bool { return ctx.Value(keyRetry) != nil }

func withDownload(ctx context.Context) context.Context {
	return context.WithValue(ctx, keyDownload, true)
}

func isDownload(ctx context.Context) bool { return ctx.Value(keyDownload) != nil }
