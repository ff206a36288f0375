package demo

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// SameLetter compares a letter with the expected one: line by line in order, in Unicode form NFKC and without white
// space. Besides the expected lines only those of also may appear, once each: the signature and the date.
func SameLetter(got, want []byte, also ...string) error {
	have, expected := letterLines(got), letterLines(want)
	for i := range also {
		also[i] = letterLine(also[i])
	}
	for _, line := range have {
		if len(expected) > 0 && line == expected[0] {
			expected = expected[1:]
			continue
		}
		i := slices.Index(also, line)
		switch {
		case i >= 0:
			also = slices.Delete(also, i, i+1)
		case len(expected) == 0:
			return fmt.Errorf("the letter has a line too much: %q", line)
		default:
			return fmt.Errorf("the letter says %q where %q is expected", line, expected[0])
		}
	}
	if len(expected) > 0 {
		return fmt.Errorf("the letter lacks %q", expected[0])
	}
	return nil
}

func letterLines(text []byte) []string {
	var list []string
	for line := range strings.Lines(string(text)) {
		if line = letterLine(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

func letterLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\ufeff' {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}
