// Package workspace is a local server that speaks Slack's protocols: the Web
// API, Socket Mode, signed HTTP requests, file transfer, and a page on which
// one acts as any member. It stands in for Slack wherever no token is to be had,
// in the demo and in every test.
//
// It owns the workspace's whole state: team, members, channels, messages, files,
// modals and Home tabs. Invariants:
//
//   - What Slack refuses is refused here with Slack's own error string; being more
//     lenient than Slack is a bug, because a test would pass that production fails.
//   - All state stands behind one mutex. Nothing is sent to an app while it is held.
//   - A message timestamp is unique in the workspace and rises with each message.
//   - A trigger, a socket ticket and an upload URL work once.
//   - Each payload goes to one connection of the app; what is not acknowledged in
//     time fails for the member (interactions) or is sent again (events).
//
// Not modelled: private channels and group conversations, user groups, Slack Connect,
// workflow steps, unfurling, search, pins, bookmarks, scheduled messages and the stone
// that Slack leaves where a message with replies was deleted. Their methods are unknown here.
//
// Stricter than Slack, so that nothing is lost in silence: a text of more than 40,000
// characters is refused instead of being cut, and view_closed carries no values.
//
// The server keeps no secret of its own: tokens come from the seed and are never
// logged. It listens where its caller tells it to.
package workspace
