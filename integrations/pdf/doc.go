// Package pdf reads the text of PDF files that people send: pdftotext does it when it is installed, a reader in Go else.
// Both yield pieces of text with their places, and everything after that is the same: lines, without what every page
// repeats, joined to the paragraphs that their author wrote.
//
// Invariants: a file costs bounded time, memory and output whatever it claims; a fault of a reader is a refusal, never
// a panic; a text that cannot be trusted (scanned, or in fonts that hide their characters) is refused, not handed on.
package pdf
