package form

import (
	"strings"
	"testing"
)

func TestLabel(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, cell, want string
	}{
		{"plain", "案由", "案由"},
		{"spaced out, with a colon", "案　 由：", "案由"},
		{"broken over lines", "提案\n人", "提案人"},
		{"with brackets and a slash", "手机/电话（必填）:", "手机/电话（必填）"},
		{"a sentence", "建议增设。", ""},
		{"a colon within", "案由：增设", ""},
		{"a number", "021", ""},
		{"too long", strings.Repeat("案", labelMax+1), ""},
		{"nothing but a colon", "：", ""},
		{"empty", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got, ok := Label(tt.cell); got != tt.want || ok != (tt.want != "") {
				t.Errorf("Label(%q) = %q, %t, want %q", tt.cell, got, ok, tt.want)
			}
		})
	}
}

func TestAlike(t *testing.T) {
	t.Parallel()
	row := func(n int) []string { return make([]string, n) }
	for _, tt := range []struct {
		name string
		rows [][]string
		want bool
	}{
		{"none", nil, false},
		{"two rows", [][]string{row(3), row(3)}, false},
		{"two columns", [][]string{row(2), row(2), row(2)}, false},
		{"three of three", [][]string{row(3), row(3), row(3)}, true},
		{"one is shorter", [][]string{row(3), row(2), row(3)}, false},
	} {
		if got := Alike(tt.rows); got != tt.want {
			t.Errorf("%s: %t, want %t", tt.name, got, tt.want)
		}
	}
}
