// Package docx owns the letter as a Word file and the reading of Word files that people send: hand-written
// WordprocessingML in the letter form of GB/T 9704-2012 on the one side, a bounded streaming reader on the other.
//
// Invariants: Write is deterministic and never emits a character that XML forbids; Read never unpacks more than
// MaxUnpacked bytes whatever the archive claims, keeps what a reader of the document sees (insertions, automatic
// numbers, text boxes, footnotes) and drops what he does not (deletions, hidden text). What Write writes, Read gives
// back as letter.Letter.Text.
package docx
