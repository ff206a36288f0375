// Package textfile reads plain text that people send, whatever program saved it: UTF-8, UTF-16 or GB18030.
//
// Invariants: what Read returns is valid UTF-8 with \n as line end and no control character but the tab; no character
// is replaced or guessed: what is not surely text is refused.
package textfile
