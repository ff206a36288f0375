// Package bot is what people see and do in chat: commands, forms, cards, the Home tab, notices, and their delivery.
//
// The flow of one interaction: slackapi verifies it and calls Bot.Handle; a route finds the feature; the feature names
// the actor, loads one proposal, lets package tasks decide, and the store commits state, audit event, deliveries and
// timers at once; then the request is acknowledged. Forms are opened after the acknowledgement. Nothing is sent to
// Slack on the way: workers (delivery.go) bring cards up to date with what the store holds, and say notices once.
//
// Invariants: one file a feature; no rule of the trade is decided here; every text comes from the catalog; whatever
// people typed passes escape before it stands in mrkdwn; an action's value carries ids only.
package bot
