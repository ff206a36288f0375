package split

import (
	"strings"
	"unicode/utf8"
)

// A paper is nearly all Chinese characters, and what divides it is nearly all
// signs: whoever looks for a sign passes over the characters without reading them.

// hanSize is the length in bytes of a character for which startsHan holds.
const hanSize = 3

// startsHan reports whether a byte begins a character between U+4000 and U+9FFF: nearly all of a paper, and never a blank.
func startsHan(b byte) bool { return b >= 0xe4 && b <= 0xe9 }

// han returns the Chinese character that s begins with.
func han(s string) rune { return rune(s[0]&0xf)<<12 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f) }

// decode is utf8.DecodeRuneInString for text that is valid, and quick for three bytes.
func decode(s string) (rune, int) {
	if len(s) >= hanSize && s[0] >= 0xe0 && s[0] < 0xf0 {
		return han(s), hanSize
	}
	return utf8.DecodeRuneInString(s)
}

// indexSign returns the offset of the first of signs in s, or -1. None of signs is a Chinese character.
func indexSign(s, signs string) int {
	for i := 0; i < len(s); {
		b := s[i]
		switch {
		case startsHan(b):
			i += hanSize
		case b < utf8.RuneSelf:
			if strings.IndexByte(signs, b) >= 0 {
				return i
			}
			i++
		default:
			_, size := decode(s[i:])
			if strings.Contains(signs, s[i:i+size]) {
				return i
			}
			i += size
		}
	}
	return -1
}

func hasSign(s, signs string) bool { return indexSign(s, signs) >= 0 }

// indexBlank returns the offset of the first white space in s, or -1.
func indexBlank(s string) int {
	for i := 0; i < len(s); {
		if startsHan(s[i]) {
			i += hanSize
			continue
		}
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = decode(s[i:])
		}
		if isBlank(r) {
			return i
		}
		i += size
	}
	return -1
}

func hasBlank(s string) bool { return indexBlank(s) >= 0 }

// allBlank reports whether s is nothing but white space.
func allBlank(s string) bool {
	for _, r := range s {
		if !isBlank(r) {
			return false
		}
	}
	return true
}
