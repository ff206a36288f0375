package catalog

import (
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// simple is a text that only puts values in their places: most texts are, and a card holds dozens of them. The words
// and the names of the values take turns; words come first and last.
type simple []string

var place = regexp.MustCompile(`\{\{\.([A-Za-z]+)\}\}`)

// readSimple adds a file's simple texts.
func readSimple(b []byte, into map[string]simple) error {
	var all map[string]any
	if err := yaml.Unmarshal(b, &all); err != nil {
		return err
	}
	for id, v := range all {
		text, ok := v.(string)
		if !ok || strings.Contains(place.ReplaceAllString(text, ""), "{{") {
			continue
		}
		var parts simple
		from := 0
		for _, m := range place.FindAllStringSubmatchIndex(text, -1) {
			parts = append(parts, text[from:m[0]], text[m[2]:m[3]])
			from = m[1]
		}
		into[id] = append(parts, text[from:])
	}
	return nil
}

// fill puts the values in; ok is false when one is missing or is neither a string nor an int.
func (s simple) fill(kv []any) (text string, ok bool) {
	if len(s) == 1 {
		return s[0], true
	}
	var b strings.Builder
	for i, part := range s {
		if i%2 == 0 {
			b.WriteString(part)
			continue
		}
		switch v := valueOf(part, kv).(type) {
		case string:
			b.WriteString(v)
		case int:
			b.WriteString(strconv.Itoa(v))
		default:
			return "", false
		}
	}
	return b.String(), true
}

// valueOf finds a value by its name; the last one counts, as in a map.
func valueOf(name string, kv []any) any {
	for i := len(kv) - len(kv)%2 - 2; i >= 0; i -= 2 {
		if kv[i] == name {
			return kv[i+1]
		}
	}
	return nil
}
