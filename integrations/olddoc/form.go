package olddoc

import (
	"strings"

	"huiban/integrations/internal/form"
)

// withForms makes the rows of forms, cells between tabs, lines "label：value"; tables of like rows stay as they are.
func withForms(s string) string {
	var out []string
	var table [][]string
	flush := func() {
		data := form.Alike(table)
		for _, cells := range table {
			if data {
				out = append(out, strings.Join(cells, "\t"))
				continue
			}
			out = append(out, formRow(cells)...)
		}
		table = nil
	}
	for l := range strings.Lines(s) {
		l = strings.TrimSuffix(l, "\n")
		if cells := strings.Split(strings.TrimRight(l, "\t"), "\t"); len(cells) > 1 && cells[0] != "" {
			table = append(table, cells)
			continue
		}
		flush()
		out = append(out, l)
	}
	flush()
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, "\n") + "\n"
}

// formRow pairs labels with values; a row that begins with no label stays a row.
func formRow(cells []string) []string {
	if _, ok := form.Label(cells[0]); !ok {
		return []string{strings.Join(cells, "\t")}
	}
	var out []string
	for i := 0; i < len(cells); i++ {
		text := cells[i]
		if name, ok := form.Label(text); ok && i+1 < len(cells) {
			i++
			text = name + "：" + strings.TrimSpace(cells[i])
		}
		if strings.TrimSpace(text) != "" {
			out = append(out, text)
		}
	}
	return out
}
