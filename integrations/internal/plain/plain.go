// Package plain tells the characters that are in texts without being text, whatever kind of file they come from.
package plain

// Invisible reports whether r shows nothing and parts nothing: marks of direction, as telephone numbers bring them along,
// places where words may be broken, byte order marks. Texts are the same without them.
func Invisible(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2064 || r == 0xFEFF || r == 0xAD
}
