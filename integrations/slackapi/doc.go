// Package slackapi is the one adapter between Slack, or a workspace that
// speaks Slack's protocols, and the bot.
//
// It owns both directions. Inbound, a [Server] takes commands, interactions
// and events by signed HTTP or by Socket Mode, and hands each to one [Handler]
// as a [Request]. Outbound, a [Client] wraps the Web API.
//
// Invariants:
//
//   - A request reaches the Handler only after its signature, or its Socket
//     Mode connection, has vouched for it.
//   - The number of requests at work and waiting is bounded. What does not fit
//     is refused before it is acknowledged, so that Slack sends it again.
//   - What a Handler could not do (a panic, Reply.Retry) is never acknowledged.
//     An event is forgotten again in that case, so that Slack's next attempt is
//     not taken for a duplicate.
//   - A method that is not idempotent is repeated only when Slack cannot have
//     carried it out: rate limited, or never connected.
//   - Tokens go to the API's own host and, for files, to https hosts of Slack;
//     never anywhere else, and never to a log. Logs carry ids and error codes,
//     no texts and no names.
package slackapi
