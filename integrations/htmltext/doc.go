// Package htmltext reads web pages that people save or copy, and what word processors save as HTML, as plain text: a line
// a block, with the numbers that lists show and the cells of forms as "label：value".
//
// Invariants: what Read returns is valid UTF-8 without control characters; what a browser shows is kept, but for
// navigation; what it does not show (scripts, styles, hidden elements, comments) is dropped.
package htmltext
