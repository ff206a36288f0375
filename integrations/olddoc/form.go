package olddoc

import (
	"slices"
	"strings"

	"huiban/integrations/internal/form"
)

// withForms makes the rows of forms, cells between tabs, lines "label：value"; lines with tabs among which no label begins
// one stay as they are.
func withForms(s string) string {
	var out []string
	var table [][]string
	flush := func() {
		if slices.ContainsFunc(table, func(cells []string) bool { _, ok := form.Label(cells[0]); return ok }) {
			out = append(out, form.Lines(table)...)
		} else {
			for _, cells := range table {
				out = append(out, strings.Join(cells, "\t"))
			}
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
