package config

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryKeyIsDocumented compares the keys that the code reads with the page and with the built-in files' comments.
func TestEveryKeyIsDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "docs", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	var defaults strings.Builder
	for _, name := range fileNames {
		defaults.WriteString(builtInText(t, name))
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	keys := 0
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"([a-z_]+)":\s+(?:r\.|d\.|func)`).FindAllStringSubmatch(string(data), -1) {
			keys++
			if !strings.Contains(string(page), "`"+m[1]+"`") {
				t.Errorf("%s: docs/configuration.md does not describe %q", name, m[1])
			}
			if !strings.Contains(defaults.String(), m[1]) {
				t.Errorf("%s: no built-in file shows %q", name, m[1])
			}
		}
	}
	if keys < 60 {
		t.Errorf("only %d keys were found", keys)
	}
}
