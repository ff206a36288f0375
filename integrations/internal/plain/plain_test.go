package plain

import "testing"

func TestInvisible(t *testing.T) {
	t.Parallel()
	for _, r := range "\u200b\u200e\u202d\u202c\u2060\ufeff\u00ad" {
		if !Invisible(r) {
			t.Errorf("%U shows", r)
		}
	}
	for _, r := range "提a 1　\u00a0\u2028\u2014\u2026·" {
		if Invisible(r) {
			t.Errorf("%U does not show", r)
		}
	}
}
