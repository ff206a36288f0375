package pdf

import (
	"math"
	"slices"
	"strings"

	"huiban/integrations/internal/form"
)

// records reads values that stand below labels (姓名 单位 电话), the labels beside the label of them all; n is how many
// lines that are.
func records(r row) (text []string, n int) {
	if r.label == "" || len(r.values) < 2 {
		return nil, 0
	}
	head := r.values[0]
	names := strings.Split(head.text, "\t")
	if len(names) < 2 || len(names) != len(head.cells) {
		return nil, 0
	}
	for i, name := range names {
		if !form.Known(name) {
			return nil, 0
		}
		names[i], _ = form.Label(name)
	}
	text = append(text, r.label)
	for n = 1; n < len(r.values); n++ {
		l := r.values[n]
		cells := strings.Split(l.text, "\t")
		if len(cells) != len(l.cells) || len(cells) > len(names) || slices.ContainsFunc(cells, form.Known) {
			break
		}
		for i, c := range cells {
			at := 0
			for j, x := range head.cells {
				if math.Abs(x-l.cells[i]) < math.Abs(head.cells[at]-l.cells[i]) {
					at = j
				}
			}
			text = append(text, names[at]+"："+c)
		}
	}
	if n == 1 {
		return nil, 0
	}
	return text, n
}
