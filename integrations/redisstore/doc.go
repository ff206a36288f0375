// Package redisstore keeps proposals in Redis: it implements the ports of tasks/store.go on a single node, Sentinel or
// Cluster, and can bring its own private Redis where none is configured.
//
// Invariants:
//
//   - Every key is made in keys.go and carries the hash tag of its shard, so that whatever one script touches lies in
//     one slot. A proposal and everything that belongs to it has one shard; an intake has its own.
//   - One script, commit, writes a proposal: state, audit events, index, deliveries, timers and the receipt, or nothing.
//     An interaction costs two round trips: one read, one commit.
//   - What is stored has its own types (stored.go) and a schema number. Contributions and drafts are fields of their own
//     that are written once.
//   - Scripts never ask for the time; it comes in as an argument. Only expiry (receipts, forms) runs on Redis' clock.
//   - A claim carries a token. A worker that lost its lease can neither finish nor prolong what another one holds.
//   - Errors that people can wait out are *tasks.Error with code Unavailable; no call takes longer than callTimeout.
package redisstore
