// Package config loads and checks what differs from city to city, and makes a *tasks.City of it: the directory of units
// and people, the time limits, the calendar, the letter's sentences, and how the bot behaves in Slack.
//
// Seven YAML files hold it; docs/configuration.md describes every key. The files in defaults are the built-in city and are
// compiled in, so that the program runs without any file.
//
// Invariants:
//
//   - Nothing is guessed: unknown and repeated keys, wrong types, values out of range and names that lead nowhere are
//     faults. All faults of all files are reported at once, each with its place, in Chinese or English.
//   - A Config that was returned is complete and never changes; it is safe for concurrent use.
//   - Secrets never stand in these files. They come from the environment and print as ‹secret›.
//   - Reading is bounded: regular files only, at most MaxFileBytes each.
package config
