// Command compare tells whether a letter is the one that a case expects: NFKC, without white space, line by line in
// order; besides the expected lines only the signature and the date may appear.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: compare CASE LETTER")
		os.Exit(2)
	}
	if err := compare(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func compare(dir, letter string) error {
	want, err := lines(filepath.Join(dir, "reply.txt"))
	if err != nil {
		return err
	}
	got, err := lines(letter)
	if err != nil {
		return err
	}
	extra, err := extras(filepath.Join(dir, "case.yaml"))
	if err != nil {
		return err
	}
	for _, line := range got {
		switch {
		case len(want) > 0 && line == want[0]:
			want = want[1:]
		case !slices.Contains(extra, line):
			return fmt.Errorf("%s: not expected here: %s", letter, line)
		}
	}
	if len(want) > 0 {
		return fmt.Errorf("%s: missing: %s", letter, want[0])
	}
	return nil
}

func lines(name string) ([]string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var list []string
	for line := range strings.Lines(string(b)) {
		if line = folded(line); line != "" {
			list = append(list, line)
		}
	}
	return list, nil
}

func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}

// extras are the signature and the date of the case.
func extras(name string) ([]string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var c struct {
		Reply struct{ Signature, Date string }
	}
	if err := yaml.Unmarshal(b, &c); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var y, m, d int
	if _, err := fmt.Sscanf(c.Reply.Date, "%d-%d-%d", &y, &m, &d); err != nil {
		return nil, fmt.Errorf("%s: date %q: %w", name, c.Reply.Date, err)
	}
	return []string{folded(c.Reply.Signature), fmt.Sprintf("%d年%d月%d日", y, m, d)}, nil
}
