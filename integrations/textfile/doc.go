// Package textfile reads plain text that people send, whatever program saved it: UTF-8, UTF-16, GB18030 or Big5.
//
// Invariants: what Read returns is valid UTF-8 with \n as line end and no control character but the tab; no character
// is guessed: one that is damaged stays as U+FFFD, and what is not surely text is refused.
package textfile
